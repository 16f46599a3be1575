/** Which spans an object's list holds, in which rows. Pure. */

import { fold } from '../fold.js';
import { remember } from '../remember.js';
import { endOf, orderOf, startOf } from '../spans.js';
import { filterOf } from './filter.js';

/**
 * @param {import('../timeline/model.js').Model} model
 * @param {{win: [number, number], filter: string, scope: string, folded: boolean, open: Set<string>, sel: string}} view
 */
export function listing(model, { win, filter, scope, folded, open, sel }) {
  const source = inOrder(model)[scope === 'tree' ? 'all' : 'own'];
  const all = matching(source, filter);
  const shown = all.filter((s) => endOf(s) >= win[0] && startOf(s) <= win[1]);
  const rows = fold(shown, { enabled: folded, open, keep: sel });
  return { source, total: source.length, all, shown, rows, filteredOut: source.length - all.length, outside: all.length - shown.length };
}

const matching = remember((source, filter) => source.filter(filterOf(filter).matches));
const inOrder = remember((model) => ({ own: sorted(model.self.spans), all: sorted(model.objects.flatMap((o) => o.spans)) }));
const sorted = (spans) => [...spans].sort((a, b) => orderOf(a) - orderOf(b) || (a.spanId < b.spanId ? -1 : 1));
