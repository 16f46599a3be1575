/** The bar above a timeline: how much happened over the whole extent, and which window is shown. */

import { noiseOf } from '../fold.js';
import { startOf, tone } from '../spans.js';
import { clampWindow, scale } from './scale.js';

const HEIGHT = 40;
const BUCKET_PX = 4;
const GRIP_PX = 7;
const CLICK_PX = 4;

export class Overview {
  /** @param {HTMLCanvasElement} canvas @param {(win: [number, number], final: boolean) => void} onWindow */
  constructor(canvas, onWindow) {
    this.canvas = canvas;
    this.onWindow = onWindow;
    this.frame = null;
    canvas.addEventListener('pointerdown', (e) => this.#down(e));
    canvas.addEventListener('pointermove', (e) => this.#cursor(e));
    canvas.addEventListener('dblclick', () => this.frame && onWindow(this.frame.extent, true));
  }

  /** @param {{objects: {spans: any[]}[], extent: [number, number], win: [number, number], width: number, colours: any, ratio: number}} frame */
  draw(frame) {
    this.frame = frame;
    const { canvas } = this;
    const [w, h] = [Math.round(frame.width * frame.ratio), HEIGHT * frame.ratio];
    if (canvas.width !== w || canvas.height !== h) Object.assign(canvas, { width: w, height: h });
    const c = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    c.setTransform(frame.ratio, 0, 0, frame.ratio, 0, 0);
    c.clearRect(0, 0, frame.width, HEIGHT);
    c.drawImage(this.#histogram(frame), 0, 0, frame.width, HEIGHT);
    const s = scale(frame.extent, frame.width);
    const [a, b] = [s.x(frame.win[0]), s.x(frame.win[1])];
    c.fillStyle = frame.colours.sunken;
    c.globalAlpha = 0.72;
    c.fillRect(0, 0, a, HEIGHT);
    c.fillRect(b, 0, frame.width - b, HEIGHT);
    c.globalAlpha = 1;
    c.strokeStyle = frame.colours.accent;
    c.lineWidth = 1;
    c.strokeRect(a + 0.5, 0.5, Math.max(2, b - a - 1), HEIGHT - 1);
    c.fillStyle = frame.colours.accent;
    for (const x of [a, b]) {
      c.beginPath();
      c.roundRect(Math.min(Math.max(0, x - 2.5), frame.width - 5), HEIGHT / 2 - 8, 5, 16, 2);
      c.fill();
    }
  }

  /** The bars, drawn once for as long as nothing but the window changes. */
  #histogram(frame) {
    const old = this.cache;
    if (old && old.objects === frame.objects && old.width === frame.width && old.colours === frame.colours && old.ratio === frame.ratio) return old.image;
    const image = document.createElement('canvas');
    image.width = Math.round(frame.width * frame.ratio);
    image.height = HEIGHT * frame.ratio;
    const c = /** @type {CanvasRenderingContext2D} */ (image.getContext('2d'));
    c.scale(frame.ratio, frame.ratio);
    this.#bars(c, frame);
    this.cache = { ...frame, image };
    return image;
  }

  #bars(c, { objects, extent, width, colours }) {
    const n = Math.max(1, Math.floor(width / BUCKET_PX));
    const all = new Uint32Array(n);
    const bad = new Uint32Array(n);
    const s = scale(extent, n);
    for (const o of objects) {
      for (const span of o.spans) {
        const i = Math.min(n - 1, Math.max(0, Math.floor(s.x(startOf(span)))));
        all[i]++;
        const t = tone(span);
        if ((t === 'fail' && !noiseOf(span)) || t === 'warn') bad[i]++;
      }
    }
    const most = Math.max(1, ...all);
    const h = (v) => (v ? Math.max(2, Math.sqrt(v / most) * (HEIGHT - 8)) : 0);
    for (let i = 0; i < n; i++) {
      c.fillStyle = colours.tones.update;
      c.globalAlpha = 0.55;
      c.fillRect(i * BUCKET_PX, HEIGHT - h(all[i]), BUCKET_PX - 1, h(all[i]));
      c.globalAlpha = 1;
      c.fillStyle = colours.tones.fail;
      const part = bad[i] ? Math.max(2, (h(all[i]) * bad[i]) / all[i]) : 0;
      c.fillRect(i * BUCKET_PX, HEIGHT - part, BUCKET_PX - 1, part);
    }
  }

  #part(x) {
    const s = scale(this.frame.extent, this.frame.width);
    const [a, b] = this.frame.win.map(s.x);
    if (Math.abs(x - a) < GRIP_PX) return 'from';
    if (Math.abs(x - b) < GRIP_PX) return 'to';
    const whole = b - a > this.frame.width - 4;
    return x > a && x < b && !whole ? 'move' : 'new';
  }

  #cursor(e) {
    if (!this.frame || e.buttons) return;
    const part = this.#part(e.offsetX);
    this.canvas.dataset.part = part;
  }

  #down(e) {
    if (!this.frame || e.button) return;
    const part = this.#part(e.offsetX);
    const start = e.offsetX;
    const { extent, width, win } = this.frame;
    const s = scale(extent, width);
    this.canvas.setPointerCapture(e.pointerId);
    let latest = win;
    const move = (m) => {
      const d = s.ms(m.offsetX) - s.ms(start);
      if (part === 'move') latest = [win[0] + d, win[1] + d];
      else if (part === 'from') latest = [Math.min(win[0] + d, win[1] - 1), win[1]];
      else if (part === 'to') latest = [win[0], Math.max(win[1] + d, win[0] + 1)];
      else if (Math.abs(m.offsetX - start) > CLICK_PX) latest = [s.ms(Math.min(start, m.offsetX)), s.ms(Math.max(start, m.offsetX))];
      latest = clampWindow(/** @type {[number, number]} */ (latest), extent);
      this.onWindow(latest, false);
    };
    const up = () => {
      this.canvas.removeEventListener('pointermove', move);
      this.onWindow(latest, true);
    };
    this.canvas.addEventListener('pointermove', move);
    this.canvas.addEventListener('pointerup', up, { once: true });
  }
}
