/**
 * The timeline element: labels as HTML, marks on a canvas, both virtualised. It holds no state of its own but the
 * window while it moves; it tells what was asked for by events:
 * "window" {win, final}, "pick" {spanId}, "toggle" {id}, "more" {id}, "visit" {object}.
 */

import { html, nothing, render, repeat } from '../lit.js';
import { objectHref } from '../route.js';
import { startOf } from '../spans.js';
import { AXIS, ROW, drawTimeline, palette } from './draw.js';
import { Overview } from './overview.js';
import { clampWindow, scale, zoomed } from './scale.js';
import { tooltip } from './tooltip.js';
import { followPointer } from './pointer.js';

class TimelineElement extends HTMLElement {
  #view = null;
  #win = /** @type {[number, number]} */ ([0, 1]);
  #hits = [];
  #colours = null;
  #hover = null;
  #cursor = /** @type {?number} */ (null);
  #scheduled = 0;
  #overview = /** @type {any} */ (null);

  connectedCallback() {
    if (this.firstChild) return;
    this.innerHTML = `<div class="tl-head"><div class="tl-corner"></div><canvas class="tl-overview" aria-hidden="true"></canvas></div>
      <div class="tl-scroll" tabindex="-1"><div class="tl-space"></div><div class="tl-stick"><div class="tl-labels"></div>
      <canvas class="tl-canvas" role="img"></canvas><div class="tl-tip" role="status" hidden></div></div></div>`;
    this.scroll_ = this.querySelector('.tl-scroll');
    this.canvas = this.querySelector('.tl-canvas');
    this.labels = this.querySelector('.tl-labels');
    this.tip = this.querySelector('.tl-tip');
    this.#overview = new Overview(this.querySelector('.tl-overview'), (win, final) => this.move(win, final));
    this.scroll_.addEventListener('scroll', () => this.#schedule(), { passive: true });
    followPointer(this, this.canvas);
    this.resizes = new ResizeObserver(() => this.#schedule());
    this.resizes.observe(this);
  }

  disconnectedCallback() {
    this.resizes?.disconnect();
  }

  /** @param {{model: any, rows: any[], win: [number, number], sel: ?string, theme: string}} view */
  set view(view) {
    if (this.#view?.theme !== view.theme) this.#colours = null;
    this.#view = view;
    this.#win = view.win;
    this.#schedule();
  }

  get extent() {
    return this.#view?.model.extent ?? [0, 1];
  }

  get win() {
    return this.#win;
  }

  /** @param {[number, number]} win @param {boolean} final */
  move(win, final) {
    this.#win = clampWindow(win, this.extent);
    this.#schedule();
    this.tell('window', { win: this.#win, final });
  }

  zoom(at, factor) {
    this.move(zoomed(this.#win, at, factor), false);
  }

  tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  /** The time under a horizontal position on the canvas. */
  timeAt(x) {
    return scale(this.#win, this.canvas.clientWidth).ms(x);
  }

  hitAt(x, y) {
    return this.#hits.findLast((h) => x >= h.x - 1 && x <= h.x + h.w + 1 && y >= h.y - 2 && y <= h.y + h.h + 2) ?? null;
  }

  /** What is under the pointer; y is negative when it has left. @param {?any} hit @param {number} x @param {number} y */
  point(hit, x, y) {
    this.#cursor = y < 0 ? null : this.timeAt(x);
    this.#schedule();
    const row = this.#view?.rows[Math.floor((y - AXIS + this.scroll_.scrollTop) / ROW)];
    const key = row && y > AXIS ? row.key : null;
    this.#hover = key;
    this.canvas.dataset.hit = hit ? 'true' : 'false';
    this.tip.hidden = !hit;
    if (!hit) return;
    render(tooltip(hit), this.tip);
    this.#placeTip(hit);
  }

  /** Below what it tells of, or above it where the window ends. */
  #placeTip(hit) {
    const box = this.canvas.getBoundingClientRect();
    const { offsetWidth: w, offsetHeight: h } = this.tip;
    const visible = Math.min(Math.max(hit.x, 0) + hit.w / 2, box.width);
    const left = Math.min(Math.max(8, box.left + visible - w / 2), innerWidth - w - 8);
    const below = box.top + hit.y + hit.h + 8;
    const top = below + h > innerHeight ? box.top + hit.y - h - 8 : below;
    this.tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
  }

  #guide(v) {
    const selected = v.sel && v.model.byId.get(v.sel);
    return selected ? startOf(selected) : null;
  }

  #schedule() {
    if (!this.#scheduled) this.#scheduled = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#scheduled = 0;
    const v = this.#view;
    if (!v || !this.isConnected) return;
    this.#colours ??= palette();
    const height = this.scroll_.clientHeight;
    const width = Math.max(50, this.scroll_.clientWidth - this.labels.clientWidth);
    const ratio = devicePixelRatio || 1;
    const space = /** @type {HTMLElement} */ (this.querySelector('.tl-space'));
    space.style.height = `${AXIS + v.rows.length * ROW}px`;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== w || this.canvas.height !== h) {
      this.canvas.width = w;
      this.canvas.height = h;
    }
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    const c = this.canvas.getContext('2d');
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    const top = this.scroll_.scrollTop;
    this.#hits = drawTimeline(c, { width, height, top, rows: v.rows, win: this.#win, sel: v.sel, hover: this.#hover, cursor: this.#cursor, guide: this.#guide(v), colours: this.#colours });
    this.canvas.setAttribute('aria-label', `Timeline with ${v.rows.length} rows; the list below holds the same changes as text`);
    this.#overview.draw({ objects: v.model.objects, extent: v.model.extent, win: this.#win, width, colours: this.#colours, ratio });
    this.#drawLabels(v.rows, top, height);
  }

  #drawLabels(rows, top, height) {
    const first = Math.max(0, Math.floor(top / ROW));
    const last = Math.min(rows.length, Math.ceil((top + height) / ROW));
    const visible = rows.slice(first, last).map((row, i) => ({ row, y: AXIS + (first + i) * ROW - top }));
    render(html`<div class="tl-axis-label"></div>${repeat(visible, (r) => r.row.key, (r) => this.#label(r.row, r.y))}`, this.labels);
  }

  #label(row, y) {
    const at = `transform:translateY(${y}px)`;
    const hovered = row.key === this.#hover;
    if (row.type === 'head') return html`<div class="tl-label head" .style=${at}>${row.label}</div>`;
    if (row.type === 'more') {
      return html`<div class="tl-label" .style=${at}><button class="tl-more" .style=${indent(row.depth)} @click=${() => this.tell('more', { id: row.parent.id })}>${row.label}</button></div>`;
    }
    if (row.type === 'object') return this.#objectLabel(row, at, hovered);
    return html`<div class="tl-label ${row.type}" ?data-hover=${hovered} .style=${at}><span class="tl-name">${row.label}</span>${row.type === 'lane' ? html`<span class="tl-count">${row.count}</span>` : nothing}</div>`;
  }

  #objectLabel(row, at, hovered) {
    const { object } = row.object.span;
    return html`<div class="tl-label object" ?data-hover=${hovered} ?data-gone=${row.gone} .style=${at}>
      ${row.below
        ? html`<button class="tl-twist" .style=${indent(row.depth)} aria-expanded=${row.open} aria-label="${row.open ? 'Hide' : 'Show'} what ${row.label} owns" @click=${() => this.tell('toggle', { id: row.object.id })}></button>`
        : html`<span class="tl-twist none" .style=${indent(row.depth)}></span>`}
      <a href=${objectHref(object, { uid: object.uid })} title="${row.kind} ${object.namespace}/${row.label}${row.gone ? ' (deleted)' : ''}"><span class="kind">${row.kind}</span> <span class="tl-name">${row.label}</span></a>
      ${row.below && !row.open ? html`<span class="tl-count" title="${row.below} owned objects are folded">${row.below}</span>` : nothing}</div>`;
  }
}

const indent = (depth) => `margin-left:${depth * 14}px`;

customElements.define('tm-timeline', TimelineElement);
