// Elements as functions: div({class: 'x'}, 'text', span('more')). Text becomes text nodes, never HTML.
import {Component, Fragment, h, render} from '/webjars/preact/dist/preact.module.js';

export {Component, Fragment, h, render};

const isProps = (value) => value?.constructor === Object;

export const tags = new Proxy({}, {
  get: (known, tag) => (...rest) =>
    isProps(rest[0]) ? h(tag, rest[0], ...rest.slice(1)) : h(tag, null, ...rest),
});

const {a, button, div, h2, p, span, strong} = tags;

/** Who started a run; timers and the server itself are nobody. */
export const starter = ({starter: user, businessKey}) =>
  user || (businessKey?.startsWith('scheduled__') ? 'timer' : '–');

export const link = (hash, ...children) => a({href: `#${hash}`}, ...children);

const WORDS = {
  none: ['Not reached', ''],
  queued: ['Queued', '…'],
  running: ['Running', '▸'],
  waiting: ['Waiting', '‖'],
  retrying: ['Waits for its next attempt', '↻'],
  incident: ['Needs help', '!'],
  success: ['Succeeded', '✓'],
  warning: ['Succeeded with warnings', '✓'],
  failed: ['Failed', '✕'],
  cancelled: ['Cancelled', '–'],
  suspended: ['Paused', '‖'],
};

export const word = (state) => (WORDS[state] || [state])[0];
export const sign = (state) => (WORDS[state] || ['', ''])[1];

/** A state as colour, sign and word, so that no reader needs to see the colour. */
export const badge = (state, words = word(state)) =>
  span({class: `badge ${state}`}, span({class: 'sign', 'aria-hidden': 'true'}, sign(state)), words);

/** How a run is, and what it waits for where that is a person. */
export const status = (run) =>
  run.status === 'waiting' ? `Waiting: ${run.task}` : word(run.status);

/** A half is rounded up of the number as it is written: 0.15 % is 0.2 %, as in mails and reports. */
export const percent = (share, digits = 1) =>
  share === null || share === undefined ? '–'
    : `${Math.round(`${share.toFixed(12)}e${digits + 2}`) / 10 ** digits}\u00a0%`;

export const number = (value) =>
  typeof value === 'number'
    ? value.toLocaleString('en', {maximumFractionDigits: Math.abs(value) < 1 ? 6 : 4})
    : value;

export function size(bytes) {
  const units = ['B', 'kB', 'MB', 'GB'];
  let step = 0;
  let value = bytes;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step++;
  }
  return `${value < 10 && step > 0 ? value.toFixed(1) : Math.round(value)} ${units[step]}`;
}

/** What a page says where there is nothing to show, and what one can do about it. */
export const empty = (title, ...advice) =>
  div({class: 'empty'}, strong(title), ...advice.map((line) => p(line)));

export const problem = (error, again) =>
  div({class: 'problem', role: 'alert'},
    strong(error.status === 403 ? 'You may not see this' : 'This did not work'),
    p(error.message),
    again && button({class: 'button', onClick: again}, 'Try again'));

export const panel = (title, ...children) =>
  div({class: 'panel'}, title && h2(title), ...children);

/** Loading: nothing for a moment, so that fast answers do not flicker. */
export const loading = () => div({class: 'loading', 'aria-busy': 'true'}, 'Loading …');
