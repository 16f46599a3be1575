/** The tail: spans as they become known. It can be held; while held or scrolled away, new ones wait and are counted. */

import { html, live, nothing, render } from '../lit.js';
import '../parts/list.js';
import { copyButton } from './bits.js';
import { filterCommand } from '../cli.js';
import { bind } from '../keys.js';
import { spanById } from '../api.js';
import { objectHref, queryOf, setParams } from '../route.js';
import { createStore } from '../store.js';
import { detailsPane } from './details.js';
import { HAPPENINGS, chips, filterParams } from './chips.js';
import { tail } from '../tail.js';
import { fold } from '../fold.js';
import { changeRow, foldRow, headings } from './rows.js';
import * as icons from './icons.js';

/** How many rows are kept; the oldest leave first, and that is said. */
const KEPT = 2000;
const PAUSE_MS = 250;
const RATE_WINDOW_MS = 5000;

/** @param {HTMLElement} host @param {import('../route.js').Route} route @returns {import('../main.js').Page} */
export function livePage(host, route) {
  document.title = 'Live · Tidemark';
  const store = createStore({ route, spans: [], waiting: [], dropped: 0, skipped: 0, stray: null, status: 'connecting', rate: 0, adding: '' }, draw);
  const param = (name) => store.state.route.q.get(name) || '';
  const held = () => param('hold') === 'on' || (host.querySelector('tm-list')?.scrollTop ?? 0) > 8;
  let arrivals = [];
  let stream = null;
  let followed = '';
  let timer = 0;

  function connect() {
    const filter = { kind: HAPPENINGS, ...filterParams(store.state.route.q) };
    followed = JSON.stringify(filter);
    stream?.close();
    stream = tail(filter, { onSpan: add, onStatus: (status) => store.set({ status }), onSkipped: (n) => store.set({ skipped: store.state.skipped + n }) });
  }

  function add(span) {
    arrivals.push(performance.now());
    const s = store.state;
    if (held()) store.set({ waiting: keep([span, ...s.waiting.filter((x) => x.spanId !== span.spanId)]) });
    else store.set({ spans: keep([span, ...s.spans.filter((x) => x.spanId !== span.spanId)]) });
  }

  function keep(spans) {
    if (spans.length > KEPT) store.set({ dropped: store.state.dropped + spans.length - KEPT });
    return spans.slice(0, KEPT);
  }

  function release() {
    const { waiting, spans } = store.state;
    const fresh = new Set(waiting.map((s) => s.spanId));
    store.set({ spans: keep([...waiting, ...spans.filter((s) => !fresh.has(s.spanId))]), waiting: [] });
    const list = host.querySelector('tm-list');
    if (list) list.scrollTop = 0;
  }

  const toggle = () => {
    const on = param('hold') === 'on';
    setParams({ hold: on ? '' : 'on' });
    if (on) release();
  };
  const clock = setInterval(() => {
    const now = performance.now();
    arrivals = arrivals.filter((t) => now - t < RATE_WINDOW_MS);
    const rate = Math.round((arrivals.length / RATE_WINDOW_MS) * 10000) / 10;
    if (rate !== store.state.rate) store.set({ rate });
  }, 1000);
  const select = (id) => setParams({ sel: id });
  const flip = (id) => {
    const open = new Set(param('unfold').split(',').filter(Boolean));
    if (!open.delete(id)) open.add(id);
    setParams({ unfold: [...open].join(',') });
  };
  const step = (by) => {
    const at = store.state.spans.findIndex((s) => s.spanId === param('sel'));
    const next = store.state.spans[at < 0 ? 0 : at + by];
    if (next) select(next.spanId);
  };
  const unbind = bind({ p: toggle, j: () => step(1), k: () => step(-1), Escape: () => setParams({ sel: '' }) });
  const type = (e) => {
    clearTimeout(timer);
    timer = setTimeout(() => setParams({ q: e.target.value }), PAUSE_MS);
  };

  function draw() {
    const s = store.state;
    const sel = param('sel');
    const selected = s.spans.find((x) => x.spanId === sel) || (s.stray?.spanId === sel ? s.stray : null);
    const paused = param('hold') === 'on';
    const folded = param('fold') !== 'off';
    const open = new Set(param('unfold').split(','));
    const items = fold(s.spans, { enabled: folded, open, keep: sel });
    render(html`<div class="search-page live">
      <div class="search-head"><h1>Live</h1><span class="status ${paused ? 'paused' : s.status}" role="status">${paused ? 'paused' : STATUS[s.status]}</span>
        <span class="rate"><b>${s.rate.toLocaleString('en')}</b> spans/s</span>
        <button class="chip" aria-pressed=${paused} @click=${toggle}>${paused ? icons.play : icons.pause}${paused ? 'Resume' : 'Pause'} <kbd>p</kbd></button>
        ${s.waiting.length ? html`<button class="chip new" @click=${() => (paused ? toggle() : release())}>${s.waiting.length.toLocaleString('en')} new</button>` : nothing}</div>
      <div class="search-bar"><input type="search" aria-label="Text to look for" placeholder="Only spans with this text" .value=${live(param('q'))} @input=${type}>
        ${chips({ q: s.route.q, fixed: ['from', 'to', 'auditId'], adding: s.adding, onAdding: (adding) => store.set({ adding }), spans: s.spans })}
        <button class="chip" aria-pressed=${folded} title="Retries, status churn and heartbeats as one row with a count" @click=${() => setParams({ fold: folded ? 'off' : '' })}>Fold noise</button>
        ${copyButton(() => filterCommand('tail', { kind: HAPPENINGS, ...filterParams(s.route.q) }), 'Copy the command that asks the same', html`${icons.terminal}<span>Copy as CLI</span>`, 'chip')}
        <a class="chip" href="/search${queryOf(filterParams(s.route.q))}">Search the past</a></div>
      <div class="object-main"><div class="object-left">
        <div class="table" role="table" aria-label="Live spans">${headings(true)}
          <tm-list class="rows" role="rowgroup" .view=${{ items, key: (x) => (x.type === 'fold' ? `f${x.id}` : x.span.spanId), row: (x) => x.type === 'fold' ? foldRow(x, flip) : changeRow(x.span, { selected: x.span.spanId === sel, href: objectHref(x.span.object, { uid: x.span.object.uid, sel: x.span.spanId }), onSelect: select, object: true, dim: Boolean(x.noise) }) }}></tm-list>
          ${s.spans.length ? nothing : html`<p class="nothing over">Nothing has come in since this page was opened. Changes of the cluster appear here within a second.</p>`}</div>
        <div class="lower-foot"><span><b>${s.spans.length.toLocaleString('en')}</b> shown</span>${s.dropped ? html`<span>${s.dropped.toLocaleString('en')} older ones left this page; search has them</span>` : nothing}
          ${s.skipped ? html`<span class="bad">${s.skipped.toLocaleString('en')} came faster than this page could take them; search has them</span>` : nothing}</div>
      </div>${selected ? detailsPane(selected, { onClose: () => setParams({ sel: '' }), onSelect: select }) : nothing}</div></div>`, host);
  }
  /** A selection that came with the URL, or has left the page since. */
  async function findStray(id) {
    if (id && store.state.stray?.spanId !== id && !store.state.spans.some((s) => s.spanId === id)) store.set({ stray: await spanById(id) });
  }
  draw();
  connect();
  findStray(param('sel'));
  return {
    update(next) {
      store.set({ route: next });
      findStray(next.q.get('sel') || '');
      if (JSON.stringify({ kind: HAPPENINGS, ...filterParams(next.q) }) === followed) return;
      store.set({ spans: [], waiting: [], dropped: 0, skipped: 0 });
      connect();
    },
    redraw: draw,
    close() {
      unbind();
      clearInterval(clock);
      clearTimeout(timer);
      stream?.close();
      store.close();
    },
  };
}

const STATUS = { connecting: 'connecting…', open: 'live', lost: 'connection lost, trying again…', refused: 'refused: check the filters' };
