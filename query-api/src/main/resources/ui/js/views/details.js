/** Everything known about one span: who, what, why, the exact diff, the phases, the raw ids. */

import { html, keyed, nothing } from '../lit.js';
import { objectHref } from '../route.js';
import { EFFECT_NAMES, effectOf, endOf, shortKind, startOf, summary, tone, verb } from '../spans.js';
import * as time from '../time.js';
import { actors, began, codeBadge, copyButton, mark, objectLink, person, problem } from './bits.js';
import { diffView } from './diffview.js';
import { waterfall } from './waterfall.js';
import * as icons from './icons.js';

/** @param {any} s a span, or {missing: error} @param {{model?: any, onClose: () => void, onSelect: (id: string) => void}} how */
export function detailsPane(s, how) {
  return html`<aside class="details" aria-label="Details">${keyed(s.spanId, html`<div class="details-scroll">${s.missing ? html`<div class="details-head">${closeButton(how)}</div>${problem(s.missing)}` : body(s, how)}</div>`)}</aside>`;
}

const closeButton = (how) => html`<button class="quiet square" aria-label="Close details" title="Close (Esc)" @click=${how.onClose}>${icons.close}</button>`;

function body(s, how) {
  return html`
    <div class="details-head">
      <div class="details-title">${mark(tone(s))}<h2>${verb(s)}</h2>${s.request ? codeBadge(s.request.code, s.request.reason) : nothing}
        ${effectOf(s) ? html`<span class="effect ${tone(s)}">${EFFECT_NAMES[effectOf(s)] || effectOf(s)}</span>` : nothing}</div>
      ${closeButton(how)}
    </div>
    <p class="details-summary">${summary(s)}</p>
    <div class="details-object">${objectLink(s.object, { uid: s.object.uid, sel: s.spanId })}</div>
    <div class="details-when">${began(s, true)}${s.end && s.end !== s.start ? html` <span class="faint">took ${time.span(endOf(s) - startOf(s))}</span>` : nothing}</div>
    ${s.request ? request(s, s.request, how) : s.event ? event(s, how) : s.item ? item(s.item, how) : nothing}
    <div class="details-tools">
      ${copyButton(() => linkTo(s), 'Copy a link to this', html`${icons.link}<span>Copy link</span>`, 'quiet small')}
      ${copyButton(() => JSON.stringify(s, null, 2), 'Copy as JSON', html`${icons.copy}<span>JSON</span>`, 'quiet small')}
    </div>
    ${ids(s)}`;
}

const linkTo = (s) => location.origin + (s.object.name && s.object.resource ? objectHref(s.object, { uid: s.object.uid, sel: s.spanId }) : location.pathname + location.search);
const line = (name, value) => html`<dt>${name}</dt><dd>${value}</dd>`;
const lineIf = (name, value) => (value ? line(name, value) : nothing);

function request(s, r, how) {
  const parts = how.model?.parts.get(s.spanId) || [];
  return html`
    ${r.code >= 400 || r.message ? failure(r) : nothing}
    ${r.winner ? html`<p class="winner">${icons.warning}<span>Overtaken: ${person(r.winner.user)} had written version <code>${r.winner.resourceVersion}</code>.
      <button class="text" @click=${() => how.onSelect(r.winner.spanId)}>Show the write that won</button></span></p>` : nothing}
    <dl class="pairs">
      ${lineIf('Attempt', attempt(s, how))}
      ${line('Who', actors(r))}
      ${lineIf('Groups', r.groups?.filter((g) => g !== 'system:authenticated').join(', '))}
      ${line('With', html`<span class="wrap">${r.userAgent || 'no user agent'}</span>`)}
      ${line('From', (r.sourceIps || []).join(' → ') || 'unknown')}
      ${lineIf('Effect', r.effectReason ? `${EFFECT_NAMES[r.effect]}: ${r.effectReason}` : '')}
      ${lineIf('Target', r.target)}
      ${lineIf('Field manager', r.fieldManager)}
      ${lineIf('Patch type', r.patchType)}
      ${r.items >= 0 && r.verb === 'deletecollection' ? line('Objects', `${r.items} in the answer`) : nothing}
      ${line('Version', versions(r))}
      ${lineIf('Admission', r.admission ? html`<span class="wrap">${r.admission}</span>` : '')}
    </dl>
    ${diffSection(r)}
    ${r.asked ? html`<details class="asked"><summary>What it asked for</summary><pre>${pretty(r.asked)}</pre></details>` : nothing}
    ${parts.length ? waterfall(s, parts) : nothing}`;
}

/** The same caller asked the same again: which time this was, how it ended, and the way to the others. */
function attempt(s, { model, onSelect }) {
  const a = model?.attempts.get(s.spanId);
  if (!a) return '';
  const last = a.spanIds.length;
  const to = (number, name) => (number < 1 || number > last || number === a.number ? nothing : html`<button class="text" @click=${() => onSelect(a.spanIds[number - 1])}>${name}</button>`);
  return html`${a.number} of ${last}, the last one ${a.succeeded ? 'succeeded' : 'failed'}${a.lastCode ? ` (${a.lastCode})` : ''}
    <span class="steps">${a.number > 2 ? to(1, 'first') : nothing}${to(a.number - 1, 'previous')}${to(a.number + 1, 'next')}${a.number < last - 1 ? to(last, 'last') : nothing}</span>`;
}

