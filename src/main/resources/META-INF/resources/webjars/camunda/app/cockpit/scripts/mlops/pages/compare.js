// Runs side by side: what differs stands out.
import {get} from '../api.js';
import {LineChart} from '../chart.js';
import {badge, empty, h, link, number, panel, percent, tags} from '../dom.js';
import {Live} from '../live.js';
import {put} from '../shell.js';
import {duration, moment} from '../time.js';

const {div, h1, input, label, option, section, select, span, table, tbody, td, th, thead,
  tr} = tags;

const RESULTS = ['accuracy', 'accuracyLow', 'accuracyHigh', 'baselineAccuracy', 'trainRows', 'testRows'];

export default class Compare extends Live {
  get ids() {
    return this.props.parameters.getAll('run');
  }

  load(signal) {
    return Promise.all(this.ids.map((id) => get(`/runs/${encodeURIComponent(id)}`, signal)));
  }

  draw(details) {
    if (details.length < 2) {
      return empty('Choose two or more runs to compare.', 'Tick them in a list of runs.');
    }
    const only = this.props.parameters.get('all') === null;
    const runs = details.map(({run}) => run);
    const groups = [
      ['Run', [
        row('State', runs.map(({status}) => status), (value) => badge(value)),
        row('Pipeline', details.map(({pipelineName}) => pipelineName)),
        row('Process version', runs.map(({version}) => version)),
        row('Logical date', runs.map(({logicalDate}) => logicalDate)),
        row('Started', runs.map(({startedAt}) => startedAt), moment, true),
        row('Duration', runs.map(({durationMs}) => durationMs), duration, true),
        row('Failure', runs.map(({failureMessage}) => failureMessage)),
      ]],
      ['Metrics', rows(details, ({kind, name, value}) => kind === 'output' && typeof value === 'number' && !isData(name))],
      ['Parameters', rows(details, ({kind}) => kind === 'parameter')],
      ['Data and files', rows(details, ({kind, name, value}) => kind === 'output' && (typeof value !== 'number' || isData(name)))],
    ];
    return section(
      div({class: 'title'}, h1(`${runs.length} runs side by side`),
        label({class: 'check'}, input({id: 'only-different', type: 'checkbox', checked: only,
          onChange: () => put({all: only ? 'yes' : null})}), 'Only what differs')),
      this.chart(details),
      div({class: 'scroll'}, table({class: 'list compare'},
        thead(tr(th(), runs.map((run) => th({key: run.id}, link(`/mlops/runs/${run.id}`, run.businessKey))))),
        groups.map(([title, all]) => {
          const shown = all.filter(({differs}) => differs || !only || title === 'Run');
          return tbody({key: title},
            tr({class: 'group'}, th({colSpan: runs.length + 1, scope: 'rowgroup'}, title,
              shown.length < all.length && span({class: 'quiet'}, ` ${all.length - shown.length} the same`))),
            shown.map(({name, values, show, differs, neutral}) =>
              tr({key: name, class: differs && !neutral ? 'differs' : ''}, th({scope: 'row'}, name),
                values.map((value) => td({class: 'value'},
                  value === null || value === undefined ? '–' : show(value))))));
        }))));
  }

  chart(details) {
    const names = [...new Set(details.flatMap(({variables}) => variables
      .filter(({kind, value}) => kind === 'output' && typeof value === 'number')
      .map(({name}) => name)))].sort((a, b) => order(a) - order(b) || a.localeCompare(b));
    if (names.length === 0) {
      return null;
    }
    const wanted = this.props.parameters.get('metric');
    const name = names.includes(wanted) ? wanted : names[0];
    const points = details
      .map(({run, variables}) => ({run, y: variables.find((variable) => variable.name === name)?.value}))
      .filter(({y}) => typeof y === 'number')
      .sort((a, b) => a.run.startedAt.localeCompare(b.run.startedAt))
      .map(({run, y}) => ({x: run.startedAt, y, state: run.status, label: run.businessKey.slice(0, 24),
        href: `#/mlops/runs/${run.id}`, title: `${run.businessKey}\n${name} ${number(y)}`}));
    return panel(null,
      div({class: 'bar'}, label({for: 'metric'}, 'Metric: '),
        select({id: 'metric', onChange: ({target}) => put({metric: target.value})},
          names.map((other) => option({value: other, selected: other === name}, other)))),
      h(LineChart, {points, label: `${name} of the compared runs`, height: 150,
        most: name.toLowerCase().includes('accuracy') ? 1 : undefined,
        format: name.toLowerCase().includes('accuracy') ? (value) => percent(value, 1) : undefined}));
  }
}

const isData = (name) => /Rows$|^rows$|^columns$/.test(name);
const order = (name) => RESULTS.includes(name) ? RESULTS.indexOf(name) : RESULTS.length;

function row(name, values, show = (value) => String(number(value)), neutral = false) {
  return {name, values, show, neutral, differs: new Set(values.map((value) => JSON.stringify(value ?? null))).size > 1};
}

function rows(details, wanted) {
  const names = [...new Set(details.flatMap(({variables}) => variables.filter(wanted).map(({name}) => name)))];
  return names.sort((a, b) => order(a) - order(b) || a.localeCompare(b)).map((name) =>
    row(name, details.map(({variables}) => variables.find((variable) => variable.name === name)?.value)));
}
