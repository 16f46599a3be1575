/** The list below an object's timeline, with its filter. */

import { html, live, nothing } from '../lit.js';
import { setParams } from '../route.js';
import * as time from '../time.js';
import { completions, filterOf } from './filter.js';
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
      <div class="filter-box">${icons.search}<input type="search" aria-label="Filter what happened" placeholder="Filter: words, user:alice code:>=400 path:spec.replicas -verb:patch" spellcheck="false" autocomplete="off" list="filter-words"
        .value=${live(how.filter)} @input=${(e) => setParams({ filter: e.target.value })}><datalist id="filter-words">${completions(list.source, how.filter).map((text) => html`<option value=${text}></option>`)}</datalist></div>
      <div class="quick" role="group" aria-label="Quick filters">${QUICK.map(([word, name]) => html`<button class="chip" aria-pressed=${how.filter.split(/\s+/).includes(word)} @click=${() => toggleWord(word)}>${name}</button>`)}</div>
      <button class="chip" aria-pressed=${object} title="Also what happened to its owners and to what it owns" @click=${() => setParams({ scope: object ? '' : 'tree' })}>With owned</button>
      <button class="chip" aria-pressed=${how.folded} title="Retries, status churn and heartbeats as one row with a count (f)" @click=${() => setParams({ fold: how.folded ? 'off' : '' })}>Fold noise</button>
    </div>
    <div class="table" role="table" aria-label="What happened" aria-rowcount=${list.rows.length}>
      ${headings(object)}
      <tm-list class="rows" role="rowgroup" .view=${{ items: list.rows, key: (r) => (r.type === 'fold' ? `f${r.id}` : r.span.spanId), row, focus: how.sel }}></tm-list>
    </div>
    <div class="lower-foot" role="status">${counts(list, how, toggleWord)}</div>`;
}

/** How sure the changes are: each class with its count, and a click to see only those. */
const CLASSES = [
  ['proved', 'proved', 'The version before is known: these changes are the request’s own'],
  ['unproved', '≈ not proved', 'The version before is not known: changes by others may be among these'],
  ['bodiless', 'without bodies', 'The audit log holds no bodies: what changed is not known'],
  ['late', 'late', 'It came too late to be related to the rest'],
];

function certainties(spans, toggleWord) {
  const classes = CLASSES.map(([word, name, title]) => ({ word, name, title, n: spans.filter(filterOf(`is:${word}`).matches).length })).filter((c) => c.n);
  const all = classes.reduce((n, c) => n + c.n, 0);
  if (!all) return nothing;
  return html`<span class="certainty" role="group" aria-label="How sure the changes are"><span class="certainty-bar" aria-hidden="true">${classes.map((c) => html`<i class=${c.word} .style=${`flex-grow:${c.n}`}></i>`)}</span>
    ${classes.map((c) => html`<button class="text" title="${c.title}. Show only these, or all again." @click=${() => toggleWord(`is:${c.word}`)}>${c.n.toLocaleString('en')} ${c.name}</button>`)}</span>`;
}

function counts(list, how, toggleWord) {
  const hidden = list.rows.reduce((n, r) => n + (r.type === 'fold' && !r.open ? r.spans.length : 0), 0);
  const n = (v) => v.toLocaleString('en');
  return html`<span><b>${n(list.shown.length)}</b> in view, ${time.span(how.win[1] - how.win[0])}${hidden ? `, ${n(hidden)} of them folded` : ''}</span>
    ${list.outside ? html`<span>${n(list.outside)} outside the window <button class="text" @click=${how.onWhole}>show all</button></span>` : nothing}
    ${list.filteredOut ? html`<span>${n(list.filteredOut)} hidden by the filter <button class="text" @click=${() => setParams({ filter: '' })}>clear</button></span>` : nothing}
    ${certainties(list.shown, toggleWord)}
    <span class="keys"><kbd>j</kbd><kbd>k</kbd> step <kbd>[</kbd><kbd>]</kbd> window <kbd>?</kbd> help</span>`;
}