function versions(r) {
  if (!r.resourceVersion) return html`<span class="faint">wrote none</span>${r.baseResourceVersion ? html` (built on <code>${r.baseResourceVersion}</code>)` : nothing}`;
  return html`<code>${r.previousResourceVersion || (r.effect === 'CREATED' ? 'new' : '?')}</code> → <code>${r.resourceVersion}</code>${
    r.baseResourceVersion && r.baseResourceVersion !== r.previousResourceVersion ? html` <span class="faint">client built on ${r.baseResourceVersion}</span>` : nothing}`;
}

function failure(r) {
  return html`<div class="failure"><strong>${r.code} ${r.reason}</strong><p>${r.message}</p>
    ${r.causes?.length ? html`<ul>${r.causes.map((c) => html`<li>${c.field ? html`<code>${c.field}</code> ` : nothing}${c.message || c.reason}${c.reason ? html` <span class="faint">${c.reason}</span>` : nothing}</li>`)}</ul>` : nothing}</div>`;
}

function diffSection(r) {
  const none = !r.changes?.length;
  const heading = r.effect === 'FAILED' || r.effect === 'DRY_RUN' ? 'Intended changes' : 'Changes';
  return html`<section class="diff-section"><h3>${heading} ${none ? nothing : html`<span class="tab-count">${r.changes.length + (r.changesOmitted || 0)}</span>`}
    ${r.exactReason && !none ? html`<span class="exact ${r.exact ? 'yes' : 'no'}" title=${r.exact ? 'The version before is proved: these changes are this request’s doing and nothing else’s.' : 'The version before is not proved: changes by others may be among these.'}>${r.exact ? 'exact' : 'not proved'}: ${r.exactReason}</span>` : nothing}</h3>
    ${none ? html`<p class="faint">${noChanges(r)}</p>` : diffView(r.changes)}
    ${r.changesOmitted ? html`<p class="faint">${r.changesOmitted} further changes are beyond the bound on changes of one span and are not kept.</p>` : nothing}</section>`;
}

function noChanges(r) {
  if (r.truncated) return 'The API server cut the bodies off, so the log does not tell what changed.';
  if (r.level === 'Metadata') return 'Recorded at audit level Metadata: the log holds no bodies, so what changed is not known.';
  if (r.effect === 'NO_CHANGE') return 'It changed nothing: the stored object stayed as it was.';
  if (r.effect === 'FAILED') return 'Nothing was written.';
  return 'No field change is known.';
}

function event({ event: e, object }, how) {
  return html`<dl class="pairs">
    ${line('Type', e.type)}${line('Reason', html`<b>${e.reason}</b>`)}${lineIf('Action', e.action)}${line('Message', html`<span class="wrap">${e.message}</span>`)}
    ${line('Occurrences', `${e.observed}${e.count !== e.observed ? ` (count ${e.count})` : ''}${e.series ? ', series' : ''}`)}
    ${line('Reported by', [e.reporter, e.reporterInstance].filter(Boolean).join(' on ') || 'unknown')}
    ${lineIf('Written by', e.user ? person(e.user) : '')}${lineIf('Part', e.fieldPath)}${lineIf('Saw version', e.subjectResourceVersion)}${lineIf('Related', e.related)}
    ${e.mentions?.length ? line('Names', html`<span class="mentions">${e.mentions.map((m) => mentioned(m, object.cluster, how))}</span>`) : nothing}
    ${line('Event', `${e.eventNamespace}/${e.eventName}`)}</dl>`;
}

/** An Event names an object by kind, namespace and name; where the trace does not hold it, the finder looks for it. */
function mentioned(m, cluster, { model }) {
  const known = model?.objects.map((o) => o.span.object).find((o) => o.kind === m.kind && o.namespace === m.namespace && o.name === m.name && o.cluster === cluster);
  if (known) return objectLink(known, { uid: known.uid });
  return html`<a class="object" href="/?q=${encodeURIComponent(m.name)}" title="Look for it"><span class="kind">${shortKind({ kind: m.kind })}</span> <span class="name">${m.namespace ? html`<span class="ns">${m.namespace}/</span>` : nothing}${m.name}</span></a>`;
}

function item(i, how) {
  return html`<dl class="pairs">${line('Who', person(i.user))}${line('With', html`<span class="wrap">${i.userAgent}</span>`)}${line('Effect', `${EFFECT_NAMES[i.effect] || i.effect}${i.effectReason ? `: ${i.effectReason}` : ''}`)}
    ${lineIf('Version', i.resourceVersion)}${line('Part of', html`<button class="text" @click=${() => how.onSelect(i.requestSpanId)}>the deletecollection that removed it</button>`)}</dl>`;
}

function ids(s) {
  const rows = [['Span', s.spanId], ['Audit ID', s.request?.auditId || s.event?.auditId || s.item?.auditId], ['Object span', s.objectSpanId], ['Object uid', s.object.uid], ['Event uid', s.event?.eventUid], ['Trace', s.traceId], ['Request', s.request?.requestUri], ['Audit level', s.request?.level]];
  return html`<details class="ids" open><summary>Raw ids</summary><dl class="pairs mono">${rows.filter(([, v]) => v).map(([name, v]) => line(name, html`<span class="wrap">${v}</span>${copyButton(v, `Copy ${name}`)}`))}</dl></details>`;
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
