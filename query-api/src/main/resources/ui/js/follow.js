/** Follows what happens to an object and its family, so that its page can ask again. Rests while nobody looks at the page. */

import { tail } from './tail.js';

/** Spans come in bursts: one question answers for all of a burst. */
const BURST_MS = 400;
/** A page that is slow to load is asked for less often. */
const LEAST_PAUSE_MS = 1500;
const PAUSE_FACTOR = 4;
const KINDS = 'REQUEST,EVENT,ITEM,OBJECT';

/**
 * @param {import('./types.js').ObjectKey} key
 * @param {{concerns: (span: any) => boolean, onNews: () => Promise<void>, onStatus: (status: import('./tail.js').TailStatus) => void}} how
 *   concerns: whether a span belongs to what the page shows; onNews: loads it again
 */
export function follow(key, { concerns, onNews, onStatus }) {
  let stream = null;
  let timer = 0;
  let pause = LEAST_PAUSE_MS;
  let lastEnd = 0;
  let more = false;
  let closed = false;

  const news = () => {
    more = true;
    if (timer) return;
    timer = setTimeout(async () => {
      const begin = performance.now();
      more = false;
      await onNews();
      timer = 0;
      lastEnd = performance.now();
      pause = Math.max(LEAST_PAUSE_MS, (lastEnd - begin) * PAUSE_FACTOR);
      if (more && !closed) news(); // it came while the answer was under way, perhaps too late to be in it
    }, Math.max(BURST_MS, lastEnd + pause - performance.now()));
  };
  const open = () => {
    stream = tail({ cluster: key.cluster, namespace: key.namespace, kind: KINDS }, { onSpan: (s) => concerns(s) && news(), onStatus, onSkipped: news });
  };
  const rest = () => {
    stream?.close();
    stream = null;
  };
  const look = () => {
    if (document.hidden) rest();
    else if (!stream) {
      open();
      news();
    }
  };
  document.addEventListener('visibilitychange', look);
  if (!document.hidden) open();
  return {
    close() {
      document.removeEventListener('visibilitychange', look);
      closed = true;
      clearTimeout(timer);
      rest();
    },
  };
}
