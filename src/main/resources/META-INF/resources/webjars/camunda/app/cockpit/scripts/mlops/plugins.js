// Where Cockpit shows us: our pages, an entry in the top navigation and a card on the dashboard.
const here = new URL('.', import.meta.url);

const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = new URL('style.css', here).href;
document.head.appendChild(style);

// Cockpit puts a new page up before it takes the old one down, so the oldest goes first.
function plugin(pluginPoint, name, properties, open) {
  const mounted = [];
  return {
    id: `mlops-${name}`,
    pluginPoint,
    properties,
    ...properties,
    render(node, {api}) {
      const page = {closed: false, close: () => {}};
      mounted.push(page);
      open(node, api, name).then(
        (close) => (page.closed ? close() : (page.close = close)),
        (error) => {
          node.textContent = `This page cannot be shown: ${error.message}. Reload it; if that does not help, tell whoever runs the server.`;
          console.error(error);
        });
    },
    unmount() {
      const page = mounted.shift();
      page.closed = true;
      page.close();
    },
  };
}

async function openPage(node, api, name) {
  const {mount} = await import('./shell.js');
  return mount(node, api, name);
}

const routes = {
  pipelines: '/mlops/pipelines',
  grid: '/mlops/pipelines/:pipeline/runs',
  heat: '/mlops/pipelines/:pipeline/heat',
  runs: '/mlops/runs',
  run: '/mlops/runs/:run',
  compare: '/mlops/compare',
  backfill: '/mlops/backfills/:backfill',
  models: '/mlops/models',
  reports: '/mlops/reports',
};

export default [
  ...Object.entries(routes).map(([name, path]) =>
    plugin('cockpit.route', name, {path}, openPage)),
  {
    id: 'mlops-navigation',
    pluginPoint: 'cockpit.navigation',
    priority: 100,
    properties: {path: '/mlops/'},
    render(node) {
      const link = document.createElement('a');
      link.href = '#/mlops/pipelines';
      link.textContent = 'Pipelines';
      node.appendChild(link);
    },
  },
  plugin('cockpit.dashboard', 'card', {label: 'Pipelines', priority: 100}, openPage),
];
