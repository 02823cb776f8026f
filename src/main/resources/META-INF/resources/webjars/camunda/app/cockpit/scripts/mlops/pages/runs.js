// Runs of all pipelines.
import {get} from '../api.js';
import {empty, h, tags} from '../dom.js';
import {filters, pages, search} from '../filters.js';
import {Live} from '../live.js';
import {RunList} from '../runlist.js';

const {div, h1, section} = tags;

export default class Runs extends Live {
  async load(signal) {
    const [runs, pipelines] = await Promise.all([
      get(`/runs${search(this.props.parameters)}`, signal),
      get('/pipelines', signal),
    ]);
    return {runs, pipelines: pipelines.map(({id, name}) => ({id, name}))};
  }

  draw({runs, pipelines}) {
    return section(
      div({class: 'title'}, h1('Runs'), pages(runs)),
      filters(this.props.parameters, pipelines),
      runs.runs.length === 0
        ? empty('No run matches.', 'Change the filters, or start a pipeline.')
        : h(RunList, {runs: runs.runs,
          names: Object.fromEntries(pipelines.map(({id, name}) => [id, name]))}));
  }
}
