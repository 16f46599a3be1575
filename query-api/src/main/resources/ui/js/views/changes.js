/** The list below an object's timeline, with its filter. */

import { html, live, nothing } from '../lit.js';
import { setParams } from '../route.js';
import * as time from '../time.js';
import { changeRow, foldRow, headings } from './rows.js';
import * as icons from './icons.js';

const QUICK = [
  ['is:failed', 'Failures'],
  ['is:warning', 'Warnings'],
  ['is:request', 'Requests'],
  ['-user:system:', 'People'],
];

/** @param {ReturnType<typeof import('./listing.js').listing>} list @param {any} how */
export function changesPane(list, how) {
  const toggleWord = (word) => {
    const words = how.filter.split(/\s+/).filter(Boolean);
    setParams({ filter: (words.includes(word) ? words.filter((w) => w !== word) : [...words, word]).join(' ') });
  };
  const object = how.scope === 'tree';
  const hrefOf = (s) => {
    const q = new URLSearchParams(location.search);
    q.set('sel', s.spanId);
    q.delete('panel');
    return `${location.pathname}?${q}`;
  };
  const row = (r) =>
    r.type === 'fold' ? foldRow(r, how.onFold) : changeRow(r.span, { selected: r.span.spanId === how.sel, href: hrefOf(r.span), onSelect: how.onSelect, object, dim: Boolean(r.noise) });
  return html`
    <div class="lower-bar">${how.tabs}
      <div class="filter-box">${icons.search}<input type="search" aria-label="Filter what happened" placeholder="Filter: words, user:alice code:>=400 path:spec.replicas -verb:patch" spellcheck="false"
        .value=${live(how.filter)} @input=${(e) => setParams({ filter: e.target.value })}></div>
      <div class="quick" role="group" aria-label="Quick filters">${QUICK.map(([word, name]) => html`<button class="chip" aria-pressed=${how.filter.split(/\s+/).includes(word)} @click=${() => toggleWord(word)}>${name}</button>`)}</div>
      <button class="chip" aria-pressed=${object} title="Also what happened to its owners and to what it owns" @click=${() => setParams({ scope: object ? '' : 'tree' })}>With owned</button>
      <button class="chip" aria-pressed=${how.folded} title="Retries, status churn and heartbeats as one row with a count (f)" @click=${() => setParams({ fold: how.folded ? 'off' : '' })}>Fold noise</button>
    </div>
    <div class="table" role="table" aria-label="What happened" aria-rowcount=${list.rows.length}>
      ${headings(object)}
      <tm-list class="rows" role="rowgroup" .view=${{ items: list.rows, key: (r) => (r.type === 'fold' ? `f${r.id}` : r.span.spanId), row, focus: how.sel }}></tm-list>
    </div>
    <div class="lower-foot" role="status">${counts(list, how)}</div>`;
}

function counts(list, how) {
  const hidden = list.rows.reduce((n, r) => n + (r.type === 'fold' && !r.open ? r.spans.length : 0), 0);
  const n = (v) => v.toLocaleString('en');
  return html`<span><b>${n(list.shown.length)}</b> in view, ${time.span(how.win[1] - how.win[0])}${hidden ? `, ${n(hidden)} of them folded` : ''}</span>
    ${list.outside ? html`<span>${n(list.outside)} outside the window <button class="text" @click=${how.onWhole}>show all</button></span>` : nothing}
    ${list.filteredOut ? html`<span>${n(list.filteredOut)} hidden by the filter <button class="text" @click=${() => setParams({ filter: '' })}>clear</button></span>` : nothing}
    ${how.loading ? html`<span class="faint">loading…</span>` : nothing}
    <span class="keys"><kbd>j</kbd><kbd>k</kbd> step <kbd>[</kbd><kbd>]</kbd> window <kbd>?</kbd> help</span>`;
}
