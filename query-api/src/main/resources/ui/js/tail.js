/** Server-sent events of the tail; after a break the browser asks for what followed the last id it saw. */

import { tailUrl } from './api.js';

const RETRY_MS = 3000;

/** @typedef {'connecting'|'open'|'lost'|'refused'} TailStatus */

/**
 * @param {Record<string, unknown>} filter
 * @param {{onSpan: (span: any) => void, onStatus: (status: TailStatus) => void, onSkipped: (count: number) => void}} to onSkipped: the server left these out, because this client did not keep up
 */
export function tail(filter, { onSpan, onStatus, onSkipped }) {
  let source = /** @type {?EventSource} */ (null);
  let timer = 0;
  let everOpen = false;
  const connect = () => {
    source = new EventSource(tailUrl(filter));
    source.onopen = () => {
      everOpen = true;
      onStatus('open');
    };
    source.addEventListener('span', (e) => onSpan(JSON.parse(e.data)));
    source.addEventListener('lagging', (e) => onSkipped(JSON.parse(e.data).skipped));
    source.onerror = () => {
      onStatus(everOpen ? 'lost' : 'refused');
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(connect, RETRY_MS);
    };
  };
  onStatus('connecting');
  connect();
  return {
    close() {
      clearTimeout(timer);
      source?.close();
    },
  };
}
