/** A keyspace as it is written: the keys of one topic, live or from a past revision on, each with what changed. */

import { html, live, nothing, render, repeat } from '../lit.js';
import { copyButton } from './bits.js';
import { bind } from '../keys.js';
import { setParams } from '../route.js';
import { createStore } from '../store.js';
import { diffView } from './diffview.js';
import { keyspaces, pathOf, rangeOf, topic, topicUrl } from '../topic.js';
import * as icons from './icons.js';

/** How many events are kept; the oldest leave first, and that is said. */
const KEPT = 500;
const PAUSE_MS = 350;
const SUMMARY = 120;

/** @param {HTMLElement} host @param {import('../route.js').Route} route @returns {import('../main.js').Page} */
export function watchPage(host, route) {
  document.title = 'Watch · Tidemark';
  const store = createStore({ route, names: [], events: [], waiting: [], dropped: 0, revision: 0, behind: false, status: 'connecting', problem: null }, draw);
  const param = (name) => store.state.route.q.get(name) || '';
  const paused = () => param('hold') === 'on';
  let stream = null;
  let followed = '';
  let timer = 0;
  let number = 0;
  let typed = {};

  const params = () => ({ ...rangeOf(param('what')), selector: param('selector'), filter: param('filter'), since: param('since'), view: 'diff' });
  const url = () => topicUrl(param('keyspace') || 'default', params());

  /** A server that was started again may serve other keyspaces than the one before. */
  const list = () => keyspaces().then((all) => store.set({ names: all.map((k) => k.name) }), () => {});

  function connect() {
    followed = url();
    stream?.close();
    stream = topic(followed, {
      onEvent: add,
      onStatus(status, problem = null) {
        store.set({ status, problem });
        if (status !== 'connecting' && status !== 'lost') list();
      },
    });
  }

  function add({ name, data }) {
    if (name === 'notice') store.set({ behind: data.state === 'behind' });
    const revision = Math.max(store.state.revision, data.revision || 0);
    if (name !== 'put' && name !== 'delete') return store.set({ revision });
    const event = { id: ++number, name, data };
    const s = store.state;
    if (paused()) store.set({ revision, waiting: keep([event, ...s.waiting]) });
    else store.set({ revision, events: keep([event, ...s.events]) });
  }

  function keep(events) {
    if (events.length > KEPT) store.set({ dropped: store.state.dropped + events.length - KEPT });
    return events.slice(0, KEPT);
  }

  const toggle = () => {
    if (paused()) store.set({ events: keep([...store.state.waiting, ...store.state.events]), waiting: [] });
    setParams({ hold: paused() ? '' : 'on' });
  };
  const later = (name) => (e) => {
    typed[name] = e.target.value;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const all = Object.fromEntries(Object.entries(typed).map(([field, text]) => [field, text.trim()]));
      typed = {};
      setParams(all);
    }, PAUSE_MS);
  };
  const step = (by) => {
    const rows = [...host.querySelectorAll('.written > summary')];
    const at = rows.indexOf(document.activeElement);
    rows[Math.min(rows.length - 1, Math.max(0, at + by))]?.focus();
  };
  const unbind = bind({ p: toggle, j: () => step(1), k: () => step(-1) });

  function draw() {
    const s = store.state;
    const on = paused();
    const names = s.names.length ? s.names : [param('keyspace') || 'default'];
    render(html`<div class="search-page watch">
      <div class="search-head"><h1>Watch</h1><span class="status ${on ? 'paused' : s.status}" role="status">${on ? 'paused' : s.behind ? 'catching up…' : STATUS[s.status]}</span>
        ${s.revision ? html`<span class="rate">revision <b>${s.revision.toLocaleString('en')}</b></span>` : nothing}
        <button class="chip" aria-pressed=${on} @click=${toggle}>${on ? icons.play : icons.pause}${on ? 'Resume' : 'Pause'} <kbd>p</kbd></button>
        ${s.waiting.length ? html`<button class="chip new" @click=${toggle}>${s.waiting.length.toLocaleString('en')} new</button>` : nothing}</div>
      <div class="search-bar">
        <label class="inline">keyspace <select aria-label="Keyspace" @change=${(e) => setParams({ keyspace: e.target.value })}>${names.map((k) => html`<option .selected=${k === (param('keyspace') || 'default')}>${k}</option>`)}</select></label>
        <input type="search" aria-label="Keys or objects" placeholder="/a/prefix, or pods/shop" .value=${live(typed.what ?? param('what'))} @input=${later('what')}>
        <label class="inline">labels <input type="search" aria-label="Label selector" placeholder="app=web" .value=${live(typed.selector ?? param('selector'))} @input=${later('selector')}></label>
        <label class="inline">filter <input type="search" class="expression" aria-label="Filter expression" placeholder="object.spec.replicas > 1" .value=${live(typed.filter ?? param('filter'))} @input=${later('filter')}></label>
        <label class="inline">since <input type="search" aria-label="Since revision or time" placeholder="now" list="since" .value=${live(typed.since ?? param('since'))} @input=${later('since')}><datalist id="since"><option>oldest</option><option>15m</option><option>1h</option></datalist></label>
        ${copyButton(() => `curl -N '${location.origin}${url()}'`, 'Copy the command that asks the same', html`${icons.terminal}<span>Copy as curl</span>`, 'chip')}</div>
      ${s.problem ? html`<div class="problem" role="alert"><strong>${s.problem.title}</strong> ${s.problem.detail}</div>` : nothing}
      <section class="events" aria-label="Events">${repeat(s.events, (e) => e.id, written)}
        ${s.events.length || s.problem ? nothing : html`<p class="nothing">Nothing was written to these keys since this page was opened. What is written appears here at once.</p>`}</section>
      <div class="lower-foot"><span><b>${s.events.length.toLocaleString('en')}</b> shown</span>${s.dropped ? html`<span>${s.dropped.toLocaleString('en')} older ones left this page; ask for them with since</span>` : nothing}</div></div>`, host);
  }

  draw();
  connect();
  return {
    update(next) {
      store.set({ route: next });
      if (url() === followed) return;
      store.set({ events: [], waiting: [], dropped: 0, revision: 0, behind: false, problem: null });
      connect();
    },
    redraw: draw,
    close() {
      unbind();
      clearTimeout(timer);
      stream?.close();
      store.close();
    },
  };
}

