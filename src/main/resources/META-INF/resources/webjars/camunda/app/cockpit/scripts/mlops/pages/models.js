// The registry: versions of a model, which of them is live, and how good each was.
import {get, post} from '../api.js';
import {LineChart} from '../chart.js';
import {decisionTables, told} from '../decisions.js';
import {ask} from '../dialog.js';
import {empty, h, link, number, panel, percent, tags} from '../dom.js';
import {Live} from '../live.js';
import {go, put} from '../shell.js';
import {ago, moment, text} from '../time.js';

const {a, button, div, h1, input, label, option, p, section, select, small, span, strong, table, tbody,
  td, th, thead, tr} = tags;

const ROLLBACK = 'model-rollback';
const SHOWN = 20;
const ALIASES = {champion: 'success', challenger: 'running', previous: 'queued'};

/** What a card holds is settled when its version is made, but for who promoted it. */
const cards = new Map();

async function card(version, signal) {
  const key = `${version.name} ${version.version} ${version.aliases}`;
  if (!cards.has(key)) {
    cards.set(key, await get(`/models/${version.name}/versions/${version.version}/card`, signal));
  }
  return cards.get(key);
}

const METRICS = [
  ['accuracy', 'Accuracy', ({evaluation}) => evaluation.accuracy],
  ['balancedAccuracy', 'Balanced accuracy', ({evaluation}) => evaluation.balancedAccuracy],
  ['baselineAccuracy', 'Accuracy of the baseline', ({evaluation}) => evaluation.baselineAccuracy],
  ['f1', 'F1, macro', ({evaluation}) => evaluation.macro?.f1],
  ['precision', 'Precision, macro', ({evaluation}) => evaluation.macro?.precision],
  ['recall', 'Recall, macro', ({evaluation}) => evaluation.macro?.recall],
  ['auc', 'Area under the ROC curve, macro', ({evaluation}) => evaluation.macro?.auc],
  ['logLoss', 'Log loss (less is better)', ({evaluation}) => evaluation.logLoss],
];

/** A person, or the run that decided. */
const who = (by) => (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(by) ? link(`/mlops/runs/${by}`, 'a run') : by);

/** What happened to a version, oldest first. */
const events = ({version, promotions = [], notes = []}) => [
  ...promotions.map(({at, by, reason}) => ({at, what: 'Champion', by, why: reason})),
  ...promotions.filter(({replacedAt}) => replacedAt)
    .map(({replacedAt, replacedWith, replacedBy, replacedReason}) => ({at: replacedAt,
      what: `${replacedWith < version.version ? 'Taken back for' : 'Replaced by'} v${replacedWith},`, by: replacedBy, why: replacedReason})),
  ...promotions.filter(({undoneAt}) => undoneAt)
    .map(({undoneAt, undoneBy, undoneReason}) => ({at: undoneAt, what: 'Taken back', by: undoneBy, why: undoneReason})),
  ...notes.map(({at, topic, by, text: why}) => ({at, what: topic, by, why})),
].sort((one, other) => new Date(one.at) - new Date(other.at));

const shown = (name, value) =>
  typeof value !== 'number' ? '–' : name === 'logLoss' ? value.toFixed(4) : percent(value);

export default class Models extends Live {
  every = 5000;

  get wanted() {
    return this.props.parameters.get('model');
  }

  key() {
    return `models ${this.wanted}`;
  }

  async load(signal) {
    const [models, tables] = await Promise.all([get('/models', signal), get('/decisions', signal)]);
    const name = this.wanted || models[0]?.name;
    if (!name) {
      return {models, tables};
    }
    const [model, pipelines] = await Promise.all([
      get(`/models/${encodeURIComponent(name)}?size=${SHOWN}`, signal),
      get('/pipelines', signal),
    ]);
    const ofVersions = await Promise.all(model.versions.map((version) => card(version, signal)));
    return {models, tables, model, cards: ofVersions,
      may: pipelines.find(({id}) => id === ROLLBACK)?.may ?? null};
  }

