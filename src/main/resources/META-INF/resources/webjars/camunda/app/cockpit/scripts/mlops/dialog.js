// Questions before anything is changed. What the server refuses is said in the dialog, which stays.
import {Component, h, render, tags} from './dom.js';

const {button, dialog, div, form, h2, li, p, ul} = tags;

class Question extends Component {
  state = {busy: false, error: null};

  componentDidMount() {
    this.dialog.showModal();
  }

  submit = async (event) => {
    event.preventDefault();
    this.setState({busy: true, error: null});
    try {
      const answer = await this.props.act(new FormData(event.target), event.target);
      this.props.close(answer === undefined ? true : answer);
    } catch (error) {
      this.setState({busy: false, error});
    }
  };

  render({title, text, action, danger, content}, {busy, error}) {
    return dialog({
      ref: (node) => (this.dialog = node || this.dialog),
      'aria-label': title,
      onCancel: (event) => (event.preventDefault(), busy || this.props.close(null)),
    },
    form({onSubmit: this.submit, noValidate: false},
      h2(title),
      (Array.isArray(text) ? text : [text]).filter(Boolean).map((line) => p(line)),
      content && content(),
      error && div({class: 'problem', role: 'alert'}, error.findings?.length > 0
        ? [error.message.split('\n')[0], ul(error.findings.map((finding) => li(finding)))]
        : error.message),
      div({class: 'actions'},
        button({type: 'button', class: 'button', onClick: () => this.props.close(null)},
          'Not now'),
        button({type: 'submit', class: `button main ${danger ? 'danger' : ''}`, disabled: busy},
          busy ? 'One moment …' : action))));
  }
}

/**
 * Asks, and does it when the answer is yes. Answers what `act` answered, or null when the answer was
 * no. `act` gets what was entered; what it throws is shown.
 */
export function ask(question) {
  return new Promise((resolve) => {
    const node = document.createElement('div');
    node.className = 'mlops overlay';
    const before = document.activeElement;
    document.body.appendChild(node);
    const leave = () => close(null);
    window.addEventListener('hashchange', leave);
    const close = (answer) => {
      window.removeEventListener('hashchange', leave);
      render(null, node);
      node.remove();
      before?.focus?.();
      resolve(answer);
    };
    render(h(Question, {...question, close}), node);
  });
}
