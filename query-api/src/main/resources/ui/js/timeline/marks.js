/** Marks close to each other become one pill with an exact count; a mark alone keeps its shape. */

import { noiseOf } from '../fold.js';
import { endOf, startOf, tone } from '../spans.js';

/** @typedef {{x: number, w: number, from: number, to: number, count: number, spans: import('../types.js').Span[], tones: [import('../spans.js').Tone, number][],
 * lead: import('../spans.js').Tone, quiet: boolean}} Mark lead: tone of the most telling span that is no noise; quiet: all are noise */

const NEAR_PX = 13;
const LONGEST_PX = 72;
/** Most telling first: the order inside a pill, and which sign wins. */
const ORDER = ['fail', 'warn', 'delete', 'create', 'update', 'session', 'dry', 'normal', 'none', 'unknown'];

/**
 * @param {import('../types.js').Span[]} spans in time order
 * @param {{x: (ms: number) => number, ms: (x: number) => number}} s
 * @param {number} width
 * @returns {Mark[]}
 */
export function marksOf(spans, s, width) {
  const out = [];
  let group = null;
  for (let i = firstAt(spans, s.ms(-LONGEST_PX)); i < spans.length; i++) {
    const span = spans[i];
    const from = startOf(span);
    const x = s.x(from);
    if (x > width + LONGEST_PX) break;
    if (group && x - group.last < NEAR_PX && x - group.x < LONGEST_PX) {
      group.spans.push(span);
      group.last = x;
      group.to = Math.max(group.to, endOf(span));
    } else {
      if (group) out.push(finish(group));
      group = { x, last: x, from, to: endOf(span), spans: [span] };
    }
  }
  if (group) out.push(finish(group));
  return out;
}

/** Index of the first span that starts at or after a time. */
function firstAt(spans, ms) {
  let [a, b] = [0, spans.length];
  while (a < b) {
    const m = (a + b) >> 1;
    if (startOf(spans[m]) < ms) a = m + 1;
    else b = m;
  }
  return a;
}

const rank = (s) => ORDER.indexOf(tone(s));
const loudest = (spans) => spans.reduce((a, b) => (rank(b) < rank(a) ? b : a));

function finish(g) {
  const tones = new Map();
  let count = 0;
  for (const s of g.spans) {
    const n = s.event?.observed || 1;
    count += n;
    tones.set(tone(s), (tones.get(tone(s)) || 0) + n);
  }
  const sorted = [...tones].sort((a, b) => ORDER.indexOf(a[0]) - ORDER.indexOf(b[0]));
  const quiet = g.spans.every(noiseOf);
  const lead = quiet ? 'none' : tone(loudest(g.spans.filter((s) => !noiseOf(s))));
  return { x: g.x, w: g.last - g.x, from: g.from, to: g.to, count, spans: g.spans, tones: sorted, lead, quiet };
}
