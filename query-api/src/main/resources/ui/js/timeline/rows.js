/** Which rows a timeline has: lanes of the object itself, then owners, then what it owns as an expandable tree. */

import { shortKind } from '../spans.js';
import { countBelow } from './model.js';

/** How many children of one parent are rows before the rest is behind "n more". */
export const FIRST_CHILDREN = 12;
/** Up to this many owned objects, all levels are open at first. */
const OPEN_ALL = 14;

/**
 * @typedef {import('./model.js').TreeObject} TreeObject
 * @typedef {{type: 'lane', key: string, label: string, spans: import('../types.js').Span[], count: number}
 *   | {type: 'condition', key: string, label: string, lane: import('./conditions.js').ConditionLane}
 *   | {type: 'object', key: string, label: string, kind: string, object: TreeObject, spans: import('../types.js').Span[], depth: number, below: number, open: boolean, gone: boolean}
 *   | {type: 'more', key: string, label: string, parent: TreeObject, depth: number}
 *   | {type: 'head', key: string, label: string}} TimelineRow
 */

/**
 * @param {import('./model.js').Model} model
 * @param {{toggled: Set<string>, all: Set<string>, keep: (s: any) => boolean}} view toggled: objects not in their first state; all: parents shown without limit
 * @returns {TimelineRow[]}
 */
export function timelineRows(model, { toggled, all, keep }) {
  const own = model.self.spans.filter(keep);
  const requests = own.filter((s) => s.kind !== 'EVENT');
  const events = own.filter((s) => s.kind === 'EVENT');
  /** @type {TimelineRow[]} */
  const rows = [{ type: 'lane', key: 'requests', label: 'Requests', spans: requests, count: requests.length }];
  for (const lane of model.conditions) rows.push({ type: 'condition', key: `c:${lane.name}`, label: lane.name, lane });
  rows.push({ type: 'lane', key: 'events', label: 'Events', spans: events, count: events.reduce((n, s) => n + (s.event?.observed || 1), 0) });
  if (model.owners.length) {
    rows.push({ type: 'head', key: 'h:owners', label: model.owners.length === 1 ? 'Owner' : 'Owners' });
    for (const o of model.owners) rows.push(objectRow(o, 0, false, 0, keep));
  }
  const below = countBelow(model.self);
  if (below) {
    rows.push({ type: 'head', key: 'h:owned', label: `Owned objects · ${below}` });
    pushChildren(rows, model.self, 0, { toggled, all, keep, openAll: below <= OPEN_ALL });
  }
  return rows;
}

function objectRow(o, depth, open, below, keep) {
  const { object } = o.span;
  return /** @type {TimelineRow} */ ({ type: 'object', key: o.id, label: object.name, kind: shortKind(object), object: o, spans: o.spans.filter(keep), depth, below, open, gone: o.ended });
}

function pushChildren(rows, parent, depth, view) {
  const limit = view.all.has(parent.id) ? Infinity : FIRST_CHILDREN;
  parent.children.slice(0, limit).forEach((child) => {
    const below = countBelow(child);
    const open = below > 0 && view.openAll !== view.toggled.has(child.id);
    rows.push(objectRow(child, depth, open, below, view.keep));
    if (open) pushChildren(rows, child, depth + 1, view);
  });
  const rest = parent.children.length - limit;
  if (rest > 0) rows.push({ type: 'more', key: `m:${parent.id}`, label: `${rest} more`, parent, depth });
}
