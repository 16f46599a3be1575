/** Times: parsing with microseconds, and how they are written. Numbers are milliseconds since the epoch, fractions allowed. */

import { prefs } from './prefs.js';

/** @param {?string} text RFC 3339, UTC */
export function parse(text) {
  if (!text) return NaN;
  const dot = text.indexOf('.');
  if (dot < 0) return Date.parse(text);
  const digits = text.slice(dot + 1).replace(/\D.*$/, '');
  return Date.parse(text.slice(0, dot) + 'Z') + Number(`0.${digits}`) * 1000;
}

/** RFC 3339 with microseconds, as the API takes it. @param {number} ms */
export function iso(ms) {
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1000);
  const base = new Date(micros === 1000 ? whole + 1 : whole).toISOString().slice(0, -1);
  return `${base}${String(micros % 1000).padStart(3, '0')}Z`;
}

const pad = (n, w = 2) => String(n).padStart(w, '0');

function parts(ms, utc = prefs.utc) {
  const d = new Date(ms);
  return utc
    ? { y: d.getUTCFullYear(), mo: d.getUTCMonth() + 1, d: d.getUTCDate(), h: d.getUTCHours(), mi: d.getUTCMinutes(), s: d.getUTCSeconds(), ms: d.getUTCMilliseconds() }
    : { y: d.getFullYear(), mo: d.getMonth() + 1, d: d.getDate(), h: d.getHours(), mi: d.getMinutes(), s: d.getSeconds(), ms: d.getMilliseconds() };
}

/** 08:17:47.079 in the chosen zone. @param {number} ms */
export function clock(ms, millis = true) {
  if (!Number.isFinite(ms)) return '–';
  const p = parts(ms);
  return `${pad(p.h)}:${pad(p.mi)}:${pad(p.s)}${millis ? '.' + pad(p.ms, 3) : ''}`;
}

/** Whether a time lies on the present day of the zone in use. @param {number} ms */
export const isToday = (ms) => day(ms) === day(Date.now());

/** 2026-11-23. @param {number} ms */
export function day(ms) {
  const p = parts(ms);
  return `${p.y}-${pad(p.mo)}-${pad(p.d)}`;
}

/** 2026-11-23 08:17:47 in the chosen zone. @param {number} ms */
export function dateTime(ms, millis = false) {
  return Number.isFinite(ms) ? `${day(ms)} ${clock(ms, millis)}` : '–';
}

/** Both zones and the exact value, for tooltips. @param {?string} text */
export function bothZones(text) {
  const ms = parse(text);
  if (!Number.isFinite(ms)) return '';
  const local = new Date(ms).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
  return `${text}\nlocal: ${local}\n${ago(ms)}`;
}

/** @param {number} ms */
export function ago(ms, now = Date.now()) {
  const d = now - ms;
  return d < 0 ? `in ${span(-d)}` : d < 1500 ? 'just now' : `${span(d)} ago`;
}

/** A length of time in at most two units: 8.2 s, 3 m 12 s, 2 h 5 m. @param {number} ms */
export function span(ms) {
  if (!Number.isFinite(ms)) return '–';
  if (ms < 1) return `${Math.round(ms * 1000)} µs`;
  if (ms < 1000) return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 60) return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  const m = Math.floor(s / 60);
  if (m < 60) return Math.round(s % 60) ? `${m} m ${Math.floor(s % 60)} s` : `${m} m`;
  const h = Math.floor(m / 60);
  if (h < 48) return m % 60 ? `${h} h ${m % 60} m` : `${h} h`;
  const d = Math.floor(h / 24);
  return h % 24 ? `${d} d ${h % 24} h` : `${d} d`;
}

/** PT168H becomes 7 d. @param {?string} text ISO 8601 duration */
export function isoDuration(text) {
  const m = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text || '');
  if (!m) return text || '–';
  const ms = ((Number(m[1] || 0) * 24 + Number(m[2] || 0)) * 60 + Number(m[3] || 0)) * 60000 + Number(m[4] || 0) * 1000;
  return span(ms);
}

/** The label of the zone in use. */
export function zone() {
  return prefs.utc ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone || 'local';
}
