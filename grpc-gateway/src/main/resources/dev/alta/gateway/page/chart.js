/**
 * Charts, each with a text alternative: bars are lists that read as text; what is drawn has a table beside it.
 *
 *   diverging(items, { label, format, words })   bars up and down from a middle line; items: [{ name, detail, amount }];
 *                                                words(item) says the direction, such as "raises"; upIs: 'high' (bad) or
 *                                                'low' (good) gives the colours
 *   shares(items, { label, format })             bars from 0 to 1; items: [{ name, share, level }]; level: 'high', …
 *   lines({ label, x, y, xName, t, … })          returns { element, update(series) }; series: [{ name, points: [[x, y]] }];
 *                                                x and y format a number; yMin, yMax fix the scale
 *   calibration({ label, t, format, names })     returns { element, update(bins) }; bins: [{ predicted, observed, rows }]
 *   table(head, rows, caption)                   a table that scrolls by itself where it is too wide
 * Colours come from the style sheet: .series-0 … .series-5, .level-high, .level-medium, .level-low.
 */
import { h, icon, replace, svg, uid } from './dom.js';

export function diverging(items, { label, format, words, upIs = 'high' }) {
  const most = Math.max(...items.map(({ amount }) => Math.abs(amount)), Number.MIN_VALUE);
  return h(
    'ul',
    { class: 'diverging', 'aria-label': label },
    items.map((item) => {
      const up = item.amount > 0;
      const level = up === (upIs === 'high') ? 'high' : 'low';
      const bar = h('span', { class: `diverging-bar ${up ? 'up' : 'down'}` });
      bar.style.width = `${(50 * Math.abs(item.amount)) / most}%`;
      return h(
        'li',
        { class: `diverging-item level-${level}` },
        h('span', { class: 'diverging-name' }, item.name, item.detail ? [': ', h('strong', {}, item.detail)] : null),
        h('span', { class: 'diverging-words' }, icon(up ? 'up' : 'down'), ` ${words(item)} `, h('span', { class: 'figure' }, format(item.amount))),
        h('span', { class: 'diverging-track', 'aria-hidden': 'true' }, bar),
      );
    }),
  );
}

export function shares(items, { label, format }) {
  return h(
    'ul',
    { class: 'shares', 'aria-label': label },
    items.map(({ name, share, level }) => {
      const bar = h('span', { class: `share-bar level-${level}` });
      bar.style.width = `${100 * share}%`;
      return h(
        'li',
        { class: 'share' },
        h('span', {}, name),
        h('span', { class: 'figure' }, format(share)),
        h('span', { class: 'share-track', 'aria-hidden': 'true' }, bar),
      );
    }),
  );
}

export function table(head, rows, caption) {
  return h(
    'div',
    { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', {}, caption),
      h('thead', {}, h('tr', {}, head.map((cell) => h('th', { scope: 'col' }, cell)))),
      h('tbody', {}, rows.map((row) => h('tr', {}, row.map((cell, at) => h(at === 0 ? 'th' : 'td', at === 0 ? { scope: 'row' } : {}, cell))))),
    ),
  );
}

const MARGIN = { top: 12, right: 14, bottom: 26, left: 54 };
const HEIGHT = 220;

export function lines({ label, t, x, y, xName, yMin, yMax, height = HEIGHT }) {
  return drawn(label, t, height, (series, width) => {
    const points = series.flatMap((one) => one.points);
    if (points.length === 0) {
      return { drawing: [], legend: null, rows: () => null };
    }
    const across = scale(points.map(([at]) => at), [MARGIN.left, width - MARGIN.right]);
    const up = scale([...points.map(([, value]) => value), ...defined(yMin, yMax)], [height - MARGIN.bottom, MARGIN.top]);
    return {
      drawing: [
        axes(across, up, width, height, x, y),
        series.map(({ points: own }, at) => svg('polyline', { class: `line series-${at % 6}`, points: own.map(([a, b]) => `${round(across.at(a))},${round(up.at(b))}`).join(' ') })),
      ],
      legend: series.length > 1 ? legend(series.map(({ name }) => name)) : null,
      rows: () => table([xName, ...series.map(({ name }) => name)], merged(series).map(([at, ...values]) => [x(at), ...values.map((value) => (value === undefined ? '–' : y(value)))]), label),
    };
  });
}

