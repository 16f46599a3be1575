/** Calls of the query API. Failures become {@link ApiError}s that say what to do. */

const BASE = '/api/v1';

/** A refusal or failure of the API: an RFC 9457 problem, or what stands in for one when the server did not answer. */
export class ApiError extends Error {
  /** @param {{title?: string, status?: number, detail?: string, field?: string}} problem */
  constructor(problem) {
    super(problem.detail || problem.title || 'The request failed.');
    this.name = 'ApiError';
    this.title = problem.title || 'Request failed';
    this.status = problem.status || 0;
    this.detail = problem.detail || '';
    this.field = problem.field || '';
  }
}

const UNREACHABLE = {
  title: 'Tidemark does not answer',
  detail: 'The page is open, but the server is not reachable. Check that "tidemark up" is running; the page tries again by itself.',
};

/** @param {Response} response */
async function problemOf(response) {
  try {
    const body = await response.json();
    return new ApiError({ status: response.status, ...body });
  } catch {
    return new ApiError({ title: `The server answered ${response.status} ${response.statusText}`, status: response.status });
  }
}

/**
 * Builds a query string; empty values are left out, because the API refuses parameters without meaning.
 * @param {Record<string, unknown>} params
 */
export function query(params) {
  const q = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') q.set(name, String(value));
  }
  const text = q.toString();
  return text ? `?${text}` : '';
}

/**
 * @param {string} path below /api/v1
 * @param {Record<string, unknown>} [params]
 * @param {AbortSignal} [signal]
 */
export const get = (path, params = {}, signal = undefined) => ask(BASE + path + query(params), signal);

/** How each part of the platform is, and since when. */
export const status = () => ask('/statusz', undefined);

/** Every figure the platform counts, in Prometheus' text format. @returns {Promise<string>} */
export const metrics = () => ask('/metrics', undefined, (response) => response.text());

async function ask(url, signal, read = (response) => response.json()) {
  try {
    const response = await fetch(url, { signal, headers: { accept: 'application/json, text/plain' } });
    if (!response.ok) throw await problemOf(response);
    return await read(response);
  } catch (e) {
    if (e instanceof ApiError || (e instanceof DOMException && e.name === 'AbortError')) throw e;
    throw new ApiError(UNREACHABLE);
  }
}

/** @param {import('./types.js').ObjectKey} key */
export function objectPath(key) {
  const parts = [key.cluster, key.group || 'core', key.resource, key.namespace || '-', key.name];
  return '/objects/' + parts.map(encodeURIComponent).join('/');
}

/** A span by its id, or what stands in for one that is not there. @param {string} id */
export async function spanById(id) {
  try {
    return await get(`/spans/${encodeURIComponent(id)}`);
  } catch (error) {
    return { spanId: id, missing: error };
  }
}

/** @param {Record<string, unknown>} filter */
export function tailUrl(filter) {
  return BASE + '/tail' + query(filter);
}

/**
 * Sends one audit log file. XMLHttpRequest, because fetch has no progress of the upload.
 * @param {string} cluster
 * @param {File} file
 * @param {string} token of the door; empty where it asks for none
 * @param {(fraction: number) => void} onProgress
 * @returns {Promise<Record<string, any>>}
 */
export function upload(cluster, file, token, onProgress) {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', `${BASE}/audit/${encodeURIComponent(cluster)}/upload`);
    call.setRequestHeader('Content-Type', file.name.endsWith('.gz') ? 'application/gzip' : 'application/x-ndjson');
    if (token) call.setRequestHeader('Authorization', `Bearer ${token}`);
    call.upload.onprogress = (e) => e.lengthComputable && onProgress(e.loaded / e.total);
    call.onerror = () => reject(new ApiError(UNREACHABLE));
    call.onload = () => {
      let body = {};
      try {
        body = JSON.parse(call.responseText);
      } catch {
        // An answer that is no JSON still has its status, told below.
      }
      if (call.status < 300) resolve(body);
      else reject(new ApiError({ title: `The upload was refused (${call.status})`, ...body, status: call.status }));
    };
    call.send(file);
  });
}
