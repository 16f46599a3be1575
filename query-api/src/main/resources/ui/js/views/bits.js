/** Small pieces that several pages show: marks, times, people, objects, problems, copy buttons. */

import { html, nothing } from '../lit.js';
import { shortAgent, shortUser } from '../agents.js';
import { objectHref, userHref } from '../route.js';
import { TONE_NAMES, inSeconds, kindOf, shortKind } from '../spans.js';
import * as time from '../time.js';
import * as icons from './icons.js';

const SHAPES = {
  create: 'M8 2.5L13.5 12.5H2.5Z',
  update: 'M8 3a5 5 0 1 0 0 10a5 5 0 0 0 0-10Z',
  delete: 'M3.5 3.5h9v9h-9z',
  fail: 'M4 4l8 8M12 4l-8 8',
  none: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9Z',
  dry: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9Z',
  session: 'M3 4.5h10v7H3z',
  unknown: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9Z',
  warn: 'M8 2L14 8L8 14L2 8Z',
  normal: 'M8 2.5L13.5 8L8 13.5L2.5 8Z',
};

/** The sign of a tone, the same shape as on the timeline. @param {import('../spans.js').Tone} tone */
export function mark(tone, named = false) {
  return html`<span class="mark ${tone}" title=${TONE_NAMES[tone]}><svg viewBox="0 0 16 16" width="13" height="13" aria-hidden="true"><path d=${SHAPES[tone]}></path></svg>${
    named ? html`<span>${TONE_NAMES[tone]}</span>` : html`<span class="sr">${TONE_NAMES[tone]}</span>`
  }</span>`;
}

/** @param {?string} text RFC 3339 @param {{date?: boolean | 'short', millis?: boolean}} [how] short: without the year, and nothing for today */
export function when(text, { date = false, millis = true } = {}) {
  if (!text) return html`<span class="faint">unknown</span>`;
  const ms = time.parse(text);
  const day = date === 'short' ? (time.isToday(ms) ? '' : time.day(ms).slice(5)) : date ? time.day(ms) : '';
  return html`<time datetime=${text} title=${time.bothZones(text)}>${day ? html`<span class="date">${day} </span>` : nothing}${time.clock(ms, millis)}</time>`;
}

/** When a span began, no more exact than it is known. @param {import('../types.js').Span} s @param {boolean | 'short'} [date] */
export const began = (s, date = false) => when(s.start, { date, millis: !inSeconds(s) });

/** @param {string} user */
export function person(user) {
  return user ? html`<a class="person" href=${userHref(user)} title="${user}: everything this user did">${shortUser(user)}</a>` : html`<span class="faint">unknown</span>`;
}

/** Who really acted, and as whom. @param {any} request */
export function actors(request) {
  if (!request.impersonated) return person(request.user);
  return html`${person(request.impersonated)} <span class="by" title="${request.user} impersonated ${request.impersonated}">by ${person(request.user)}</span>`;
}

/** @param {string} agent */
export const agentName = (agent) => html`<span class="agent" title=${agent}>${shortAgent(agent)}</span>`;

/** @param {import('../types.js').ObjectIdentity} o @param {Record<string, unknown>} [params] */
export function objectLink(o, params = {}) {
  const name = html`<span class="kind" title=${kindOf(o)}>${shortKind(o)}</span> <span class="name">${o.namespace ? html`<span class="ns">${o.namespace}/</span>` : nothing}${o.name || '*'}</span>`;
  return o.name && o.resource ? html`<a class="object" href=${objectHref(o, params)}>${name}</a>` : html`<span class="object">${name}</span>`;
}

/** @param {number} code */
export function codeBadge(code, reason = '') {
  if (!code) return html`<span class="code faint" title="The response has not been seen">–</span>`;
  return html`<span class="code ${code >= 400 ? 'bad' : ''}" title=${reason || nothing}>${code}</span>`;
}

/** @param {any} error */
export function problem(error, retry = null) {
  return html`<div class="problem" role="alert">${icons.warning}<div><strong>${error.title || 'Something failed'}</strong>
    <p>${error.detail || error.message}</p>${error.field ? html`<p class="faint">Parameter: <code>${error.field}</code></p>` : nothing}
    ${retry ? html`<button @click=${retry}>Try again</button>` : nothing}</div></div>`;
}

/** @param {string | (() => string)} text @param {string} label */
export function copyButton(text, label, content = icons.copy, className = 'quiet square small') {
  const copy = async (e) => {
    const button = e.currentTarget;
    await navigator.clipboard.writeText(typeof text === 'function' ? text() : text);
    button.dataset.copied = 'true';
    setTimeout(() => delete button.dataset.copied, 1200);
  };
  return html`<button class="copy ${className}" @click=${copy} aria-label=${content === icons.copy ? label : nothing} title=${label}>${content}</button>`;
}

/** Lines that hold the place of what is still loading. */
export const skeleton = (lines) => html`<div class="skeleton" role="status" aria-busy="true" aria-label="Loading">${Array.from({ length: lines }, () => html`<i></i>`)}</div>`;
