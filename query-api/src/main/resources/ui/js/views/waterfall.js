/** Where the time of one request went, and what admission webhooks changed. */

import { html, nothing } from '../lit.js';
import * as time from '../time.js';

/** @param {import('../types.js').Span} s @param {import('../types.js').Span[]} parts */
export function waterfall(s, parts) {
  const phases = parts.filter((p) => p.kind === 'PHASE');
  const hooks = parts.filter((p) => p.kind === 'ADMISSION');
  const total = Math.max(s.durationMicros, ...phases.map((p) => p.phase.durationMicros), 1);
  let at = 0;
  return html`${phases.length ? html`<section><h3>Where the time went <span class="faint">${time.span(s.durationMicros / 1000)} in all</span></h3>
    <div class="waterfall">${phases.map((p) => {
      const width = (p.phase.durationMicros / total) * 100;
      const left = Math.min(at, 100 - width);
      if (p.phase.name !== 'total') at += width;
      return html`<span>${p.phase.name}</span><span class="bar"><i .style=${`left:${p.phase.name === 'total' ? 0 : left}%;width:${Math.max(width, 0.5)}%`}></i></span><span class="num">${time.span(p.phase.durationMicros / 1000)}</span>`;
    })}</div><p class="faint">The log gives durations only; the order is not known.</p></section>` : nothing}
    ${hooks.length ? html`<section><h3>Changed by admission</h3>${hooks.map((p) => html`<details class="hook" ?open=${Boolean(p.phase.patch)}><summary>${p.phase.name}</summary>${p.phase.patch ? html`<pre>${p.phase.patch}</pre>` : html`<p class="faint">no patch in the log</p>`}</details>`)}</section>` : nothing}`;
}
