/** Server-sent events of the tail; after a break the browser asks for what followed the last id it saw. */

import { tailUrl } from './api.js';

const RETRY_MS = 3000;

/**
 * @param {Record<string, unknown>} filter
 * @param {{onSpan: (span: any) => void, onStatus: (status: 'connecting'|'open'|'lost'|'refused') => void}} to
 */
export function tail(filter, { onSpan, onStatus }) {
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
