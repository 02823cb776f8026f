// A page that keeps itself up to date: it asks often while something happens and ever less while
// nothing does, not at all while nobody looks, and at once after an action.
import {Component, loading, problem} from './dom.js';

const remembered = new Map();

export class Live extends Component {
  /** How often to ask while something happens, in milliseconds. */
  every = 1500;

  /** Answers the data of the page; `signal` ends a request that nobody waits for any more. */
  async load(signal) {
    throw new Error('A page says what it loads');
  }

  /** What of the page's address decides what it loads: what was there is shown at once. */
  key() {
    return location.hash;
  }

  draw(data) {
    throw new Error('A page says how it looks');
  }

  /** The longest wait between two questions, in milliseconds. */
  slowest(data) {
    return 15000;
  }

  /** Whether what is drawn grows old by itself, such as the time a step has taken so far. */
  ticks(data) {
    return false;
  }

  componentDidMount() {
    this.wait = this.every;
    this.onVisible = () => document.hidden || this.refresh();
    document.addEventListener('visibilitychange', this.onVisible);
    const known = remembered.get(this.key());
    if (known) {
      this.text = JSON.stringify(known);
      this.setState({data: known});
    }
    this.refresh();
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.request = null;
    this.gone = true;
    document.removeEventListener('visibilitychange', this.onVisible);
  }

  refresh = async () => {
    clearTimeout(this.timer);
    this.request?.abort();
    const request = (this.request = new AbortController());
    const key = this.key();
    try {
      const data = await this.load(request.signal);
      if (this.gone || this.request !== request) {
        return;
      }
      const text = JSON.stringify(data);
      this.wait = text === this.text ? Math.min(this.wait * 1.5, this.slowest(data)) : this.every;
      remembered.delete(key);
      remembered.set(key, data);
      if (remembered.size > 20) {
        remembered.delete(remembered.keys().next().value);
      }
      if (text !== this.text || this.state.error || this.ticks(data)) {
        this.text = text;
        this.setState({data, error: null});
      }
    } catch (error) {
      if (this.gone || this.request !== request || error.name === 'AbortError') {
        return;
      }
      this.wait = Math.min(this.wait * 2, 30000);
      this.setState({error});
    }
    if (!document.hidden) {
      this.timer = setTimeout(this.refresh, this.wait);
    }
  };

  /** After an action: something will happen now. */
  changed = () => {
    this.wait = this.every;
    return this.refresh();
  };

  render() {
    const {data, error} = this.state;
    if (error && !data) {
      return problem(error, this.changed);
    }
    if (!data) {
      return loading();
    }
    return [error && problem(error, this.changed), this.draw(data)];
  }
}
