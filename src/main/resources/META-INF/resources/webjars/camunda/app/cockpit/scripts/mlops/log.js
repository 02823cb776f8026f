// The lines that a run, or one step of it, said.
import {get, query} from './api.js';
import {empty, tags} from './dom.js';
import {Live} from './live.js';
import {text, utc} from './time.js';

const {button, details, div, label, option, pre, select, span, summary} = tags;

/** The newest lines; the file has them all. */
const MOST = 5000;
const LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Props: `run`, and `step` where it is about one; give it a key of both. */
export class Log extends Live {
  state = {level: 'INFO'};

  key() {
    return `log ${this.props.run} ${this.props.step} ${this.state.level}`;
  }

  /** Only what was added since the last time is asked for. */
  async load(signal) {
    if (this.read?.key !== this.key()) {
      this.read = {key: this.key(), lines: [], next: 0};
    }
    const {read} = this;
    for (let more = true; more;) {
      const page = await get(`/runs/${this.props.run}/log${
        query({step: this.props.step, level: this.state.level, after: read.next})}`, signal);
      read.lines = [...read.lines, ...page.lines].slice(-MOST);
      read.next = page.next;
      ({more} = page);
    }
    return read.lines;
  }

  choose = ({target}) => this.setState({level: target.value}, this.changed);

  draw(lines) {
    return div({class: 'log'},
      div({class: 'bar'},
        label({for: 'log-level'}, 'From level'),
        select({id: 'log-level', onChange: this.choose},
          LEVELS.map((level) => option({value: level, selected: level === this.state.level}, level))),
        span({class: 'quiet'}, lines.length === MOST ? `the newest ${MOST} lines` : `${lines.length} lines`),
        button({class: 'button small', onClick: this.changed}, 'Read again')),
      lines.length === 0
        ? empty('Nothing was logged.',
          this.props.step ? 'The step said nothing at this level.' : 'The run said nothing at this level, or its log was cleaned up.')
        : div({class: 'lines', tabIndex: 0, role: 'log', 'aria-label': 'Log lines'},
          lines.map((line) => div({class: `line ${line.level}`},
            line.time && span({class: 'when', title: utc(line.time)}, text(line.time).slice(11)),
            span({class: 'level'}, line.level),
            !this.props.step && span({class: 'step'}, (line.step || '').replace(/^\w+?_/, '')),
            span({class: 'message'}, line.message),
            line.trace && details(summary('Stack trace'), pre(line.trace))))));
  }
}
