// A table of runs, with boxes to compare some.
import {Component, badge, link, percent, starter, status, tags} from './dom.js';
import {go} from './shell.js';
import {ago, duration, moment} from './time.js';

const {a, button, div, input, small, span, table, tbody, td, th, thead, tr, wbr} = tags;

/** A key such as manual__2026-11-26T19:15:06.416Z, on two lines where there is no room for one. */
const foldable = (key) => key.split(/(?<=__)/).flatMap((part) => [span({class: 'nowrap'}, part), wbr()]);

export class RunList extends Component {
  state = {chosen: []};

  choose = (id) => ({target}) =>
    this.setState(({chosen}) => ({
      chosen: target.checked ? [...chosen, id] : chosen.filter((other) => other !== id),
    }));

  render({runs, names}, {chosen}) {
    return [
      div({class: 'bar'},
        button({class: 'button', disabled: chosen.length < 2,
          onClick: () => go(`/mlops/compare?${chosen.map((id) => `run=${id}`).join('&')}`)},
        chosen.length < 2 ? 'Compare: choose two or more runs' : `Compare ${chosen.length} runs`)),
      div({class: 'scroll'}, table({class: 'list'},
        thead(tr(th(), th('State'), th('Run'), names && th({class: 'roomy'}, 'Pipeline'),
          th({class: 'roomy'}, 'Logical date'), th('Started'), th({class: 'right'}, 'Duration'),
          th({class: 'right'}, 'Accuracy'), th({class: 'roomy'}, 'By'), th({class: 'roomy'}, 'What happened'))),
        tbody(runs.map((run) => tr({key: run.id},
          td(input({type: 'checkbox', 'aria-label': `Compare run ${run.businessKey}`,
            checked: chosen.includes(run.id), onChange: this.choose(run.id)})),
          td(badge(run.status, status(run))),
          td(a({class: 'run-key', href: `#/mlops/runs/${run.id}`}, foldable(run.businessKey)),
            small({class: 'quiet'}, names && span({class: 'narrow'}, `${names[run.pipeline] || run.pipeline}, `),
              `version ${run.version}`)),
          names && td({class: 'roomy nowrap'}, link(`/mlops/pipelines/${run.pipeline}/runs`,
            names[run.pipeline] || run.pipeline)),
          td({class: 'roomy nowrap'}, run.logicalDate || '–'),
          td({class: 'nowrap'}, moment(run.startedAt), small({class: 'quiet'}, ago(run.startedAt))),
          td({class: 'num right nowrap'}, duration(run.durationMs)),
          td({class: 'num right'}, percent(run.accuracy)),
          td({class: 'roomy'}, starter(run)),
          td({class: 'roomy'}, div({class: 'what'}, run.failureMessage || run.warnings.join('; ')
            || run.reason || (run.waitingForSlot ? 'Waits for a slot' : '')))))))),
    ];
  }
}
