/** Each column: how its values are distributed in the prepared rows, and how far what was asked lately is from that. */
import { h, replace, uid } from '../../dom.js';
import { load } from '../../states.js';
import { badge, facts } from '../../pieces.js';
import { binName, valueName } from './names.js';
import { pairs, histogram } from './bars.js';
import { shares } from '../../chart.js';

const ORDERS = { contract: () => 0, drift: (a, b) => (b.drift?.psi ?? -1) - (a.drift?.psi ?? -1), missing: (a, b) => b.missing_share - a.missing_share };

export function mountColumns(root, context) {
  const { api } = context;
  const ask = async (signal) => {
    // What was served is news; without it the profile is still worth showing.
    const [profile, schema, drift] = await Promise.all([
      api.get('data/profile', { signal }),
      context.schema(),
      api.get('data/drift', { signal }).catch((problem) => ({ problem })),
    ]);
    return { profile, schema, drift };
  };
  load(root, context, ask, (answer) => columns(answer, context), { absent: context.absent });
}

function columns({ profile, schema, drift }, context) {
  const { t } = context;
  const known = new Map((drift.columns ?? []).map((column) => [column.name, column]));
  const all = profile.columns.map((column) => ({ ...column, drift: known.get(column.name) }));
  const list = h('div', { class: 'columns' });
  const count = h('p', { class: 'note', role: 'status' });
  const controls = choices(all, { list, count, schema, drift }, context);
  return [
    summary(profile, drift, context),
    drift.score?.rows > 0 ? scores(drift, context) : null,
    h('section', { class: 'card', 'aria-labelledby': 'columns-title' }, h('h2', { id: 'columns-title' }, t('data.columns')), controls, count, list),
  ];
}

function summary(profile, drift, { t, format }) {
  const served =
    drift.problem
      ? [t('data.served'), '–', t(drift.problem.status === 404 ? 'data.no-champion' : 'data.drift-away')]
      : [t('data.served'), format.number(drift.rows), drift.rows > 0 ? t('data.served-since', { when: format.date(drift.since) }) : t('data.served-none')];
  const moved = (drift.columns ?? []).filter((column) => column.moved).length;
  return h(
    'section',
    { class: 'card' },
    facts([
      [t('data.rows'), format.number(profile.rows), t('data.generation', { number: profile.generation, when: format.date(profile.published_at) })],
      served,
      drift.rows > 0 ? [t('data.moved'), format.number(moved), t('data.moved-note', { version: drift.model_version })] : null,
      drift.rows > 0 ? [t('data.mean-psi'), format.fixed(drift.mean_psi, 3), t('data.psi-note', { stable: format.number(drift.stable_below, 2), other: format.number(drift.other_from, 2) })] : null,
    ].filter(Boolean)),
  );
}

function scores({ score, stable_below, other_from }, context) {
  const { t, format } = context;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'scores-title' },
    h('h2', { id: 'scores-title' }, t('data.scores'), ' ', level(score, { stable_below, other_from }, context)),
    h('p', { class: 'note' }, t('data.scores-note', { rows: format.number(score.rows) })),
    pairs(score.bins.map((bin) => ({ name: t('data.percentiles', { range: binName(bin.name, t) }), reference: bin.reference_share, share: bin.share })), names(context)),
  );
}

function choices(all, parts, context) {
  const { t } = context;
  const search = h('input', { type: 'search', id: uid('search'), autocomplete: 'off' });
  const order = h('select', { id: uid('order') }, Object.keys(ORDERS).map((name) => h('option', { value: name }, t(`data.order.${name}`))));
  const fill = () => {
    const wanted = search.value.trim().toLowerCase();
    const found = all
      .filter((column) => wanted === '' || `${column.name} ${context.term(column.label)}`.toLowerCase().includes(wanted))
      .sort(ORDERS[order.value]);
    parts.count.textContent = t('data.column-count', { count: found.length });
    replace(parts.list, found.map((column) => columnBox(column, parts, context)));
  };
  search.addEventListener('input', fill);
  order.addEventListener('change', fill);
  fill();
  return h(
    'div',
    { class: 'choices' },
    h('div', {}, h('label', { for: search.id }, t('data.search')), search),
    h('div', {}, h('label', { for: order.id }, t('data.order')), order),
  );
}

