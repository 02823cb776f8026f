// One backfill, day by day.
import {get} from '../api.js';
import {buttons, counts, state} from '../backfill.js';
import {badge, link, tags} from '../dom.js';
import {Live} from '../live.js';
import {moment} from '../time.js';

const {div, h1, section, span, table, tbody, td, th, thead, tr} = tags;

export default class BackfillPage extends Live {
  async load(signal) {
    const backfill = await get(`/backfills/${encodeURIComponent(this.props.pieces[2])}`, signal);
    const {pipeline} = await get(`/pipelines/${encodeURIComponent(backfill.pipeline)}`, signal);
    return {backfill, pipeline};
  }

  act = async (question) => {
    if (await question) {
      this.changed();
    }
  };

  draw({backfill, pipeline}) {
    return section(
      div({class: 'title'},
        h1(link(`/mlops/pipelines/${pipeline.id}/runs`, pipeline.name), ' · backfill ',
          `${backfill.from} to ${backfill.to}`, state(backfill)),
        div({class: 'actions'}, buttons(backfill, pipeline.may, this.act))),
      div({class: 'facts'},
        div({class: 'fact'}, span({class: 'quiet'}, 'Started'), moment(backfill.startedAt)),
        div({class: 'fact'}, span({class: 'quiet'}, 'By'), backfill.starter || '–'),
        div({class: 'fact'}, span({class: 'quiet'}, 'At once'), backfill.parallel),
        div({class: 'fact'}, span({class: 'quiet'}, 'Days that ran before'), backfill.rerun === 'none' ? 'skipped' : `${backfill.rerun} run again`)),
      counts(backfill),
      table({class: 'list'},
        thead(tr(th('Day'), th('State'), th('Run'), th('Why'))),
        tbody((backfill.dates || []).map(({date, state: ofDay, reason, run}) => tr({key: date},
          td(date),
          td(['planned', 'skipped'].includes(ofDay) ? span({class: 'quiet'}, ofDay)
            : badge(ofDay === 'active' ? 'running' : ofDay)),
          td(run ? link(`/mlops/runs/${run}`, 'Open') : ''),
          td(reason || ''))))));
  }
}
