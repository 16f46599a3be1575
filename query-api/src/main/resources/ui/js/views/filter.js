/**
 * The filter of an object's page, one line of words: plain words are looked for everywhere, and user:, verb:, code:,
 * reason:, effect:, path:, kind:, name: and is: name what they apply to. A leading minus turns a word round.
 */

import { changeText } from '../diff.js';
import { remember } from '../remember.js';
import { actor, agent, certainty, kindOf, summary, tone, verb } from '../spans.js';

/** @param {string} text @returns {{text: string, matches: (s: import('../types.js').Span) => boolean}} */
export function filterOf(text) {
  const tests = (text.match(/(?:[^\s"]+|"[^"]*")+/g) || []).map(wordTest);
  return { text, matches: (s) => tests.every((t) => t(s)) };
}

function wordTest(word) {
  const minus = word.startsWith('-') && word.length > 1;
  const body = (minus ? word.slice(1) : word).replaceAll('"', '');
  const m = /^([a-z]+):(.*)$/.exec(body);
  const test = m && FIELDS[m[1]] ? FIELDS[m[1]](m[2].toLowerCase()) : anywhere(body.toLowerCase());
  return minus ? (s) => !test(s) : test;
}

const has = (value, part) => String(value ?? '').toLowerCase().includes(part);

const FIELDS = {
  user: (v) => (s) => has(actor(s), v) || has(s.request?.user, v),
  verb: (v) => (s) => has(verb(s), v),
  code: (v) => (s) => codeMatches(s.request?.code ?? 0, v),
  reason: (v) => (s) => has(s.request?.reason || s.event?.reason, v),
  effect: (v) => (s) => has(s.request?.effect ?? s.item?.effect, v),
  path: (v) => (s) => (s.request?.changes || []).some((c) => c.path.toLowerCase().startsWith(v)),
  kind: (v) => (s) => has(kindOf(s.object), v),
  name: (v) => (s) => has(s.object.name, v),
  agent: (v) => (s) => has(agent(s), v),
  is: (v) => IS[v] || ((s) => tone(s) === v),
};

/** @type {Record<string, (s: import('../types.js').Span) => boolean>} */
const IS = {
  event: (s) => s.kind === 'EVENT',
  request: (s) => s.kind !== 'EVENT',
  warning: (s) => tone(s) === 'warn',
  failed: (s) => tone(s) === 'fail',
  proved: (s) => certainty(s) === 'exact',
  unproved: (s) => certainty(s) === 'inexact',
  bodiless: (s) => s.request?.level === 'Metadata' || Boolean(s.request?.truncated),
  late: (s) => s.late,
};

/** What the values of a field may be, for completion. @type {Record<string, (s: import('../types.js').Span) => (string | number | undefined)[]>} */
const VALUES = {
  user: (s) => [actor(s), s.request?.user],
  verb: (s) => [verb(s)],
  code: (s) => [s.request?.code],
  reason: (s) => [s.request?.reason, s.event?.reason],
  effect: (s) => [s.request?.effect ?? s.item?.effect],
  path: (s) => (s.request?.changes || []).map((c) => c.path),
  kind: (s) => [kindOf(s.object)],
  name: (s) => [s.object.name],
  agent: (s) => [agent(s).split(/[/ ]/)[0]],
  is: () => Object.keys(IS),
};
const OFFERED = 40;

/** Whole filters that go on from what is typed: the last word becomes the name of a field, or gets a value that occurs. */
export const completions = remember((/** @type {import('../types.js').Span[]} */ spans, /** @type {string} */ text) => {
  const last = /\S*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - last.length);
  const m = /^(-?)([a-z]+):(.*)$/.exec(last);
  if (!m || !VALUES[m[2]]) return Object.keys(VALUES).filter((f) => f.startsWith(last)).map((f) => `${before}${f}:`);
  const values = new Set(spans.flatMap(VALUES[m[2]]).filter(Boolean).map(String));
  return [...values].filter((v) => !/\s/.test(v) && v.toLowerCase().startsWith(m[3].toLowerCase()) && v !== m[3]).sort().slice(0, OFFERED).map((v) => `${before}${m[1]}${m[2]}:${v}`);
});

function codeMatches(code, v) {
  const bound = /^(>=|<=|>|<)(\d+)$/.exec(v);
  if (bound) return { '>=': code >= +bound[2], '<=': code <= +bound[2], '>': code > +bound[2], '<': code < +bound[2] }[bound[1]];
  if (/^\dxx$/.test(v)) return Math.floor(code / 100) === Number(v[0]);
  return String(code) === v;
}

function anywhere(part) {
  return (s) =>
    [actor(s), s.request?.user, agent(s), verb(s), summary(s), s.object.name, s.object.kind, s.request?.reason, s.request?.message, s.request?.auditId, s.event?.message, s.event?.reason].some((v) => has(v, part)) ||
    (s.request?.changes || []).some((c) => has(c.path, part) || has(changeText(c), part));
}
