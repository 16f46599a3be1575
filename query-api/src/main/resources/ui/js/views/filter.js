/**
 * The filter of an object's page, one line of words: plain words are looked for everywhere, and user:, verb:, code:,
 * reason:, effect:, path:, kind:, name: and is: name what they apply to. A leading minus turns a word round.
 */

import { changeText } from '../diff.js';
import { actor, agent, kindOf, summary, tone, verb } from '../spans.js';

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
  is: (v) => (s) => (v === 'event' ? s.kind === 'EVENT' : v === 'request' ? s.kind !== 'EVENT' : v === 'warning' ? tone(s) === 'warn' : v === 'failed' ? tone(s) === 'fail' : tone(s) === v),
};

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
