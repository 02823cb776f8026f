// The filters of lists of runs. They live in the address, so that a list can be sent to a colleague.
import {query} from './api.js';
import {tags, word} from './dom.js';
import {put} from './shell.js';

const {button, div, input, label, option, select} = tags;

const STATUS = ['queued', 'running', 'waiting', 'incident', 'success', 'warning', 'failed', 'cancelled'];

/** The filters as the server takes them. Days of the start are the reader's days. */
export function filter(parameters) {
  const day = (name, shift) => {
    const value = parameters.get(name);
    if (!value) {
      return '';
    }
    const date = new Date(`${value}T00:00:00`);
    date.setDate(date.getDate() + shift);
    return Number.isNaN(date.getTime()) ? '' : date.toISOString();
  };
  return {
    pipeline: parameters.get('pipeline'),
    status: parameters.get('status'),
    from: day('from', 0),
    to: day('to', 1),
    logicalFrom: parameters.get('logicalFrom'),
    logicalTo: parameters.get('logicalTo'),
    parameter: parameters.get('parameter'),
    page: parameters.get('page'),
  };
}

export const search = (parameters, more = {}) => query({...filter(parameters), ...more});

/** `pipelines` to choose from; null where the page is about one. */
export function filters(parameters, pipelines) {
  const change = (name) => (event) => put({[name]: event.target.value, page: null});
  const field = (name, title, content) =>
    div({class: 'filter'}, label({for: `filter-${name}`}, title), content);
  const date = (name, title) => field(name, title, input({
    id: `filter-${name}`, type: 'date', defaultValue: parameters.get(name) || '',
    onChange: change(name),
  }));
  const choice = (name, title, options) => field(name, title,
    select({id: `filter-${name}`, onChange: change(name)},
      option({value: ''}, 'All'),
      options.map(([value, text]) =>
        option({value, selected: parameters.get(name) === value}, text))));
  const any = ['pipeline', 'status', 'from', 'to', 'logicalFrom', 'logicalTo', 'parameter']
    .some((name) => parameters.get(name));
  return div({class: 'filters', role: 'search'},
    pipelines && choice('pipeline', 'Pipeline', pipelines.map(({id, name}) => [id, name])),
    choice('status', 'State', STATUS.map((status) => [status, word(status)])),
    date('from', 'Started from'),
    date('to', 'to'),
    date('logicalFrom', 'Logical date from'),
    date('logicalTo', 'to'),
    field('parameter', 'Parameter', input({
      id: 'filter-parameter', type: 'text', placeholder: 'algorithm=xgboost',
      defaultValue: parameters.get('parameter') || '', onChange: change('parameter'),
    })),
    any && button({type: 'button', class: 'button', onClick: () => put({pipeline: null,
      status: null, from: null, to: null, logicalFrom: null, logicalTo: null, parameter: null,
      page: null})}, 'Clear'));
}

/** Older and newer. */
export function pages({total, page, size}, what = 'runs') {
  const last = Math.max(0, Math.ceil(total / size) - 1);
  const turn = (to) => () => put({page: to || null});
  return div({class: 'pages'},
    button({id: 'page-newer', class: 'button', disabled: page === 0, onClick: turn(page - 1)},
      '‹ Newer'),
    total === 0 ? `No ${what}`
      : `${(page * size + 1).toLocaleString('en')} to ${Math.min(total, (page + 1) * size).toLocaleString('en')} of ${total.toLocaleString('en')} ${what}`,
    button({id: 'page-older', class: 'button', disabled: page >= last, onClick: turn(page + 1)},
      'Older ›'));
}
