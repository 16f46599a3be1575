/** The overview: find an object, and what has lately failed, warned, or been done by people. */

import { html, nothing, render } from '../lit.js';
import { get } from '../api.js';
import { isSystem, shortUser } from '../agents.js';
import { coverageNow } from '../coverage.js';
import { objectHref, searchHref, setParams } from '../route.js';
import { createStore } from '../store.js';
import { noiseOf } from '../fold.js';
import { actor, endOf, kindOf, shortKind, summary, tone, verb } from '../spans.js';
import { mark, problem, skeleton, when } from './bits.js';
import { emptyState } from './empty.js';
import { mountFinder } from './finder.js';
import { openUpload } from './upload.js';

const ROWS = 10;
const PAGE = 200;
const EFFECTIVE = 'CREATED,UPDATED,DELETION_STARTED,DELETED,COLLECTION_DELETED,ACCEPTED,SESSION,ISSUED';

/** @param {HTMLElement} host @param {import('../route.js').Route} route @returns {import('../main.js').Page} */
export function homePage(host, route) {
  document.title = 'Tidemark';
  const store = createStore({ clusters: null, failures: null, noise: 0, warnings: null, people: null, error: null, seen: '' }, draw);
  render(html`<div class="home"><div class="hero"><h1>What happened to it?</h1><div id="home-finder"></div><p class="hero-foot"><button class="text" @click=${() => openUpload()}>Load a log file…</button> <span class="faint">or drop one onto any page</span></p></div><div id="home-rest"></div></div>`, host);
  const finderHost = /** @type {HTMLElement} */ (host.querySelector('#home-finder'));
  const restHost = /** @type {HTMLElement} */ (host.querySelector('#home-rest'));
  const finder = mountFinder(finderHost, { id: 'home-find', initial: route.q.get('q') || '', onText: (q) => setParams({ q }), onChoose() {} });
  if (matchMedia('(hover: hover)').matches) finder.focus();

  async function load() {
    try {
      const [clusters, failures, warnings] = await Promise.all([
        get('/clusters'),
        get('/search', { kind: 'REQUEST', code: '>=400', order: 'desc', limit: PAGE }),
        get('/search', { kind: 'EVENT', type: 'Warning', order: 'desc', limit: PAGE }),
      ]);
      const noise = failures.spans.filter(noiseOf);
      store.set({ clusters: clusters.clusters, failures: folded(failures.spans.filter((s) => !noiseOf(s))), noise: noise.length, warnings: folded(warnings.spans), error: null });
      store.set({ people: await latestByPeople() });
    } catch (error) {
      store.set({ error });
    }
  }
  const onCoverage = (e) => {
    const a = e.detail.answer;
    const seen = a ? `${a.to} ${a.spans}` : '';
    if (a && !e.detail.error && (seen !== store.state.seen || store.state.error)) {
      store.set({ seen });
      load();
    } else draw();
  };
  addEventListener('tidemark:coverage', onCoverage);
  if (coverageNow()) onCoverage({ detail: coverageNow() });
  else load();

  function draw() {
    render(rest(store.state, load), restHost);
  }
  draw();
  return {
    update() {},
    redraw() {
      draw();
      finder.draw();
    },
    close() {
      removeEventListener('tidemark:coverage', onCoverage);
      finder.close();
      store.close();
    },
  };
}

/** People are rare among controllers: their usual tool is asked for by name. @returns {Promise<any[]>} newest first */
async function latestByPeople() {
  const [byHand, all] = await Promise.all([
    get('/search', { effect: EFFECTIVE, kind: 'REQUEST', userAgent: 'kubectl', order: 'desc', limit: PAGE }),
    get('/search', { effect: EFFECTIVE, kind: 'REQUEST', order: 'desc', limit: PAGE }),
  ]);
  const spans = new Map([...byHand.spans, ...all.spans].map((s) => [s.spanId, s]));
  return [...spans.values()]
    .filter((s) => !isSystem(s.request.user))
    .sort((a, b) => (a.start < b.start ? 1 : -1))
    .slice(0, ROWS);
}

