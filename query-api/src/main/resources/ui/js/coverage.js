/** What the store covers, asked for again and again, so that the footer is never stale without saying so. */

import { get } from './api.js';

const EVERY_MS = 5000;

/** @type {?{answer: any, error: ?Error, at: number}} */
let latest = null;

/** The newest answer, for pages that explain emptiness. */
export const coverageNow = () => latest;

/** @param {(state: {answer: any, error: ?Error, at: number}) => void} listener */
export function watchCoverage(listener) {
  const ask = async () => {
    try {
      latest = { answer: await get('/coverage'), error: null, at: Date.now() };
    } catch (e) {
      latest = { answer: latest?.answer ?? null, error: /** @type {Error} */ (e), at: latest?.at ?? 0 };
    }
    listener(latest);
    dispatchEvent(new CustomEvent('tidemark:coverage', { detail: latest }));
  };
  ask();
  setInterval(() => !document.hidden && ask(), EVERY_MS);
  document.addEventListener('visibilitychange', () => !document.hidden && ask());
}
