// A card on Cockpit's dashboard: what runs, what needs help.
import {get} from '../api.js';
import {h, link, percent, tags} from '../dom.js';
import {Live} from '../live.js';
import {lastRuns} from './pipelines.js';

const {div, h3, section, span, table, tbody, td, tr} = tags;

export default class Card extends Live {
  every = 5000;

  load(signal) {
    return get('/pipelines', signal);
  }

  key() {
    return 'card';
  }

  draw(pipelines) {
    return section({class: 'panel'},
      div({class: 'title'}, h3('Pipelines'), link('/mlops/pipelines', 'Open pipelines')),
      pipelines.length === 0
        ? div({class: 'quiet'}, 'There is no pipeline that you may see.')
        : table({class: 'list'}, tbody(pipelines.map((pipeline) =>
          tr({key: pipeline.id},
            td(link(`/mlops/pipelines/${pipeline.id}/runs`, pipeline.name)),
            td(lastRuns(pipeline)),
            td({class: 'num right'}, pipeline.successRate === null ? span({class: 'quiet'}, 'No run ended yet')
              : [percent(pipeline.successRate, pipeline.successRate === 1 ? 0 : 1), ' succeeded']),
            td({class: 'right'}, pipeline.paused
              ? h('span', {class: 'badge suspended'}, '‖ Paused')
              : pipeline.counts.incidents > 0
                ? link(`/mlops/runs?pipeline=${pipeline.id}&status=incident`,
                  h('span', {class: 'badge incident'}, `! ${pipeline.counts.incidents} need help`))
                : span({class: 'quiet'},
                  `${pipeline.counts.active} active, ${pipeline.counts.queued} queued`)))))));
  }
}