const STATUS = { connecting: 'connecting…', open: 'live', lost: 'connection lost, trying again…', refused: 'refused' };

function written({ name, data }) {
  const key = data.key ?? `base64:${data.keyBase64}`;
  const cut = key.lastIndexOf('/') + 1;
  return html`<details class="written ${name}">
    <summary><span class="rev">${data.revision.toLocaleString('en')}</span><span class="what">${what(name, data)}</span>
      <code class="key" title=${key}><span class="faint">${key.slice(0, cut)}</span><b>${key.slice(cut)}</b></code><span class="short">${summary(data)}</span></summary>
    ${data.changes?.length ? diffView(data.changes.map((c) => ({ ...c, path: pathOf(c.path) || 'value' }))) : html`<pre>${whole(data)}</pre>`}
  </details>`;
}

const what = (name, data) => (name === 'delete' ? (data.left ? 'left' : 'deleted') : data.version === 1 ? 'created' : 'changed');

function summary(data) {
  if (data.masked) return 'masked';
  if (data.changes) return data.changes.length ? data.changes.map((c) => pathOf(c.path) || 'value').join(', ').slice(0, SUMMARY) : 'nothing that is shown';
  const value = data.object ?? data.value ?? data.valueBase64 ?? '';
  return (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, SUMMARY);
}

function whole(data) {
  if (data.masked) return 'A Secret; its contents are not shown.';
  const value = data.object ?? data.value ?? data.valueBase64;
  if (value === undefined) return JSON.stringify(data, null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}
