/** An audit log file dropped onto any page, or chosen: sent with progress, and refused lines are named. */

import { html, nothing } from '../lit.js';
import { upload } from '../api.js';
import { openDialog } from './dialog.js';
import { problem } from './bits.js';

const NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/** Listens for files dropped anywhere. */
export function acceptDrops() {
  const over = (on) => document.documentElement.classList.toggle('dropping', on);
  const carriesFiles = (e) => [...(e.dataTransfer?.types || [])].includes('Files');
  addEventListener('dragover', (e) => {
    if (!carriesFiles(e)) return;
    e.preventDefault();
    over(true);
  });
  addEventListener('dragleave', (e) => !e.relatedTarget && over(false));
  addEventListener('drop', (e) => {
    if (!carriesFiles(e)) return;
    e.preventDefault();
    over(false);
    const files = [...(e.dataTransfer?.files || [])];
    if (files.length) openUpload(files);
  });
}

/** @param {File[]} [initial] */
export function openUpload(initial = []) {
  /** @type {{file: File, part: number, answer: any, error: any}[]} */
  let jobs = initial.map((file) => ({ file, part: 0, answer: null, error: null }));
  let cluster = 'imported';
  let token = '';
  let running = false;

  const start = async () => {
    running = true;
    layer.draw();
    for (const job of jobs.filter((j) => !j.answer)) {
      job.error = null;
      try {
        job.answer = await upload(cluster, job.file, token, (part) => {
          job.part = part;
          layer.draw();
        });
      } catch (e) {
        job.error = e;
      }
      layer.draw();
    }
    running = false;
    layer.draw();
  };
  const choose = (e) => {
    jobs = [...e.target.files].map((file) => ({ file, part: 0, answer: null, error: null }));
    layer.draw();
  };
  const layer = openDialog('Load an audit log', 'sheet upload', (close) => html`
    <div class="sheet-head"><h2>Load an audit log</h2><button class="quiet" @click=${close}>Close <kbd>Esc</kbd></button></div>
    <p>A file as kube-apiserver writes it: one <code>audit.k8s.io/v1</code> event per line, plain or .gz. The same file twice changes nothing.</p>
    <label class="field">Cluster name<input .value=${cluster} ?disabled=${running} @input=${(e) => { cluster = e.target.value.trim(); layer.draw(); }}></label>
    ${NAME.test(cluster) ? nothing : html`<p class="hint-bad">Lower-case letters, digits and dashes, at most 63.</p>`}
    ${jobs.some((j) => j.error?.status === 401) ? html`<label class="field">Token of the audit door<input type="password" autocomplete="off" @input=${(e) => { token = e.target.value.trim(); }}></label>` : nothing}
    <label class="field">File<input type="file" multiple accept=".log,.json,.jsonl,.ndjson,.gz" ?disabled=${running} @change=${choose}></label>
    ${jobs.map((job) => jobRow(job, close))}
    <div class="sheet-foot"><button class="primary" ?disabled=${running || !jobs.some((j) => !j.answer) || !NAME.test(cluster)} @click=${start}>${running ? 'Loading…' : 'Load'}</button></div>`);
}

function jobRow(job, close) {
  const { answer } = job;
  return html`<div class="job"><div class="job-name"><strong>${job.file.name}</strong><span class="faint">${size(job.file.size)}</span></div>
    <progress max="1" .value=${answer ? 1 : job.part} aria-label="Progress of ${job.file.name}"></progress>
    ${job.part === 1 && !answer && !job.error ? html`<p class="faint">Sent. The server is writing it down…</p>` : nothing}
    ${job.error ? problem(job.error) : nothing}
    ${answer ? html`<p><strong>${answer.accepted.toLocaleString('en')}</strong> events accepted${answer.rejected ? html`, <strong class="bad">${answer.rejected.toLocaleString('en')}</strong> refused` : nothing}.
      <a href="/" @click=${close}>See what is there</a></p>${refused(answer)}` : nothing}</div>`;
}

/** Refused lines; the answer names the first ones. */
function refused({ rejects, rejected }) {
  if (!rejects.length) return nothing;
  return html`<table class="refused"><thead><tr><th>Line</th><th>Reason</th><th>What is wrong</th></tr></thead><tbody>
    ${rejects.map((r) => html`<tr><td>${r.line}</td><td><code>${r.reason}</code></td><td>${r.message}</td></tr>`)}</tbody></table>
    ${rejected > rejects.length ? html`<p class="faint">${(rejected - rejects.length).toLocaleString('en')} more are not listed here; the topic tidemark.audit.rejects has all.</p>` : nothing}`;
}

const size = (bytes) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);
