/** Filters of search and live as chips; each is a parameter of the URL and of the API. */

import { html, nothing } from '../lit.js';
import { setParams } from '../route.js';
import * as icons from './icons.js';

/** Name of the parameter, its label, and values worth offering. @type {[string, string, string[]][]} */
export const FILTERS = [
  ['user', 'User', []],
  ['verb', 'Verb', ['create', 'update', 'patch', 'delete', 'deletecollection']],
  ['code', 'Code', ['>=400', '4xx', '5xx', '403', '404', '409', '422', '429']],
  ['reason', 'Reason', ['Conflict', 'Forbidden', 'NotFound', 'Invalid', 'AlreadyExists', 'TooManyRequests']],
  ['effect', 'Effect', ['CREATED', 'UPDATED', 'DELETION_STARTED', 'DELETED', 'COLLECTION_DELETED', 'NO_CHANGE', 'DRY_RUN', 'SESSION', 'ISSUED', 'ACCEPTED', 'FAILED', 'UNKNOWN']],
  ['kind', 'Span kind', ['REQUEST', 'EVENT', 'ITEM']],
  ['type', 'Event type', ['Warning', 'Normal']],
  ['group', 'API group', []],
  ['resource', 'Resource', ['deployments', 'pods', 'configmaps', 'services', 'nodes', 'secrets']],
  ['namespace', 'Namespace', []],
  ['name', 'Name', []],
  ['path', 'Changed path', ['spec.replicas', 'spec.template', 'metadata.labels', 'data']],
  ['userAgent', 'User agent', ['kubectl']],
  ['cluster', 'Cluster', []],
  ['doubt', 'Doubt', ['metadata-only', 'truncated', 'inexact', 'late']],
  ['auditId', 'Audit ID', []],
  ['from', 'From', []],
  ['to', 'To', []],
];

const NAMES = new Set(['q', ...FILTERS.map(([name]) => name)]);

/** Kinds of spans that are rows; lives and the parts of requests are not. */
export const HAPPENINGS = 'REQUEST,EVENT,ITEM';

/** The parameters that the API takes as filter. @param {URLSearchParams} q */
export function filterParams(q) {
  return Object.fromEntries([...q].filter(([name, value]) => NAMES.has(name) && value));
}

/** Where a span holds what a filter asks for. @type {Record<string, (s: import('../types.js').Span) => (string | undefined)[]>} */
const VALUES = {
  user: (s) => [s.request?.user, s.request?.impersonated, s.item?.user],
  reason: (s) => [s.request?.reason, s.event?.reason],
  group: (s) => [s.object.group || 'core'],
  resource: (s) => [s.object.resource],
  namespace: (s) => [s.object.namespace || '-'],
  name: (s) => [s.object.name],
  cluster: (s) => [s.object.cluster],
  userAgent: (s) => [s.request?.userAgent.split(/[/ ]/)[0]],
  path: (s) => (s.request?.changes || []).map((c) => c.path),
};
const OFFERED = 200;
/** A filter more or less is a step that Back undoes. */
const PUSH = { replace: false };

/** Values worth offering: the usual ones, then those of the spans on the page. */
function offers(name, usual, spans) {
  const seen = VALUES[name] ? spans.flatMap(VALUES[name]).filter(Boolean) : [];
  return [...new Set([...usual, ...seen.sort()])].slice(0, OFFERED);
}

/** @param {{q: URLSearchParams, fixed: string[], adding: string, onAdding: (name: string) => void, spans: import('../types.js').Span[]}} how spans: on the page, for completion */
export function chips({ q, fixed, adding, onAdding, spans }) {
  const set = FILTERS.filter(([name]) => q.get(name) && !fixed.includes(name));
  const free = FILTERS.filter(([name]) => !q.get(name) && !fixed.includes(name));
  return html`<div class="chips">
    ${set.map(([name, label]) => html`<span class="chip set"><span class="faint">${label}</span> ${q.get(name)}<button aria-label="Remove filter ${label}" @click=${() => setParams({ [name]: '' }, PUSH)}>${icons.close}</button></span>`)}
    ${adding ? editor(adding, onAdding, spans) : html`<select class="chip" aria-label="Add a filter" @change=${(e) => { onAdding(e.target.value); e.target.value = ''; focusSoon(); }}>
      <option value="">Add filter…</option>${free.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>`}
    ${set.length > 1 ? html`<button class="text" @click=${() => setParams(Object.fromEntries(set.map(([name]) => [name, ''])), PUSH)}>clear</button>` : nothing}</div>`;
}

function editor(name, onAdding, spans) {
  const [, label, values] = FILTERS.find(([n]) => n === name) ?? [name, name, []];
  const done = (e) => {
    const value = e.target.value.trim();
    onAdding('');
    if (value) setParams({ [name]: value }, PUSH);
  };
  const key = (e) => {
    if (e.key === 'Enter') done(e);
    else if (e.key === 'Escape') onAdding('');
  };
  return html`<label class="chip set"><span class="faint">${label}</span><input id="chip-value" class="chip-input" list="chip-values" placeholder=${name === 'from' || name === 'to' ? '2026-11-23T08:17:00Z' : 'value'} @keydown=${key} @change=${done}>
    <datalist id="chip-values">${offers(name, values, spans).map((v) => html`<option value=${v}></option>`)}</datalist></label>`;
}

function focusSoon() {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('chip-value')?.focus()));
}
