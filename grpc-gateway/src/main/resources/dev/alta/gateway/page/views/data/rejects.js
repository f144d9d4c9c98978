/** Rows that were not stored, and why. What stood in them is told to those alone who may see it. */
import { h } from '../../dom.js';
import { empty, load } from '../../states.js';
import { badge, facts, paged } from '../../pieces.js';
import { table } from '../../chart.js';
import { nameOf } from './batches.js';

const PAGE = 25;

export function mountRejects(root, context) {
  const { api, signal } = context;
  const ask = (before) => api.get(`data/rejects?limit=${PAGE}${before ? `&before=${before}` : ''}`, { signal });
  load(root, context, () => ask(), (answer) => rejects(answer, ask, context), { absent: context.absent });
}

function rejects(first, ask, context) {
  const { t, format } = context;
  if (first.rejects.length === 0) {
    return empty(t('rejects.none'), t('rejects.none-next'));
  }
  const list = h('ul', { class: 'rejects' });
  const { foot, follow } = paged(context, ask, (answer) => list.append(...answer.rejects.map((reject) => entry(reject, context))));
  follow(first);
  return [
    h('section', { class: 'card' }, facts([[t('rejects.total'), format.number(first.rejected_total)]]), first.with_text ? null : h('p', { class: 'note' }, t('rejects.without-text'))),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'causes' },
      h('h2', { id: 'causes' }, t('rejects.causes')),
      table([t('rejects.field'), t('rejects.expected'), t('rejects.rows')], first.causes.map(({ field, expected, rows }) => [field, expected, format.number(rows)]), t('rejects.causes-note')),
    ),
    h('section', { class: 'card', 'aria-labelledby': 'rejected' }, h('h2', { id: 'rejected' }, t('rejects.list')), list, foot),
  ];
}

function entry({ source, line, reason, violations, text }, { t, format }) {
  return h(
    'li',
    { class: 'reject' },
    h('p', { class: 'reject-head' }, h('strong', {}, t('rejects.line', { line: format.number(line), source: nameOf(source) })), badge('medium', t.has(`reason.${reason}`) ? t(`reason.${reason}`) : reason)),
    h('ul', {}, violations.map(({ field, value, expected }) => h('li', {}, value === undefined ? t('rejects.violation-hidden', { field, expected }) : t('rejects.violation', { field, value: value || t('rejects.missing'), expected })))),
    text === undefined ? null : h('details', { class: 'chart-table' }, h('summary', {}, t('rejects.text')), h('p', { class: 'raw' }, text)),
  );
}
