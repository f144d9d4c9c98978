/** Two versions side by side: each figure with its interval, which one is better, and what they were made from. */
import { h } from '../../dom.js';
import { empty, load } from '../../states.js';
import { badge, scrolling } from '../../pieces.js';
import { classTexts, figuresOf, interval, shown } from './figures.js';

export function mountComparison(root, context) {
  const { api, params, query, t } = context;
  const of = (version, signal) => api.get(`models/${encodeURIComponent(version)}`, { signal });
  const ask = async (signal) => {
    const [first, second, schema] = await Promise.all([of(params[0], signal), of(query.get('compare'), signal), context.schema()]);
    return { first, second, schema };
  };
  load(root, context, ask, (answer) => sheet(answer, context), { absent: () => empty(t('compare.none'), t('models.no-version-next')) });
}

function sheet({ first, second, schema }, context) {
  const { t } = context;
  return [
    h('section', { class: 'card', 'aria-labelledby': 'compare' }, h('h2', { id: 'compare' }, t('compare.title', { first: first.model_version, second: second.model_version })), h('p', { class: 'note' }, t(sameRows(first, second) ? 'compare.note' : 'compare.other-rows')), figures(first, second, classTexts(schema), context)),
    h('section', { class: 'card', 'aria-labelledby': 'made-from' }, h('h2', { id: 'made-from' }, t('compare.made-from')), settings(first, second, context)),
  ];
}

function sameRows(first, second) {
  return first.provenance.data_generation === second.provenance.data_generation;
}

function figures(first, second, texts, context) {
  const { t } = context;
  const others = new Map(figuresOf(second, context, texts).map((figure) => [figure.key, figure]));
  const both = figuresOf(first, context, texts).filter(({ key }) => others.has(key)).map((figure) => [figure, others.get(figure.key)]);
  const heads = [t('models.figure'), t('models.version', { version: first.model_version }), t('models.version', { version: second.model_version }), t('compare.difference')];
  return scrolling(
    t('compare.title', { first: first.model_version, second: second.model_version }),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, heads.map((head, at) => h('th', { scope: 'col', class: at > 0 ? 'amount' : null }, head)))),
      h('tbody', {}, both.map(([one, other]) => h('tr', {}, h('th', { scope: 'row' }, one.name), cell(one, context), cell(other, context), difference(one, other, second.model_version, context)))),
    ),
  );
}

function cell(figure, context) {
  const range = interval(figure, context);
  return h('td', { class: 'amount' }, h('span', { class: 'figure' }, shown(figure, context.format)), range ? h('p', { class: 'note' }, range) : null);
}

/** Better or worse in words; where the intervals overlap, that it may be chance. */
function difference(one, other, version, { t, format }) {
  const by = other.value - one.value;
  const digits = one.percent ? 4 : one.digits ?? 3;
  const same = Math.abs(by) < 0.5 * 10 ** -digits;
  const better = by * one.better > 0;
  const overlap = one.low !== undefined && other.low !== undefined && one.low <= other.high && other.low <= one.high;
  const words = same ? t('compare.same') : t(better ? 'compare.better' : 'compare.worse', { version });
  return h(
    'td',
    { class: 'amount' },
    h('span', { class: 'figure' }, one.percent ? t('compare.points', { points: format.signed(by * 100, 1) }) : format.signed(by, digits)),
    h('p', {}, badge(same || overlap ? '' : better ? 'low' : 'high', overlap && !same ? t('compare.chance', { words }) : words)),
  );
}

function settings(first, second, context) {
  const { t, format } = context;
  const of = ({ provenance: from, features, trees, created_at: made, run }) => ({
    [t('provenance.made')]: format.date(made),
    [t('provenance.objective')]: t.has(`objective.${run}`) ? t(`objective.${run}`) : run,
    [t('provenance.rows')]: format.number(from.training_rows),
    [t('provenance.generation')]: format.number(from.data_generation),
    [t('provenance.features')]: format.number(features),
    [t('provenance.trees')]: format.number(trees),
    [t('provenance.seed')]: String(from.seed),
    [t('provenance.trainer')]: from.trainer,
    [t('provenance.code')]: from.code_version,
    ...Object.fromEntries(Object.entries(from.settings).sort()),
  });
  const [one, other] = [of(first), of(second)];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return scrolling(
    t('compare.made-from'),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, [t('compare.setting'), t('models.version', { version: first.model_version }), t('models.version', { version: second.model_version }), t('compare.differs')].map((head) => h('th', { scope: 'col' }, head)))),
      h(
        'tbody',
        {},
        names.map((name) => {
          const differs = one[name] !== other[name];
          return h('tr', { class: differs ? 'differs' : null }, h('th', { scope: 'row' }, name), h('td', {}, one[name] ?? '–'), h('td', {}, other[name] ?? '–'), h('td', {}, differs ? badge('medium', t('compare.yes')) : ''));
        }),
      ),
    ),
  );
}
