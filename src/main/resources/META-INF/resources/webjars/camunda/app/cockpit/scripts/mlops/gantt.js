// When each step of a run took place.
import {Component, link, tags, word} from './dom.js';
import {duration, text} from './time.js';

const {div, span} = tags;

export class Gantt extends Component {
  render({steps, run, onStep}) {
    const begin = new Date(run.startedAt).getTime();
    const rows = steps.flatMap((step) => {
      const tries = step.tries.filter(({startedAt}) => startedAt);
      const points = step.tries.filter(({startedAt}) => !startedAt);
      return tries.length + points.length === 0 && !step.startedAt ? [] : [{step, tries, points}];
    });
    const end = Math.max(
      run.endedAt ? new Date(run.endedAt).getTime() : Date.now(),
      ...rows.flatMap(({tries}) => tries.map(({endedAt}) => endedAt ? new Date(endedAt).getTime() : 0)));
    const whole = Math.max(1, end - begin);
    const place = (from, to) => {
      const left = (100 * (new Date(from).getTime() - begin)) / whole;
      const width = (100 * ((to ? new Date(to).getTime() : end) - new Date(from).getTime())) / whole;
      return {left: `${Math.min(99.6, Math.max(0, left))}%`, width: `max(4px, ${width}%)`};
    };
    return div({class: 'gantt'},
      div({class: 'gantt-row axis'}, span(),
        div({class: 'lane'}, [0, 0.25, 0.5, 0.75, 1].map((share) =>
          span({class: 'gantt-tick', style: {left: `${100 * share}%`}},
            share === 0 ? '0' : `+${duration(whole * share)}`)))),
      rows.map(({step, tries, points}) => div({class: 'gantt-row', key: step.id},
        link(`/mlops/runs/${run.id}?step=${step.id}`, step.name),
        div({class: 'lane', onClick: () => onStep(step.id)},
          tries.map((attempt) => span({
            class: `piece fill ${attempt.state}`, style: place(attempt.startedAt, attempt.endedAt),
            title: `${step.name}: ${word(attempt.state)}, ${duration(attempt.durationMs)}\n${text(attempt.startedAt)}`,
          })),
          tries.length === 0 && step.startedAt && span({
            class: `piece fill ${step.state}`, style: place(step.startedAt, step.endedAt),
            title: `${step.name}: ${word(step.state)}`,
          }),
          points.map((attempt) => span({
            class: 'piece fill failed', style: {...place(attempt.endedAt, attempt.endedAt)},
            title: `${step.name}: attempt failed\n${attempt.error}`,
          })))) ));
  }
}
