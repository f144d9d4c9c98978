/** The certificate of the split: who is on which side, and the digests from which anybody can check it. */
import { h } from '../../dom.js';
import { load } from '../../states.js';
import { facts, scrolling } from '../../pieces.js';

export function mountSplit(root, context) {
  const { api } = context;
  const ask = async (signal) => ({ split: await api.get('data/split', { signal }), schema: await context.schema() });
  load(root, context, ask, (answer) => certificate(answer, context), { absent: context.absent });
}

function certificate({ split, schema }, context) {
  const { t, format } = context;
  return [
    h(
      'section',
      { class: 'card' },
      facts([
        [t('split.generation'), format.number(split.generation), format.date(split.published_at)],
        [t('split.kept'), format.number(split.rows_kept), t('split.read', { rows: format.number(split.rows_read) })],
        [t('split.strata'), format.number(split.strata), t('split.deviation', { patients: format.number(split.largest_deviation, 1) })],
        [t('split.seed'), split.seed],
      ]),
      excluded(split, context),
    ),
    h('section', { class: 'card', 'aria-labelledby': 'sides' }, h('h2', { id: 'sides' }, t('split.sides')), h('p', { class: 'note' }, t('split.sides-note')), sides(split, schema, context)),
    digests(split, context),
  ];
}

function excluded({ rows_excluded: reasons }, { t, term, format }) {
  const all = Object.entries(reasons ?? {});
  return all.length === 0 ? null : h('p', {}, t('split.excluded', { reasons: format.list(all.map(([reason, rows]) => `${term(reason)}: ${format.number(rows)}`)) }));
}

function sides(split, schema, { t, term, format }) {
  const texts = new Map((schema['x-target']['x-values'] ?? []).map(({ value, text }) => [value, text]));
  const heads = split.sides[0]?.classes.map(({ value }) => term(texts.get(value) || value)) ?? [];
  const share = (part, whole) => h('span', { class: 'note' }, ` ${format.percent(whole === 0 ? 0 : part / whole, 1)}`);
  return scrolling(
    t('split.sides'),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, [t('split.side'), t('split.patients'), t('split.rows'), ...heads].map((head, at) => h('th', { scope: 'col', class: at > 0 ? 'amount' : null }, head)))),
      h(
        'tbody',
        {},
        split.sides.map(({ side, patients, rows, share: of, classes }) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, t.has(`side.${side}`) ? t(`side.${side}`) : side),
            h('td', { class: 'amount' }, format.number(patients)),
            h('td', { class: 'amount' }, format.number(rows), h('span', { class: 'note' }, ` ${format.percent(of, 1)}`)),
            classes.map(({ count }) => h('td', { class: 'amount' }, format.number(count), share(count, rows))),
          ),
        ),
      ),
    ),
  );
}

function digests(split, { t }) {
  const digest = (name, value, note) => h('div', {}, h('dt', {}, name), h('dd', {}, h('code', { class: 'digest' }, value), h('p', { class: 'note' }, note)));
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'digests' },
    h('h2', { id: 'digests' }, t('split.digests')),
    h(
      'dl',
      { class: 'digests' },
      digest(t('split.of-split'), split.split_sha256, t('split.of-split-note')),
      split.assignment_sha256 ? digest(t('split.of-assignment'), split.assignment_sha256, split.assignment_digest) : null,
      digest(t('split.object'), split.object, t('split.object-note')),
      digest(t('split.hash'), split.hash, t('split.hash-note')),
    ),
    h('p', {}, t('split.verify'), ' ', h('code', {}, 'alta split verify')),
  );
}
