/** What to do when there is nothing yet. */
import { html } from '../lit.js';
import { copyButton } from './bits.js';
import { openUpload } from './upload.js';

const WEBHOOK = (origin) => `apiVersion: v1
kind: Config
clusters:
- name: tidemark
  cluster: {server: "${origin}/audit/my-cluster"}
contexts:
- name: tidemark
  context: {cluster: tidemark, user: ""}
current-context: tidemark
`;

export function emptyState() {
  const webhook = WEBHOOK(location.origin);
  return html`<section class="start" aria-label="First steps">
    <p class="lead">Tidemark runs, but no audit event has arrived yet. Choose one:</p>
    <ol class="steps">
      <li><h2>See it with recorded data</h2><p>Twelve minutes of a real cluster: rollouts, failures, a drained node, fights between controllers.</p>
        ${command('tidemark up --sample shop')}</li>
      <li><h2>Load an audit log file</h2><p>Drop it onto this page (plain or .gz), or:</p>
        <button class="primary" @click=${() => openUpload()}>Choose a file…</button>${command('tidemark ingest --cluster my-cluster audit.log')}</li>
      <li><h2>Connect kube-apiserver</h2><p>Save this as <code>audit-webhook.yaml</code> and start the API server with <code>--audit-webhook-config-file=audit-webhook.yaml</code> and an <code>--audit-policy-file</code>. Spans appear here within a second.</p>
        ${command(webhook)}</li>
    </ol>
  </section>`;
}

const command = (text) => html`<div class="command"><pre>${text}</pre>${copyButton(text, 'Copy')}</div>`;
