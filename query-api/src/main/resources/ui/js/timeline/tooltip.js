import { html, nothing } from '../lit.js';
import { shortAgent, shortUser } from '../agents.js';
import * as time from '../time.js';
import { TONE_NAMES, actor, agent, kindOf, startOf, summary, tone, verb } from '../spans.js';
import { mark } from '../views/bits.js';

const LINES = 6;

/** What is under the pointer. @param {import('./draw.js').Hit} hit */
export function tooltip(hit) {
  if (hit.segment) return segment(hit);
  const { spans, tones, count, from, to } = /** @type {import('./marks.js').Mark} */ (hit.mark);
  if (spans.length === 1) return single(spans[0]);
  return html`<div class="tip-head">${tones.map(([t, n]) => html`<span class="tip-tone">${mark(t)} ${n} ${TONE_NAMES[t]}</span>`)}</div>
    <div class="faint">${time.clock(from)} – ${time.clock(to)} · ${time.span(to - from)}</div>
    <ul>${spans.slice(0, LINES).map((s) => html`<li>${mark(tone(s))} <b>${verb(s)}</b> ${shortUser(actor(s))} <span class="faint">${summary(s)}</span></li>`)}</ul>
    ${spans.length > LINES ? html`<div class="faint">and ${spans.length - LINES} more; click to zoom in</div>` : html`<div class="faint">click to zoom in</div>`}
    <span class="sr">${count} marks</span>`;
}

function single(s) {
  const r = s.request;
  return html`<div class="tip-head">${mark(tone(s), true)} <b>${verb(s)}</b> ${r?.code ? html`<span class="code ${r.code >= 400 ? 'bad' : ''}">${r.code} ${r.reason}</span>` : nothing}
    ${s.event?.observed > 1 ? html`<span class="count">×${s.event.observed}</span>` : nothing}</div>
    <div>${summary(s)}</div>
    <div class="faint">${time.dateTime(startOf(s), true)} · ${shortUser(actor(s))}${r?.impersonated ? ` by ${shortUser(r.user)}` : ''}${agent(s) ? ` · ${shortAgent(agent(s))}` : ''}${s.durationMicros ? ` · ${time.span(s.durationMicros / 1000)}` : ''}</div>
    <div class="faint">${kindOf(s.object)} ${s.object.name}</div>`;
}

function segment({ segment: g, row }) {
  return html`<div class="tip-head"><b>${row.label}</b> ${g.value}</div>
    <div class="faint">${g.known ? 'since' : 'before the first change seen, until'} ${time.clock(g.known ? g.from : g.to)} · for ${time.span(g.to - g.from)}${g.known ? '' : ' or longer'}</div>`;
}
