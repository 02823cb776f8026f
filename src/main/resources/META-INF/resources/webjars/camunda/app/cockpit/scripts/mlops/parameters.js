// A form made of the parameters that the steps of a pipeline declare.
import {tags} from './dom.js';

const {details, div, input, label, option, select, small, summary} = tags;

const PATTERNS = {duration: 'P.+'};

function field(parameter, given) {
  const value = given === undefined ? parameter.value : given;
  const common = {
    id: `parameter-${parameter.name}`,
    name: parameter.name,
    required: parameter.required,
    'aria-describedby': `help-${parameter.name}`,
  };
  switch (parameter.kind) {
    case 'choice':
      return select(common,
        parameter.required || value !== null ? null : option({value: ''}, '–'),
        parameter.choices.map((choice) =>
          option({value: choice, selected: choice === value}, choice)));
    case 'yes_or_no':
      return select(common, ['true', 'false'].map((choice) =>
        option({value: choice, selected: choice === String(value ?? false)}, choice)));
    case 'whole_number':
    case 'number':
      return input({...common, type: 'number', min: parameter.min, max: parameter.max,
        step: parameter.kind === 'number' ? 'any' : 1, defaultValue: value ?? ''});
    case 'date':
      return input({...common, type: 'date', defaultValue: value ?? ''});
    default:
      return input({...common, type: 'text', pattern: PATTERNS[parameter.kind],
        title: parameter.expected, defaultValue: value ?? '', spellcheck: false,
        autocomplete: 'off'});
  }
}

const row = (parameter, given) =>
  div({class: 'field'},
    label({for: `parameter-${parameter.name}`}, parameter.name),
    field(parameter, given),
    small({id: `help-${parameter.name}`}, parameter.help,
      parameter.kind === 'choice' || parameter.kind === 'text' || parameter.kind === 'yes_or_no'
        ? ''
        : ` Expected: ${parameter.expected}.`));

const FIRST = ['dataset', 'target', 'algorithm', 'forced', 'toVersion', 'rollbackReason', 'logicalDate',
  'minimumAccuracy', 'seed'];

/** `given` are values by name that win over the diagram's. */
export function fields(parameters, given = {}) {
  const first = parameters.filter(({name, required}) => required || FIRST.includes(name));
  const others = parameters.filter((parameter) => !first.includes(parameter));
  return div({class: 'fields'},
    first.map((parameter) => row(parameter, given[parameter.name])),
    others.length > 0 && details(
      summary(`${others.length} more parameters`),
      others.map((parameter) => row(parameter, given[parameter.name]))));
}

/** What of the form differs from the values that a run would get anyway. */
export function changes(parameters, form, given = {}) {
  const changed = {};
  for (const {name, value} of parameters) {
    const before = given[name] === undefined ? value : given[name];
    const entered = form.get(name);
    if (entered !== null && entered !== String(before ?? '')
        && !(entered === 'false' && before === null)) {
      changed[name] = entered;
    }
  }
  return changed;
}
