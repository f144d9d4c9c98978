/** The ledger: what of which source is in raw_data, since when, and what became of its rows. */
import { h } from '../../dom.js';
import { empty, load } from '../../states.js';
import { facts, paged, scrolling } from '../../pieces.js';

const PAGE = 50;

export function mountBatches(root, context) {
  const { api, signal } = context;
  const ask = (before) => api.get(`data/batches?limit=${PAGE}${before ? `&before=${before}` : ''}`, { signal });
  load(root, context, () => ask(), (answer) => ledger(answer, ask, context), { absent: context.absent });
}

function ledger(first, ask, context) {
  const { t, format } = context;
  if (first.batches_total === 0) {
    return empty(t('batches.none'), t('batches.none-next'));
  }
  const rows = h('tbody');
  const { foot, follow } = paged(context, ask, (answer) => rows.append(...answer.batches.map((batch) => line(batch, context))));
  follow(first);
  const heads = ['batch', 'source', 'rows', 'accepted', 'rejected', 'duplicates', 'at'];
  return [
    h(
      'section',
      { class: 'card' },
      facts([
        [t('batches.batches'), format.number(first.batches_total)],
        [t('batches.rows'), format.number(first.rows_total)],
        [t('batches.accepted'), format.number(first.accepted_total)],
        [t('batches.rejected'), format.number(first.rejected_total)],
        [t('batches.duplicates'), format.number(first.duplicates_total)],
      ]),
    ),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'ledger' },
      h('h2', { id: 'ledger' }, t('batches.ledger')),
      h('p', { class: 'note' }, t('batches.note')),
      scrolling(
        t('batches.ledger'),
        h('table', {}, h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col', class: amount(head) }, t(`batches.${head}`))))), rows),
      ),
      foot,
    ),
  ];
}

function amount(head) {
  return ['rows', 'accepted', 'rejected', 'duplicates'].includes(head) ? 'amount' : null;
}

function line({ batch, source, number, rows, accepted, rejected, duplicates, at }, { t, format }) {
  const count = (value) => h('td', { class: 'amount' }, format.number(value));
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, format.number(batch)),
    h('td', { class: 'source' }, h('span', { title: source }, nameOf(source)), h('span', { class: 'note' }, ` ${t('batches.number', { number })}`)),
    count(rows),
    count(accepted),
    h('td', { class: 'amount' }, rejected > 0 ? h('a', { href: '#/data/rejects' }, format.number(rejected)) : format.number(0)),
    count(duplicates),
    h('td', { class: 'when' }, format.date(at)),
  );
}

/** The last part of a path or address. */
export function nameOf(source) {
  return source.replace(/[?#].*$/, '').split('/').filter(Boolean).at(-1) ?? source;
}
