/**
 * Two shares beside each other, and the shape of a number's values. What is drawn says the same in text.
 *
 *   pairs([{ name, reference, share }], { name, reference, share, label, format })   a table with bars in its cells
 *   histogram([{ from, to, count }], { label, t, format })                           bars, and a table to unfold
 */
import { h, svg, uid } from '../../dom.js';
import { table } from '../../chart.js';
import { scrolling } from '../../pieces.js';

export function pairs(items, { name, reference, share, label, format }) {
  const most = Math.max(...items.flatMap((item) => [item.reference, item.share]), Number.MIN_VALUE);
  const cell = (value, style) => {
    const bar = h('span', { class: `pair-bar ${style}`, 'aria-hidden': 'true' });
    bar.style.width = `${(100 * value) / most}%`;
    return h('td', {}, h('span', { class: 'pair' }, h('span', { class: 'pair-track' }, bar), h('span', { class: 'figure' }, format(value))));
  };
  return scrolling(
    label,
    h(
      'table',
      { class: 'pairs' },
      h('caption', { class: 'visually-hidden' }, label),
      h('thead', {}, h('tr', {}, [name, reference, share].map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, items.map((item) => h('tr', {}, h('th', { scope: 'row' }, item.name), cell(item.reference, 'of-reference'), cell(item.share, 'of-served')))),
    ),
  );
}

const WIDTH = 600;
const HEIGHT = 120;

export function histogram(bins, { label, t, format }) {
  const title = uid('histogram');
  const from = bins[0].from;
  const span = bins.at(-1).to - from || 1;
  const most = Math.max(...bins.map(({ count }) => count), 1);
  const bars = bins.map((bin) => {
    const height = (HEIGHT * bin.count) / most;
    return svg('rect', { class: 'histogram-bar', x: (WIDTH * (bin.from - from)) / span, width: Math.max(1, (WIDTH * (bin.to - bin.from)) / span - 1), y: HEIGHT - height, height });
  });
  const edge = (value) => format.number(value, 2);
  return h(
    'figure',
    { class: 'chart-box' },
    h('figcaption', { id: title }, label),
    svg('svg', { class: 'histogram', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', 'aria-labelledby': title }, bars),
    h('p', { class: 'ends note' }, h('span', {}, edge(from)), h('span', {}, edge(bins.at(-1).to))),
    h(
      'details',
      { class: 'chart-table' },
      h('summary', {}, t('chart.table')),
      table([t('data.value'), t('data.rows')], bins.map((bin) => [t('bin.below', { from: edge(bin.from), to: edge(bin.to) }), format.number(bin.count)]), label),
    ),
  );
}
