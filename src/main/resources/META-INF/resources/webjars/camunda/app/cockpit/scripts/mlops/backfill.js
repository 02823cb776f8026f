// Runs of a pipeline for a range of days.
import {Problem, get, post} from './api.js';
import {ask} from './dialog.js';
import {link, panel, tags} from './dom.js';
import {ago} from './time.js';

const {button, div, input, label, option, progress, select, small, span, table, tbody, td, th, thead,
  tr} = tags;

const STATES = {running: 'running', stopped: 'suspended', ended: 'success', cancelled: 'cancelled'};
const RERUN = [
  ['none', 'Skip days that have ended'],
  ['failed', 'Run failed days again'],
  ['all', 'Run all days again'],
];

/** The newest backfills of a pipeline; null where the process is not there, or not for this reader. */
export async function backfills(pipeline, signal) {
  try {
    return await get(`/backfills?pipeline=${encodeURIComponent(pipeline)}`, signal);
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 403)) {
      return null;
    }
    throw error;
  }
}

const field = (id, title, content) => div({class: 'field'}, label({for: id}, title), content);

export const plan = (pipeline) => ask({
  title: `Backfill ${pipeline.name}`,
  text: 'One run for each day, some at once; scheduled runs go first. {logicalDate} in the name of the data set becomes the day.',
  action: 'Start backfill',
  content: () => div({class: 'fields'},
    field('backfill-from', 'First day', input({id: 'backfill-from', name: 'from', type: 'date', required: true})),
    field('backfill-to', 'Last day', input({id: 'backfill-to', name: 'to', type: 'date', required: true})),
    field('backfill-parallel', 'At once', input({id: 'backfill-parallel', name: 'parallel',
      type: 'number', min: 1, max: 16, defaultValue: 2})),
    field('backfill-rerun', 'Days that ran before', select({id: 'backfill-rerun', name: 'rerun'},
      RERUN.map(([value, text]) => option({value}, text)))),
    field('backfill-dry', 'Dry run', label({class: 'check'},
      input({id: 'backfill-dry', name: 'dryRun', type: 'checkbox', value: 'true'}),
      'Only plan it: which days would run'))),
  act: (form) => post('/backfills', {
    pipeline: pipeline.id,
    from: form.get('from'),
    to: form.get('to'),
    parallel: form.get('parallel'),
    rerun: form.get('rerun'),
    dryRun: form.get('dryRun') === 'true',
  }),
});

export const stop = ({id}) => ask({
  title: 'Stop this backfill?',
  text: 'Days that are running end; no further one begins until it is continued.',
  action: 'Stop',
  act: () => post(`/backfills/${id}/stop`),
});

export const proceed = ({id}) => ask({
  title: 'Continue this backfill?',
  text: 'It goes on with the days that are left.',
  action: 'Continue',
  act: () => post(`/backfills/${id}/continue`),
});

const sum = (counts, ...states) => states.reduce((total, state) => total + (counts[state] || 0), 0);

export function counts({counts: of}) {
  const days = sum(of, ...Object.keys(of)) - sum(of, 'skipped');
  const done = sum(of, 'success', 'failed', 'cancelled');
  return div({class: 'bar'},
    progress({max: days || 1, value: done, 'aria-label': `${done} of ${days} days`}),
    span(`${done} of ${days} days`),
    sum(of, 'failed', 'cancelled') > 0
      && span({class: 'bad-text'}, `${sum(of, 'failed', 'cancelled')} failed`),
    sum(of, 'skipped') > 0 && span({class: 'quiet'}, `${of.skipped} skipped`));
}

export const state = (backfill) =>
  span({class: `badge ${STATES[backfill.state]}`}, backfill.dryRun ? `dry run, ${backfill.state}` : backfill.state);

/** `act` takes a question and refreshes the page after it. */
export const backfillPanel = (list, may, act) => list.length > 0 && panel('Backfills',
  table({class: 'list'},
    thead(tr(th('Days'), th('State'), th('Progress'), th('By'), th('Started'), th())),
    tbody(list.slice(0, 5).map((backfill) => tr({key: backfill.id},
      td({class: 'nowrap'}, link(`/mlops/backfills/${backfill.id}`, `${backfill.from} to ${backfill.to}`),
        small({class: 'quiet'}, `${backfill.parallel} at once`)),
      td(state(backfill)),
      td(counts(backfill)),
      td(backfill.starter || '–'),
      td({class: 'nowrap'}, ago(backfill.startedAt)),
      td({class: 'right'}, buttons(backfill, may, act)))))));

export const buttons = (backfill, may, act) =>
  backfill.state === 'running' && !backfill.dryRun
    ? button({class: 'button small', disabled: !may.start, onClick: () => act(stop(backfill))}, 'Stop …')
    : backfill.state === 'stopped'
      && button({class: 'button small', disabled: !may.start, onClick: () => act(proceed(backfill))}, 'Continue …');

