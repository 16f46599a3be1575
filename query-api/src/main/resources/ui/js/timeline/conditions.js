/** Lanes of conditions and phases, derived from the changes of status that the object's requests made. */

import { endOf } from '../spans.js';

/** @typedef {{from: number, to: number, value: string, spanId: ?string, known: boolean, mood?: string}} Segment known: its begin was seen; mood: whether the value is good news */
/** @typedef {{name: string, segments: Segment[]}} ConditionLane */

const STATUS = /^status\.conditions\[type=([^\]]+)\]\.status$/;
const WHOLE = /^status\.conditions\[type=([^\]]+)\]$/;

/**
 * @param {import('./model.js').TreeObject} object
 * @param {[number, number]} extent
 * @returns {ConditionLane[]}
 */
export function conditionLanes(object, extent) {
  /** @type {Map<string, {at: number, before: any, after: any, spanId: string}[]>} */
  const turns = new Map();
  const note = (name, turn) => turns.set(name, [...(turns.get(name) || []), turn]);
  for (const s of object.spans) {
    if (!s.request || ['FAILED', 'DRY_RUN', 'NO_CHANGE'].includes(s.request.effect)) continue;
    for (const c of s.request.changes || []) {
      for (const [name, before, after] of turnsOf(c)) note(name, { at: endOf(s), before, after, spanId: s.spanId });
    }
  }
  const end = Math.min(object.life[1], extent[1]);
  return [...turns].map(([name, list]) => ({ name, segments: segments(list, object.life[0], end).map((g) => ({ ...g, mood: moodOf(name, g.value) })) })).sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));
}

/** @param {import('../types.js').Change} c @returns {[string, any, any][]} */
function turnsOf(c) {
  const status = STATUS.exec(c.path);
  if (status) return [[status[1], c.before, c.after]];
  const whole = WHOLE.exec(c.path);
  if (whole) return [[whole[1], c.before?.status, c.after?.status]];
  if (c.path === 'status.phase') return [['phase', c.before, c.after]];
  if (c.path === 'status.conditions' || c.path === 'status') {
    const list = (v) => new Map(((c.path === 'status' ? v?.conditions : v) || []).map((x) => [x.type, x.status]));
    const [a, b] = [list(c.before), list(c.after)];
    return [...new Set([...a.keys(), ...b.keys()])].filter((k) => a.get(k) !== b.get(k)).map((k) => [k, a.get(k), b.get(k)]);
  }
  return [];
}

function segments(list, lifeStart, end) {
  /** @type {Segment[]} */
  const out = [];
  const first = list[0];
  if (first.before !== undefined) out.push({ from: lifeStart, to: first.at, value: String(first.before), spanId: null, known: false });
  list.forEach((turn, i) => {
    const to = list[i + 1]?.at ?? end;
    if (turn.after !== undefined) out.push({ from: turn.at, to: Math.max(to, turn.at), value: String(turn.after), spanId: turn.spanId, known: true });
  });
  return out;
}

/** Conditions that are good news when False. */
const BAD_WHEN_TRUE = /Pressure|Unavailable|Fail|Degraded|Stalled|Terminating|Dangling|DisruptionTarget|NonStructural|Unhealthy|Deletion/;

/** @param {string} name @param {string} value @returns {'good'|'bad'|'unknown'|'neutral'} */
function moodOf(name, value) {
  if (name === 'phase') return { Running: 'good', Active: 'good', Bound: 'good', Succeeded: 'good', Failed: 'bad', Lost: 'bad', Terminating: 'bad' }[value] ?? 'neutral';
  if (value !== 'True' && value !== 'False') return 'unknown';
  return (value === 'True') === BAD_WHEN_TRUE.test(name) ? 'bad' : 'good';
}

const FIRST = ['phase', 'Ready', 'Available', 'Progressing'];
const rank = (name) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
