/** Client-side routes. Every state of a page is in its URL; nothing else remembers it. */

/** @typedef {{page: string, key?: import('./types.js').ObjectKey, user?: string, q: URLSearchParams, path: string}} Route */

/** @returns {Route} */
export function current() {
  return parse(location.pathname, location.search);
}

/** @param {string} path @param {string} search @returns {Route} */
export function parse(path, search) {
  const q = new URLSearchParams(search);
  const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
  if (parts.length === 0) return { page: 'home', q, path };
  if (parts[0] === 'o' && parts.length === 6) {
    const [, cluster, group, resource, namespace, name] = parts;
    const key = { cluster, group: group === 'core' ? '' : group, resource, namespace: namespace === '-' ? '' : namespace, name };
    return { page: 'object', key, q, path };
  }
  if (parts[0] === 'user' && parts.length === 2) return { page: 'user', user: parts[1], q, path };
  if (parts.length === 1 && ['search', 'live', 'watch', 'health'].includes(parts[0])) return { page: parts[0], q, path };
  return { page: 'unknown', q, path };
}

/** @param {import('./types.js').ObjectKey} key @param {Record<string, unknown>} [params] */
export function objectHref(key, params = {}) {
  const parts = ['o', key.cluster, key.group || 'core', key.resource, key.namespace || '-', key.name];
  return '/' + parts.map(encodeURIComponent).join('/') + queryOf(params);
}

/** @param {string} user */
export const userHref = (user) => `/user/${encodeURIComponent(user)}`;

/** @param {Record<string, unknown>} params */
export const searchHref = (params) => `/search${queryOf(params)}`;

/** @param {Record<string, unknown>} params */
export function queryOf(params) {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined && value !== null && value !== '') q.set(name, String(value));
  return q.size ? `?${q}` : '';
}

/** @param {string} href @param {{replace?: boolean}} [how] */
export function go(href, { replace = false } = {}) {
  if (href === location.pathname + location.search) return;
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  dispatchEvent(new Event('tidemark:route'));
}

/**
 * Changes parameters of the page on show; undefined or empty removes one.
 * @param {Record<string, unknown>} patch
 */
export function setParams(patch, { replace = true } = {}) {
  const q = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(patch)) {
    if (value === undefined || value === null || value === '') q.delete(name);
    else q.set(name, String(value));
  }
  go(location.pathname + (q.size ? `?${q}` : ''), { replace });
}

/** Calls back at every change of the URL, and takes over clicks on links inside the application. @param {() => void} listener */
export function listen(listener) {
  addEventListener('popstate', listener);
  addEventListener('tidemark:route', listener);
  document.addEventListener('click', (e) => {
    const a = /** @type {HTMLElement} */ (e.target).closest?.('a[href]');
    if (!a || e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey || e.altKey) return;
    const href = a.getAttribute('href') || '';
    if (!/^\/($|\?|o\/|user\/|search|live|watch|health)/.test(href) || a.hasAttribute('download')) return;
    e.preventDefault();
    go(href);
  });
}
