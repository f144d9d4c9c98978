/** One version: figures with their intervals, its pictures and card, from what it was made, and the decision about it. */
import { h, replace } from '../../dom.js';
import { empty, load } from '../../states.js';
import { scrolling } from '../../pieces.js';
import { decide } from './decision.js';
import { classTexts, figuresOf, interval, shown } from './figures.js';
import { cardOf, pictures } from './pictures.js';
import { standing } from './states.js';

export function mountVersion(root, context) {
  const { api, params, t } = context;
  const outcome = h('div', { role: 'status' });
  const body = h('div', { class: 'part' });
  const ask = async (signal) => {
    const [model, models, schema] = await Promise.all([
      api.get(`models/${encodeURIComponent(params[0])}`, { signal }),
      api.get('models?archived=true', { signal }),
      context.schema(),
    ]);
    return { model, models, schema };
  };
  const look = () => load(body, context, ask, (answer) => sheet(answer, decided, context), { absent: () => empty(t('models.no-version', { version: params[0] }), t('models.no-version-next')) });
  const decided = (words) => {
    replace(outcome, words);
    look();
  };
  root.append(outcome, body);
  look();
}

function sheet({ model, models, schema }, decided, context) {
  const { t } = context;
  const version = model.model_version;
  const listed = models.models.find((one) => one.version === version);
  const champion = models.models.find(({ state }) => state === 'CHAMPION');
  const promotes = champion?.version !== version && listed?.state !== 'ARCHIVED';
  return [
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'version' },
      h(
        'div',
        { class: 'row' },
        h('h2', { id: 'version' }, t('models.version', { version }), ' ', listed ? standing(listed.state, t) : null),
        h(
          'div',
          { class: 'buttons' },
          cardOf(version, context),
          champion && champion.version !== version ? h('a', { class: 'button quiet', href: `#/models/${champion.version}?compare=${version}` }, t('models.compare-champion')) : null,
          promotes ? h('button', { type: 'button', class: 'primary', onclick: () => decide({ kind: 'promote', version, champion: champion?.version ?? '' }, decided, context) }, t('models.promote', { version })) : null,
        ),
      ),
      listed?.reason ? h('p', { class: 'why' }, h('strong', {}, t('models.why')), ' ', listed.reason) : h('p', { class: 'note' }, t('models.undecided')),
    ),
    h('section', { class: 'card', 'aria-labelledby': 'figures' }, h('h2', { id: 'figures' }, t('models.figures')), h('p', { class: 'note' }, t('models.figures-note', { rows: context.format.number(model.test.rows) })), figures(model, schema, context)),
    pictures(model, schema, context),
    provenance(model, context),
  ];
}

function figures(model, schema, context) {
  const { t, format } = context;
  const texts = classTexts(schema);
  const beside = model.baseline ? figuresOf({ ...model, test: model.baseline }, context, texts) : [];
  const heads = ['models.figure', 'models.value', 'models.interval', ...(model.baseline ? ['models.baseline-head'] : [])];
  return scrolling(
    t('models.figures'),
    h(
      'table',
      {},
      h('thead', {}, h('tr', {}, heads.map((head, at) => h('th', { scope: 'col', class: at > 0 ? 'amount' : null }, t(head))))),
      h(
        'tbody',
        {},
        figuresOf(model, context, texts).map((figure) => {
          const other = beside.find(({ key }) => key === figure.key);
          return h(
            'tr',
            {},
            h('th', { scope: 'row' }, figure.name),
            h('td', { class: 'amount figure' }, shown(figure, format)),
            h('td', { class: 'amount' }, interval(figure, context) ?? '–'),
            model.baseline ? h('td', { class: 'amount' }, other ? shown(other, format) : '–') : null,
          );
        }),
      ),
    ),
  );
}

function provenance({ provenance: from, features, trees, created_at: made }, { t, format }) {
  const rows = [
    ['made', format.date(made)],
    ['rows', format.number(from.training_rows)],
    ['generation', format.number(from.data_generation)],
    ['data', from.data_sha256],
    ['features', format.number(features)],
    ['trees', format.number(trees)],
    ['trainer', from.trainer],
    ['seed', String(from.seed)],
    ['code', from.code_version],
    ['took', format.duration(from.training_seconds * 1000)],
    ['workflow', from.workflow],
  ].filter(([, value]) => value !== '');
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'provenance' },
    h('h2', { id: 'provenance' }, t('models.provenance')),
    h('p', { class: 'note' }, t('models.provenance-note')),
    h('dl', { class: 'digests' }, rows.map(([name, value]) => h('div', {}, h('dt', {}, t(`provenance.${name}`)), h('dd', {}, h('span', { class: name === 'data' ? 'digest' : null }, value))))),
  );
}
