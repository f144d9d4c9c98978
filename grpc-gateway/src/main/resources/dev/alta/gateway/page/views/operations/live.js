/**
 * What goes on now, read from /metrics every two seconds; rates are computed here from readings some seconds apart.
 * Where the scorer runs elsewhere, its own metrics are not to be had here, and the gateway's are shown instead.
 */
import { h, replace } from '../../dom.js';
import { failure, loading } from '../../states.js';
import { facts } from '../../pieces.js';
import { lines, table } from '../../chart.js';
import { by, grown, parse, quantile, sum } from './metrics.js';

const EVERY_MS = 2000;
// Rates and quantiles are of this many readings; charts go back this far.
const SPAN = 5;
const KEPT = 150;
const NAMES = [
  'predict_requests_total',
  'predict_latency_seconds',
  'predictions_total',
  'gateway_latency_seconds',
  'inference_log_spool_depth',
  'inference_log_queue_depth',
  'inference_log_dropped_total',
  'process_resident_memory_bytes',
  'process_cpu_seconds_total',
];
const ADDRESS = `metrics?${NAMES.map((name) => `name%5B%5D=${name}`).join('&')}`;
const SHARES = [0.5, 0.95, 0.99];
const isPrediction = ({ path }) => path === '/predict' || path === '/explain';

export function mountLive(root, context) {
  const { api, t, every, signal } = context;
  const state = { readings: [], points: [] };
  const problems = h('div', { role: 'status' });
  const body = h('div', { class: 'part' }, loading(t));
  let shown = null;
  root.append(problems, body);
  every(EVERY_MS, async () => {
    try {
      note(state, parse(await api.text(ADDRESS, { signal })));
      shown ??= show(body, context);
      shown(state);
      replace(problems);
    } catch (problem) {
      if (!signal.aborted) {
        replace(problems, failure(problem, context));
        replace(body, shown ? [...body.childNodes] : null);
      }
    }
  });
}

/** Keeps a reading, and what follows from it and the one some seconds before. */
function note(state, samples) {
  const now = { at: Date.now(), samples };
  const before = state.readings.at(-SPAN) ?? state.readings[0];
  state.readings = [...state.readings, now].slice(-SPAN - 1);
  if (before) {
    state.points = [...state.points, point(now, before)].slice(-KEPT);
  }
  state.now = samples;
}

function point(now, before) {
  const seconds = Math.max((now.at - before.at) / 1000, 0.001);
  const rate = (name, wanted) => rateOf(now, before, seconds, name, wanted);
  const own = sum(now.samples, 'predict_requests_total') !== null;
  const histogram = own ? 'predict_latency_seconds' : 'gateway_latency_seconds';
  const wanted = own ? () => true : isPrediction;
  const count = rate(`${histogram}_count`, wanted);
  return {
    at: now.at,
    own,
    requests: own ? rate('predict_requests_total') : count,
    mean: count > 0 ? rate(`${histogram}_sum`, wanted) / count : null,
    quantiles: SHARES.map((share) => quantile(share, now.samples, before.samples, histogram, wanted)),
    // There is no series of a status that has not come up.
    failed: own ? rate('predict_requests_total', ({ status }) => status !== 'OK') ?? 0 : null,
    refused: rate('gateway_latency_seconds_count', ({ status }) => Number(status) >= 400) ?? 0,
    cpu: rate('process_cpu_seconds_total'),
    classes: new Map([...by(now.samples, 'predictions_total', 'class')].map(([name, value]) => [name, grown(value, by(before.samples, 'predictions_total', 'class').get(name) ?? 0) / seconds])),
  };
}

function rateOf(now, before, seconds, name, wanted) {
  const value = sum(now.samples, name, wanted);
  return value === null ? null : grown(value, sum(before.samples, name, wanted) ?? 0) / seconds;
}