/** Predicted against observed; on the diagonal the two agree. Larger dots stand for more rows. */
export function calibration({ label, t, format, names, height = 300 }) {
  return drawn(label, t, height, (bins, width) => {
    const highest = Math.max(...bins.flatMap(({ predicted, observed }) => [predicted, observed]), 0.01);
    const across = scale([0, highest], [MARGIN.left, width - MARGIN.right]);
    const up = scale([0, highest], [height - MARGIN.bottom, MARGIN.top]);
    const most = Math.max(...bins.map(({ rows }) => rows), 1);
    return {
      drawing: [
        axes(across, up, width, height, format, format),
        svg('line', { class: 'diagonal', x1: across.at(0), y1: up.at(0), x2: across.at(highest), y2: up.at(highest) }),
        bins.map(({ predicted, observed, rows }) => svg('circle', { class: 'point series-0', cx: round(across.at(predicted)), cy: round(up.at(observed)), r: round(3 + 5 * Math.sqrt(rows / most)) })),
      ],
      legend: null,
      rows: () => table([names.predicted, names.observed, names.rows], bins.map(({ predicted, observed, rows }) => [format(predicted), format(observed), String(rows)]), label),
    };
  });
}

/** A figure that is drawn anew at each width: text in it keeps its size. Its table is made when it is opened. */
function drawn(label, t, height, draw) {
  const title = uid('chart');
  const picture = svg('svg', { class: 'chart', role: 'img', 'aria-labelledby': title, height });
  const under = h('div', { class: 'chart-legend' });
  const rows = h('div');
  const details = h('details', { class: 'chart-table' }, h('summary', {}, t('chart.table')), rows);
  const element = h('figure', { class: 'chart-box' }, h('figcaption', { id: title }, label), picture, under, details);
  let data = null;
  let last = null;
  const paint = () => {
    const width = Math.round(element.clientWidth);
    if (data === null || width === 0) {
      return;
    }
    last = draw(data, width);
    picture.setAttribute('viewBox', `0 0 ${width} ${height}`);
    replace(picture, last.drawing);
    replace(under, last.legend);
    replace(rows, details.open ? last.rows() : null);
  };
  details.addEventListener('toggle', () => replace(rows, details.open && last ? last.rows() : null));
  // Goes with the element: an observer is kept by what it observes.
  new ResizeObserver(paint).observe(element);
  return {
    element,
    update: (fresh) => {
      data = fresh;
      paint();
    },
  };
}

function axes(across, up, width, height, x, y) {
  const bottom = height - MARGIN.bottom;
  return [
    ticks(up, 4).map((value) => [
      svg('line', { class: 'grid-line', x1: MARGIN.left, x2: width - MARGIN.right, y1: round(up.at(value)), y2: round(up.at(value)) }),
      svg('text', { class: 'tick', x: MARGIN.left - 8, y: round(up.at(value)) + 4, 'text-anchor': 'end' }, y(value)),
    ]),
    [across.low, across.high].filter((value, at, both) => at === 0 || value !== both[0]).map((value, at) =>
      svg('text', { class: 'tick', x: round(across.at(value)), y: bottom + 18, 'text-anchor': at === 0 ? 'start' : 'end' }, x(value)),
    ),
  ];
}

function legend(names) {
  return h('ul', { class: 'legend' }, names.map((name, at) => h('li', {}, h('span', { class: `swatch series-${at % 6}`, 'aria-hidden': 'true' }), name)));
}

function scale(values, [from, to]) {
  const finite = values.filter(Number.isFinite);
  const low = finite.length > 0 ? Math.min(...finite) : 0;
  let high = finite.length > 0 ? Math.max(...finite) : 1;
  if (high === low) {
    high = low + (Math.abs(low) || 1);
  }
  return { low, high, at: (value) => from + ((value - low) / (high - low)) * (to - from) };
}

/** About as many round numbers as wanted, within the scale. */
function ticks({ low, high }, wanted) {
  const rough = (high - low) / wanted;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((candidate) => candidate >= rough);
  const marks = [];
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at += 1) {
    marks.push(at * step + 0); // No negative zero.
  }
  return marks;
}

/** The series side by side: [x, value of each or undefined]. */
function merged(series) {
  const at = new Map();
  series.forEach(({ points }, which) =>
    points.forEach(([x, y]) => {
      at.set(x, at.get(x) ?? Array(series.length).fill(undefined));
      at.get(x)[which] = y;
    }),
  );
  return [...at].sort(([a], [b]) => a - b).map(([x, values]) => [x, ...values]);
}

function defined(...values) {
  return values.filter((value) => value !== undefined);
}

function round(value) {
  return Math.round(value * 10) / 10;
}
