// All pipelines at a glance.
import {get} from '../api.js';
import {pause, resume, start} from '../actions.js';
import {bars, squares} from '../chart.js';
import {empty, h, link, percent, status, tags} from '../dom.js';
import {Live} from '../live.js';
import {go} from '../shell.js';
import {ago, duration, moment, utc} from '../time.js';

const {a, button, div, h1, p, section, small, span, table, tbody, td, th, thead, tr} = tags;

export const runTitle = (run) => [
  status(run),
  `logical date ${run.logicalDate}`,
  `started ${utc(run.startedAt)}`,
  run.durationMs !== null && `took ${duration(run.durationMs)}`,
  run.accuracy !== null && `accuracy ${percent(run.accuracy)}`,
  run.failureMessage,
].filter(Boolean).join('\n');

/** The newest runs, oldest first: as many as there is room for. */
const newest = ({lastRuns: runs}) => runs.slice(0, window.innerWidth < 1000 ? 8 : window.innerWidth < 1500 ? 15 : 25).reverse();

export const lastRuns = (pipeline) => squares(newest(pipeline).map((run) => ({
  href: `#/mlops/runs/${run.id}`, state: run.status, title: runTitle(run),
})));

export default class Pipelines extends Live {
  load(signal) {
    return get('/pipelines', signal);
  }

  async act(question) {
    const answer = await question;
    if (answer?.run) {
      go(`/mlops/runs/${answer.run}`);
    } else if (answer) {
      this.changed();
    }
  }

  draw(pipelines) {
    return section(
      div({class: 'title'}, h1('Pipelines'), p({class: 'quiet'}, summary(pipelines))),
      pipelines.length === 0
        ? empty('There is no pipeline that you may see.',
          'A process with the step "Admit run" is one: deploy such a process.',
          'If there are some, ask an administrator for the rights READ and READ HISTORY on their process definitions.')
        : div({class: 'scroll'}, table({class: 'list pipelines'},
          thead(tr(th('Pipeline'), th('Next run'), th('Last runs'),
            th({title: 'Of the runs of the last 30 days that succeeded or failed'}, 'Success'),
            th({class: 'roomy'}, 'Duration'), th({class: 'roomy right'}, 'Last accuracy'), th('Now'), th())),
          tbody(pipelines.map((pipeline) => this.row(pipeline))))));
  }

  row(pipeline) {
    const {id, name, may, counts} = pipeline;
    const runs = `/mlops/pipelines/${id}/runs`;
    return tr({key: id},
      td(link(runs, name),
        small({class: 'quiet nowrap'}, id)),
      td(pipeline.paused
        ? span({class: 'badge suspended'}, '‖ Paused')
        : pipeline.nextRun ? ago(pipeline.nextRun) : span({class: 'quiet'}, 'On request'),
      pipeline.nextRun && !pipeline.paused
        && small({class: 'quiet nowrap'}, moment(pipeline.nextRun))),
      td(pipeline.lastRuns.length ? lastRuns(pipeline) : span({class: 'quiet'}, 'None yet')),
      td({class: 'num'}, success(pipeline)),
      td({class: 'roomy'}, durations(pipeline)),
      td({class: 'roomy num right'}, percent(pipeline.lastAccuracy)),
      td(now(id, counts)),
      td(div({class: 'actions end'},
        button({class: 'button main', 'aria-label': `Start ${name}`,
          disabled: !may.start || pipeline.paused,
          title: may.start ? pipeline.paused ? 'Paused: resume it first' : ''
            : 'You may not start runs of this pipeline',
          onClick: () => this.act(start(pipeline))}, 'Start …'),
        button({class: 'button', 'aria-label': `${pipeline.paused ? 'Resume' : 'Pause'} ${name}`,
          disabled: !may.pause,
          title: may.pause ? '' : 'You may not pause this pipeline',
          onClick: () => this.act(pipeline.paused ? resume(pipeline) : pause(pipeline))},
        pipeline.paused ? 'Resume …' : 'Pause …'),
        a({class: 'button roomy', 'aria-label': `Heat map of ${name}`,
          href: `#/mlops/pipelines/${id}/heat`}, 'Heat map'))));
  }
}

function summary(pipelines) {
  const sum = (name) => pipelines.reduce((total, {counts}) => total + counts[name], 0);
  const incidents = sum('incidents');
  return [
    `${sum('active')} active`,
    `${sum('queued')} queued`,
    incidents > 0 && `${incidents} need help`,
  ].filter(Boolean).join(' · ');
}

function success({successRate, counts}) {
  if (successRate === null) {
    return span({class: 'quiet'}, '–');
  }
  return [percent(successRate, successRate === 1 ? 0 : 1),
    small({class: 'quiet'}, `${counts.success} of ${counts.success + counts.failed}`)];
}

function durations(pipeline) {
  const ended = newest(pipeline).filter(({durationMs}) => durationMs !== null);
  if (ended.length === 0) {
    return span({class: 'quiet'}, '–');
  }
  const last = ended[ended.length - 1];
  return div({class: 'trend'},
    bars(ended.map((run) => ({value: run.durationMs, state: run.status, title: runTitle(run)})),
      `Durations of the last ${ended.length} runs; the last took ${duration(last.durationMs)}`),
    span({class: 'num nowrap'}, duration(last.durationMs)));
}

const now = (id, {active, queued, incidents, waiting}) =>
  active + queued === 0
    ? span({class: 'quiet'}, 'Idle')
    : [
      incidents > 0 && link(`/mlops/runs?pipeline=${id}&status=incident`,
        h('span', {class: 'badge incident'}, `! ${incidents} need help`)),
      waiting > 0 && link(`/mlops/runs?pipeline=${id}&status=waiting`,
        h('span', {class: 'badge waiting', title: 'Waiting for a person'}, `‖ ${waiting}`)),
      active - incidents - waiting > 0 && link(`/mlops/runs?pipeline=${id}&status=running`,
        h('span', {class: 'badge running'}, `▸ ${active - incidents - waiting}`)),
      queued > 0 && link(`/mlops/runs?pipeline=${id}&status=queued`,
        h('span', {class: 'badge queued'}, `… ${queued}`)),
    ];

