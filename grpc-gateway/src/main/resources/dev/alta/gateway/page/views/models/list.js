/** Every version: its figures, what became of it and why; any two can be put side by side. */
import { h, replace } from '../../dom.js';
import { empty, load } from '../../states.js';
import { facts } from '../../pieces.js';
import { decide } from './decision.js';
import { standing } from './states.js';

export function mountList(root, context) {
  const { api } = context;
  const outcome = h('div', { role: 'status' });
  const body = h('div', { class: 'part' });
  const look = () => load(body, context, (signal) => api.get('models', { signal }), (answer) => list(answer, decided, context));
  const decided = (words) => {
    replace(outcome, words);
    look();
  };
  root.append(outcome, body);
  look();
}

function list(answer, decided, context) {
  const { t } = context;
  if (answer.models.length === 0) {
    return empty(t('models.none'), t('models.none-next'));
  }
  const chosen = new Set();
  const compare = h('a', { class: 'button quiet', 'aria-disabled': 'true' }, t('models.compare'));
  const choose = (version, wanted) => {
    wanted ? chosen.add(version) : chosen.delete(version);
    const [first, second] = [...chosen];
    if (chosen.size === 2) {
      compare.href = `#/models/${first}?compare=${second}`;
      compare.removeAttribute('aria-disabled');
    } else {
      compare.removeAttribute('href');
      compare.setAttribute('aria-disabled', 'true');
    }
  };
  return [
    champion(answer, decided, context),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'versions' },
      h('div', { class: 'row' }, h('h2', { id: 'versions' }, t('models.versions')), compare),
      h('p', { class: 'note' }, t('models.compare-how')),
      h('ul', { class: 'versions' }, answer.models.map((model) => version(model, choose, context))),
    ),
  ];
}

function champion({ models, name }, decided, context) {
  const { t, format } = context;
  const best = models.find(({ state }) => state === 'CHAMPION');
  const previous = models.find(({ state }) => state === 'PREVIOUS');
  if (!best) {
    return h('section', { class: 'card' }, h('p', {}, t('models.no-champion')));
  }
  const back = previous
    ? h('button', { type: 'button', class: 'quiet', onclick: () => decide({ kind: 'rollback', version: previous.version, champion: best.version }, decided, context) }, t('models.rollback', { version: previous.version }))
    : null;
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'champion' },
    h('div', { class: 'row' }, h('h2', { id: 'champion' }, t('models.champion', { version: best.version })), h('div', { class: 'buttons' }, h('a', { class: 'button quiet', href: `#/models/${best.version}` }, t('models.open', { version: best.version })), back)),
    best.test ? mainFigures(best.test, context) : null,
    h('p', { class: 'note' }, t('models.of', { name, rows: best.test ? format.number(best.test.rows) : '–' })),
  );
}

function mainFigures(test, { t, format }) {
  return facts([
    [t('figure.mean_auroc'), format.fixed(test.mean_auroc, 3), test.baseline_mean_auroc > 0 ? t('models.baseline', { figure: format.fixed(test.baseline_mean_auroc, 3) }) : null],
    [t('figure.most_urgent'), format.fixed(test.auroc_most_urgent, 3)],
    [t('figure.auroc_readmitted'), format.fixed(test.auroc_readmitted, 3)],
    [t('figure.accuracy'), format.percent(test.accuracy, 1)],
    [t('figure.macro_f1'), format.fixed(test.macro_f1, 3)],
    [t('figure.calibration_error'), format.fixed(test.calibration_error, 4)],
  ]);
}

function version(model, choose, context) {
  const { t, format } = context;
  const label = t('models.choose', { version: model.version });
  return h(
    'li',
    { class: 'version', 'data-version': model.version },
    h(
      'div',
      { class: 'row' },
      h(
        'p',
        { class: 'version-head' },
        h('input', { type: 'checkbox', 'aria-label': label, title: label, onchange: (event) => choose(model.version, event.target.checked) }),
        h('a', { href: `#/models/${model.version}` }, t('models.version', { version: model.version })),
        standing(model.state, t),
        model.served ? h('span', { class: 'badge' }, t('models.served')) : null,
      ),
      h('span', { class: 'note' }, [t.has(`objective.${model.run}`) ? t(`objective.${model.run}`) : model.run, format.date(model.created_at)].filter(Boolean).join(' · ')),
    ),
    model.damage ? h('p', { class: 'error' }, t('models.damaged', { damage: model.damage })) : null,
    model.test ? mainFigures(model.test, context) : null,
    model.reason ? h('p', { class: 'why' }, h('strong', {}, t('models.why')), ' ', model.reason) : h('p', { class: 'note' }, t('models.undecided')),
  );
}
