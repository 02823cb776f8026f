// What monitoring found: the latest verdict of each kind, how it went over time, and every report.
import {get, query} from '../api.js';
import {LineChart} from '../chart.js';
import {empty, h, link, panel, percent, tags} from '../dom.js';
import {pages} from '../filters.js';
import {Live} from '../live.js';
import {put} from '../shell.js';
import {ago, moment, text} from '../time.js';

const {a, div, h1, h2, label, option, p, section, select, small, span, table, tbody, td, th, thead, tr} =
  tags;

const KINDS = {
  data_quality: 'Data quality',
  data_drift: 'Data drift',
  model_performance: 'Model performance',
};
const MONITORING = 'model-monitoring';
const STATES = {good: 'success', warn: 'warning', bad: 'failed', unknown: 'queued'};
const SIZE = 25;

/** In the server's words, which mails and reports have too. */
const verdict = (report) => span({class: `badge ${STATES[report.verdict]}`}, report.verdictWords);

const open = (report, content) => a({href: report.href, target: '_blank', rel: 'noopener'}, content);

/** Reports can be read by somebody who may not see the models. */
function withoutRight(problem) {
  if (problem.status !== 403) {
    throw problem;
  }
  return [];
}

export default class Reports extends Live {
  every = 5000;

  async load(signal) {
    const {parameters} = this.props;
    const [list, newest, models] = await Promise.all([
      get(`/reports${query({kind: parameters.get('kind'), model: parameters.get('model'),
        page: parameters.get('page') || 0, size: SIZE})}`, signal),
      get('/reports?size=1', signal),
      get('/models', signal).catch(withoutRight),
    ]);
    // Verdicts and lines of several models beside each other would be about none.
    const model = parameters.get('model') || newest.items[0]?.model;
    const [series, ...latest] = await Promise.all([
      history(model, signal),
      ...Object.keys(KINDS).map((kind) => get(`/reports${query({kind, model, size: 1})}`, signal)),
    ]);
    return {list, series, model, models, latest: latest.flatMap(({items}) => items)};
  }

  draw({list, series, model, models, latest}) {
    const {parameters} = this.props;
    if (list.total === 0 && !parameters.get('kind') && !parameters.get('model')) {
      return section(h1('Reports'), empty('There is no report yet.',
        'The process "Model monitoring" writes them, every six hours and on request, once there is a model and production data.'));
    }
    return section(
      div({class: 'title'}, h1('Reports'), pages(list, 'reports')),
      div({class: 'cards'}, latest.map((report) => div({class: 'panel', key: report.kind},
        h2(KINDS[report.kind] || report.kind, ' ', verdict(report)),
        p(report.summary),
        p({class: 'quiet'}, `${report.model} v${report.version}, `, ago(report.createdAt), ' · ',
          open(report, 'Open'))))),
      div({class: 'cards trends'},
        this.trend(series, 'driftShare', `Share of drifted columns, ${model}`),
        this.trend(series, 'currentAccuracy', `Accuracy in production, ${model}`)),
      div({class: 'filters'},
        div({class: 'filter'}, label({for: 'report-kind'}, 'Kind'),
          select({id: 'report-kind', onChange: ({target}) => put({kind: target.value, page: null})},
            option({value: ''}, 'All'),
            Object.entries(KINDS).map(([kind, name]) =>
              option({value: kind, selected: parameters.get('kind') === kind}, name)))),
        models.length > 1 && div({class: 'filter'}, label({for: 'report-model'}, 'Model'),
          select({id: 'report-model', onChange: ({target}) => put({model: target.value, page: null})},
            option({value: ''}, 'All'),
            models.map(({name}) =>
              option({value: name, selected: parameters.get('model') === name}, name))))),
      div({class: 'scroll'}, table({class: 'list'},
        thead(tr(th('Written'), th('Report'), th('Verdict'), th('Model'), th('What it says'), th())),
        tbody(list.items.map((report) => tr({key: report.id},
          td({class: 'nowrap'}, moment(report.createdAt), small({class: 'quiet'}, ago(report.createdAt))),
          td({class: 'nowrap'}, open(report, KINDS[report.kind] || report.kind)),
          td(verdict(report)),
          td({class: 'nowrap'}, `${report.model} v${report.version}`),
          td(report.summary),
          td({class: 'nowrap'}, link(`/mlops/runs/${report.run}`, 'Run'))))))));
  }

  trend(series, name, title) {
    const points = [...(series?.runs || [])].reverse()
      .filter(({values}) => values[name] !== undefined)
      .map(({run, values}) => ({
        x: run.startedAt, y: values[name], state: run.status, href: `#/mlops/runs/${run.id}`,
        title: `${title}: ${percent(values[name])}\n${text(run.startedAt)}`,
      }));
    return points.length > 1 && panel(title, h(LineChart, {points, label: title, height: 150, most: 1,
      format: (value) => percent(value, 0)}));
  }
}

/** Who may not see the runs of monitoring still sees its reports. */
async function history(model, signal) {
  const pipelines = await get('/pipelines', signal);
  return pipelines.some(({id}) => id === MONITORING)
    ? get(`/pipelines/${MONITORING}/metrics${query({size: 200,
      parameter: model && `modelName=${model}`})}`, signal)
    : null;
}
