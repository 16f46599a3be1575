/** How Tidemark itself is: its parts and since when, what the doors took and refused, and every figure it counts. */

import { html, nothing, render } from '../lit.js';
import { metrics, status } from '../api.js';
import { createStore } from '../store.js';
import { families } from '../figures.js';
import * as time from '../time.js';
import { problem, skeleton, when } from './bits.js';

/** What each part does, and what to do when it is down. @type {Record<string, [string, string]>} */
const PARTS = {
  kafka: ['the log that holds every accepted event', 'Nothing is accepted and nothing new appears. Look at the log of the process, and whether the disk is full.'],
  topics: ['the topics of the log', 'Start again; with an own Kafka cluster, check that this client may create topics.'],
  correlator: ['relates audit events to objects', 'Events are accepted and kept meanwhile; what they mean appears when it runs again. It is started again by itself.'],
  'span-projector': ['keeps the index that these pages ask', 'These pages show an older state. It tries again by itself.'],
  'audit-doors': ['take audit events in', 'API servers and followed files wait and send again.'],
  http: ['serves these pages', ''],
};

/** @param {HTMLElement} host @returns {import('../main.js').Page} */
export function healthPage(host) {
  document.title = 'Health · Tidemark';
  const store = createStore({ status: null, families: [], error: null }, draw);

  async function load() {
    try {
      const [parts, text] = await Promise.all([status(), metrics()]);
      store.set({ status: parts, families: families(text, 'tidemark_'), error: null });
    } catch (error) {
      store.set({ error });
    }
  }
  addEventListener('tidemark:coverage', load);

  function draw() {
    const s = store.state;
    render(html`<div class="health"><h1>Health</h1>
      ${s.error ? problem(s.error, load) : nothing}
      ${s.status ? content(s) : s.error ? nothing : skeleton(8)}</div>`, host);
  }
  draw();
  load();
  return {
    update() {},
    redraw: draw,
    close() {
      removeEventListener('tidemark:coverage', load);
      store.close();
    },
  };
}

function content({ status: { ready, parts, version, startedAt }, families: all }) {
  return html`
    <p class="verdict ${ready ? 'up' : 'down'}" role="status"><i class="dot"></i>${ready ? 'Ready: every part works.' : 'Not ready: see what is down.'}
      <span class="faint">Version ${version}, started ${when(startedAt, { date: true, millis: false })} (${time.ago(time.parse(startedAt))})</span></p>
    <section class="card" aria-label="Parts"><ul class="parts">${parts.map(part)}</ul></section>
    <section class="card figures" aria-label="Figures"><div class="card-head"><h2>Figures</h2><a href="/metrics">as Prometheus reads them</a></div>
      <table><thead><tr><th>What</th><th class="num">Value</th></tr></thead><tbody>${all.map(figure)}</tbody></table></section>`;
}

function part(p) {
  const [job, remedy] = PARTS[p.name] || ['', ''];
  return html`<li class="part ${p.state}"><i class="dot ${p.state}"></i><span class="part-name"><b>${p.name}</b> <span class="faint">${job}</span></span>
    <span class="part-state"><b>${STATES[p.state]}</b> <span class="faint">since ${when(p.since, { date: 'short', millis: false })} (${time.span(Date.now() - time.parse(p.since))})</span></span>
    ${p.detail ? html`<p class="part-detail">${p.detail}</p>` : nothing}${p.state === 'down' && remedy ? html`<p class="part-remedy">${remedy}</p>` : nothing}</li>`;
}

const STATES = { up: 'works', degraded: 'works with a loss', down: 'down' };

function figure(f) {
  return html`<tr><td><b>${f.help || f.name}</b><code class="faint">${f.name}</code></td>
    <td class="num">${f.samples.map((s) => html`<div>${s.label ? html`<span class="faint">${s.label}</span> ` : nothing}${s.text}</div>`)}</td></tr>`;
}
