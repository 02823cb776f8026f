// The runs of one pipeline: columns are runs, rows are steps; then their numbers, and a list.
import {get} from '../api.js';
import {pause, resume, start} from '../actions.js';
import {backfillPanel, backfills, plan} from '../backfill.js';
import {LineChart} from '../chart.js';
import {badge, empty, h, number, panel, percent, sign, tags, word} from '../dom.js';
import {filters, pages, search} from '../filters.js';
import {Live} from '../live.js';
import {RunList} from '../runlist.js';
import {go, put} from '../shell.js';
import {duration, moment} from '../time.js';
import {runTitle} from './pipelines.js';

const {a, button, caption, div, h1, label, option, p, section, select, span, table, tbody, td, th,
  thead, tr} = tags;

const FIRST = ['accuracy', 'currentAccuracy', 'driftShare'];

/** What runs came to, and only then what they were given; how often a step was tried is in the grid. */
function interesting(names, parameters) {
  const given = new Set(parameters.map(({name}) => name));
  const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : given.has(name) ? 20 : 10);
  return names.filter((name) => !name.startsWith('attempts_'))
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
}

/** As many runs as fit. */
const columns = () => 10 * Math.min(7, Math.max(2, Math.floor((window.innerWidth - 340) / 220)));

/** The runs that get a label: the first of each day, with room between two labels. */
function labelled(runs) {
  let last = -3;
  return new Set(runs.flatMap(({run}, index) => {
    const first = index === 0 || run.logicalDate !== runs[index - 1].run.logicalDate;
    if (!first || index - last < 3) {
      return [];
    }
    last = index;
    return [run.id];
  }));
}

export default class Grid extends Live {
  get pipeline() {
    return this.props.pieces[2];
  }

  async load(signal) {
    const of = `/pipelines/${encodeURIComponent(this.pipeline)}`;
    const {parameters} = this.props;
    const [{pipeline, parameters: declared}, grid, metrics, filled] = await Promise.all([
      get(of, signal),
      get(`${of}/grid${search(parameters, {pipeline: '', size: columns()})}`, signal),
      get(`${of}/metrics${search(parameters, {pipeline: '', page: '', size: 100})}`, signal),
      backfills(this.pipeline, signal),
    ]);
    return {pipeline, grid, filled,
      metrics: {...metrics, names: interesting(metrics.names, declared)}};
  }

  async act(question) {
    const answer = await question;
    if (answer?.run) {
      go(`/mlops/runs/${answer.run}`);
    } else if (answer?.dates) {
      go(`/mlops/backfills/${answer.id}`);
    } else if (answer) {
      this.changed();
    }
  }

  draw({pipeline, grid, metrics, filled}) {
    const {may} = pipeline;
    return section(
      div({class: 'title'},
        div(h1(pipeline.name), p({class: 'quiet'}, pipeline.description)),
        div({class: 'actions'},
          pipeline.paused && badge('suspended'),
          button({class: 'button main', disabled: !may.start || pipeline.paused,
            onClick: () => this.act(start(pipeline))}, 'Start …'),
          button({class: 'button', disabled: !may.pause,
            onClick: () => this.act(pipeline.paused ? resume(pipeline) : pause(pipeline))},
          pipeline.paused ? 'Resume …' : 'Pause …'),
          filled && button({class: 'button', disabled: !may.start || pipeline.paused,
            onClick: () => this.act(plan(pipeline))}, 'Backfill …'),
          a({class: 'button', href: `#/mlops/pipelines/${this.pipeline}/heat`}, 'Heat map'))),
      this.facts(pipeline),
      filled && backfillPanel(filled, may, (question) => this.act(question)),
      filters(this.props.parameters, null),
      grid.runs.length === 0
        ? empty('No run matches.', 'Change the filters, or start the pipeline.')
        : [
          panel(null, div({class: 'bar'}, this.legend(), pages(grid)), this.grid(grid)),
          this.metrics(metrics),
          panel('List', h(RunList, {runs: grid.runs.map(({run}) => run)})),
        ]);
  }

  facts(pipeline) {
    const fact = (name, ...value) => div({class: 'fact'}, span({class: 'quiet'}, name), ...value);
    return div({class: 'facts'},
      fact('Next run', pipeline.paused ? 'Paused' : pipeline.nextRun ? moment(pipeline.nextRun) : 'On request'),
      fact('Schedule (UTC)', pipeline.schedule ? span({class: 'code'}, pipeline.schedule) : 'None'),
      fact('Success, 30 days', percent(pipeline.successRate)),
      fact('Last accuracy', percent(pipeline.lastAccuracy)),
      fact('Active', pipeline.counts.active),
      fact('Queued', pipeline.counts.queued),
      fact('Need help', pipeline.counts.incidents),
      fact('Version', pipeline.version));
  }

