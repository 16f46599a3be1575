/** Rows of changes as the object's page, search and the live page show them. */

import { html, nothing } from '../lit.js';
import { shortAgent, shortUser } from '../agents.js';
import { actor, agent, certainty, endOf, startOf, summary, tone, verb } from '../spans.js';
import { noiseText } from '../fold.js';
import * as time from '../time.js';
import { actors, agentName, began, codeBadge, mark, objectLink } from './bits.js';

/**
 * @param {import('../types.js').Span} s
 * @param {{selected: boolean, href: string, onSelect: (id: string) => void, object: boolean, dim?: boolean, date?: boolean}} how object: show which object it is
 */
export function changeRow(s, { selected, href, onSelect, object, dim = false, date = false }) {
  const r = s.request;
  const open = (e) => {
    if (e.target.closest('a:not(.row-link), button') || e.metaKey || e.ctrlKey || e.shiftKey) return;
    e.preventDefault();
    e.stopPropagation();
    onSelect(s.spanId);
  };
  return html`<div class="row ${tone(s)}" role="row" aria-selected=${selected} ?data-dim=${dim} @click=${open}>
    <span role="cell" class="c-time">${began(s, date)}</span>
    <span role="cell" class="c-mark">${mark(tone(s))}</span>
    ${object ? html`<span role="cell" class="c-object">${objectLink(s.object, { uid: s.object.uid, sel: s.spanId })}</span>` : nothing}
    <span role="cell" class="c-verb"><span class=${s.kind === 'EVENT' ? 'reason' : ''}>${verb(s)}</span>${s.event?.observed > 1 ? html`<span class="count">×${s.event.observed}</span>` : nothing}</span>
    <span role="cell" class="c-code">${s.kind === 'EVENT' ? html`<span class="faint">event</span>` : codeBadge(r?.code ?? 0, r?.reason)}</span>
    <span role="cell" class="c-summary"><a class="row-link" href=${href} title=${summary(s)}>${tone(s) === 'fail' && r?.reason ? html`<b class="reason">${r.reason}</b> ` : nothing}${summary(s) || html`<span class="faint">no detail in the log</span>`}</a></span>
    <span role="cell" class="c-sure">${sure(s)}</span>
    <span role="cell" class="c-actor">${r ? actors(r) : html`<span title=${actor(s)}>${shortUser(actor(s))}</span>`}</span>
    <span role="cell" class="c-agent" title=${[agent(s), ...(r?.sourceIps || [])].filter(Boolean).join('\n')}>${shortAgent(agent(s)) === shortUser(actor(s)) ? nothing : agentName(agent(s))}</span>
  </div>`;
}

function sure(s) {
  if (s.late) return html`<span class="badge" title="It arrived after what it relates to had been given up">late</span>`;
  if (s.request?.truncated) return html`<span class="badge" title="The API server cut off the bodies">cut</span>`;
  if (certainty(s) === 'inexact') return html`<span class="badge" title="The version before is not proved: ${s.request.exactReason}. Changes may include those of others.">≈</span>`;
  return nothing;
}

/** @param {any} row a fold @param {(id: string) => void} onFold */
export function foldRow(row, onFold) {
  const first = row.spans[0];
  const last = row.spans[row.spans.length - 1];
  const users = [...new Set(row.spans.map((s) => shortUser(actor(s))))];
  return html`<div class="row fold" role="row"><span role="cell" class="c-time">${began(first)}</span>
    <span role="cell" class="c-fold"><button aria-expanded=${row.open} @click=${() => onFold(row.id)}>
      <b>${row.counts.map(([name, n]) => noiseText(name, n)).join(' · ')}</b>
      <span class="faint">${users.slice(0, 2).join(', ')}${users.length > 2 ? ` and ${users.length - 2} more` : ''} · within ${time.span(Math.max(endOf(last) - startOf(first), endOf(first) - startOf(last)))}</span></button></span></div>`;
}

/** Column headings of {@link changeRow}. */
export function headings(object) {
  return html`<div class="row headings" role="row">
    <span role="columnheader" class="c-time">Time</span><span role="columnheader" class="c-mark"><span class="sr">Sign</span></span>
    ${object ? html`<span role="columnheader" class="c-object">Object</span>` : nothing}
    <span role="columnheader" class="c-verb">Verb</span><span role="columnheader" class="c-code">Code</span><span role="columnheader" class="c-summary">What changed</span>
    <span role="columnheader" class="c-sure"><span class="sr">Certainty</span></span><span role="columnheader" class="c-actor">Who</span><span role="columnheader" class="c-agent">With</span></div>`;
}
