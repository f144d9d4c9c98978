/**
 * Prometheus' text form, and what can be said from two readings of it.
 *
 *   parse(text)                        [{ name, labels: { … }, value }]
 *   sum(samples, name, wanted)         the values of a name whose labels satisfy wanted(labels), added up; null: none there
 *   by(samples, name, label)           Map from the label's values to sums
 *   grown(now, before)                 how much a counter has grown; a counter that fell was started anew
 *   quantile(share, now, before, name) by linear interpolation in the buckets of a histogram, as Prometheus does it;
 *                                      null where nothing was observed in between
 */
const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;
const ESCAPES = { n: '\n', '"': '"', '\\': '\\' };

export function parse(text) {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => LINE.exec(line))
    .filter(Boolean)
    .map(([, name, labels, value]) => ({ name, labels: labelsOf(labels ?? ''), value: value === '+Inf' ? Infinity : Number(value) }));
}

function labelsOf(text) {
  const unescaped = (value) => value.replace(/\\(.)/g, (whole, sign) => ESCAPES[sign] ?? whole);
  return Object.fromEntries([...text.matchAll(LABEL)].map(([, name, value]) => [name, unescaped(value)]));
}

export function sum(samples, name, wanted = () => true) {
  const found = samples.filter((sample) => sample.name === name && wanted(sample.labels));
  return found.length === 0 ? null : found.reduce((total, { value }) => total + value, 0);
}

export function by(samples, name, label) {
  const sums = new Map();
  for (const { labels, value } of samples.filter((sample) => sample.name === name)) {
    sums.set(labels[label], (sums.get(labels[label]) ?? 0) + value);
  }
  return sums;
}

export function grown(now, before) {
  return now >= before ? now - before : now;
}

export function quantile(share, now, before, name, wanted = () => true) {
  const buckets = cumulative(now, before, name, wanted);
  const all = buckets.at(-1)?.count ?? 0;
  if (all === 0) {
    return null;
  }
  const rank = share * all;
  const at = buckets.findIndex(({ count }) => count >= rank);
  const below = at === 0 ? { le: 0, count: 0 } : buckets[at - 1];
  if (!Number.isFinite(buckets[at].le)) {
    return below.le; // Beyond the last bound: at least that much.
  }
  const inside = buckets[at].count - below.count;
  return below.le + (buckets[at].le - below.le) * (inside === 0 ? 1 : (rank - below.count) / inside);
}

/** What came between two readings into the buckets up to each bound. */
function cumulative(now, before, name, wanted) {
  const bounds = (samples) => {
    const counts = new Map();
    for (const sample of samples) {
      if (sample.name === `${name}_bucket` && wanted(sample.labels)) {
        const le = sample.labels.le === '+Inf' ? Infinity : Number(sample.labels.le);
        counts.set(le, (counts.get(le) ?? 0) + sample.value);
      }
    }
    return counts;
  };
  const earlier = bounds(before);
  return [...bounds(now)].map(([le, count]) => ({ le, count: grown(count, earlier.get(le) ?? 0) })).sort((a, b) => a.le - b.le);
}
