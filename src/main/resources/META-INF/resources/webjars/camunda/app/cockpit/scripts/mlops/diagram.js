// The drawn process with what happened on it.
import {diagram} from './api.js';
import {Component, problem, tags} from './dom.js';
import {bpmnViewer} from './libraries.js';

const {button, div} = tags;

/**
 * Props: `definition` is the process definition's id; `paint(viewer)` puts marks on it and is called
 * again with every change of `version`; `onStep(id)` is called when an element is clicked.
 */
export class Diagram extends Component {
  state = {};

  async componentDidMount() {
    try {
      const [Viewer, xml] = await Promise.all([bpmnViewer(), diagram(this.props.definition)]);
      if (!this.node?.isConnected) {
        return;
      }
      this.viewer = new Viewer({
        container: this.node,
        canvas: {deferUpdate: false},
        bpmnRenderer: {defaultFillColor: 'var(--panel)', defaultStrokeColor: 'var(--line-strong)'},
      });
      await this.viewer.importXML(xml);
      this.size();
      this.fit();
      this.viewer.get('eventBus').on('element.click', ({element}) =>
        this.props.onStep?.(element.id));
      this.paint();
      this.setState({ready: true});
    } catch (error) {
      this.setState({error});
    }
  }

  componentDidUpdate(before) {
    if (before.version !== this.props.version) {
      this.paint();
    }
  }

  componentWillUnmount() {
    this.viewer?.destroy();
  }

  paint() {
    if (this.viewer) {
      this.viewer.get('overlays').clear();
      this.props.paint(this.viewer);
    }
  }

  /** As high as the drawing needs at this width, within reason. */
  size() {
    const canvas = this.viewer.get('canvas');
    const {inner} = canvas.viewbox();
    const width = this.node.clientWidth;
    const height = Math.min((width * inner.height) / inner.width, 1.25 * inner.height) + 30;
    this.node.parentNode.style.height = `${Math.min(Math.max(height, 180), Math.max(560, 0.7 * window.innerHeight))}px`;
    canvas.resized();
  }

  fit = () => this.viewer?.get('canvas').zoom('fit-viewport', 'auto');

  zoom = (factor) => {
    const canvas = this.viewer.get('canvas');
    canvas.zoom(canvas.zoom() * factor);
  };

  render(props, {error, ready}) {
    if (error) {
      return problem(error);
    }
    return div({class: 'diagram'},
      div({class: 'canvas', ref: (node) => (this.node = node)}),
      ready && div({class: 'zoom'},
        button({class: 'button small', 'aria-label': 'Larger', onClick: () => this.zoom(1.25)}, '+'),
        button({class: 'button small', 'aria-label': 'Smaller', onClick: () => this.zoom(0.8)}, '−'),
        button({class: 'button small', onClick: this.fit}, 'Fit')));
  }
}

const MARKS = ['taken', 'done', 'open', 'bad', 'trouble'];

/** Puts one mark on an element and takes the others off. */
export function mark(canvas, id, wanted) {
  MARKS.forEach((name) =>
    name === wanted ? canvas.addMarker(id, name) : canvas.removeMarker(id, name));
}

/** A small label on an element; `where` is a position such as {top: -12, right: 14}. */
export function label(overlays, id, text, kind, where, title = '') {
  const node = document.createElement('div');
  node.className = `tag ${kind}`;
  node.textContent = text;
  node.title = title;
  overlays.add(id, {position: where, html: node});
}
