// What all pages share: the frame, the navigation between them and the address.
import {use} from './api.js';
import {h, render, tags} from './dom.js';

const {a, div, main, nav} = tags;

const TABS = [
  ['Pipelines', '/mlops/pipelines', ['pipelines', 'grid', 'heat', 'backfill']],
  ['Runs', '/mlops/runs', ['runs', 'run', 'compare']],
  ['Models', '/mlops/models', ['models']],
  ['Reports', '/mlops/reports', ['reports']],
];

/** The part of the address behind '#': its path in pieces, and its parameters. */
export function address() {
  const [path, parameters = ''] = location.hash.slice(1).split('?');
  return {
    pieces: path.split('/').filter(Boolean).map(decodeURIComponent),
    parameters: new URLSearchParams(parameters),
  };
}

export function go(hash) {
  location.hash = hash;
}

/** Changes parameters of the address; the page opens again with what it knows. */
export function put(changes) {
  const [path] = location.hash.slice(1).split('?');
  const {parameters} = address();
  Object.entries(changes).forEach(([name, value]) =>
    value === null || value === undefined || value === ''
      ? parameters.delete(name)
      : parameters.set(name, value));
  const text = parameters.toString();
  go(path + (text ? `?${text}` : ''));
}

export async function mount(node, api, name) {
  use(api);
  const {default: Page} = await import(`./pages/${name}.js`);
  node.classList.add('mlops');
  if (name === 'card') {
    node.classList.add('card');
    render(h(Page), node);
    return () => render(null, node);
  }
  document.title = `${TABS.find(([, , pages]) => pages.includes(name))[0]} – Cockpit`;
  document.body.classList.add('mlops-open');
  const focused = document.activeElement?.id;
  render(
    div({class: 'frame'},
      nav({'aria-label': 'Pipelines and models'},
        TABS.map(([label, path, pages]) =>
          a({href: `#${path}`, 'aria-current': pages.includes(name) ? 'page' : undefined}, label))),
      main(h(Page, {...address()}))),
    node);
  if (focused) {
    // Filters change the address and the address opens the page anew: the hand stays where it was.
    document.getElementById(focused)?.focus();
  }
  return () => {
    render(null, node);
    if (!location.hash.startsWith('#/mlops/')) {
      document.body.classList.remove('mlops-open');
    }
  };
}