/** Makes the charts once; gives the function that fills them. */
function show(body, context) {
  const { t, format } = context;
  const tiles = h('div');
  const note_ = h('p', { class: 'note' });
  const errors = h('div');
  const x = (at) => format.time(at);
  const chart = (key, y) => lines({ label: t(`live.${key}`), t, x, y, xName: t('live.time'), yMin: 0 });
  const charts = {
    requests: chart('requests', (value) => format.number(value, 2)),
    latency: chart('latency', (value) => format.duration(value * 1000)),
    classes: chart('classes', (value) => format.number(value, 2)),
    errors: chart('errors', (value) => format.number(value, 2)),
  };
  replace(
    body,
    h('section', { class: 'card', 'aria-labelledby': 'now' }, h('h2', { id: 'now' }, t('live.now')), note_, tiles),
    h('div', { class: 'charts' }, Object.values(charts).map(({ element }) => h('section', { class: 'card' }, element))),
    h('section', { class: 'card', 'aria-labelledby': 'by-status' }, h('h2', { id: 'by-status' }, t('live.by-status')), errors),
  );
  return (state) => fill(state, { tiles, note: note_, charts, errors }, context);
}

async function fill({ points, now }, { tiles, note: words, charts, errors }, context) {
  const { t } = context;
  const last = points.at(-1);
  if (!last) {
    words.textContent = t('live.measuring');
    return;
  }
  words.textContent = t(last.own ? 'live.note' : 'live.note-apart');
  replace(tiles, tilesOf(last, now, context));
  const series = (name, of) => ({ name, points: points.map((one) => [one.at, of(one)]).filter(([, value]) => value !== null && value !== undefined) });
  charts.requests.update([series(t('live.requests'), (one) => one.requests)]);
  charts.latency.update(SHARES.map((share, at) => series(t('live.quantile', { percent: share * 100 }), (one) => one.quantiles[at])));
  charts.errors.update([...(last.own ? [series(t('live.failed'), (one) => one.failed)] : []), series(t('live.refused'), (one) => one.refused)]);
  charts.classes.update(classSeries(last, series, await textsOfClasses(context)));
  replace(errors, statuses(now, context));
}

/** In the order of the contract, where that is known. */
function classSeries(last, series, texts) {
  const places = [...texts.keys()];
  const names = [...last.classes.keys()].sort((a, b) => places.indexOf(a) - places.indexOf(b));
  return names.map((name) => series(texts.get(name) ?? name, (one) => one.classes.get(name)));
}

/** Without the contract the classes' own names will do. */
async function textsOfClasses({ schema, term }) {
  try {
    return new Map((await schema())['x-target']['x-values'].map(({ value, text }) => [value, term(text || value)]));
  } catch {
    return new Map();
  }
}

function tilesOf(last, now, { t, format }) {
  const time = (seconds) => (seconds === null ? '–' : format.duration(seconds * 1000));
  const wrong = last.own ? last.failed : last.refused;
  const depth = sum(now, 'inference_log_spool_depth');
  const memory = sum(now, 'process_resident_memory_bytes');
  return facts(
    [
      [t('live.requests'), format.number(last.requests, 1)],
      [t('live.mean'), time(last.mean)],
      ...SHARES.map((share, at) => [t('live.quantile', { percent: share * 100 }), time(last.quantiles[at])]),
      [t('live.errors'), format.number(wrong, 1), last.requests > 0 ? format.percent(wrong / last.requests, 1) : null],
      depth === null ? null : [t('live.spool'), format.number(depth), t('live.spool-note', { dropped: format.number(sum(now, 'inference_log_dropped_total') ?? 0) })],
      memory === null ? null : [t('live.memory'), format.bytes(memory)],
      last.cpu === null ? null : [t('live.cpu'), format.percent(last.cpu, 0)],
    ].filter(Boolean),
  );
}

/** Since the start: what callers were answered, by path and status. */
function statuses(now, { t, format }) {
  const counts = new Map();
  for (const { labels, value } of now.filter(({ name }) => name === 'gateway_latency_seconds_count')) {
    const key = `${labels.method} ${labels.path}`;
    const row = counts.get(key) ?? { good: 0, bad: 0, failed: 0 };
    row[labels.status >= 500 ? 'failed' : labels.status >= 400 ? 'bad' : 'good'] += value;
    counts.set(key, row);
  }
  const rows = [...counts].sort(([, a], [, b]) => b.good + b.bad + b.failed - (a.good + a.bad + a.failed)).slice(0, 20);
  return table(
    ['live.path', 'live.good', 'live.bad', 'live.broken'].map((key) => t(key)),
    rows.map(([path, { good, bad, failed }]) => [path, format.number(good), format.number(bad), format.number(failed)]),
    t('live.by-status-note'),
  );
}
