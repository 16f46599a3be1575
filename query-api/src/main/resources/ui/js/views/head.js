/** The head of an object's page: which object, who created it, who deleted it, its other lives. */

import { html, nothing } from '../lit.js';
import { objectHref } from '../route.js';
import { actor, kindOf, verb } from '../spans.js';
import * as time from '../time.js';
import { agentName, copyButton, objectLink, person, when } from './bits.js';
import * as icons from './icons.js';

/** @param {any} trace @param {import('../timeline/model.js').Model} model @param {{onSelect: (id: string) => void, permalink: () => string, command: () => string, live: string, news: number, onHold: () => void}} how live: status of the tail, or held */
export function objectHead(trace, model, { onSelect, permalink, command, live, news, onHold }) {
  const o = trace.object;
  const life = model.self.span.life || {};
  const byId = (id) => (id ? model.byId.get(id) : null);
  const created = byId(life.createdBySpanId);
  const asked = byId(life.deletionRequestedBySpanId);
  const deleted = byId(life.deletedBySpanId);
  return html`<div class="object-head">
    <div class="object-title">
      <span class="kind-badge">${kindOf(o)}</span>
      <h1>${o.namespace ? html`<span class="ns">${o.namespace}/</span>` : nothing}${o.name}</h1>
      ${o.deleted ? html`<span class="badge gone">deleted</span>` : html`<span class="badge alive">exists</span>`}
      <span class="faint">in ${o.cluster}${o.group ? html` · ${o.group}` : nothing}</span>
      ${lives(trace)}
      <span class="head-tools">
        <button class="quiet small live-state ${live}" aria-pressed=${live === 'held'} title="${LIVE[live].title} (p)" @click=${onHold}><i class="dot"></i>${LIVE[live].name}${news ? html` <b class="count">${news.toLocaleString('en')} new</b>` : nothing}</button>
        ${copyButton(command, 'Copy the command that asks the same', html`${icons.terminal}<span>Copy as CLI</span>`, 'quiet small')}
        ${copyButton(permalink, 'Copy the link to exactly this view', html`${icons.link}<span>Copy link</span>`, 'quiet small')}</span>
    </div>
    <div class="facts">
      ${o.deleted || asked ? deletion(o, deleted, asked, onSelect) : nothing}
      ${cause(trace)}
      <span class="fact-item"><span class="faint">Created</span> ${o.createdAt ? when(o.createdAt, { date: true, millis: false }) : 'before the log begins'}${created ? html` by ${who(created)} ${jump(created, onSelect)}` : nothing}</span>
      ${o.owners?.length ? html`<span class="fact-item"><span class="faint">Owned by</span> ${o.owners.map((w) => ownerLink(w, model))}</span>` : nothing}
      ${restorations(trace, onSelect)}
      ${mentions(trace, onSelect)}
      ${o.deletedAt && o.createdAt ? html`<span class="fact-item"><span class="faint">Lived</span> ${time.span(time.parse(o.deletedAt) - time.parse(o.createdAt))}</span>` : nothing}
      <span class="fact-item uid"><span class="faint">uid</span> <code title=${o.uid}>${o.uid ? `${o.uid.slice(0, 8)}…` : 'unknown'}</code>${o.uid ? copyButton(o.uid, 'Copy uid') : nothing}</span>
    </div>
  </div>`;
}

const LIVE = {
  open: { name: 'Live', title: 'What happens to it or to its family appears here. Click to hold this view' },
  held: { name: 'Held', title: 'This view stays as it is. Click to follow what happens' },
  connecting: { name: 'Connecting', title: 'Asking to be told what happens. Click to hold this view' },
  lost: { name: 'Not live', title: 'The connection is lost; the page tries again. Click to hold this view' },
  refused: { name: 'Not live', title: 'The server takes no more live pages; the page tries again. Click to hold this view' },
};

const who = (s) => html`<b>${person(actor(s))}</b>${s.request?.impersonated ? html` (really ${person(s.request.user)})` : nothing}`;
const jump = (s, onSelect) => html`<button class="text" title="${verb(s)}, ${s.start}" @click=${() => onSelect(s.spanId)}>${verb(s)}</button>`;

