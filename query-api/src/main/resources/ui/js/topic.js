/** Server-sent events of a watch topic; after a break the browser asks for what followed the last revision it saw. */

import { ApiError, query } from './api.js';

const BASE = '/api/v1/watch';
const RETRY_MS = 3000;

/** @typedef {{name: string, data: any}} TopicEvent */

/** Which keyspaces there are. @returns {Promise<{name: string, revision?: number, oldest?: number}[]>} */
export async function keyspaces() {
  const response = await fetch(BASE);
  return response.ok ? (await response.json()).keyspaces : [];
}

/**
 * What somebody types: a key's beginning, which begins with a slash or ends in one, or RESOURCE[/NAMESPACE[/NAME]].
 * @param {string} text
 * @returns {Record<string, string>}
 */
export function rangeOf(text) {
  const what = text.trim();
  if (!what) return {};
  if (what.startsWith('/') || !/^[a-z0-9.-]+(\/[^/]+){0,2}$/.test(what)) return { prefix: what };
  const [resource, namespace, name] = what.split('/');
  return { resource, ...(namespace && { namespace }), ...(name && { name }) };
}

/** @param {string} keyspace @param {Record<string, unknown>} params */
export const topicUrl = (keyspace, params) => `${BASE}/${encodeURIComponent(keyspace)}${query(params)}`;

/**
 * @param {string} url
 * @param {{onEvent: (event: TopicEvent) => void, onStatus: (status: string, problem?: any) => void}} to
 */
export function topic(url, { onEvent, onStatus }) {
  let source = /** @type {?EventSource} */ (null);
  let timer = 0;
  let closed = false;
  let seen = '';
  const from = () => (seen ? url.replace(/([?&])since=[^&]*&?/, '$1').replace(/[?&]$/, '') : url);
  const resumed = () => (seen ? `${from()}${from().includes('?') ? '&' : '?'}since=${Number(seen) + 1}` : url);
  const connect = () => {
    source = new EventSource(resumed());
    source.onopen = () => onStatus('open');
    for (const name of ['put', 'delete', 'bookmark', 'notice']) {
      source.addEventListener(name, (e) => {
        if (e.lastEventId) seen = e.lastEventId;
        onEvent({ name, data: JSON.parse(e.data) });
      });
    }
    source.addEventListener('problem', (e) => refused(JSON.parse(e.data)));
    source.onerror = async () => {
      if (source?.readyState !== EventSource.CLOSED) return onStatus('lost');
      const problem = await problemAt(resumed());
      if (closed) return;
      if (problem && problem.status < 500) return refused(problem);
      onStatus('lost');
      timer = setTimeout(connect, RETRY_MS);
    };
  };
  const refused = (problem) => {
    source?.close();
    onStatus('refused', problem);
  };
  onStatus('connecting');
  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      source?.close();
    },
  };
}

/** An EventSource does not tell why it was refused: asked again, the answer does. @param {string} url */
async function problemAt(url) {
  const stop = new AbortController();
  try {
    const response = await fetch(url, { signal: stop.signal });
    return response.ok ? null : await response.json().catch(() => new ApiError({ status: response.status }));
  } catch {
    return null;
  } finally {
    stop.abort();
  }
}

/** A JSON pointer as the pages write paths. @param {string} pointer */
export function pathOf(pointer) {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((path, step) => (/^\d+$/.test(step) ? `${path}[${step}]` : /[./]/.test(step) ? `${path}["${step}"]` : path ? `${path}.${step}` : step), '');
}
