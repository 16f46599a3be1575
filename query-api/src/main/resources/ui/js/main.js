/** Starts the application: the frame around pages, routing, and what works on every page. */

import { render } from './lit.js';
import { current, go, listen } from './route.js';
import { bind } from './keys.js';
import { onPrefs } from './prefs.js';
import { watchCoverage } from './coverage.js';
import { frame, pageHost } from './views/frame.js';
import { showHelp } from './views/help.js';
import { acceptDrops } from './views/upload.js';
import { openFinder } from './views/finder.js';
import { homePage } from './views/home.js';
import { objectPage } from './views/object.js';
import { searchPage } from './views/search.js';
import { livePage } from './views/live.js';
import { watchPage } from './views/watch.js';
import { healthPage } from './views/health.js';
import { unknownPage } from './views/unknown.js';

/**
 * A page draws itself into its host, follows changes of its URL, and ends.
 * @typedef {{update(route: import('./route.js').Route): void, redraw(): void, close(): void}} Page
 */

/** @type {Record<string, (host: HTMLElement, route: any) => Page>} */
const PAGES = { home: homePage, object: objectPage, search: searchPage, user: searchPage, live: livePage, watch: watchPage, health: healthPage, unknown: unknownPage };

const app = /** @type {HTMLElement} */ (document.getElementById('app'));
/** @type {?Page} */
let page = null;
let identity = '';
let coverage = null;

function drawFrame() {
  render(frame(current(), coverage), app);
}

function follow() {
  const route = current();
  const next = route.page === 'object' || route.page === 'user' ? route.path : route.page;
  drawFrame();
  if (page && next === identity) {
    page.update(route);
    return;
  }
  page?.close();
  identity = next;
  const host = pageHost();
  page = PAGES[route.page](host, route);
  host.scrollTop = 0;
}

listen(follow);
onPrefs(() => {
  drawFrame();
  page?.redraw();
});
bind({
  '?': () => showHelp(),
  '/': () => focusFinder(),
  g: () => go('/'),
  s: () => go('/search'),
  l: () => go('/live'),
  w: () => go('/watch'),
  h: () => go('/health'),
});
acceptDrops();
follow();
watchCoverage((answer) => {
  coverage = answer;
  drawFrame();
});

function focusFinder() {
  const field = /** @type {?HTMLInputElement} */ (document.querySelector('#home-find'));
  if (field) field.focus();
  else openFinder();
}
