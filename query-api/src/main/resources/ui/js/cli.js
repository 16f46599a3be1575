/** The question of a page as a command for a terminal, with the names of the command line. Pure but for the address of the server. */

/** Where the commands ask when they are not told. */
const USUAL_SERVER = 'http://127.0.0.1:7400';
/** Options that are not named like the parameter of the API. @type {Record<string, string>} */
const OPTIONS = { userAgent: '--user-agent', auditId: '--audit-id', cluster: '-c', namespace: '-n' };

/** One word for a POSIX shell. @param {string} text */
const word = (text) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);

/** @param {string[]} parts @param {string[]} [words] after the options; one that begins with a dash is none */
const line = (parts, words = []) => [...parts, ...(location.origin === USUAL_SERVER ? [] : ['--server', location.origin]), ...(words.some((w) => w.startsWith('-')) ? ['--'] : []), ...words].map(word).join(' ');

/**
 * @param {import('./types.js').ObjectKey} key
 * @param {{uid?: string, from?: string, to?: string}} which
 */
export function traceCommand(key, { uid, from, to }) {
  const type = key.group ? `${key.resource}.${key.group}` : key.resource;
  return line(['tidemark', 'trace', `${type}/${key.name}`, '-c', key.cluster, ...(key.namespace ? ['-n', key.namespace] : []), ...given({ uid, from, to })]);
}

/**
 * @param {'search' | 'tail'} command
 * @param {Record<string, string>} params as the API takes them
 */
export function filterCommand(command, { q, order, ...params }) {
  return line(['tidemark', command, ...given(params), ...(order === 'asc' ? ['--oldest-first'] : [])], (q || '').split(/\s+/).filter(Boolean));
}

const given = (params) => Object.entries(params).flatMap(([name, value]) => (value ? [OPTIONS[name] || `--${name}`, value] : []));
