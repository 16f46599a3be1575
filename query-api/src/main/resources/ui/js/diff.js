/** Field changes as text: short paths, short values, and which of many changes are worth one line. */

/** @typedef {import('./types.js').Change} Change */

/** Last part of the path, with the name of the list element that gives it meaning. @param {string} path */
export function shortPath(path) {
  const element = /\[(?:name|type|containerPort|key|uid|ip|mountPath)=([^\]]+)\](?:\.([^.[\]]+))?$/.exec(path);
  if (element && /(^|\.)conditions\[/.test(path)) return !element[2] || element[2] === 'status' ? element[1] : `${element[1]} ${element[2]}`;
  if (element) return element[2] ? `${element[1]} ${element[2]}` : element[1];
  const quoted = /(?:^|\.)(\w+)\["([^"]+)"\]$/.exec(path);
  if (quoted) return `${quoted[1]}[${quoted[2].replace(/^.*\//, '')}]`;
  const parts = path.split('.');
  return parts.length > 3 ? parts.slice(-2).join('.') : path;
}

/** @param {any} value @param {number} max characters */
export function shortValue(value, max = 60) {
  if (value === undefined) return '∅';
  let text = typeof value === 'string' ? value : JSON.stringify(value).replace(/"([\w./-]+)":/g, '$1: ').replace(/"([\w./:-]*)"/g, '$1').replace(/,(?=\S)/g, ', ');
  if (/^[\w.-]+(:\d+)?\/.+:[\w.-]+$/.test(text)) text = text.replace(/^.*\//, '');
  text = text.replace(/\s+/g, ' ').trim();
  return text.length > max ? `${text.slice(0, max - 1)}…` : text || '""';
}

/** What carries the least news: times, counters of observation, bookkeeping by controllers. */
const DULL = /(lastTransitionTime|lastUpdateTime|lastHeartbeatTime|lastProbeTime|observedGeneration|renewTime|lastTimestamp|creationTimestamp|last-applied-configuration|metadata\.uid|podIP|hostIP|startedAt|containerID|restartedAt|revision"\])/;

/** An empty map or list that comes or goes says nothing beside the fields in it. @param {Change} c */
function isEmptied(c) {
  const only = 'before' in c !== 'after' in c ? (c.before ?? c.after) : undefined;
  return typeof only === 'object' && only !== null && Object.keys(only).length === 0;
}

/** Higher is told first. @param {Change} c */
function weight(c) {
  if (DULL.test(c.path) || isEmptied(c)) return 0;
  if (/deletionTimestamp|finalizers/.test(c.path)) return 9;
  if (/^(spec|data|rules|roleRef|subjects|webhooks|stringData|binaryData)/.test(c.path)) return /\.image$|replicas$/.test(c.path) ? 8 : 7;
  if (/^status\.conditions\[[^\]]+\](\.status)?$/.test(c.path) || c.path === 'status.phase') return 6;
  if (/state\.(waiting|terminated)\.reason|restartCount/.test(c.path)) return 5;
  if (/^metadata\./.test(c.path)) return 4;
  if (/conditions\[[^\]]+\]\.(reason|message|type)$/.test(c.path)) return 1;
  return 2;
}

const CONDITION = /^status\.conditions\[type=[^\]]+\]$/;

/** @param {Change} c */
export function changeText(c) {
  const name = shortPath(c.path);
  const value = (v) => shortValue(CONDITION.test(c.path) ? v?.status : v);
  if (!('before' in c)) return `${name} + ${value(c.after)}`;
  if (!('after' in c)) return `${name} − ${value(c.before)}`;
  return `${name} ${shortValue(c.before)} → ${shortValue(c.after)}`;
}

/** Most telling changes first; the API's order is kept among equals. @param {Change[]} changes */
export function ranked(changes) {
  return changes.map((c, i) => ({ c, i, w: weight(c) })).sort((a, b) => b.w - a.w || a.i - b.i).map((x) => x.c);
}

/** One line out of many changes; what it leaves out is counted. @param {Change[]} changes */
export function summarise(changes, omitted = 0) {
  if (!changes.length) return '';
  const first = ranked(changes).slice(0, 2);
  const rest = changes.length - first.length + (omitted || 0);
  return first.map(changeText).join(', ') + (rest > 0 ? `, +${rest} more` : '');
}

/** What a new object is, in a few words: its size, its images, its keys. @param {Change[]} changes */
export function describeNew(changes) {
  const at = (path) => changes.find((c) => c.path === path)?.after;
  const spec = at('spec') || {};
  const pod = spec.jobTemplate?.spec?.template?.spec || spec.template?.spec || spec;
  const images = (pod.containers || []).map((c) => shortValue(c.image || ''));
  const facts = ['replicas', 'minReplicas', 'maxReplicas', 'completions', 'schedule', 'minAvailable', 'maxUnavailable', 'type', 'nodeName'].filter((k) => ['string', 'number'].includes(typeof spec[k])).map((k) => `${k} ${spec[k]}`);
  const keys = Object.keys(at('data') || {});
  const subjects = (at('subjects') || []).map((s) => s.name);
  return [...facts, images.join(' '), keys.length ? `keys ${keys.slice(0, 4).join(', ')}${keys.length > 4 ? ` and ${keys.length - 4} more` : ''}` : '', at('roleRef')?.name ? `role ${at('roleRef').name} for ${subjects.join(', ')}` : ''].filter(Boolean).join(', ');
}

/** Only fields below status, or bookkeeping, and no condition that turned. @param {Change[]} changes */
export function isStatusChurn(changes) {
  return changes.length > 0 && changes.every((c) => (c.path.startsWith('status') || DULL.test(c.path)) && weight(c) < 6);
}

/** A value over several lines, for reading. @param {any} value */
export function longValue(value) {
  if (value === undefined) return '';
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  const text = value.trim();
  if (/^[[{]/.test(text)) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      return value;
    }
  }
  return value;
}
