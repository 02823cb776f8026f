// The decision tables: who changed them, and a way to change them that shows first what it would do.
import {upload} from './api.js';
import {ask} from './dialog.js';
import {panel, tags} from './dom.js';
import {moment} from './time.js';

const {a, button, div, input, label, p, small, strong, table, tbody, td, th, thead, tr} = tags;

/** So many of the past decisions that would turn out otherwise are listed. */
const SHOWN = 50;

/** `changed` gets what became of an edit. */
export const decisionTables = (tables, changed) => panel('Decision tables',
  p({class: 'quiet'}, 'By these a retraining is decided, and what becomes of its model. Edit a file in the Camunda Modeler and put it back: it is tried on past runs first, and the next run decides by it.'),
  div({class: 'scroll'}, table({class: 'list'},
    thead(tr(th('Table'), th('Version'), th('Changed'), th('By'), th())),
    tbody(tables.map((of) => tr({key: of.id},
      td(of.name, small({class: 'quiet'}, of.id)),
      td(`v${of.version}`),
      td({class: 'nowrap'}, moment(of.changedAt)),
      td(of.changedBy || 'came with the application'),
      td(div({class: 'actions end'},
        a({class: 'button small', href: `/api/v1/decisions/${of.id}/file`,
          'aria-label': `Download ${of.id}`}, 'Download'),
        button({class: 'button small', disabled: !of.mayChange, 'aria-label': `Change ${of.id}`,
          title: of.mayChange ? '' : 'You may not change this table: model owners do',
          onClick: async () => {
            const edit = await change(of);
            if (edit) {
              changed(edit);
            }
          }}, 'Change …')))))))));

/** Tries the file on past runs, shows what it would do, and only then lets it decide. */
async function change(of) {
  const tried = await ask({
    title: `Change ${of.id}`,
    text: 'Nothing is changed yet: the table is tried on past runs first.',
    action: 'Try it',
    content: () => div({class: 'field'}, label({for: 'dmn'}, 'Edited file'),
      input({id: 'dmn', name: 'dmn', type: 'file', accept: '.dmn,.xml', required: true}),
      small(`As ${of.id}.dmn, with the same facts and answers`)),
    act: async (form) => {
      const file = await form.get('dmn').text();
      return {file, edit: await send(of, file, true)};
    },
  });
  return tried && ask({
    title: 'Let this table decide?',
    text: 'The next run decides by it. To undo that, put an older version back.',
    action: 'Let it decide',
    content: () => trial(tried.edit),
    act: () => send(of, tried.file, false),
  });
}

const send = (of, file, dryRun) =>
  upload(`/decisions/${of.id}?dryRun=${dryRun}`, file, 'application/xml', {'If-Match': `"${of.version}"`});

/** In the same order, whoever wrote them. */
const words = (values) => values === null ? 'no rule fits'
  : Object.keys(values).sort().map((name) => values[name]).join(': ');

const facts = (inputs) => Object.entries(inputs).map(([name, value]) => `${name} ${value}`).join(', ');

function trial({trial: {tried, changes}, remarks}) {
  return div({class: 'fields'},
    strong(tried === 0 ? 'There is no past decision to try it on'
      : changes.length === 0 ? `Tried on past decisions: ${tried}; none would turn out otherwise`
        : `Tried on past decisions: ${tried}; ${changes.length} would turn out otherwise`),
    remarks.map((remark) => p({key: remark, class: 'note warning'}, remark)),
    changes.length > 0 && table({class: 'list'},
      thead(tr(th('Run'), th('Before'), th('Now'))),
      tbody(changes.slice(0, SHOWN).map(({run, at, inputs, before, now}) => tr({key: run + at},
        td(a({href: `#/mlops/runs/${run}`, target: '_blank', rel: 'noopener'}, moment(at)), small({class: 'quiet'}, facts(inputs))),
        td(words(before)),
        td(words(now)))))),
    changes.length > SHOWN && p({class: 'quiet'}, `and ${changes.length - SHOWN} more`));
}

/** What became of an edit, in a sentence. */
export const told = ({deployed, version: {id, version}}) => deployed
  ? `${id} v${version} decides from now on.`
  : `The file is the same as ${id} v${version}; nothing was changed.`;
