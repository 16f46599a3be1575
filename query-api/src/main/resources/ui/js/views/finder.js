/** Find an object by any fragment of its name, kind, namespace, uid or label; the deleted ones as well. */

import { html, nothing, render } from '../lit.js';
import { ApiError, get } from '../api.js';
import { go, objectHref } from '../route.js';
import * as time from '../time.js';
import { kindOf } from '../spans.js';
import { openDialog } from './dialog.js';
import { problem } from './bits.js';
import * as icons from './icons.js';

/** How many are asked for, and how many of them are shown. */
const ASKED = 200;
const LIMIT = 12;
/** What people mean when they type a name, before what belongs to it. */
const FIRST_KINDS = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job', 'Service', 'ConfigMap', 'Node', 'Namespace'];
const PAUSE_MS = 80;

/** The same name first, then names that begin so, then the rest; among equals what owns comes before what is owned. The deleted are as good as the living: they are what is looked for in an incident. */
function ranked(objects, words) {
  const text = words.toLowerCase();
  const score = (o) => {
    const kind = FIRST_KINDS.indexOf(o.kind);
    const name = o.name.toLowerCase();
    const match = o.uid === words ? 0 : name === text ? 1 : name.startsWith(text) ? 2 : name.includes(text) ? 3 : 4;
    return match * 100 + (o.owners?.length ? 40 : 0) + (kind < 0 ? FIRST_KINDS.length : kind);
  };
  return objects.map((o, i) => ({ o, i, s: score(o) })).sort((a, b) => a.s - b.s || a.i - b.i).map((x) => x.o);
}

/** The finder as a layer over the page. */
export function openFinder() {
  if (document.querySelector('dialog.finder')) return;
  const layer = openDialog('Find an object', 'finder', () => html`<div class="finder-host"></div>`);
  const host = /** @type {HTMLElement} */ (layer.root.querySelector('.finder-host'));
  const finder = mountFinder(host, { id: 'layer-find', initial: '', onText: () => {}, onChoose: layer.close });
  finder.focus();
}

/**
 * @param {HTMLElement} host
 * @param {{id: string, initial: string, onText: (text: string) => void, onChoose: () => void, idle?: () => unknown}} how
 */
export function mountFinder(host, { id, initial, onText, onChoose, idle = () => nothing }) {
  let text = initial;
  let state = /** @type {{objects: any[], truncated: boolean, error: ?Error, done: string}} */ ({ objects: [], truncated: false, error: null, done: '' });
  let active = 0;
  let timer = 0;
  /** @type {?AbortController} */
  let call = null;

  const ask = async () => {
    call?.abort();
    const words = text.trim();
    if (!words) {
      state = { objects: [], truncated: false, error: null, done: '' };
      draw();
      return;
    }
    call = new AbortController();
    try {
      const answer = await get('/objects', { q: words, limit: ASKED }, call.signal);
      const best = ranked(answer.objects, words);
      state = { objects: best.slice(0, LIMIT), truncated: answer.truncated || best.length > LIMIT, error: null, done: words };
    } catch (e) {
      if (!(e instanceof ApiError)) return;
      state = { objects: [], truncated: false, error: e, done: words };
    }
    active = 0;
    draw();
  };
  const type = (e) => {
    text = e.target.value;
    onText(text);
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
    if (!text.trim()) ask();
  };
  const choose = (o) => {
    onChoose();
    go(objectHref(o, { uid: o.uid }));
  };
  const key = (e) => {
    const n = state.objects.length;
    if (e.key === '/' && !text) e.preventDefault(); // the key that leads here, pressed by somebody who is here already
    else if (e.key === 'ArrowDown' || e.key === 'ArrowUp') {
      e.preventDefault();
      active = n ? (active + (e.key === 'ArrowDown' ? 1 : n - 1)) % n : 0;
      draw();
      host.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    } else if (e.key === 'Enter' && state.objects[active]) {
      choose(state.objects[active]);
    }
  };
  const draw = () => render(template(), host);
  const template = () => html`
    <div class="find-box">
      ${icons.search}
      <input id=${id} type="search" role="combobox" autocomplete="off" spellcheck="false" .value=${text}
        placeholder="Find an object: name, kind, namespace, uid, label" aria-label="Find an object" aria-expanded=${state.objects.length > 0}
        aria-controls="${id}-list" aria-activedescendant=${state.objects.length ? `${id}-${active}` : nothing} @input=${type} @keydown=${key}>
      <kbd>↵</kbd>
    </div>
    ${state.error ? problem(state.error, ask) : nothing}
    ${state.done && !state.error ? results() : idle()}`;
  const results = () => html`<div class="find-results">
    ${state.objects.length ? list() : nothing}
    ${state.objects.length ? nothing : html`<p class="nothing">No object matches “${state.done}”. Try a shorter fragment, or <a href="/search?q=${encodeURIComponent(state.done)}" @click=${onChoose}>search all requests and Events for it</a>.</p>`}
    ${state.truncated ? html`<p class="nothing">Only the ${state.objects.length} best are shown. Type more to narrow it down.</p>` : nothing}</div>`;
  const list = () => html`
    <ul class="found" role="listbox" id="${id}-list" aria-label="Objects">
      ${state.objects.map((o, i) => html`<li role="option" id="${id}-${i}" aria-selected=${i === active} class="hit" @click=${() => choose(o)} @mousemove=${() => { if (active !== i) { active = i; draw(); } }}>
        <span class="kind">${kindOf(o)}</span>
        <span class="name"><span class="ns">${o.namespace ? `${o.namespace}/` : ''}</span>${o.name}</span>
        ${o.deleted ? html`<span class="badge gone">deleted</span>` : nothing}
        ${o.previousSpanId ? html`<span class="badge" title="There was an earlier object under the same name">recreated</span>` : nothing}
        <span class="where">${o.cluster}</span>
        <span class="faint last" title=${time.bothZones(o.lastActivity)}>${time.dateTime(time.parse(o.lastActivity))}</span>
      </li>`)}
    </ul>`;
  draw();
  if (initial) ask();
  return {
    draw,
    focus: () => /** @type {?HTMLElement} */ (host.querySelector('input'))?.focus(),
    close: () => {
      clearTimeout(timer);
      call?.abort();
    },
  };
}
