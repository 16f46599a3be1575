/** Search over requests and Events of all objects; the page of a user is the same search, with counts by verb. */

import { html, live, nothing, render } from '../lit.js';
import '../parts/list.js';
import { ApiError, get, spanById } from '../api.js';
import { filterCommand } from '../cli.js';
import { bind } from '../keys.js';
import { queryOf, setParams } from '../route.js';
import { createStore } from '../store.js';
import { shortUser } from '../agents.js';
import { noiseOf } from '../fold.js';
import { copyButton, problem, skeleton } from './bits.js';
import * as icons from './icons.js';
import { detailsPane } from './details.js';
import { HAPPENINGS, chips, filterParams } from './chips.js';
import { changeRow, headings } from './rows.js';

const PAGE = 100;
const PAUSE_MS = 250;
const VERBS = ['create', 'update', 'patch', 'delete', 'deletecollection'];

/** @param {HTMLElement} host @param {import('../route.js').Route} route @returns {import('../main.js').Page} */
export function searchPage(host, route) {
  let call = new AbortController();
  let timer = 0;
  let asked = '';
  const user = route.user;
  const store = createStore({ route, spans: null, total: 0, bound: false, next: null, loading: false, error: null, adding: '', verbs: null, stray: null }, draw);
  const param = (name) => store.state.route.q.get(name) || '';
  const filter = () => ({ kind: HAPPENINGS, ...filterParams(store.state.route.q), ...(user ? { user } : {}), order: param('order') || 'desc' });
  document.title = user ? `${user} · Tidemark` : 'Search · Tidemark';

  async function load(more = false) {
    call.abort();
    call = new AbortController();
    const cursor = more ? store.state.next : '';
    asked = JSON.stringify(filter());
    store.set({ loading: true });
    try {
      const answer = await get('/search', { ...filter(), limit: PAGE, cursor }, call.signal);
      const spans = more ? [...store.state.spans, ...answer.spans] : answer.spans;
      store.set({ spans, total: answer.total, bound: answer.totalIsLowerBound, next: answer.next, loading: false, error: null });
      if (param('sel')) findStray(param('sel'));
    } catch (error) {
      if (error instanceof ApiError) store.set({ error, loading: false });
      else if (error.name !== 'AbortError') throw error;
    }
  }

  async function countVerbs() {
    const counts = await Promise.all([...VERBS.map((verb) => ({ verb })), { code: '>=400' }].map((f) => get('/search', { user, ...f, limit: 1 }).catch(() => null)));
    store.set({ verbs: counts.map((c, i) => ({ name: VERBS[i] || 'failed', total: c?.total, bound: c?.totalIsLowerBound, href: queryOf(VERBS[i] ? { verb: VERBS[i] } : { code: '>=400' }) })) });
  }

  async function findStray(id) {
    if (store.state.spans?.some((s) => s.spanId === id) || store.state.stray?.spanId === id) return;
    store.set({ stray: await spanById(id) });
  }

  const select = (id) => setParams({ sel: id, panel: '' });
  const step = (by) => {
    const list = store.state.spans || [];
    const at = list.findIndex((s) => s.spanId === param('sel'));
    const next = list[at < 0 ? 0 : at + by];
    if (next) setParams({ sel: next.spanId, panel: param('panel') || (at < 0 ? 'closed' : '') });
  };
  const unbind = bind({ j: () => step(1), k: () => step(-1), Enter: () => param('sel') && setParams({ panel: '' }), Escape: () => setParams({ sel: '', panel: '' }) });
  const type = (e) => {
    const q = e.target.value;
    clearTimeout(timer);
    timer = setTimeout(() => setParams({ q }), PAUSE_MS);
  };

  function draw() {
    const s = store.state;
    const sel = param('sel');
    const selected = s.spans?.find((x) => x.spanId === sel) || (s.stray?.spanId === sel ? s.stray : null);
    const open = selected && param('panel') !== 'closed';
    render(html`<div class="search-page">
      <div class="search-head">
        <h1>${user ? html`<span class="kind-badge">User</span>${shortUser(user)}` : 'Search'}</h1>
        ${user && shortUser(user) !== user ? html`<code class="faint">${user}</code>` : nothing}
        ${user ? verbCounts(s.verbs, param) : nothing}
      </div>
      <div class="search-bar"><input id="search-text" type="search" aria-label="Text to look for" placeholder="Text in messages, names, users, changed values" .value=${live(param('q'))} @input=${type}>
        ${chips({ q: s.route.q, fixed: user ? ['user'] : [], adding: s.adding, onAdding: (adding) => store.set({ adding }), spans: s.spans || [] })}
        <button class="chip" @click=${() => setParams({ order: param('order') === 'asc' ? '' : 'asc' })}>${param('order') === 'asc' ? 'Oldest first' : 'Newest first'}</button>
        ${copyButton(() => filterCommand('search', filter()), 'Copy the command that asks the same', html`${icons.terminal}<span>Copy as CLI</span>`, 'chip')}
        <a class="chip" href="/live${queryOf({ ...filterParams(s.route.q), ...(user ? { user } : {}) })}">Watch live</a></div>
      <div class="object-main"><div class="object-left">
        ${s.error ? problem(s.error, () => load()) : nothing}
        <div class="table" role="table" aria-label="Found" ?data-stale=${s.loading}>${headings(true)}
          ${!s.spans ? skeleton(12) : html`<tm-list class="rows" role="rowgroup" .view=${{ items: s.spans, key: (x) => x.spanId, focus: sel, atEnd: () => s.next && !s.loading && load(true),
            row: (x) => changeRow(x, { selected: x.spanId === sel, href: hrefOf(x), onSelect: select, object: true, dim: Boolean(noiseOf(x)), date: 'short' }) }}></tm-list>`}
        </div>
        <div class="lower-foot" role="status">${foot(s, () => load(true))}</div>
      </div>${open ? detailsPane(selected, { onClose: () => setParams({ panel: 'closed' }), onSelect: select }) : nothing}</div></div>`, host);
  }
  const onCoverage = (e) => !e.detail.error && store.state.error?.status === 0 && load();
  addEventListener('tidemark:coverage', onCoverage);
  draw();
  load();
  if (user) countVerbs();
  return {
    update(next) {
      store.set({ route: next });
      if (JSON.stringify(filter()) !== asked) load();
      else if (param('sel')) findStray(param('sel'));
    },
    redraw: draw,
    close() {
      unbind();
      removeEventListener('tidemark:coverage', onCoverage);
      clearTimeout(timer);
      call.abort();
      store.close();
    },
  };
}

