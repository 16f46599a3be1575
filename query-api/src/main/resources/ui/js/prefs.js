/** What one person prefers on this machine: theme and zone. Not part of permalinks. */

const listeners = new Set();

function read(name) {
  try {
    return localStorage.getItem(`tidemark.${name}`);
  } catch {
    return null;
  }
}

function write(name, value) {
  try {
    localStorage.setItem(`tidemark.${name}`, value);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

let utc = read('zone') === 'utc';

export const prefs = {
  /** True: times in UTC, else in the browser's zone. */
  get utc() {
    return utc;
  },
  /** @returns {'light'|'dark'} the theme in effect */
  get theme() {
    return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
  },
};

export function toggleZone() {
  utc = !utc;
  write('zone', utc ? 'utc' : 'local');
  notify();
}

export function toggleTheme() {
  const next = prefs.theme === 'dark' ? 'light' : 'dark';
  document.documentElement.dataset.theme = next;
  write('theme', next);
  notify();
}

/** @param {() => void} listener @returns {() => void} ends the subscription */
export function onPrefs(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function notify() {
  for (const l of listeners) l();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', notify);