function columnBox(column, { schema, drift }, context) {
  const { t, term, format } = context;
  const body = h('div', { class: 'column-body' });
  const box = h(
    'details',
    { class: 'column', 'data-column': column.name },
    h(
      'summary',
      {},
      h('span', { class: 'column-name' }, term(column.label), ' ', h('span', { class: 'note' }, kindOf(column, context))),
      h('span', { class: 'column-missing note' }, t('data.missing', { share: format.percent(column.missing_share, 1) })),
      column.drift && drift.rows > 0 ? level(column.drift, drift, context) : h('span', { class: 'note' }, t(column.drift ? 'data.drift-none-yet' : 'data.drift-not')),
    ),
    body,
  );
  box.addEventListener('toggle', () => replace(body, box.open ? distribution(column, schema, drift, context) : null));
  return box;
}

function kindOf({ kind, history, unit, section }, { t, term }) {
  const words = t.has(`kind.${kind}`) ? t(`kind.${kind}`) : kind;
  return [words, unit ? term(unit) : '', history ? t('data.history') : '', section && !history ? term(section) : ''].filter(Boolean).join(' · ');
}

/** A word beside the colour: stable, moved, another population. */
function level({ psi, moved }, { stable_below: stable, other_from: other }, { t, format }) {
  const found = moved ? (psi >= other ? 'high' : 'medium') : psi >= stable ? '' : 'low';
  return badge(found, t(`drift.${found || 'chance'}`, { psi: format.fixed(psi, 3) }));
}

function distribution(column, schema, drift, context) {
  const { t, format } = context;
  const property = schema.properties[column.name] ?? (schema['x-target']?.name === column.name ? schema['x-target'] : {});
  const served = column.drift && drift.rows > 0;
  return [
    column.number ? facts(numbers(column.number, context)) : null,
    served
      ? [
          h('p', { class: 'note' }, t('data.pairs-note', { psi: format.fixed(column.drift.psi, 3), chance: format.fixed(column.drift.chance, 3) })),
          pairs(column.drift.bins.map((bin) => ({ name: valueName(bin.name, property, context), reference: bin.reference_share, share: bin.share })), names(context)),
        ]
      : profileAlone(column, property, context),
  ];
}

function profileAlone(column, property, context) {
  const { t, format } = context;
  if (column.number?.bins?.length > 0) {
    return histogram(column.number.bins, { label: t('data.histogram'), t, format });
  }
  if (column.kind === 'KEY' || column.kind === 'PATIENT') {
    return h('p', { class: 'note' }, t('data.identifies'));
  }
  const total = column.values.reduce((sum, { count }) => sum + count, column.others + column.missing) || 1;
  const items = [
    ...column.values.map(({ value, count }) => ({ name: valueName(value, property, context), share: count / total })),
    ...(column.others > 0 ? [{ name: t('data.others'), share: column.others / total }] : []),
    ...(column.missing > 0 ? [{ name: t('data.not-recorded'), share: column.missing / total }] : []),
  ];
  return shares(items, { label: t('data.distribution'), format: (share) => format.percent(share, 1) });
}

function numbers({ min, max, mean, standard_deviation: deviation, quantiles }, { t, format }) {
  const median = quantiles.find(({ share }) => share === 0.5);
  return [
    [t('data.mean'), `${format.number(mean, 2)} ± ${format.number(deviation, 2)}`],
    ...(median ? [[t('data.median'), format.number(median.value, 2)]] : []),
    [t('data.range'), t('data.range-of', { from: format.number(min, 2), to: format.number(max, 2) })],
  ];
}

function names({ t, format }) {
  return { reference: t('data.baseline'), share: t('data.served-short'), name: t('data.value'), label: t('data.pairs'), format: (share) => format.percent(share, 1) };
}
