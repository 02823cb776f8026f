// Small pictures of numbers. Every mark says its value on hover, and a table has them all elsewhere.
import {d3 as loadD3} from './libraries.js';
import {Component, h, tags} from './dom.js';
import {text} from './time.js';

const {a, div, svg} = tags;

/** Bars from old to new, as high as their value, in the colour of their state. */
export function bars(items, label) {
  const highest = Math.max(1, ...items.map(({value}) => value || 0));
  const width = 5;
  return svg({class: 'bars', width: items.length * (width + 1), height: 24, role: 'img',
    'aria-label': label},
  items.map(({value, state, title}, index) => {
    const height = value ? Math.max(2, (22 * value) / highest) : 1;
    return h('rect', {class: `fill ${state}`, x: index * (width + 1), y: 24 - height,
      width, height}, h('title', null, title));
  }));
}

/** A line over runs: `points` are {x: Date, y, state, title, href}, oldest first. */
export class LineChart extends Component {
  componentDidMount() {
    this.observer = new ResizeObserver(() => this.paint());
    this.observer.observe(this.node);
    this.paint();
  }

  componentDidUpdate() {
    this.paint();
  }

  componentWillUnmount() {
    this.observer.disconnect();
  }

  async paint() {
    const d3 = await loadD3();
    const {node} = this;
    if (!node?.isConnected) {
      return;
    }
    const {points, format = d3.format('~g'), height = 180, zero = false, reference} = this.props;
    const width = node.clientWidth;
    const edge = {top: 12, right: 14, bottom: 26, left: 64};
    const drawing = d3.select(node).selectAll('svg').data([0]).join('svg')
      .attr('width', width).attr('height', height).attr('role', 'img')
      .attr('aria-label', this.props.label);
    drawing.selectAll('*').remove();
    if (points.length === 0 || width === 0) {
      return;
    }
    const values = points.map(({y}) => y).concat(reference === undefined ? [] : [reference]);
    const [low, high] = d3.extent(values);
    const room = (high - low || Math.abs(high) || 1) * 0.08;
    const x = d3.scalePoint(d3.range(points.length), [edge.left, width - edge.right]).padding(0.5);
    const y = d3.scaleLinear([zero ? 0 : low - room, Math.min(high + room, this.props.most ?? Infinity)],
      [height - edge.bottom, edge.top]);
    const every = Math.ceil(points.length / Math.max(2, Math.floor(width / 110)));
    drawing.append('g').attr('class', 'axis').attr('transform', `translate(${edge.left},0)`)
      .call(d3.axisLeft(y).ticks(4).tickFormat(format).tickSize(-(width - edge.left - edge.right)))
      .call((axis) => axis.select('.domain').remove());
    drawing.append('g').attr('class', 'axis')
      .attr('transform', `translate(0,${height - edge.bottom})`)
      .call(d3.axisBottom(x)
        .tickValues(d3.range(points.length).filter((index) => index % every === 0))
        .tickFormat((index) => points[index].label ?? text(points[index].x).slice(5, 16)))
      .call((axis) => axis.select('.domain').remove());
    if (reference !== undefined) {
      drawing.append('line').attr('class', 'reference').attr('x1', edge.left)
        .attr('x2', width - edge.right).attr('y1', y(reference)).attr('y2', y(reference));
    }
    drawing.append('path').datum(points).attr('class', 'line')
      .attr('d', d3.line((_, index) => x(index), (point) => y(point.y)));
    drawing.selectAll('a').data(points).join('a')
      .attr('href', (point) => point.href ?? null)
      .attr('aria-label', (point) => point.title)
      .append('circle').attr('class', (point) => `dot fill ${point.state ?? ''} ${point.marked ? 'marked' : ''}`)
      .attr('cx', (_, index) => x(index)).attr('cy', (point) => y(point.y))
      .attr('r', (point) => (point.marked ? 6 : 4))
      .append('title').text((point) => point.title);
  }

  render() {
    return div({class: 'chart', ref: (node) => (this.node = node)});
  }
}

/** One square per run, oldest first; each is a link to its run. */
export const squares = (items) =>
  div({class: 'squares'}, items.map(({href, state, title}) =>
    a({class: `square fill ${state}`, href, title, 'aria-label': title})));
