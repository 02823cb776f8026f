// One run, under way or over.
import {fileUrl, get, stackTrace} from '../api.js';
import {again, cancel, proceed, retry} from '../actions.js';
import {Diagram, label, mark} from '../diagram.js';
import {Component, badge, empty, h, link, number, panel, percent, problem, size, starter, status, tags} from '../dom.js';
import {Gantt} from '../gantt.js';
import {Live} from '../live.js';
import {Log} from '../log.js';
import {go, put} from '../shell.js';
import {duration, moment, since} from '../time.js';

const {a, button, div, h1, h2, p, pre, section, small, span, strong, table, tbody, td, th, thead, tr} =
  tags;

const TABS = [['steps', 'Steps'], ['gantt', 'Gantt'], ['variables', 'Variables'],
  ['files', 'Files'], ['log', 'Log']];

/** A variable that names a report opens it. */
function report(value) {
  const [, id] = /^reports\/(\w+)\.html$/.exec(value) || [];
  return id && a({href: `/api/v1/reports/${id}`, target: '_blank', rel: 'noopener'}, id);
}

/** Variables that name what a run wrote into the folder of reports. */
const reports = ({variables}) => variables.filter(({value}) => report(value));

export default class Run extends Live {
  every = 1000;

  get id() {
    return this.props.pieces[2];
  }

  key() {
    return `run ${this.id}`;
  }

  async load(signal) {
    const of = `/runs/${encodeURIComponent(this.id)}`;
    const [detail, steps, files] =
      await Promise.all([get(of, signal), get(`${of}/steps`, signal), get(`${of}/files`, signal)]);
    return {detail, steps, files};
  }

  async act(question) {
    const answer = await question;
    if (answer?.run && answer.run !== this.id) {
      go(`/mlops/runs/${answer.run}`);
    } else if (answer) {
      this.changed();
    }
  }

  slowest({detail}) {
    return detail.run.state === 'ended' ? 30000 : 3000;
  }

  ticks({detail}) {
    return detail.run.state !== 'ended';
  }

  draw({detail, steps, files}) {
    const {run} = detail;
    const {parameters} = this.props;
    const tab = parameters.get('tab') || 'steps';
    const written = reports(detail).length + files.length;
    return section(
      this.head(detail, steps),
      this.failure(detail, steps),
      detail.processDefinitionId && panel(null, h(Diagram, {
        key: detail.processDefinitionId,
        definition: detail.processDefinitionId,
        version: JSON.stringify([detail.path.length, detail.tokens, run.status, steps.map(({state, attempts}) => [state, attempts])]),
        paint: (viewer) => paint(viewer, detail, steps),
        onStep: (id) => steps.some((step) => step.id === id) && put({step: id, tab: null}),
      })),
      div({class: 'tabs', role: 'tablist'}, TABS.map(([name, text]) =>
        button({id: `tab-${name}`, role: 'tab', 'aria-selected': String(tab === name),
          onClick: () => put({tab: name === 'steps' ? null : name})},
        text, name === 'files' && written > 0 && span({class: 'quiet'}, ` ${written}`)))),
      div({class: 'panel', role: 'tabpanel'}, this[tab]?.(detail, steps, files)
        ?? empty('There is no such page.')));
  }

  head({run, pipelineName, isPipeline, may, callerRun, variables}, steps) {
    const over = run.state === 'ended';
    const origin = variables.find(({name}) => name === 'originRun')?.value;
    const waits = steps.some(({state}) => state === 'incident' || state === 'retrying');
    const fact = (name, ...value) => div({class: 'fact'}, span({class: 'quiet'}, name), ...value);
    const refused = (allowed, what) => ({disabled: !allowed, title: allowed ? '' : `You may not ${what}`});
    return [
      div({class: 'title'},
        div(h1(isPipeline ? link(`/mlops/pipelines/${run.pipeline}/runs`, pipelineName)
          : run.pipeline === 'backfill' ? link(`/mlops/backfills/${run.id}`, pipelineName) : pipelineName,
        ' · ', run.businessKey || run.id,
          badge(run.status, status(run)))),
        div({class: 'actions'},
          !over && waits && button({class: 'button main', ...refused(may.retry, 'retry steps of this pipeline'),
            onClick: () => this.act(retry(run))}, 'Retry …'),
          isPipeline && button({class: 'button', ...refused(over ? may.start : may.move, 'continue runs of this pipeline'),
            onClick: () => this.act(proceed(run, steps, this.props.parameters.get('step')))},
          'Continue from …'),
          isPipeline && button({class: 'button', ...refused(may.start, 'start runs of this pipeline'),
            onClick: () => this.act(again(run, variables))}, 'Run again …'),
          !over && button({class: 'button danger', ...refused(may.cancel, 'cancel runs of this pipeline'),
            onClick: () => this.act(cancel(run))}, 'Cancel …'))),
      div({class: 'facts'},
        fact('Logical date', run.logicalDate || '–'),
        fact('Started', moment(run.startedAt)),
        fact('Ended', run.endedAt ? moment(run.endedAt) : '–'),
        fact('Duration', duration(run.durationMs ?? since(run.startedAt))),
        fact('Accuracy', percent(run.accuracy)),
        fact('By', starter(run)),
        fact('Version', run.version),
        origin && fact('Took over from', link(`/mlops/runs/${origin}`, 'run')),
        callerRun && fact('Called by', link(`/mlops/runs/${callerRun}`, 'run')),
        fact('Run', span({class: 'code'}, run.id))),
      run.waitingForSlot && div({class: 'note'}, 'This run waits for a slot: so many runs of the pipeline go on at once as its parameter maxActiveRuns allows, in order of arrival.'),
    ];
  }

