/** Where the time of one request went, and what admission webhooks changed. */

import { html, nothing } from '../lit.js';
import * as time from '../time.js';
import { diffView } from './diffview.js';

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
    ${hooks.length ? html`<section class="hooks"><h3>Changed by admission</h3>${hooks.map(hook)}</section>` : nothing}`;
}

/** What one call of a webhook changed, and its patch as the API server noted it. */
function hook({ phase }) {
  const { name, patch, changes = [], changesOmitted = 0 } = phase;
  const [, round, index, webhook] = /^round_(\d+)_index_(\d+) (.+)$/.exec(name) || ['', '', '', name];
  return html`<div class="hook"><h4>${webhook}${round ? html` <span class="faint">round ${round}, call ${index}</span>` : nothing}</h4>
    ${changes.length ? diffView(changes) : html`<p class="faint">${patch ? 'The patch changes nothing that can be shown.' : 'The log holds no patch: at audit level Metadata it is left out.'}</p>`}
    ${changesOmitted ? html`<p class="faint">${changesOmitted} further changes are beyond the bound on changes of one span and are not kept.</p>` : nothing}
    ${patch ? html`<details><summary>Patch</summary><pre>${patch}</pre></details>` : nothing}</div>`;
}