  draw({models, tables, model, cards: all, may}) {
    if (!model) {
      return section(h1('Models'), empty('There is no model yet.',
        'A run that ends well registers the model it trained: start a pipeline with the step "Register model".'),
      this.tables(tables));
    }
    const {parameters} = this.props;
    const champion = model.aliases.find(({alias}) => alias.toLowerCase() === 'champion');
    const chosen = parameters.getAll('version').map(Number)
      .filter((version) => model.versions.some((other) => other.version === version));
    return section(
      div({class: 'title'},
        div(h1(model.name, champion && span({class: 'badge success'}, `✓ Champion v${champion.version}`)),
          champion && p({class: 'quiet'}, 'Live since ', moment(champion.since), ' (', ago(champion.since),
            '), by ', who(champion.by), `: ${champion.reason}`)),
        div({class: 'actions'},
          models.length > 1 && [label({for: 'model'}, 'Model'),
            select({id: 'model', onChange: ({target}) => go(`/mlops/models?model=${target.value}`)},
              models.map(({name}) => option({value: name, selected: name === model.name}, name)))],
          may && button({class: 'button', disabled: !may.start || model.versions.length < 2,
            title: may.start ? '' : 'You may not roll models back',
            onClick: () => this.act(model, null)}, 'Roll back …'))),
      this.chart(model, all),
      div({class: 'split wide'},
        this.versions(model, chosen, may),
        chosen.length === 0
          ? empty('Choose a version', 'Tick one to see its card, more to compare them.')
          : chosen.length === 1
            ? this.card(all[model.versions.findIndex(({version}) => version === chosen[0])])
            : this.compare(chosen.map((version) =>
              all[model.versions.findIndex((other) => other.version === version)]))),
      this.tables(tables));
  }

  tables(tables) {
    const {edit} = this.state;
    return tables.length > 0 && [
      edit && div({class: 'note', role: 'status'}, told(edit)),
      decisionTables(tables, (answer) => {
        this.setState({edit: answer});
        this.changed();
      })];
  }

  chart(model, all) {
    const wanted = this.props.parameters.get('metric');
    const [name, title, read] = METRICS.find(([metric]) => metric === wanted) || METRICS[0];
    const points = model.versions.map((version, index) => ({version, y: read(all[index])}))
      .filter(({y}) => typeof y === 'number').reverse()
      .map(({version, y}) => ({
        x: version.registeredAt, y, label: `v${version.version}`,
        state: ALIASES[version.aliases[0]] || 'none', marked: version.aliases.includes('champion'),
        href: `#/mlops/models?model=${model.name}&version=${version.version}`,
        title: `v${version.version}, ${version.algorithm}\n${title} ${shown(name, y)}\n${text(version.registeredAt)}`,
      }));
    return panel(null,
      div({class: 'bar'}, label({for: 'metric'}, 'Over the versions: '),
        select({id: 'metric', onChange: ({target}) => put({metric: target.value})},
          METRICS.map(([other, words]) => option({value: other, selected: other === name}, words))),
        span({class: 'quiet'}, 'on the held-out rows of each; the champion is ringed')),
      h(LineChart, {points, label: `${title} of ${points.length} versions`, height: 170,
        most: name === 'logLoss' ? undefined : 1,
        format: name === 'logLoss' ? undefined : (value) => percent(value, 0)}));
  }

  choose = (version) => ({target}) => {
    const {parameters} = this.props;
    const others = parameters.getAll('version').filter((other) => Number(other) !== version);
    const versions = target.checked ? [...others, version] : others;
    const rest = [...parameters].filter(([name]) => name !== 'version');
    const query = new URLSearchParams([...rest, ...versions.map((other) => ['version', other])]);
    go(`/mlops/models?${query}`);
  };

  versions(model, chosen, may) {
    return panel(null, div({class: 'scroll'}, table({class: 'list'},
      thead(tr(th(), th('Version'), th('Is'), th('Algorithm'), th({class: 'right'}, 'Accuracy'),
        th('Registered'), th())),
      tbody(model.versions.map((version) => tr({key: version.version,
        class: chosen.includes(version.version) ? 'chosen' : ''},
      td(input({id: `version-${version.version}`, type: 'checkbox',
        'aria-label': `Show version ${version.version}`,
        checked: chosen.includes(version.version), onChange: this.choose(version.version)})),
      td(link(`/mlops/models?model=${model.name}&version=${version.version}`, `v${version.version}`)),
      td(version.aliases.map((alias) => span({class: `badge ${ALIASES[alias] || 'none'}`}, alias))),
      td({class: 'nowrap'}, version.algorithm),
      td({class: 'num right'}, percent(version.accuracy)),
      td({class: 'nowrap'}, moment(version.registeredAt), small(link(`/mlops/runs/${version.run}`, 'run'))),
      td({class: 'right'}, may && !version.aliases.includes('champion')
        && button({class: 'button small', disabled: !may.start,
          title: may.start ? '' : 'You may not change which version is live',
          onClick: () => this.act(model, version)}, 'Make champion …'))))))),
    model.versions.length === SHOWN && p({class: 'quiet'}, `The newest ${SHOWN} versions.`));
  }