/** One row for the same reason, actor and kind of object in a namespace, newest first: one cause seldom hits one object only. @param {any[]} spans */
function folded(spans) {
  const rows = new Map();
  for (const s of spans) {
    const reason = s.event?.reason || s.request?.reason || String(s.request?.code);
    const key = [s.object.cluster, s.object.namespace, s.object.resource, reason, actor(s), verb(s)].join(' ');
    const row = rows.get(key) || { span: s, reason, count: 0, names: new Set() };
    row.count += s.event?.observed || 1;
    row.names.add(s.object.name);
    rows.set(key, row);
  }
  return [...rows.values()];
}

function rest(s, retry) {
  if (s.error) return problem(s.error, retry);
  const coverage = coverageNow()?.answer;
  if (coverage && !coverage.spans) return emptyState();
  return html`
    ${s.clusters?.length > 1 ? html`<p class="clusters">${s.clusters.map((c) => html`<a class="chip" href=${searchHref({ cluster: c.name })}>${c.name} <span class="faint">${c.objects.toLocaleString('en')} objects</span></a>`)}</p>` : nothing}
    <div class="cards">
      ${card('Changes by people', searchHref({ kind: 'REQUEST', userAgent: 'kubectl', effect: EFFECTIVE }), s.people, (span) => personRow(span), 'No change by a person lately.')}
      ${card('Failures', searchHref({ code: '>=400' }), s.failures, failureRow, 'No request failed that matters.', s.noise ? html`<p class="nothing">Not shown: ${s.noise} retried conflicts and lookups of controllers among the latest ${PAGE}. <a href=${searchHref({ code: '409' })}>See conflicts</a></p>` : nothing)}
      ${card('Warnings', searchHref({ type: 'Warning' }), s.warnings, warningRow, 'No Warning Event.')}
    </div>`;
}

function card(title, href, rows, row, none, foot = nothing) {
  return html`<section class="card" aria-label=${title}><div class="card-head"><h2>${title}</h2><a href=${href}>all</a></div>
    ${!rows ? skeleton(ROWS) : rows.length ? html`<ul class="feed">${rows.slice(0, ROWS).map(row)}</ul>` : html`<p class="nothing">${none}</p>`}${foot}</section>`;
}

/** The object around the moment: a window wide enough to see cause and effect. */
function hrefAt(s) {
  return s.object.name && s.object.resource ? objectHref(s.object, { uid: s.object.uid, sel: s.spanId }) : searchHref({ auditId: s.request?.auditId });
}

function line(s, title, first, second, { count = 1, names = new Set() } = {}) {
  const others = names.size - 1;
  return html`<li><a class="feed-row" href=${hrefAt(s)}>
    ${mark(tone(s))}<span class="feed-main"><span class="feed-top">${first}${others > 0 ? html`<span class="others" title=${[...names].slice(1, 20).join('\n')}>and ${others} more</span>` : nothing}${count > 1 ? html`<span class="count" title="${count} times">×${count}</span>` : nothing}</span>
    <span class="feed-sub" title=${title}>${second}</span></span>${when(new Date(endOf(s)).toISOString(), { date: 'short', millis: false })}</a></li>`;
}

const plain = (o) => html`<span class="object" title="${kindOf(o)} ${o.namespace ? `${o.namespace}/` : ''}${o.name}"><span class="kind">${shortKind(o)}</span> <span class="name">${o.namespace ? html`<span class="ns">${o.namespace}/</span>` : nothing}${o.name || '*'}</span></span>`;
const who = (s) => html`<strong title=${actor(s)}>${shortUser(actor(s))}</strong>${s.request?.impersonated ? html` <span class="by">by ${shortUser(s.request.user)}</span>` : nothing}`;
const personRow = (s) => line(s, summary(s), plain(s.object), html`${who(s)} ${['create', 'delete'].includes(verb(s)) ? nothing : html`${verb(s)}: `}${summary(s)}`);
const failureRow = (r) => line(r.span, summary(r.span), plain(r.span.object), html`<b class="reason">${r.span.request.code} ${r.reason}</b> ${who(r.span)} ${verb(r.span)}`, r);
const warningRow = (r) => line(r.span, summary(r.span), plain(r.span.object), html`<b class="reason">${r.reason}</b> ${summary(r.span)}`, r);
