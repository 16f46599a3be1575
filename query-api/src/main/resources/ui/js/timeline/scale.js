/** Time to pixels, and where ticks stand. Times are milliseconds since the epoch. */

import * as time from '../time.js';

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 15e3, 3e4, 6e4, 12e4, 3e5, 6e5, 9e5, 18e5, 36e5, 72e5, 108e5, 216e5, 432e5, 864e5, 1728e5, 6048e5];
/** The closest zoom. */
export const SHORTEST_MS = 2;

/** @param {[number, number]} win @param {number} width pixels */
export function scale(win, width) {
  const k = width / (win[1] - win[0]);
  return { x: (ms) => (ms - win[0]) * k, ms: (x) => win[0] + x / k, k };
}

/** @param {[number, number]} win @param {number} width @returns {{at: number, text: string}[]} */
export function ticks(win, width) {
  const wanted = (win[1] - win[0]) / Math.max(2, width / 110);
  const step = STEPS.find((s) => s >= wanted) || STEPS[STEPS.length - 1];
  const offset = step >= 36e5 ? new Date(win[0]).getTimezoneOffset() * 60000 : 0;
  const out = [];
  for (let at = Math.ceil((win[0] - offset) / step) * step + offset; at <= win[1]; at += step) out.push({ at, text: label(at, step) });
  return out;
}

function label(at, step) {
  if (step >= 864e5) return time.day(at);
  if (step >= 6e4) return time.clock(at, false).slice(0, 5);
  return time.clock(at, step < 1000);
}

/** Keeps a window inside the extent and not shorter than can be shown. @param {[number, number]} win @param {[number, number]} extent @returns {[number, number]} */
export function clampWindow(win, extent) {
  const whole = extent[1] - extent[0];
  const length = Math.min(Math.max(win[1] - win[0], SHORTEST_MS), whole);
  const from = Math.min(Math.max(win[0], extent[0]), extent[1] - length);
  return [from, from + length];
}

/** @param {[number, number]} win @param {number} at stays where it is @param {number} factor @returns {[number, number]} */
export function zoomed(win, at, factor) {
  return [at - (at - win[0]) * factor, at + (win[1] - at) * factor];
}
