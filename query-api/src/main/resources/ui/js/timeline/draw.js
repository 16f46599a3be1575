/** Drawing of one timeline frame on a canvas. Knows pixels and colours, nothing of pages. */

import { endOf, startOf } from '../spans.js';
import { marksOf } from './marks.js';
import { clock } from '../time.js';
import { scale, ticks } from './scale.js';

export const ROW = 26;
export const AXIS = 26;
const PILL = 16;

/** @typedef {{x: number, y: number, w: number, h: number, mark?: import('./marks.js').Mark, segment?: any, row: any}} Hit */

/** Colours of the theme in effect, read once for a theme. */
export function palette() {
  const css = getComputedStyle(document.documentElement);
  const v = (name) => css.getPropertyValue(name).trim();
  const tones = ['create', 'update', 'delete', 'fail', 'none', 'dry', 'session', 'unknown', 'warn', 'normal'];
  return {
    tones: Object.fromEntries(tones.map((t) => [t, v(`--t-${t}`)])),
    surface: v('--surface'), sunken: v('--sunken'), line: v('--line'), strong: v('--line-strong'), text: v('--text'), text2: v('--text-2'), text3: v('--text-3'), accent: v('--accent'), life: v('--life'), hover: v('--hover'),
    conditions: { good: v('--cond-true'), bad: v('--cond-false'), unknown: v('--cond-unknown') },
    font: `500 10.5px ${v('--font')}`,
  };
}

/**
 * @param {CanvasRenderingContext2D} c
 * @param {{width: number, height: number, top: number, rows: any[], win: [number, number], sel: ?string, hover: ?string, cursor: ?number, guide: ?number, colours: any}} frame top: scrolled pixels; cursor, guide: times
 * @returns {Hit[]}
 */
export function drawTimeline(c, f) {
  const s = scale(f.win, f.width);
  const hits = [];
  c.clearRect(0, 0, f.width, f.height);
  drawGrid(c, f, s);
  c.save();
  c.beginPath();
  c.rect(0, AXIS, f.width, f.height - AXIS);
  c.clip();
  const first = Math.max(0, Math.floor(f.top / ROW));
  const last = Math.min(f.rows.length, Math.ceil((f.top + f.height - AXIS) / ROW));
  for (let i = first; i < last; i++) drawRow(c, f, s, f.rows[i], AXIS + i * ROW - f.top, hits);
  c.restore();
  drawGuide(c, f, s, f.guide, false);
  drawGuide(c, f, s, f.cursor, true);
  return hits;
}

/** A line through all rows: at the selected span, and under the pointer with the time written on the axis. */
function drawGuide(c, f, s, at, named) {
  if (at === null || at < f.win[0] || at > f.win[1]) return;
  const x = Math.round(s.x(at)) + 0.5;
  c.strokeStyle = named ? f.colours.strong : f.colours.accent;
  c.globalAlpha = named ? 0.9 : 0.45;
  c.setLineDash(named ? [3, 3] : []);
  c.lineWidth = 1;
  c.beginPath();
  c.moveTo(x, AXIS - 3);
  c.lineTo(x, f.height);
  c.stroke();
  c.setLineDash([]);
  c.globalAlpha = 1;
  if (!named) return;
  const text = clock(at);
  const w = c.measureText(text).width + 12;
  const left = Math.min(Math.max(0, x - w / 2), f.width - w);
  c.fillStyle = f.colours.text2;
  c.beginPath();
  c.roundRect(left, 4, w, AXIS - 9, 4);
  c.fill();
  c.fillStyle = f.colours.surface;
  c.fillText(text, left + 6, AXIS / 2);
}

function drawGrid(c, f, s) {
  c.font = f.colours.font;
  c.textBaseline = 'middle';
  c.fillStyle = f.colours.text3;
  c.strokeStyle = f.colours.line;
  c.lineWidth = 1;
  for (const t of ticks(f.win, f.width)) {
    const x = Math.round(s.x(t.at)) + 0.5;
    c.beginPath();
    c.moveTo(x, AXIS - 5);
    c.lineTo(x, f.height);
    c.stroke();
    if (x + 4 + c.measureText(t.text).width < f.width) c.fillText(t.text, x + 4, AXIS / 2);
  }
}

function drawRow(c, f, s, row, y, hits) {
  const { colours } = f;
  if (row.key === f.hover && row.type !== 'head') {
    c.globalAlpha = 0.5;
    c.fillStyle = colours.hover;
    c.fillRect(0, y, f.width, ROW);
    c.globalAlpha = 1;
  }
  c.fillStyle = colours.line;
  c.fillRect(0, y + ROW - 1, f.width, row.type === 'head' ? 1 : 0.5);
  if (row.type === 'condition') drawSegments(c, f, s, row, y, hits);
  if (row.type === 'object') drawLife(c, f, s, row.object, y);
  if (row.type === 'object' || row.type === 'lane') {
    if (row.type === 'lane') drawDurations(c, f, s, row.spans, y);
    for (const mark of marksOf(row.spans, s, f.width)) hits.push({ ...drawMark(c, f, mark, y + ROW / 2), mark, row });
  }
}

