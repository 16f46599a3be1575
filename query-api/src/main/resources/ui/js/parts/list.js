/** A list of any length with rows of one height: only rows in view exist. Column headings stay outside. */

import { html, render, repeat } from '../lit.js';

const ROW = 30;
const SPARE = 6;

class ListElement extends HTMLElement {
  #view = null;
  #scheduled = 0;
  #shownFocus = '';

  connectedCallback() {
    if (this.firstChild) return;
    this.innerHTML = '<div class="list-space"></div><div class="list-rows" role="presentation"></div>';
    this.space = /** @type {HTMLElement} */ (this.firstChild);
    this.rows = /** @type {HTMLElement} */ (this.lastChild);
    this.addEventListener('scroll', () => this.#schedule(), { passive: true });
    this.resizes = new ResizeObserver(() => this.#schedule());
    this.resizes.observe(this);
  }

  disconnectedCallback() {
    this.resizes?.disconnect();
  }

  /** @param {{items: any[], key: (item: any) => string, row: (item: any, i: number) => unknown, focus?: string, atEnd?: () => void}} view focus: key of the row kept in view */
  set view(view) {
    this.#view = view;
    this.#schedule();
  }

  #schedule() {
    if (!this.#scheduled) this.#scheduled = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#scheduled = 0;
    const v = this.#view;
    if (!v || !this.isConnected) return;
    this.space.style.height = `${v.items.length * ROW}px`;
    if ((v.focus || '') !== this.#shownFocus) this.#follow(v);
    const first = Math.max(0, Math.floor(this.scrollTop / ROW) - SPARE);
    const last = Math.min(v.items.length, Math.ceil((this.scrollTop + this.clientHeight) / ROW) + SPARE);
    const part = v.items.slice(first, last).map((item, i) => ({ item, i: first + i }));
    render(html`${repeat(part, (p) => v.key(p.item), (p) => v.row(p.item, p.i))}`, this.rows);
    this.rows.style.transform = `translateY(${first * ROW}px)`;
    if (v.atEnd && last >= v.items.length && v.items.length) v.atEnd();
  }

  #follow(v) {
    this.#shownFocus = v.focus || '';
    const at = v.focus ? v.items.findIndex((item) => v.key(item) === v.focus) : -1;
    if (at < 0) return;
    const top = at * ROW;
    if (top < this.scrollTop) this.scrollTop = Math.max(0, top - ROW);
    else if (top + ROW > this.scrollTop + this.clientHeight) this.scrollTop = top - this.clientHeight + 2 * ROW;
  }
}

customElements.define('tm-list', ListElement);