  legend() {
    return div({class: 'legend'},
      ['success', 'failed', 'running', 'waiting', 'retrying', 'incident', 'queued', 'cancelled'].map((state) =>
        span({class: 'key'}, span({class: `square fill ${state}`}), word(state))),
      span({class: 'key'}, span({class: 'square fill success retried'}, '2'),
        'took more than one attempt'));
  }

  /** Arrow keys go from cell to cell. */
  move = (event) => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[event.key];
    const cell = event.target.closest('[data-column]');
    if (!step || !cell) {
      return;
    }
    event.preventDefault();
    const column = Number(cell.dataset.column) + step[0];
    const row = Number(cell.dataset.row) + step[1];
    event.currentTarget.querySelector(`[data-column="${column}"][data-row="${row}"]`)?.focus();
  };

  grid({steps, runs}) {
    const columns = [...runs].reverse();
    const days = labelled(columns);
    const longest = Math.max(1, ...columns.map(({run}) => run.durationMs || 0));
    return div({class: 'scroll'}, table({class: 'grid', onKeyDown: this.move},
      caption({class: 'hidden'}, 'Runs as columns, oldest first, and steps as rows'),
      thead(
        tr(th({scope: 'row', class: 'corner'}, `up to ${duration(longest)}`),
          columns.map(({run}, column) => th({key: run.id, scope: 'col'},
            a({class: 'run-bar', href: `#/mlops/runs/${run.id}`, title: runTitle(run),
              'aria-label': runTitle(run), 'data-column': column, 'data-row': 0},
            span({class: `height fill ${run.status}`,
              style: {height: `${run.durationMs ? Math.max(4, (56 * run.durationMs) / longest) : 4}px`}}))))),
        tr(th({scope: 'row'}, 'Logical date'),
          columns.map(({run}) => th({key: run.id, class: 'day', title: run.logicalDate},
            days.has(run.id) ? run.logicalDate.slice(5) : '')))),
      tbody(steps.map((step, row) => tr({key: step.id},
        th({scope: 'row'}, step.name),
        columns.map(({run, steps: states}, column) =>
          td({key: run.id}, this.cell(run, step, states[step.id], column, row + 1))))))));
  }

  cell(run, step, state, column, row) {
    if (!state) {
      return span({class: 'square none'});
    }
    const title = [
      `${step.name}: ${word(state.state)}`,
      state.attempts > 1 && `${state.attempts} attempts`,
      state.durationMs !== null && `took ${duration(state.durationMs)}`,
      `run ${run.businessKey}`,
    ].filter(Boolean).join('\n');
    return a({
      class: `square fill ${state.state} ${state.attempts > 1 ? 'retried' : ''}`,
      href: `#/mlops/runs/${run.id}?step=${step.id}`, title, 'aria-label': title,
      'data-column': column, 'data-row': row,
    }, state.attempts > 1 ? state.attempts : state.state === 'success' ? '' : sign(state.state));
  }

  metrics({names, runs}) {
    if (names.length === 0) {
      return null;
    }
    const wanted = this.props.parameters.get('metric');
    const name = names.includes(wanted) ? wanted : names[0];
    const share = name.startsWith('accuracy') || name.endsWith('Accuracy') || name.endsWith('Share');
    const apart = new Set(runs.map(({run}) => run.logicalDate)).size === runs.length;
    const points = [...runs].reverse()
      .filter(({values}) => values[name] !== undefined)
      .map(({run, values}) => ({
        x: run.startedAt, y: values[name], state: run.status, href: `#/mlops/runs/${run.id}`,
        label: apart ? run.logicalDate.slice(5) : undefined,
        title: `${name} ${share ? percent(values[name]) : number(values[name])}\n${runTitle(run)}`,
      }));
    return panel(null,
      div({class: 'bar'},
        label({for: 'metric'}, 'Over the runs: '),
        select({id: 'metric', onChange: ({target}) => put({metric: target.value})},
          names.map((other) => option({value: other, selected: other === name}, other))),
        span({class: 'quiet'}, `${points.length} runs, oldest first`)),
      h(LineChart, {points, label: `${name} over ${points.length} runs`, most: share ? 1 : undefined,
        format: share ? (value) => percent(value, 0) : undefined}));
  }
}
