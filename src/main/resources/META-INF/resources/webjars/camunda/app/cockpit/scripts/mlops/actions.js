// What operators do. Each asks first, and the server has the last word on who may.
import {get, post} from './api.js';
import {ask} from './dialog.js';
import {changes, fields} from './parameters.js';
import {tags} from './dom.js';

const {div, label, select} = tags;

export async function start(pipeline) {
  const {parameters} = await get(`/pipelines/${pipeline.id}`);
  return ask({
    title: `Start ${pipeline.name}`,
    text: 'What you leave as it is comes from the diagram.',
    action: 'Start run',
    content: () => fields(parameters),
    act: (form) =>
      post(`/pipelines/${pipeline.id}/start`, {parameters: changes(parameters, form)}),
  });
}

export const pause = (pipeline) => ask({
  title: `Pause ${pipeline.name}?`,
  text: ['It takes no new runs, by its timer or by anybody, until it is resumed.',
    pipeline.counts.active + pipeline.counts.queued > 0
      && `Runs under way (${pipeline.counts.active + pipeline.counts.queued}) stop after the step they are in, and go on when it is resumed.`],
  action: 'Pause',
  act: () => post(`/pipelines/${pipeline.id}/pause`),
});

export const resume = (pipeline) => ask({
  title: `Resume ${pipeline.name}?`,
  text: 'It takes new runs again, and runs that were stopped go on. A start that its timer missed meanwhile is made up for once.',
  action: 'Resume',
  act: () => post(`/pipelines/${pipeline.id}/resume`),
});

export const retry = (run, step) => ask({
  title: step ? `Retry ${step.name}?` : 'Retry what failed?',
  text: 'The step is tried again now. What succeeded before it does not run again.',
  action: 'Retry',
  act: () => post(`/runs/${run.id}/retry`, step ? {step: step.id} : {}),
});

export const cancel = (run) => ask({
  title: 'Cancel this run?',
  text: 'It ends at once and cannot be resumed. What it has written stays. A run can be continued from a step later, as a new run.',
  action: 'Cancel the run',
  danger: true,
  act: () => post(`/runs/${run.id}/cancel`),
});

export const proceed = (run, steps, chosen) => ask({
  title: 'Continue from a step',
  text: run.state === 'ended'
    ? 'A new run takes over the parameters of this one and the results of the steps before the chosen one. This run stays as it is.'
    : 'The run leaves where it stands and goes on with the chosen step, which uses what the steps before it wrote.',
  action: 'Continue',
  content: () => div({class: 'field'},
    label({for: 'continue-step'}, 'Step'),
    select({id: 'continue-step', name: 'step'},
      steps.map(({id, name}) => tags.option({value: id, selected: id === chosen}, name)))),
  act: (form) => post(`/runs/${run.id}/continue`, {step: form.get('step')}),
});

export async function again(run, variables) {
  const {parameters} = await get(`/pipelines/${run.pipeline}`);
  const given = Object.fromEntries(
    variables.filter(({kind}) => kind === 'parameter').map(({name, value}) => [name, value]));
  return ask({
    title: 'Run again',
    text: 'With the parameters of this run and the latest version of the pipeline. Change what you want.',
    action: 'Start run',
    content: () => fields(parameters, given),
    act: (form) =>
      post(`/runs/${run.id}/again`, {parameters: changes(parameters, form, given)}),
  });
}
