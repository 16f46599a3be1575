/** The page of one object: head, timeline, list of changes, details. Its URL holds the window, selection, filter and folds. */

import { html, nothing, render } from '../lit.js';
import '../timeline/timeline.js';
import '../parts/list.js';
import { ApiError, get, objectPath, spanById } from '../api.js';
import { traceCommand } from '../cli.js';
import { bind } from '../keys.js';
import { fold } from '../fold.js';
import { follow } from '../follow.js';
import { prefs } from '../prefs.js';
import { go, objectHref, setParams } from '../route.js';
import { createStore } from '../store.js';
import { startOf } from '../spans.js';
import { buildModel } from '../timeline/model.js';
import { timelineRows } from '../timeline/rows.js';
import { clampWindow, zoomed } from '../timeline/scale.js';
import * as time from '../time.js';
import { problem, skeleton } from './bits.js';
import { changesPane } from './changes.js';
import { detailsPane } from './details.js';
import { filterOf } from './filter.js';
import { mountFinder } from './finder.js';
import { remember } from '../remember.js';
import { objectHead } from './head.js';
import { listing } from './listing.js';
import { treePane } from './tree.js';

const DEPTH = 3;
const STEP = 0.3;
const ZOOM = 1.6;

/** @param {HTMLElement} host @param {import('../route.js').Route} route @returns {import('../main.js').Page} */
export function objectPage(host, route) {
  const key = /** @type {import('../types.js').ObjectKey} */ (route.key);
  let call = new AbortController();
  let loaded = '';
  let movingWindow = /** @type {?[number, number]} */ (null);
  const store = createStore({ route, trace: null, model: null, error: null, loading: true, strays: new Map(), live: 'connecting', news: 0 }, draw);
  const param = (name) => store.state.route.q.get(name) || '';
  const ids = (name) => new Set(param(name).split(',').filter(Boolean));
  document.title = `${key.name} · ${key.resource} · Tidemark`;

  async function load(range = {}) {
    call.abort();
    call = new AbortController();
    loaded = param('uid');
    store.set({ loading: true });
    try {
      let trace = await ask(range);
      if (trace.truncated && !range.from && !range.to && (param('from') || param('to'))) trace = await ask({ from: param('from'), to: param('to') });
      store.set({ trace, model: buildModel(trace), error: null, loading: false, news: 0 });
      document.title = `${trace.object.kind || key.resource} ${key.name} · Tidemark`;
      pin(trace.object.uid);
      const sel = param('sel');
      if (sel && !store.state.model.byId.has(sel)) stray(sel);
    } catch (error) {
      if (error instanceof ApiError) store.set({ error, loading: false });
      else if (error.name !== 'AbortError') throw error;
    }
  }

  const ask = (range) => get(`${objectPath(key)}/trace`, { uid: loaded, view: 'tree', depth: DEPTH, ...range }, call.signal);

  /** The URL names the life it shows: the same link must not show a later one under the same name. */
  function pin(uid) {
    if (loaded || !uid) return;
    loaded = uid;
    setParams({ uid });
  }

  /** A span that the URL selects and the trace does not hold: the winner of a conflict in another life, for example. */
  async function stray(id) {
    const span = await spanById(id);
    store.set({ strays: new Map(store.state.strays).set(id, span) });
  }

  const windowOf = (model) => {
    if (movingWindow) return movingWindow;
    const from = time.parse(param('from'));
    const to = time.parse(param('to'));
    const [a, b] = model.extent;
    if (!Number.isFinite(from) && !Number.isFinite(to)) return model.extent;
    return clampWindow([Number.isFinite(from) ? from : a, Number.isFinite(to) ? to : b], model.extent);
  };

  function setWindow(win, final) {
    movingWindow = win;
    if (!final) {
      store.set({});
      return;
    }
    movingWindow = null;
    const { model, trace } = store.state;
    const whole = win[0] <= model.extent[0] && win[1] >= model.extent[1];
    setParams(whole ? { from: '', to: '' } : { from: time.iso(win[0]), to: time.iso(win[1]) });
    if (partial(trace)) load(whole ? {} : { from: time.iso(win[0]), to: time.iso(win[1]) });
    store.set({});
  }

  /** Exactly this view, for good: its time is written out, because the whole time grows while the log does. */
  function permalink() {
    const q = new URLSearchParams(location.search);
    const [from, to] = windowOf(store.state.model).map(time.iso);
    q.set('from', q.get('from') || from);
    q.set('to', q.get('to') || to);
    return `${location.origin}${location.pathname}?${q}`;
  }

  /** Rows of the timeline depend on everything in the URL but window and selection. */
  const rowsOf = remember((model, tree, all, filter) => timelineRows(model, { toggled: ids('tree'), all: ids('all'), keep: filterOf(filter).matches }));
  const select = (id, open = true) => setParams({ sel: id, panel: open ? '' : 'closed' });
  const view = () => {
    const { model } = store.state;
    return model && listing(model, { win: windowOf(model), filter: param('filter'), scope: param('scope'), folded: param('fold') !== 'off', open: ids('unfold'), sel: param('sel') });
  };

  /** While the window moves, the list below waits: a frame has no time for thousands of rows. */
  let standing = /** @type {?ReturnType<typeof listing>} */ (null);
  function listNow() {
    if (!movingWindow || !standing) standing = view();
    return standing;
  }

  function step(by) {
    const { model } = store.state;
    const list = view();
    if (!list) return;
    const visible = (spans) => fold(spans, { enabled: param('fold') !== 'off', open: ids('unfold'), keep: param('sel') }).flatMap((row) => (row.type === 'span' ? [row.span] : []));
    const steps = visible(list.all);
    const at = steps.findIndex((s) => s.spanId === param('sel'));
    const next = at < 0 ? visible(list.shown).at(by > 0 ? 0 : -1) : steps[at + by];
    if (!next) return;
    const win = windowOf(model);
    const t = startOf(next);
    const outside = t < win[0] || t > win[1];
    const moved = outside ? clampWindow([t - (win[1] - win[0]) / 2, t + (win[1] - win[0]) / 2], model.extent) : null;
    setParams({ sel: next.spanId, panel: param('panel') || (param('sel') ? '' : 'closed'), ...(moved ? { from: time.iso(moved[0]), to: time.iso(moved[1]) } : {}) });
  }

  function zoomKeys(factor) {
    const { model } = store.state;
    if (!model) return;
    const win = windowOf(model);
    const selected = model.byId.get(param('sel'));
    const middle = selected && startOf(selected) > win[0] && startOf(selected) < win[1] ? startOf(selected) : (win[0] + win[1]) / 2;
    setWindow(clampWindow(zoomed(win, middle, factor), model.extent), true);
  }

  function shift(by) {
    const { model } = store.state;
    if (!model) return;
    const win = windowOf(model);
    const d = (win[1] - win[0]) * by;
    setWindow(clampWindow([win[0] + d, win[1] + d], model.extent), true);
  }

  const unbind = bind({
    j: () => step(1),
    k: () => step(-1),
    '[': () => zoomKeys(ZOOM),
    ']': () => zoomKeys(1 / ZOOM),
    ArrowLeft: () => shift(-STEP),
    ArrowRight: () => shift(STEP),
    0: () => store.state.model && setWindow(store.state.model.extent, true),
    f: () => setParams({ fold: param('fold') === 'off' ? '' : 'off' }),
    p: () => hold(!held()),
    Enter: () => param('sel') && setParams({ panel: '' }),
    Escape: () => (param('panel') !== 'closed' && param('sel') ? setParams({ panel: 'closed' }) : setParams({ sel: '', panel: '' })),
  });

  const flip = (name, id) => {
    const set = ids(name);
    if (!set.delete(id)) set.add(id);
    setParams({ [name]: [...set].join(',') });
  };

  function draw() {
    const { model, trace, error, loading } = store.state;
    if (error && !model) {
      if (error.status === 404) drawMissing();
      else render(html`<div class="narrow">${problem(error, () => load())}</div>`, host);
      return;
    }
    if (!model) {
      render(html`<div class="object-page"><div class="object-head">${skeleton(2)}</div><div class="loading-lanes">${skeleton(9)}</div></div>`, host);
      return;
    }
    const win = windowOf(model);
    const list = listNow();
    const sel = param('sel');
    const selected = model.byId.get(sel) || store.state.strays.get(sel);
    const open = selected && param('panel') !== 'closed';
    const rows = rowsOf(model, param('tree'), param('all'), param('filter'));
    const tab = param('tab') || 'changes';
    render(html`
      <div class="object-page" ?data-open=${open}>
        ${objectHead(trace, model, { onSelect: select, permalink, command: () => traceCommand(key, { uid: param('uid'), from: param('from'), to: param('to') }), live: held() ? 'held' : store.state.live, news: store.state.news, onHold: () => hold(!held()) })}
        ${error ? problem(error, () => load()) : nothing}
        ${trace.truncated ? html`<p class="notice">Too much for one page: ${trace.omitted.spans.toLocaleString('en')} earlier spans and ${trace.omitted.objects.toLocaleString('en')} objects are not shown. Zoom in: narrower windows are loaded in full.</p>` : nothing}
        <div class="object-main">
          <div class="object-left">
            <tm-timeline class="timeline" .style=${`--rows:${rows.length}`} .view=${{ model, rows, win, sel, theme: prefs.theme }}
              @window=${(e) => setWindow(e.detail.win, e.detail.final)} @pick=${(e) => select(e.detail.spanId)}
              @toggle=${(e) => flip('tree', e.detail.id)} @more=${(e) => flip('all', e.detail.id)}></tm-timeline>
            <div class="lower">
              ${tab === 'tree'
                ? treePane(model, { tabs: tabs(tab, list, model), onOpen: (o) => go(objectHref(o, { uid: o.uid })) })
                : changesPane(list, { tabs: tabs(tab, list, model), sel, win, extent: model.extent, self: model.self.id, filter: param('filter'), scope: param('scope'), folded: param('fold') !== 'off', loading, onSelect: select, onFold: (id) => flip('unfold', id), onWhole: () => setWindow(model.extent, true) })}
            </div>
          </div>
          ${open ? detailsPane(selected, { model, key, onClose: () => setParams({ panel: 'closed' }), onSelect: select }) : nothing}
        </div>
      </div>`, host);
  }
  /** Nothing is known under this name: perhaps it is mistyped, and what resembles it is offered. */
  function drawMissing() {
    const place = host.querySelector('#missing-finder');
    if (place) return;
    render(html`<div class="narrow"><h1>No ${key.resource} <code>${key.namespace ? `${key.namespace}/` : ''}${key.name}</code> is known in cluster ${key.cluster}</h1>
      <p class="faint">Nothing in the audit log named it in the time that is kept. It appears here as soon as something does. What resembles it:</p><div id="missing-finder"></div></div>`, host);
    mountFinder(/** @type {HTMLElement} */ (host.querySelector('#missing-finder')), { id: 'missing-find', initial: key.name, onText() {}, onChoose() {} });
  }
  const onCoverage = (e) => !e.detail.error && store.state.error?.status === 0 && load();
  addEventListener('tidemark:coverage', onCoverage);

  const held = () => param('hold') === 'on';
  function hold(on) {
    setParams({ hold: on ? 'on' : '' });
    if (!on && store.state.news) load();
  }
  /** Another life under the name, something done to one of the objects shown, or a new object that one of them owns. */
  function concerns(s) {
    const { model } = store.state;
    if (!model) return true;
    if (s.object.resource === key.resource && s.object.name === key.name && s.object.namespace === key.namespace && s.object.group === key.group) return true;
    return model.ids.has(s.objectSpanId) || Boolean(s.life?.owners.some((o) => model.ids.has(o.spanId)));
  }
  const following = follow(key, {
    concerns: (s) => {
      if (!concerns(s)) return false;
      if (held()) store.set({ news: store.state.news + 1 });
      return !held();
    },
    onNews: () => load(store.state.trace && partial(store.state.trace) ? { from: param('from'), to: param('to') } : {}),
    onStatus: (live) => store.set({ live }),
  });

  draw();
  load();
  return {
    update(next) {
      const sel = next.q.get('sel');
      store.set({ route: next });
      if ((next.q.get('uid') || '') !== loaded) load();
      else if (sel && store.state.model && !store.state.model.byId.has(sel) && !store.state.strays.has(sel)) stray(sel);
    },
    redraw: draw,
    close() {
      unbind();
      removeEventListener('tidemark:coverage', onCoverage);
      following.close();
      call.abort();
      store.close();
    },
  };
}

/** Whether the answer holds less than the whole life, by its size or by its question. */
const partial = (trace) => trace.truncated || Boolean(trace.from || trace.to);

function tabs(tab, list, model) {
  const one = (id, name, n) => html`<button role="tab" aria-selected=${tab === id} @click=${() => setParams({ tab: id === 'changes' ? '' : id }, { replace: false })}>${name} <span class="tab-count">${n.toLocaleString('en')}</span></button>`;
  return html`<div class="tabs" role="tablist" aria-label="Below the timeline">${one('changes', 'What happened', list.total)}${one('tree', 'Owners and owned', model.objects.length - 1)}</div>`;
}
