/** The frame around every page: navigation above, coverage below. */

import { html, nothing } from '../lit.js';
import { prefs, toggleTheme, toggleZone } from '../prefs.js';
import { searchHref } from '../route.js';
import * as time from '../time.js';
import { openFinder } from './finder.js';
import { showHelp } from './help.js';
import * as icons from './icons.js';

const NAV = [
  ['home', '/', 'Overview'],
  ['search', '/search', 'Search'],
  ['live', '/live', 'Live'],
  ['watch', '/watch', 'Watch'],
  ['health', '/health', 'Health'],
];

/** Where pages draw. */
export function pageHost() {
  const old = document.getElementById('page');
  const fresh = document.createElement('main');
  fresh.id = 'page';
  fresh.tabIndex = -1;
  old?.replaceWith(fresh);
  return fresh;
}

/** @param {import('../route.js').Route} route @param {any} coverage */
export function frame(route, coverage) {
  const dark = prefs.theme === 'dark';
  return html`
    <header class="top">
      <a class="brand" href="/" aria-label="Tidemark, overview">
        <svg viewBox="0 0 32 32" width="22" height="22" aria-hidden="true">
          <rect width="32" height="32" rx="7" fill="#0f6f8c"></rect>
          <path d="M5 12c3.7-3.6 7.3-3.6 11 0s7.3 3.6 11 0" class="wave-1"></path>
          <path d="M5 20c3.7-3.6 7.3-3.6 11 0s7.3 3.6 11 0" class="wave-2"></path>
        </svg>
        <span>Tidemark</span>
      </a>
      <nav aria-label="Pages">
        ${NAV.map(([page, href, name]) => html`<a href=${href} aria-current=${route.page === page ? 'page' : nothing}>${name}${page === 'health' ? sign(coverage) : nothing}</a>`)}
      </nav>
      <button class="find-button" @click=${() => openFinder()} aria-label="Find an object">
        ${icons.search}<span>Find an object</span><kbd>/</kbd>
      </button>
      <div class="tools">
        <button class="quiet" @click=${toggleZone} title="Times are in ${time.zone()}. Click for ${prefs.utc ? 'local time' : 'UTC'}.">
          ${prefs.utc ? 'UTC' : 'Local'}
        </button>
        <button class="quiet square" @click=${toggleTheme} aria-label=${dark ? 'Light theme' : 'Dark theme'} title=${dark ? 'Light theme' : 'Dark theme'}>
          ${dark ? icons.sun : icons.moon}
        </button>
        <button class="quiet square" @click=${showHelp} aria-label="Keyboard and help" title="Keyboard and help (?)">?</button>
      </div>
    </header>
    <main id="page" tabindex="-1"></main>
    ${footer(coverage)}
  `;
}

/** Beside the name of the health page, when a part is not as it should be. */
function sign(coverage) {
  const worst = coverage?.error ? 'down' : (coverage?.parts || []).reduce((w, p) => (p.state === 'down' || w === 'down' ? 'down' : p.state === 'degraded' ? 'degraded' : w), 'up');
  return worst === 'up' ? nothing : html`<span class="dot ${worst}" title="A part is ${worst}"></span><span class="sr">a part is ${worst}</span>`;
}

function footer(coverage) {
  const a = coverage?.answer;
  if (coverage?.error) {
    return html`<footer class="coverage bad" role="status">
      ${icons.warning}<strong>${coverage.error.title}</strong><span>${coverage.error.detail}</span>${coverage.at ? html`<span class="faint">last answer ${time.ago(coverage.at)}</span>` : nothing}
    </footer>`;
  }
  if (!a) return html`<footer class="coverage" role="status"><span class="faint">Asking what is covered…</span></footer>`;
  const missing = a.missing;
  const down = coverage.parts.filter((p) => p.state === 'down');
  return html`<footer class="coverage" aria-label="Coverage">
    ${down.length
      ? html`<a class="down" href="/health">${icons.warning}<strong>${down.map((p) => p.name).join(', ')} down</strong> since ${time.clock(time.parse(down[0].since), false)}</a>`
      : html`<span class="dot ${a.audit}" title=${AUDIT_STATES[a.audit]}></span>
        <span title=${AUDIT_STATES[a.audit]}>audit ${a.audit}${a.audit === 'idle' ? ` for ${time.span(Date.now() - time.parse(a.newestAcceptedAt))}` : ''}</span>`}
    ${fact('from', a.from ? time.dateTime(time.parse(a.from)) : '–', time.bothZones(a.from))}
    ${fact('to', a.to ? time.dateTime(time.parse(a.to)) : '–', time.bothZones(a.to))}
    ${fact('lag', lag(a), `Records accepted but not yet searchable: ${count(a.lagRecords)}`)}
    ${fact('kept', time.isoDuration(a.retention), `Retention: ${a.retention}`)}
    ${fact('spans', count(a.spans), `${count(a.objects)} objects`)}
    ${missing.length
      ? html`<details class="missing"><summary>${icons.warning}${missing.length === 1 ? '1 gap' : `${missing.length} gaps`}</summary>
          <div class="pop" role="note"><strong>What is missing</strong><ul>${missing.map((m) => html`<li>${m.doubt ? html`<a href=${searchHref({ doubt: m.doubt })}>${m.text}</a>` : m.text}</li>`)}</ul></div></details>`
      : html`<span class="faint">nothing known to be missing</span>`}
  </footer>`;
}

const AUDIT_STATES = {
  none: 'No audit event has arrived yet',
  receiving: 'Audit events are arriving',
  idle: 'Audit events have arrived before, none at the moment',
};

const count = (n) => (n ?? 0).toLocaleString('en');
const lag = (a) => (a.lagRecords > 0 ? `${count(a.lagRecords)} records` : 'none');
const fact = (name, value, title) => html`<span class="fact ${name}" title=${title}><span class="faint">${name}</span> ${value}</span>`;
