/** Which spans an object's list holds, in which rows. Pure. */

import { fold } from '../fold.js';
import { remember } from '../remember.js';
import { endOf, startOf } from '../spans.js';
import { filterOf } from './filter.js';

/**
 * @param {import('../timeline/model.js').Model} model
 * @param {{win: [number, number], filter: string, scope: string, folded: boolean, open: Set<string>, sel: string}} view
 */
export function listing(model, { win, filter, scope, folded, open, sel }) {
  const source = scope === 'tree' ? everything(model) : model.self.spans;
  const all = matching(source, filter);
  const shown = all.filter((s) => endOf(s) >= win[0] && startOf(s) <= win[1]);
  const rows = fold(shown, { enabled: folded, open, keep: sel });
  return { total: source.length, all, shown, rows, filteredOut: source.length - all.length, outside: all.length - shown.length };
}

const matching = remember((source, filter) => source.filter(filterOf(filter).matches));
const merged = new WeakMap();

function everything(model) {
  let list = merged.get(model);
  if (!list) {
    list = model.objects.flatMap((o) => o.spans).sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : 0));
    merged.set(model, list);
  }
  return list;
}
