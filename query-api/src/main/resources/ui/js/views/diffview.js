/** Field changes, grouped by what they touch, with long values behind one click. */

import { html, nothing } from '../lit.js';
import { longValue, ranked, shortValue } from '../diff.js';

const LONG = 90;

/** @param {import('../types.js').Change[]} changes */
export function diffView(changes) {
  const spec = ranked(changes.filter((c) => !c.path.startsWith('status')));
  const status = ranked(changes.filter((c) => c.path.startsWith('status')));
  return html`<div class="diff">${spec.map(change)}${status.length ? (spec.length > 0 && status.length > 4 ? html`<details><summary>${status.length} changes of status</summary>${status.map(change)}</details>` : status.map(change)) : nothing}</div>`;
}

function change(c) {
  const long = longValue(c.before).length > LONG || longValue(c.after).length > LONG;
  const untold = !('before' in c || 'after' in c); // of a webhook's patch that removes something
  const lines = untold ? html`<div class="side before"><i>−</i><span>removed; what it was is not told</span></div>` : html`${side('before', '−', c, long)}${side('after', '+', c, long)}`;
  return html`<div class="change"><div class="path" title=${c.path}>${path(c.path)}</div>${lines}</div>`;
}

function side(name, sign, c, long) {
  if (!(name in c)) return nothing;
  const value = c[name];
  const text = longValue(value);
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  if (!long || text.length <= LONG) return html`<div class="side ${name}"><i>${sign}</i><code>${shown === '' ? '""' : shown}</code></div>`;
  return html`<details class="side ${name}"><summary><i>${sign}</i><code>${shortValue(value, LONG)}</code><span class="more">${text.length.toLocaleString('en')} characters</span></summary><pre>${text}</pre></details>`;
}

/** The last step of a path is what the eye looks for. */
function path(text) {
  const cut = Math.max(text.lastIndexOf('.'), text.lastIndexOf('["'));
  const at = cut > 0 && !text.slice(cut).includes(']') ? cut + 1 : text.endsWith('"]') ? text.lastIndexOf('["') : Math.max(0, cut + 1);
  return html`<span class="faint">${text.slice(0, at)}</span><b>${text.slice(at)}</b>`;
}