  failure({run, tasks, failureMeaning, whatToDo, hasHistory, path, variables}, steps) {
    const incidents = steps.filter(({state}) => state === 'incident');
    return [
      run.failureCode && div({class: 'problem', role: 'alert'},
        strong(failureMeaning), p(run.failureMessage),
        whatToDo && p(strong('What to do: '), whatToDo)),
      incidents.map((step) => {
        const last = step.tries[step.tries.length - 1];
        return div({class: 'problem', role: 'alert', key: step.id},
          strong(`${step.name} failed and waits for help`),
          p(last?.error || 'Its retries were set to 0.'),
          last?.whatToDo && p(strong('What to do: '), last.whatToDo));
      }),
      steps.filter(({state}) => state === 'retrying').map(({id, name, nextAt, tries}) =>
        div({class: 'note warning', key: id},
          strong(`${name} failed and is tried again`, nextAt && [', at ', moment(nextAt)]),
          p(tries.at(-1)?.error))),
      this.reason(run, path, variables),
      tasks.map(({name, run: where}) => div({class: 'note', key: `${where} ${name}`},
        strong(`Waits for somebody: ${name}`),
        where !== run.id && p('It waits in ', link(`/mlops/runs/${where}`, 'a run that this one called'), '.'),
        p(tasklist('Decide in Tasklist')))),
      run.warnings.length > 0 && div({class: 'note warning'},
        strong('Warnings'), run.warnings.map((line) => p(line))),
      !hasHistory && div({class: 'note'}, 'The steps and variables of this run were cleaned up: they are kept as long as the history time to live of the process says. Its result stays.'),
    ];
  }

  /** Why a run that did not fail ended where it did, where its steps or a table say so. */
  reason(run, path, variables) {
    const end = path.filter(({type}) => /endEvent/i.test(type)).at(-1);
    const value = (name) => variables.find((variable) => variable.name === name)?.value;
    const why = ['approvalReason', 'promotionReason', 'reason'].map(value).find(Boolean);
    const by = value('approvedBy');
    return run.outcome === 'success' && end && why
      && div({class: 'note'}, strong(end.name, by && `, by ${by}`), p(why));
  }

  steps(detail, steps) {
    const chosen = this.props.parameters.get('step');
    const step = steps.find(({id}) => id === chosen);
    return div({class: 'split'},
      table({class: 'list'},
        thead(tr(th('Step'), th('State'), th({class: 'right'}, 'Attempts'), th({class: 'right'}, 'Duration'))),
        tbody(steps.map((each) => tr({key: each.id, class: each.id === chosen ? 'chosen' : each.state === 'none' ? 'quiet' : ''},
          td({class: 'nowrap'}, a({id: `step-${each.id}`, href: `#/mlops/runs/${this.id}?step=${each.id}`,
            'aria-current': each.id === chosen ? 'true' : undefined}, each.name)),
          td(each.state === 'none' ? 'Not reached' : badge(each.state), each.nextAt && small({class: 'quiet'}, 'next ', moment(each.nextAt))),
          td({class: 'num right'}, each.attempts || ''),
          td({class: 'num right nowrap'}, each.state === 'running' && each.startedAt
            ? duration(since(each.startedAt)) : each.durationMs === null ? '' : duration(each.durationMs)))))),
      step ? this.step(detail, step)
        : empty('Choose a step', 'Here, or in the diagram: its attempts, what went wrong and what it logged.'));
  }

  step({run, may}, step) {
    const over = run.state === 'ended';
    return div({class: 'detail'},
      div({class: 'title'}, h2(step.name, badge(step.state)),
        div({class: 'actions'},
          step.type === 'userTask' && step.state === 'waiting'
            && tasklist('Open Tasklist'),
          !over && ['incident', 'retrying'].includes(step.state)
            && button({class: 'button main', disabled: !may.retry, onClick: () => this.act(retry(run, step))}, 'Retry now …'))),
      step.tries.length === 0
        ? p({class: 'quiet'}, step.state === 'none' ? 'The run did not come here.' : 'No attempt has ended yet.')
        : table({class: 'list'},
          thead(tr(th('#'), th('Attempt'), th('Started'), th('Ended'), th({class: 'right'}, 'Duration'))),
          tbody(step.tries.map((attempt, index) => [
            tr(td(index + 1), td(badge(attempt.state)),
              td({class: 'nowrap'}, attempt.startedAt ? moment(attempt.startedAt) : '–'),
              td({class: 'nowrap'}, moment(attempt.endedAt)),
              td({class: 'num right'}, duration(attempt.durationMs))),
            (attempt.error || attempt.run) && tr(td(), td({colSpan: 4},
              attempt.error && p(attempt.error),
              attempt.whatToDo && p(strong('What to do: '), attempt.whatToDo),
              attempt.job && h(Trace, {log: attempt.job}),
              attempt.run && link(`/mlops/runs/${attempt.run}`, 'Open the run it called'))),
          ]))),
      h(Log, {key: step.id, run: this.id, step: step.id}));
  }

