/** Reads Prometheus' text format, and writes its values for people. Pure. */

import * as time from './time.js';

/** @typedef {{name: string, help: string, samples: {label: string, text: string}[]}} Family */

/**
 * Families in the order of the text. One of many observations is told by how many there were, their mean and the latest maximum.
 * @param {string} text @param {string} prefix of the names wanted @returns {Family[]}
 */
export function families(text, prefix) {
  /** @type {Map<string, string>} */
  const helps = new Map();
  /** @type {Map<string, {labels: string, value: number}[]>} */
  const samples = new Map();
  for (const line of text.split('\n')) {
    const help = /^# HELP (\S+) (.*)$/.exec(line);
    if (help) helps.set(help[1], help[2]);
    const sample = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
    if (sample) samples.set(sample[1], [...(samples.get(sample[1]) || []), { labels: sample[2] || '', value: Number(sample[3]) }]);
  }
  return [...helps].filter(([name]) => name.startsWith(prefix) && !(name.endsWith('_max') && helps.has(name.slice(0, -4)))).map(([name, help]) => ({ name, help, samples: samples.has(name) ? own(name, samples) : observed(name, samples) }));
}

const own = (name, samples) => samples.get(name).map((s) => ({ label: labelText(s.labels), text: valueText(name, s.value) }));

function observed(name, samples) {
  const sums = new Map((samples.get(`${name}_sum`) || []).map((s) => [s.labels, s.value]));
  const most = new Map((samples.get(`${name}_max`) || []).map((s) => [s.labels, s.value]));
  const mean = (s) => valueText(name, (sums.get(s.labels) || 0) / s.value);
  const max = (s) => (most.get(s.labels) ? `, at most ${valueText(name, most.get(s.labels))} lately` : '');
  return (samples.get(`${name}_count`) || []).map((s) => ({ label: labelText(s.labels), text: s.value ? `${number(s.value)} times, ${mean(s)} on average${max(s)}` : 'never' }));
}

const labelText = (labels) => labels.replace(/\w+="([^"]*)",?/g, '$1 ').trim();
const number = (v) => v.toLocaleString('en', { maximumFractionDigits: 3 });

function valueText(name, value) {
  if (Number.isNaN(value)) return '–';
  if (/_bytes(_total)?$/.test(name)) return value < 1e6 ? `${number(Math.ceil(value / 1e3))} kB` : `${number(Math.round(value / 1e5) / 10)} MB`;
  if (name.endsWith('_timestamp_seconds')) return time.dateTime(value * 1000);
  if (/_seconds(_total)?$/.test(name)) return time.span(value * 1000);
  return number(value);
}
