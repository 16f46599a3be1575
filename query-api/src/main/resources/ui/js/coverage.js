/** What the store covers and how the parts of the platform are, asked for again and again, so that no page is stale without saying so. */

import { get, status } from './api.js';

const EVERY_MS = 5000;

/** @typedef {{answer: any, parts: any[], error: ?Error, at: number}} Coverage parts: as /statusz tells them */

/** @type {?Coverage} */
let latest = null;

/** The newest answer, for pages that explain emptiness. */
export const coverageNow = () => latest;

/** @param {(state: Coverage) => void} listener */
export function watchCoverage(listener) {
  const ask = async () => {
    try {
      const [answer, parts] = await Promise.all([get('/coverage'), status()]);
      latest = { answer, parts: parts.parts, error: null, at: Date.now() };
    } catch (e) {
      latest = { answer: latest?.answer ?? null, parts: latest?.parts ?? [], error: /** @type {Error} */ (e), at: latest?.at ?? 0 };
    }
    listener(latest);
    dispatchEvent(new CustomEvent('tidemark:coverage', { detail: latest }));
  };
  ask();
  setInterval(() => !document.hidden && ask(), EVERY_MS);
  document.addEventListener('visibilitychange', () => !document.hidden && ask());
}
