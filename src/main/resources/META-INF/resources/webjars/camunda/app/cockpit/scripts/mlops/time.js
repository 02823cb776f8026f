// Times are UTC on the server, in the reader's zone on the page, and UTC again on hover.
import {tags} from './dom.js';

const {time} = tags;

const full = new Intl.DateTimeFormat('en-GB', {
  year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
  second: '2-digit', hour12: false,
});
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function parts(date) {
  return Object.fromEntries(full.formatToParts(date).map(({type, value}) => [type, value]));
}

export function text(iso) {
  const {year, month, day, hour, minute, second} = parts(new Date(iso));
  return `${year}-${month}-${day} ${hour}:${minute}:${second}`;
}

export const utc = (iso) => `${new Date(iso).toISOString().replace('T', ' ').slice(0, 19)} UTC`;

/** A moment as the reader's clock shows it. */
export const moment = (iso) =>
  iso ? time({dateTime: iso, title: `${utc(iso)} (shown in ${zone})`}, text(iso)) : '–';

/** A moment as a distance from now, in words. */
export function ago(iso) {
  if (!iso) {
    return '–';
  }
  const seconds = (Date.now() - new Date(iso)) / 1000;
  return time({dateTime: iso, title: `${text(iso)} ${zone}, ${utc(iso)}`},
    seconds >= 0 ? `${rough(seconds)} ago` : `in ${rough(-seconds)}`);
}

function rough(seconds) {
  const steps = [[60, 's'], [60, 'min'], [24, 'h'], [Infinity, 'd']];
  let value = seconds;
  for (const [limit, unit] of steps) {
    if (value < limit - 0.5) {
      return `${Math.round(value)} ${unit}`;
    }
    value /= limit;
  }
  return '';
}

/** Milliseconds as a person says them: 812 ms, 4.21 s, 5 min 3 s, 2 h 10 min. */
export function duration(ms) {
  if (ms === null || ms === undefined) {
    return '–';
  }
  if (ms < 999.5) {
    return `${Math.round(ms)} ms`;
  }
  if (ms < 59950) {
    return `${(ms / 1000).toFixed(ms < 9995 ? 2 : 1)} s`;
  }
  const seconds = Math.round(ms / 1000);
  return seconds < 3600
    ? `${Math.floor(seconds / 60)} min ${seconds % 60} s`
    : `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

export const since = (iso) => Date.now() - new Date(iso);