function drawLife(c, f, s, object, y) {
  const a = Math.max(-2, s.x(object.life[0]));
  const b = Math.min(f.width + 2, s.x(object.life[1]));
  if (b < 0 || a > f.width) return;
  c.fillStyle = f.colours.life;
  c.beginPath();
  c.roundRect(a, y + ROW / 2 - 4, Math.max(2, b - a), 8, 3);
  c.fill();
  if (object.ended && b <= f.width) {
    c.fillStyle = f.colours.text3;
    c.fillRect(b - 1.5, y + 6, 1.5, ROW - 12);
  }
}

function drawDurations(c, f, s, spans, y) {
  c.globalAlpha = 0.35;
  for (const span of spans) {
    const a = s.x(startOf(span));
    const b = s.x(endOf(span));
    if (b - a < 3 || b < 0 || a > f.width) continue;
    c.fillStyle = f.colours.tones.update;
    c.fillRect(Math.max(0, a), y + ROW / 2 - 2, Math.min(f.width, b) - Math.max(0, a), 4);
  }
  c.globalAlpha = 1;
}

function drawSegments(c, f, s, row, y, hits) {
  c.font = f.colours.font;
  for (const g of row.lane.segments) {
    const a = Math.max(0, s.x(g.from));
    const b = Math.min(f.width, s.x(g.to));
    if (b < 0 || a > f.width || b <= a) continue;
    const colour = f.colours.conditions[g.mood];
    c.globalAlpha = g.known ? 1 : 0.45;
    c.fillStyle = colour || f.colours.tones.session;
    if (!colour) c.globalAlpha *= 0.4;
    c.beginPath();
    c.roundRect(a, y + 6, Math.max(1.5, b - a - 1), ROW - 13, 3);
    c.fill();
    c.globalAlpha = 1;
    const width = c.measureText(g.value).width;
    if (b - a > width + 14) {
      c.fillStyle = f.colours.text;
      c.fillText(g.value, a + 7, y + ROW / 2);
    }
    hits.push({ x: a, y: y + 4, w: Math.max(3, b - a), h: ROW - 8, segment: g, row });
  }
}

function drawMark(c, f, mark, cy) {
  const selected = f.sel && mark.spans.some((s) => s.spanId === f.sel);
  c.globalAlpha = mark.quiet ? 0.6 : 1;
  const box = mark.count === 1 && mark.spans.length === 1 ? drawSign(c, f, mark.x, cy, mark.tones[0][0]) : drawPill(c, f, mark, cy);
  c.globalAlpha = 1;
  if (selected) {
    c.strokeStyle = f.colours.accent;
    c.lineWidth = 2;
    c.beginPath();
    c.roundRect(box.x - 2.5, cy - PILL / 2 - 2.5, box.w + 5, PILL + 5, 6);
    c.stroke();
  }
  return box;
}

function drawPill(c, f, mark, cy) {
  const text = mark.count > 9999 ? `${Math.round(mark.count / 1000)}k` : String(mark.count);
  c.font = f.colours.font;
  const w = Math.max(mark.w + 10, c.measureText(text).width + 12);
  const x = mark.x + mark.w / 2 - w / 2;
  c.fillStyle = f.colours.surface;
  c.strokeStyle = f.colours.tones[mark.lead];
  c.lineWidth = 1.5;
  c.beginPath();
  c.roundRect(x, cy - PILL / 2, w, PILL, 5);
  c.fill();
  c.stroke();
  let at = x + 3;
  for (const [tone, n] of mark.tones) {
    const part = ((w - 6) * n) / mark.count;
    c.fillStyle = f.colours.tones[tone];
    c.fillRect(at, cy + PILL / 2 - 4, part, 2.5);
    at += part;
  }
  c.fillStyle = f.colours.text;
  c.textAlign = 'center';
  c.fillText(text, x + w / 2, cy - 0.5);
  c.textAlign = 'start';
  return { x, y: cy - PILL / 2, w, h: PILL };
}

/** Shapes say what colours say: triangle up, disc, square, cross, ring, diamond. */
function drawSign(c, f, x, cy, tone) {
  c.fillStyle = c.strokeStyle = f.colours.tones[tone];
  c.lineWidth = 2;
  c.beginPath();
  if (tone === 'create') poly(c, [[x, cy - 6], [x + 6, cy + 5], [x - 6, cy + 5]]);
  else if (tone === 'delete') c.rect(x - 5, cy - 5, 10, 10);
  else if (tone === 'warn' || tone === 'normal') poly(c, [[x, cy - 6], [x + 6, cy], [x, cy + 6], [x - 6, cy]]);
  else if (tone === 'session') c.roundRect(x - 6, cy - 4, 12, 8, 2);
  else if (tone !== 'fail') c.arc(x, cy, tone === 'update' ? 5 : 4, 0, 7);
  if (tone === 'fail') {
    c.moveTo(x - 4.5, cy - 4.5);
    c.lineTo(x + 4.5, cy + 4.5);
    c.moveTo(x + 4.5, cy - 4.5);
    c.lineTo(x - 4.5, cy + 4.5);
    c.lineWidth = 2.6;
    c.stroke();
  } else if (['none', 'dry', 'unknown', 'normal'].includes(tone)) {
    if (tone === 'dry') c.setLineDash([2, 2]);
    c.lineWidth = 1.6;
    c.fillStyle = f.colours.surface;
    c.fill();
    c.stroke();
    c.setLineDash([]);
  } else c.fill();
  return { x: x - 7, y: cy - 7, w: 14, h: 14 };
}

function poly(c, points) {
  points.forEach(([x, y], i) => (i ? c.lineTo(x, y) : c.moveTo(x, y)));
  c.closePath();
}
