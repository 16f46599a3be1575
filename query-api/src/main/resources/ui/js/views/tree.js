/** Owners above, owned objects below, each with its life on the common axis. */

import { html, nothing } from '../lit.js';
import { kindOf } from '../spans.js';
import * as time from '../time.js';
import { objectLink, when } from './bits.js';

/** @param {import('../timeline/model.js').Model} model @param {{tabs: unknown}} how */
export function treePane(model, { tabs }) {
  const items = flatten(model);
  const [a, b] = model.extent;
  const at = (ms) => ((Math.min(Math.max(ms, a), b) - a) / (b - a)) * 100;
  const row = ({ object: o, depth, role }) => html`<div class="row tree" role="row" ?data-self=${role === 'this object'}>
    <span role="cell" class="c-tree" .style=${`padding-left:${10 + depth * 18}px`}>${objectLink(o.span.object, { uid: o.span.object.uid })}</span>
    <span role="cell" class="c-role">${role ? html`<span class="badge">${role}</span>` : nothing}${o.ended ? html`<span class="badge gone">deleted</span>` : nothing}</span>
    <span role="cell" class="c-num">${o.spans.length}</span>
    <span role="cell" class="c-time">${when(o.span.start, { millis: false })}</span>
    <span role="cell" class="c-lived">${o.ended ? time.span(o.life[1] - o.life[0]) : 'exists'}</span>
    <span role="cell" class="c-life"><i .style=${`left:${at(o.life[0])}%;right:${100 - at(o.life[1])}%`} title="${kindOf(o.span.object)} ${o.span.object.name}"></i></span></div>`;
  return html`<div class="lower-bar">${tabs}</div>
    <div class="table" role="table" aria-label="Owners and owned objects">
      <div class="row tree headings" role="row"><span role="columnheader" class="c-tree">Object</span><span role="columnheader" class="c-role"><span class="sr">Role</span></span><span role="columnheader" class="c-num">Spans</span>
        <span role="columnheader" class="c-time">Since</span><span role="columnheader" class="c-lived">Lived</span><span role="columnheader" class="c-life">Life</span></div>
      <tm-list class="rows" role="rowgroup" .view=${{ items, key: (i) => i.object.id, row }}></tm-list></div>
    <div class="lower-foot">${items.length} objects. Owners are matched by uid, so a recreated owner is another one.</div>`;
}

function flatten(model) {
  const out = model.owners.map((object, i) => ({ object, depth: i, role: 'owner' }));
  const visit = (object, depth, role) => {
    out.push({ object, depth, role });
    for (const c of object.children) visit(c, depth + 1, '');
  };
  visit(model.self, model.owners.length, 'this object');
  return out;
}