function deletion(o, deleted, asked, onSelect) {
  const first = asked || deleted;
  const last = deleted && deleted !== first ? deleted : null;
  return html`<span class="fact-item deletion"><span class="faint">${o.deleted ? 'Deleted' : 'Deletion asked'}</span>
    ${first ? html`${when(o.deleted ? o.deletedAt || first.end : first.start, { date: true, millis: false })} by ${who(first)} ${agentName(first.request?.userAgent || first.item?.userAgent || '')} ${jump(first, onSelect)}`
      : html`${when(o.deletedAt, { date: true, millis: false })}, <span title="No audit event tells who">by whom is not in the log</span>`}
    ${last ? html` · removed by ${who(last)} ${jump(last, onSelect)}` : nothing}</span>`;
}

const WHY = {
  'owner-deleted': 'its owner was deleted',
  'namespace-deleted': 'its namespace was deleted',
  'definition-deleted': 'its definition was deleted',
};

/** Behind a deletion by a garbage collector or namespace controller stands somebody's deletion of something else. */
function cause(trace) {
  const chain = trace.deletion || [];
  const began = chain.findLast((c) => c.why !== 'requested');
  if (!began) return nothing;
  const root = chain.at(-1).span;
  return html`<span class="fact-item cause"><span class="faint">Because</span> ${WHY[began.why]}: ${objectLink(root.object, { uid: root.object.uid, sel: root.spanId })} by <b>${person(actor(root))}</b>
    ${when(root.start, { date: 'short', millis: false })}</span>`;
}

/** Changes that brought an earlier state back. */
function restorations(trace, onSelect) {
  const all = trace.restorations || [];
  if (!all.length) return nothing;
  return html`<span class="fact-item restored"><span class="faint">Rolled back</span> ${all.map((r) => html`<button class="text"
    title="back to what ${r.restored.user} had made of it, ${r.restored.at}" @click=${() => onSelect(r.spanId)}>to ${r.revision ? `revision ${r.revision}` : `version ${r.restored.resourceVersion}`}</button> `)}</span>`;
}

const MENTIONS_INLINE = 2;

/** Events on other objects that name this one: all of them, behind a click where they are many. */
function mentions(trace, onSelect) {
  const all = trace.mentions || [];
  if (!all.length) return nothing;
  const more = trace.omitted?.mentions || 0;
  const links = all.map((m) => html`<span class="mention"><button class="text" title="${m.event.message}" @click=${() => onSelect(m.spanId)}>${m.event.reason}</button> <span class="faint">of</span> ${objectLink(m.object, { uid: m.object.uid, sel: m.spanId })}</span> `);
  if (all.length + more <= MENTIONS_INLINE) return html`<span class="fact-item named"><span class="faint">Named in</span> ${links}</span>`;
  return html`<details class="fact-item named"><summary><span class="faint">Named in</span> ${(all.length + more).toLocaleString('en')} Events of others</summary>${links}${more ? html`<span class="faint">and ${more.toLocaleString('en')} that are not shown</span>` : nothing}</details>`;
}

function lives(trace) {
  const all = trace.incarnations || [];
  if (all.length < 2) return nothing;
  return html`<span class="lives" role="group" aria-label="Lives under this name">${all.map((i, n) => html`<a class="chip" href=${objectHref(i, { uid: i.uid })} aria-current=${i.spanId === trace.object.spanId ? 'true' : nothing}
    title="${i.createdAt || 'unknown'} – ${i.deletedAt || 'now'}\nuid ${i.uid}">life ${n + 1} of ${all.length}</a>`)}</span>`;
}

function ownerLink(w, model) {
  const owner = model.objects.find((x) => x.id === w.spanId);
  return owner ? objectLink(owner.span.object, { uid: w.uid }) : html`<a class="object" href="/?q=${encodeURIComponent(w.uid)}"><span class="kind">${w.kind}</span> <span class="name">${w.name}</span></a>`;
}