  gantt({run}, steps) {
    return h(Gantt, {run, steps, onStep: (step) => put({step, tab: null})});
  }

  variables({variables}) {
    const kinds = [['parameter', 'Parameters'], ['output', 'Results'], ['other', 'Others']];
    return variables.length === 0
      ? empty('There are no variables.', 'They were cleaned up with the history of the run.')
      : div({class: 'columns'}, kinds.map(([kind, title]) => {
        const some = variables.filter((variable) => variable.kind === kind);
        return some.length > 0 && div(h2(title), table({class: 'list'},
          tbody(some.map(({name, value, help}) => tr({key: name},
            th({scope: 'row', title: help || ''}, name, help && small({class: 'quiet'}, help)),
            td({class: 'value'}, value === null ? '–'
              : report(value) || number(value)?.toString()))))));
      }));
  }

  files(detail, steps, files) {
    const {run} = detail;
    const written = reports(detail);
    return written.length + files.length === 0
      ? empty('There are no files.', run.state === 'ended'
        ? 'The run wrote none, or they were cleaned up with its history.'
        : 'The run has not written any yet.')
      : table({class: 'list'},
        thead(tr(th('File'), th({class: 'right'}, 'Size'), th('Written'))),
        tbody(
          written.map(({name, value}) => tr({key: name}, td(report(value)), td(), td())),
          files.map((file) => tr({key: file.name},
            td(a({href: fileUrl(run.id, file.name), target: '_blank', rel: 'noopener'}, file.name)),
            td({class: 'num right'}, size(file.size)),
            td(moment(file.modifiedAt))))));
  }

  log() {
    return h(Log, {key: 'all', run: this.id});
  }
}

/** Beside Cockpit, whose address relative ones start from. */
const tasklist = (text) => a({class: 'button main', href: '../../tasklist/default/'}, text);

class Trace extends Component {
  state = {};

  show = async () => {
    try {
      this.setState({text: await stackTrace(this.props.log)});
    } catch (error) {
      this.setState({error});
    }
  };

  render(props, {text, error}) {
    return error ? problem(error) : text ? pre(text)
      : button({class: 'button small', onClick: this.show}, 'Stack trace');
  }
}

/** What an error leads to, and events that state why a run fails. */
const FAULTS = ['boundaryError', 'intermediateNoneThrowEvent'];

/** Marks the way the run took, and on each step its state, time and attempts. */
function paint(viewer, {path, flows, tokens, run: {outcome}}, steps) {
  const failed = outcome === 'failed';
  const canvas = viewer.get('canvas');
  const overlays = viewer.get('overlays');
  const registry = viewer.get('elementRegistry');
  const taken = new Set(flows);
  const visits = new Map();
  path.forEach((entry) => {
    visits.set(entry.activity, [...(visits.get(entry.activity) || []), entry]);
  });
  const reached = new Map(tokens.map((token) => [token.activity, token]));
  const byId = new Map(steps.map((step) => [step.id, step]));
  registry.forEach((element) => {
    if (element.type === 'label') {
      return;
    }
    const {id} = element;
    if (element.type === 'bpmn:SequenceFlow') {
      mark(canvas, id, taken.has(id) ? 'taken' : null);
      return;
    }
    const step = byId.get(id);
    const entries = visits.get(id) || [];
    const again = step?.state === 'retrying';
    const bad = step ? step.state === 'failed'
      : entries.some(({type}) => FAULTS.includes(type) || (failed && type === 'noneEndEvent'
        && !element.parent.businessObject.$instanceOf('bpmn:SubProcess')));
    mark(canvas, id, step?.state === 'incident' ? 'trouble' : again ? 'bad'
      : reached.has(id) ? 'open' : bad ? 'bad' : entries.length > 0 ? 'done' : null);
    if (step && step.state !== 'none') {
      if (step.durationMs !== null) {
        label(overlays, id, duration(step.durationMs), 'time', {top: -9, right: 44});
      }
      if (step.attempts > 1) {
        label(overlays, id, `${step.attempts}×`, 'attempts', {top: -10, left: -8}, `${step.attempts} attempts`);
      }
    }
    const token = reached.get(id);
    if (token) {
      const text = {incident: '!', running: '▸', queued: '…', suspended: '‖'}[token.state] || '●';
      label(overlays, id, text, `token ${token.state}`, {top: -12, right: 12}, badgeTitle(token));
    }
  });
}

const badgeTitle = ({state, dueAt}) => dueAt ? `${state}, due ${new Date(dueAt).toISOString()}` : state;