function hrefOf(s) {
  const q = new URLSearchParams(location.search);
  q.set('sel', s.spanId);
  return `${location.pathname}?${q}`;
}

function verbCounts(verbs, param) {
  if (!verbs) return html`<span class="faint">counting…</span>`;
  return html`<span class="verbs">${verbs.map((v) => html`<a class="chip" aria-current=${(param('verb') || (param('code') ? 'failed' : '')) === v.name ? 'true' : nothing} href="${location.pathname}${v.href}">
    ${v.name} <b class=${v.name === 'failed' && v.total ? 'bad' : ''}>${v.total === undefined ? '?' : `${v.total.toLocaleString('en')}${v.bound ? '+' : ''}`}</b></a>`)}<a class="text" href=${location.pathname}>all</a></span>`;
}

function foot(s, onMore) {
  if (!s.spans) return html`<span class="faint">searching…</span>`;
  const n = (v) => v.toLocaleString('en');
  if (!s.spans.length) return html`<span>Nothing matches. Remove a filter, or look at the period in the footer: older data is gone.</span>`;
  return html`<span><b>${n(s.spans.length)}</b> of ${s.bound ? 'at least ' : ''}${n(s.total)}</span>
    ${s.next ? html`<button class="text" ?disabled=${s.loading} @click=${onMore}>${s.loading ? 'loading…' : 'Load more'}</button>` : html`<span class="faint">that is all</span>`}
    <span class="keys"><kbd>j</kbd><kbd>k</kbd> step <kbd>Enter</kbd> details</span>`;
}

