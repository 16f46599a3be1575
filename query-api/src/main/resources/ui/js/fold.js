/** Folding of noise: runs of spans that seldom matter become one row with counts. Nothing is dropped. */

import { isStatusChurn } from './diff.js';
import { isSystem } from './agents.js';

/** Plurals of the kinds of noise. @type {Record<string, string>} */
const PLURALS = { heartbeat: 'heartbeats', 'conflict retried': 'conflicts retried', 'status update': 'status updates' };

/** @param {string} noise @param {number} n */
export const noiseText = (noise, n) => `${n} ${n === 1 ? noise : (PLURALS[noise] ?? noise)}`;

/** @typedef {import('./types.js').Span} Span */
/** @typedef {{type: 'span', span: Span, noise: ?string} | {type: 'fold', id: string, spans: Span[], counts: [string, number][], open: boolean}} Row */

/** @type {WeakMap<Span, ?string>} */
const known = new WeakMap();

/** What kind of noise a span is; null for what must be seen. @param {Span} s @returns {?string} */
export function noiseOf(s) {
  let noise = known.get(s);
  if (noise === undefined) known.set(s, (noise = judge(s)));
  return noise;
}

function judge(s) {
  if (s.kind === 'EVENT' || s.kind === 'ITEM') return null;
  const r = s.request;
  if (!r) return null;
  if (s.object.resource === 'leases' && r.effect === 'UPDATED') return 'heartbeat';
  if (r.code === 409 && isSystem(r.user)) return 'conflict retried';
  if (r.effect === 'NO_CHANGE') return 'without change';
  if (r.code === 404 && isSystem(r.user)) return r.verb === 'delete' ? 'already gone' : 'not found';
  if (r.effect === 'UPDATED' && isSystem(r.user) && isStatusChurn(r.changes || [])) {
    return s.object.resource === 'nodes' ? 'heartbeat' : 'status update';
  }
  return null;
}

/**
 * @param {Span[]} spans in time order
 * @param {{enabled: boolean, open: Set<string>, keep: ?string}} how keep: a selected span, whose fold is always open
 * @returns {Row[]}
 */
export function fold(spans, { enabled, open, keep }) {
  /** @type {Row[]} */
  const rows = [];
  let run = [];
  const flush = () => {
    if (run.length === 1) rows.push({ type: 'span', span: run[0], noise: noiseOf(run[0]) });
    else if (run.length > 1) pushFold(rows, run, open, keep);
    run = [];
  };
  for (const span of spans) {
    if (enabled && noiseOf(span)) {
      run.push(span);
      continue;
    }
    flush();
    rows.push({ type: 'span', span, noise: enabled ? null : noiseOf(span) });
  }
  flush();
  return rows;
}

function pushFold(rows, run, open, keep) {
  const id = run[0].start <= run[run.length - 1].start ? run[0].spanId : run[run.length - 1].spanId;
  const isOpen = open.has(id) || run.some((s) => s.spanId === keep);
  const counts = new Map();
  for (const s of run) counts.set(noiseOf(s), (counts.get(noiseOf(s)) || 0) + 1);
  rows.push({ type: 'fold', id, spans: run, counts: [...counts].sort((a, b) => b[1] - a[1]), open: isOpen });
  if (isOpen) for (const span of run) rows.push({ type: 'span', span, noise: noiseOf(span) });
}
