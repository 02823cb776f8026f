// Where a process spends its time, and where it fails, over a period.
import {get, query} from '../api.js';
import {Diagram, label as tag} from '../diagram.js';
import {empty, h, link, panel, tags} from '../dom.js';
import {Live} from '../live.js';
import {put} from '../shell.js';
import {duration} from '../time.js';

const {button, div, h1, p, section, table, tbody, td, th, thead, tr} = tags;

const PERIODS = [['1', 'Day'], ['7', 'Week'], ['30', '30 days'], ['90', '90 days']];
const MEASURES = [['count', 'How often'], ['meanMs', 'Mean time'], ['totalMs', 'Time in all'], ['failures', 'Failures']];

const VALUE = {
  count: ({count}) => count,
  meanMs: ({meanMs}) => meanMs || 0,
  totalMs: ({meanMs, count, failures}) => (meanMs || 0) * Math.max(0, count - failures),
  failures: ({failures}) => failures,
};
const SHOW = {
  count: String, failures: String, meanMs: duration, totalMs: duration,
};

export default class Heat extends Live {
  every = 5000;

  get pipeline() {
    return this.props.pieces[2];
  }

  get days() {
    return this.props.parameters.get('days') || '7';
  }

  get measure() {
    return VALUE[this.props.parameters.get('measure')] ? this.props.parameters.get('measure') : 'count';
  }

  key() {
    return `heat ${this.pipeline} ${this.days}`;
  }

  async load(signal) {
    const of = `/pipelines/${encodeURIComponent(this.pipeline)}`;
    const from = new Date(Date.now() - this.days * 86400000).toISOString();
    const [{pipeline, steps}, heat] =
      await Promise.all([get(of, signal), get(`${of}/heat${query({from})}`, signal)]);
    return {pipeline, steps, heat};
  }

  draw({pipeline, steps, heat}) {
    const choose = (name, options, chosen) => div({class: 'choices', role: 'group', 'aria-label': name},
      options.map(([value, text]) => button({id: `${name}-${value}`, class: 'button small',
        'aria-pressed': String(value === chosen), onClick: () => put({[name]: value})}, text)));
    const names = new Map(steps.map(({id, name}) => [id, name]));
    const rows = heat.filter(({activity}) => names.has(activity))
      .sort((a, b) => VALUE[this.measure](b) - VALUE[this.measure](a));
    return section(
      div({class: 'title'},
        div(h1(link(`/mlops/pipelines/${pipeline.id}/runs`, pipeline.name), ' · heat map'),
          p({class: 'quiet'}, 'All versions, on the diagram of the latest')),
        choose('days', PERIODS, this.days), choose('measure', MEASURES, this.measure)),
      panel(null, h(Diagram, {definition: pipeline.processDefinitionId,
        version: this.measure + JSON.stringify(heat),
        paint: (viewer) => paint(viewer, heat.filter(({activity}) => !this.measure.endsWith('Ms') || names.has(activity)),
          this.measure)})),
      rows.length === 0
        ? empty('Nothing ended in this period.', 'Choose a longer one.')
        : panel('Steps', table({class: 'list'},
          thead(tr(th('Step'), th({class: 'right'}, 'How often'), th({class: 'right'}, 'Failures'),
            th({class: 'right'}, 'Mean time'), th({class: 'right'}, 'Longest'), th({class: 'right'}, 'Time in all'))),
          tbody(rows.map((each) => tr({key: each.activity}, td(names.get(each.activity)),
            td({class: 'num right'}, each.count.toLocaleString('en')),
            td({class: `num right ${each.failures ? 'bad-text' : ''}`}, each.failures.toLocaleString('en')),
            td({class: 'num right'}, duration(each.meanMs)),
            td({class: 'num right'}, duration(each.maxMs)),
            td({class: 'num right'}, duration(VALUE.totalMs(each)))))))));
  }
}

/** Five steps of one colour, by the square root so that small differences are seen too. */
function paint(viewer, heat, measure) {
  const canvas = viewer.get('canvas');
  const registry = viewer.get('elementRegistry');
  const overlays = viewer.get('overlays');
  registry.forEach(({id}) => [1, 2, 3, 4, 5].forEach((step) => canvas.removeMarker(id, `heat-${step}`)));
  const shown = heat.filter((each) => registry.get(each.activity)
    && !(each.type || '').endsWith('ubProcess') && VALUE[measure](each) > 0);
  const highest = Math.max(0, ...shown.map(VALUE[measure]));
  shown.forEach((each) => {
    const value = VALUE[measure](each);
    canvas.addMarker(each.activity, `heat-${Math.max(1, Math.ceil(5 * Math.sqrt(value / highest)))}`);
    tag(overlays, each.activity, SHOW[measure](value), 'time', {top: -10, right: 26},
      `${each.count} times, ${each.failures} failures, mean ${duration(each.meanMs)}, longest ${duration(each.maxMs)}`);
  });
}
