// Our REST API and the engine's, with the session of Cockpit.
let cockpit;

export function use(api) {
  cockpit = api;
}

/** What the server answered, as a sentence for people. */
export class Problem extends Error {
  /** `findings` where there is more than one thing to change. */
  constructor(status, message, findings = []) {
    super(message);
    this.status = status;
    this.findings = findings;
  }
}

async function send(url, options) {
  let response;
  try {
    response = await fetch(url, {credentials: 'same-origin', ...options});
  } catch (cause) {
    if (cause.name === 'AbortError') {
      throw cause;
    }
    throw new Problem(0, 'The server does not answer. Is it running, and is the network there?');
  }
  if (!response.ok) {
    throw await explain(response);
  }
  return response;
}

async function explain(response) {
  const problem = (...words) => new Problem(response.status, ...words);
  if (response.status === 401) {
    return problem('Your session has ended: reload the page and sign in.');
  }
  const text = await response.text();
  try {
    const body = JSON.parse(text);
    return problem(body.detail || body.message || response.statusText, body.findings);
  } catch (noJson) {
    return problem(`The server answered ${response.status} ${response.statusText}`.trim());
  }
}

export function query(values) {
  const parameters = new URLSearchParams();
  Object.entries(values).forEach(([name, value]) => {
    if (value !== undefined && value !== null && value !== '') {
      parameters.append(name, value);
    }
  });
  const text = parameters.toString();
  return text ? `?${text}` : '';
}

export async function get(path, signal) {
  return (await send(`/api/v1${path}`, {signal, headers: {Accept: 'application/json'}})).json();
}

export async function post(path, body = {}) {
  const response = await send(`/api/v1${path}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'X-XSRF-TOKEN': cockpit.CSRFToken,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  return text ? JSON.parse(text) : null;
}

/** Puts a file there. */
export async function upload(path, file, type, headers = {}) {
  const response = await send(`/api/v1${path}`, {
    method: 'PUT',
    headers: {
      'Content-Type': type,
      Accept: 'application/json',
      'X-XSRF-TOKEN': cockpit.CSRFToken,
      ...headers,
    },
    body: file,
  });
  return response.json();
}

/** The BPMN of a process definition. */
export async function diagram(processDefinitionId) {
  const response =
    await send(`${cockpit.engineApi}/process-definition/${processDefinitionId}/xml`, {});
  return (await response.json()).bpmn20Xml;
}

/** The stack trace of an attempt that threw an exception. */
export async function stackTrace(log) {
  const response = await send(`${cockpit.engineApi}/history/job-log/${log}/stacktrace`, {});
  return response.text();
}

export const fileUrl = (run, name) =>
  `/api/v1/runs/${run}/files/${name.split('/').map(encodeURIComponent).join('/')}`;
