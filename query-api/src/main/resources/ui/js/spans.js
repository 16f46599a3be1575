/** What a span means to a reader: tone, actor, title, one-line summary. Pure functions over the API's spans. */

import { shortUser } from './agents.js';
import { describeNew, summarise } from './diff.js';
import { parse } from './time.js';

/** @typedef {import('./types.js').Span} Span */
/** @typedef {'create'|'update'|'delete'|'fail'|'none'|'dry'|'session'|'warn'|'normal'|'unknown'} Tone */

/** @type {Record<string, Tone>} */
const TONES = {
  CREATED: 'create',
  UPDATED: 'update',
  ACCEPTED: 'update',
  DELETION_STARTED: 'delete',
  DELETED: 'delete',
  COLLECTION_DELETED: 'delete',
  NO_CHANGE: 'none',
  DRY_RUN: 'dry',
  SESSION: 'session',
  ISSUED: 'session',
  FAILED: 'fail',
  UNKNOWN: 'unknown',
};

/** Words for tones; the order is the one of legends. @type {Record<Tone, string>} */
export const TONE_NAMES = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  fail: 'failed',
  none: 'no change',
  dry: 'dry run',
  session: 'session',
  unknown: 'unknown',
  warn: 'Warning',
  normal: 'Normal',
};

/** Words for effects as the API names them. */
export const EFFECT_NAMES = {
  CREATED: 'created',
  UPDATED: 'updated',
  ACCEPTED: 'accepted',
  DELETION_STARTED: 'deletion started',
  DELETED: 'deleted',
  COLLECTION_DELETED: 'collection deleted',
  NO_CHANGE: 'no change',
  DRY_RUN: 'dry run',
  SESSION: 'session',
  ISSUED: 'token issued',
  FAILED: 'failed',
  UNKNOWN: 'effect unknown',
};

/** @param {Span} s */
export function effectOf(s) {
  return s.request?.effect ?? s.item?.effect ?? '';
}

/** @param {Span} s @returns {Tone} */
export function tone(s) {
  if (s.kind === 'EVENT') return s.event?.type === 'Normal' ? 'normal' : 'warn';
  return TONES[effectOf(s)] ?? 'unknown';
}

/** The user whose rights counted: the impersonated one, if any. @param {Span} s */
export function actor(s) {
  return s.request?.impersonated || s.request?.user || s.item?.user || s.event?.reporter || '';
}

/** @param {Span} s */
export function agent(s) {
  return s.request?.userAgent ?? s.item?.userAgent ?? '';
}

/** @param {Span} s */
export function verb(s) {
  if (s.kind === 'EVENT') return s.event?.reason || 'Event';
  if (s.kind === 'ITEM') return 'deletecollection';
  const r = s.request;
  return r ? (r.subresource ? `${r.verb}/${r.subresource}` : r.verb) : s.kind.toLowerCase();
}

/** Parsed once for each span: a timeline asks thousands of times in each frame. @type {WeakMap<Span, [number, number]>} */
const times = new WeakMap();

function timesOf(s) {
  let t = times.get(s);
  if (!t) {
    const start = parse(s.start);
    t = [start, s.end ? parse(s.end) : start];
    times.set(s, t);
  }
  return t;
}

/** @param {Span} s */
export const startOf = (s) => timesOf(s)[0];

/** @param {Span} s the end, or the start where it has none */
export const endOf = (s) => timesOf(s)[1];

/** Events tell their time in whole seconds, cut off. @param {Span} s */
export const inSeconds = (s) => s.kind === 'EVENT' && /:\d\d(?:\.0+)?Z$/.test(s.start);

/** Where a span stands in a list: an Event that tells only its second comes after what was done in that second. @param {Span} s */
export const orderOf = (s) => startOf(s) + (inSeconds(s) ? 999.999 : 0);

/** @param {import('./types.js').ObjectIdentity} o */
export const kindOf = (o) => o.kind || o.resource || 'Object';

/** The long kinds as kubectl shortens them. @type {Record<string, string>} */
const SHORT_KINDS = {
  HorizontalPodAutoscaler: 'HPA', PodDisruptionBudget: 'PDB', PersistentVolumeClaim: 'PVC', PersistentVolume: 'PV', CustomResourceDefinition: 'CRD',
  ValidatingWebhookConfiguration: 'ValidatingWebhook', MutatingWebhookConfiguration: 'MutatingWebhook',
};

/** Where there is little room; beside it, the whole kind is in a tooltip. @param {import('./types.js').ObjectIdentity} o */
export const shortKind = (o) => SHORT_KINDS[kindOf(o)] || kindOf(o);

/** One line that says what happened. @param {Span} s */
export function summary(s) {
  if (s.kind === 'EVENT') return s.event.message || s.event.reason;
  if (s.kind === 'ITEM') return s.item.effectReason || 'removed as part of a deletecollection';
  const r = s.request;
  if (!r) return '';
  if (r.effect === 'FAILED') return failure(r);
  if (r.effect === 'CREATED') return ['created', describeNew(r.changes || []), r.target].filter(Boolean).join(': ');
  if (r.effect === 'DELETED' || r.effect === 'DELETION_STARTED') return [EFFECT_NAMES[r.effect], r.effectReason, r.target].filter(Boolean).join(' · ');
  const changes = summarise(r.changes || [], r.changesOmitted);
  const notes = [changes ? '' : r.effectReason, r.target];
  const text = [changes, ...notes].filter(Boolean).join(' · ');
  if (text) return r.effect === 'DRY_RUN' ? `dry run: ${text}` : text;
  if (r.effect === 'COLLECTION_DELETED') return r.items >= 0 ? `${r.items} objects removed` : 'objects of a collection removed';
  return EFFECT_NAMES[r.effect] ?? '';
}

/** The API server repeats the object's name in its messages; the reader knows it already. */
function failure(r) {
  const text = (r.message || '').replace(/^Operation cannot be fulfilled on \S+ "[^"]*": /, '').replace(/^\S+ "[^"]*" is (forbidden|invalid): /, '');
  if (r.winner) return `${shortUser(r.winner.user)} wrote version ${r.winner.resourceVersion} first`;
  return text || r.reason || `HTTP ${r.code}`;
}

/** Whether it says which version of the object it dealt with is certain. @param {Span} s */
export function certainty(s) {
  const r = s.request;
  if (!r || !(r.changes?.length > 0)) return null;
  return r.exact ? 'exact' : 'inexact';
}
