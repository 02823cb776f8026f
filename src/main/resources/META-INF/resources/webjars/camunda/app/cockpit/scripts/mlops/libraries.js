// Libraries that are no modules, loaded once by whoever needs them. The server finds the version.
const loading = new Map();

function load(path, name) {
  if (!loading.has(path)) {
    loading.set(path, new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = path;
      script.onload = () => resolve(window[name]);
      script.onerror = () => {
        loading.delete(path);
        reject(new Error(`${path} cannot be loaded`));
      };
      document.head.appendChild(script);
    }));
  }
  return loading.get(path);
}

export const d3 = () => load('/webjars/d3/dist/d3.min.js', 'd3');

export const bpmnViewer = () =>
  load('/webjars/bpmn-js/dist/bpmn-navigated-viewer.production.min.js', 'BpmnJS');
