/** From the answer of the trace API to what a timeline shows: objects in a tree, and the spans of each in time order. */

import { endOf, startOf } from '../spans.js';
import { parse } from '../time.js';
import { conditionLanes } from './conditions.js';

/**
 * @typedef {import('../types.js').Span} Span
 * @typedef {{id: string, span: Span, life: [number, number], ended: boolean, spans: Span[], children: TreeObject[], parent: ?TreeObject, side: 'self'|'owner'|'owned'}} TreeObject
 * @typedef {{number: number, spanIds: string[], succeeded: boolean, lastCode: number}} Attempt number from 1; spanIds are all attempts, oldest first
 * @typedef {{self: TreeObject, owners: TreeObject[], objects: TreeObject[], ids: Set<string>, byId: Map<string, Span>, parts: Map<string, Span[]>, extent: [number, number],
 *   attempts: Map<string, Attempt>, conditions: import('./conditions.js').ConditionLane[]}} Model
 */

/** @param {any} trace answer of the trace API @returns {Model} */
export function buildModel(trace) {
  const byId = new Map();
  const parts = new Map();
  /** @type {Map<string, TreeObject>} */
  const objects = new Map();
  const visit = (node, parent, relation) => {
    const s = node.span;
    byId.set(s.spanId, s);
    let here = parent;
    if (s.kind === 'OBJECT') here = addObject(objects, s, parent, relation);
    else if (s.kind === 'PHASE' || s.kind === 'ADMISSION') parts.set(s.parentSpanId, [...(parts.get(s.parentSpanId) || []), s]);
    else (objects.get(s.objectSpanId) || parent)?.spans.push(s);
    for (const child of node.children || []) visit(child, here, child.relation);
  };
  visit(trace.root, null, trace.root.relation);
  const self = objects.get(trace.object.spanId) || [...objects.values()][0];
  const owners = settleSides(self, objects);
  const extent = settleTimes([...objects.values()], trace);
  return { self, owners, objects: [...objects.values()], ids: new Set(objects.keys()), byId, parts, extent, attempts: attemptsOf(trace.retries || []), conditions: conditionLanes(self, extent) };
}

/** Each attempt by the id of its span. @returns {Map<string, Attempt>} */
function attemptsOf(retries) {
  const attempts = new Map();
  for (const { spanIds, succeeded, lastCode } of retries) spanIds.forEach((id, i) => attempts.set(id, { number: i + 1, spanIds, succeeded, lastCode }));
  return attempts;
}

function addObject(objects, span, parent, relation) {
  const known = objects.get(span.spanId);
  if (known) return known;
  const o = { id: span.spanId, span, life: /** @type {[number, number]} */ ([NaN, NaN]), ended: Boolean(span.life?.deletedAt), spans: [], children: [], parent: null, side: /** @type {any} */ (relation || 'self') };
  objects.set(o.id, o);
  if (!parent) return o;
  if (relation === 'owner') {
    if (!parent.parent) parent.parent = o;
    o.side = 'owner';
  } else {
    o.parent = parent;
    parent.children.push(o);
  }
  return o;
}

/** Owners hang below the object in the answer, or above it when the root is the topmost owner: both are sorted out here. */
function settleSides(self, objects) {
  self.side = 'self';
  const owners = [...objects.values()].filter((o) => o.side === 'owner');
  for (let up = self.parent; up; up = up.parent) {
    if (!owners.includes(up)) owners.unshift(up);
    up.side = 'owner';
  }
  const below = (o) => o.children.forEach((c) => {
    if (c.side !== 'owner') c.side = 'owned';
    below(c);
  });
  below(self);
  return owners;
}

/** The whole time is that of all spans; where not all are here, it is at least that of the object itself. */
function settleTimes(all, { object, truncated, from: askedFrom, to: askedTo }) {
  const part = truncated || askedFrom || askedTo;
  let from = part ? parse(object.createdAt) || Infinity : Infinity;
  let to = part ? parse(object.lastActivity) : -Infinity;
  for (const o of all) {
    o.spans.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    for (const s of o.spans) {
      from = Math.min(from, startOf(s));
      to = Math.max(to, endOf(s));
    }
  }
  if (!Number.isFinite(from)) {
    from = Math.min(...all.map((o) => startOf(o.span)));
    to = Math.max(...all.map((o) => endOf(o.span)));
  }
  const pad = Math.max((to - from) * 0.015, 250);
  for (const o of all) o.life = [parse(o.span.life?.createdAt) || startOf(o.span), o.ended ? parse(o.span.life.deletedAt) : to + pad];
  for (const o of all) o.children.sort((a, b) => a.life[0] - b.life[0]);
  return [from - pad, to + pad];
}

/** Number of objects below. @param {TreeObject} o @returns {number} */
export function countBelow(o) {
  return o.children.reduce((n, c) => n + 1 + countBelow(c), 0);
}