  /** Both go through the process, which tests the version before it stays and can be taken back. */
  async act(model, version) {
    const answer = await ask({
      title: version ? `Make ${model.name} v${version.version} the champion?`
        : `Roll ${model.name} back?`,
      text: [version ? 'It answers all predictions from then on.'
        : 'The version that was champion before answers all predictions from then on.',
      'The process "Model rollback" does it: it tries the version on known rows, and puts the present champion back if that fails.'],
      action: version ? 'Make champion' : 'Roll back',
      content: () => div({class: 'field'}, label({for: 'reason'}, 'Reason'),
        input({id: 'reason', name: 'reason', required: true, autocomplete: 'off',
          placeholder: 'for the model\'s history'})),
      act: (form) => post(`/models/${model.name}/rollback`,
        {toVersion: version?.version, reason: form.get('reason')}),
    });
    if (answer?.run) {
      go(`/mlops/runs/${answer.run}`);
    }
  }

  card(of) {
    const {version, evaluation} = of;
    const address = `/api/v1/models/${version.name}/versions/${version.version}`;
    const fact = (name, ...value) => tr(th({scope: 'row'}, name), td({class: 'value'}, ...value));
    return panel(`${version.name} v${version.version}`,
      div({class: 'bar'},
        a({class: 'button', href: `${address}/card`, target: '_blank', rel: 'noopener'}, 'Model card'),
        a({class: 'button', href: `${address}/file`}, 'Download model'),
        a({class: 'button', href: `#/mlops/runs/${version.run}`}, 'Run')),
      table({class: 'list'}, tbody(
        fact('Accuracy', `${percent(evaluation.accuracy)}, 95\u00a0% interval ${percent(evaluation.accuracyLow)} to ${percent(evaluation.accuracyHigh)}, on ${evaluation.testRows} rows`),
        METRICS.slice(1).map(([name, words, read]) => fact(words, shown(name, read(of)))),
        fact('Algorithm', version.algorithm),
        fact('Settings', Object.entries(of.settings || {}).filter(([, value]) => value !== null && typeof value !== 'object')
          .map(([name, value]) => `${name} ${value}`).join(', ')),
        fact('Predicts', `${of.target}: ${(of.classes || []).join(', ')}`),
        fact('Needs the columns', (of.features || []).join(', ')),
        fact('Learned from', `${number(evaluation.trainRows)} rows`),
        fact('Data (SHA-256)', span({class: 'code'}, version.dataHash)),
        fact('Model (SHA-256)', span({class: 'code'}, version.modelHash)))),
      events(of).length > 0 && [strong('Decisions and notes'), events(of).map(({at, what, by, why}) =>
        p(moment(at), ` ${what} by `, who(by), `: ${why}`))]);
  }

  compare(of) {
    const rows = [
      ...METRICS.map(([name, words, read]) => [words, of.map(read), (value) => shown(name, value)]),
      ['Algorithm', of.map(({version}) => version.algorithm), String],
      ['Rows learned from', of.map(({evaluation}) => evaluation.trainRows), number],
      ['Held-out rows', of.map(({evaluation}) => evaluation.testRows), number],
      ['Columns', of.map(({features}) => (features || []).join(', ')), String],
      ['Data (SHA-256)', of.map(({version}) => version.dataHash.slice(0, 12)), String],
    ];
    return panel('Side by side', div({class: 'scroll'}, table({class: 'list compare'},
      thead(tr(th(small({class: 'quiet'}, 'Each on its own held-out rows; not comparable where they differ')),
        of.map(({version}) => th({key: version.version}, `v${version.version}`)))),
      tbody(rows.map(([name, values, show]) => tr({key: name,
        class: new Set(values.map(String)).size > 1 ? 'differs' : ''},
      th({scope: 'row'}, name),
      values.map((value) => td({class: 'num value'}, value === undefined || value === null ? '–' : show(value)))))))));
  }
}
