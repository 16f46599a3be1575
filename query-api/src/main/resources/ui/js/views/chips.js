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

/** The parameters that the API takes as filter. @param {URLSearchParams} q */
export function filterParams(q) {
  return Object.fromEntries([...q].filter(([name, value]) => NAMES.has(name) && value));
}

/** @param {{q: URLSearchParams, fixed: string[], adding: string, onAdding: (name: string) => void}} how */
export function chips({ q, fixed, adding, onAdding }) {
  const set = FILTERS.filter(([name]) => q.get(name) && !fixed.includes(name));
  const free = FILTERS.filter(([name]) => !q.get(name) && !fixed.includes(name));
  return html`<div class="chips">
    ${set.map(([name, label]) => html`<span class="chip set"><span class="faint">${label}</span> ${q.get(name)}<button aria-label="Remove filter ${label}" @click=${() => setParams({ [name]: '' })}>${icons.close}</button></span>`)}
    ${adding ? editor(adding, onAdding) : html`<select class="chip" aria-label="Add a filter" @change=${(e) => { onAdding(e.target.value); e.target.value = ''; focusSoon(); }}>
      <option value="">Add filter…</option>${free.map(([name, label]) => html`<option value=${name}>${label}</option>`)}</select>`}
    ${set.length > 1 ? html`<button class="text" @click=${() => setParams(Object.fromEntries(set.map(([name]) => [name, ''])))}>clear</button>` : nothing}</div>`;
}

function editor(name, onAdding) {
  const [, label, values] = FILTERS.find(([n]) => n === name) ?? [name, name, []];
  const done = (e) => {
    const value = e.target.value.trim();
    onAdding('');
    if (value) setParams({ [name]: value });
  };
  const key = (e) => {
    if (e.key === 'Enter') done(e);
    else if (e.key === 'Escape') onAdding('');
  };
  return html`<label class="chip set"><span class="faint">${label}</span><input id="chip-value" class="chip-input" list="chip-values" placeholder=${name === 'from' || name === 'to' ? '2026-11-23T08:17:00Z' : 'value'} @keydown=${key} @change=${done}>
    <datalist id="chip-values">${values.map((v) => html`<option value=${v}></option>`)}</datalist></label>`;
}

function focusSoon() {
  requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById('chip-value')?.focus()));
}
