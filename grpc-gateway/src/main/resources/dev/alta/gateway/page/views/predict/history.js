/** What this tab has predicted, the newest first: to open again, to take along as CSV, to clear. */
import { asked, classes } from '../../contract.js';
import { download, h, icon, replace } from '../../dom.js';
import { empty } from '../../states.js';
import { write } from './csv.js';
import { chance, RISKS, SIGNS } from './result.js';
import { history, session } from './session.js';

export function mountHistory(root, context) {
  const { t, term, format, go, counted } = context;
  const schema = context.schema();
  const all = classes(schema);
  const urgent = all.at(-1);

  function open(entry) {
    session.values = texts(entry.values);
    session.before = null;
    go('predict');
  }

  function row(entry) {
    const level = RISKS[entry.answer.risk];
    const outcome = all.find(({ value }) => value === entry.answer.prediction);
    const when = format.time(entry.at);
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, when, entry.label ? h('span', { class: 'note' }, ` ${entry.label}`) : null),
      h('td', {}, h('span', { class: `badge level-${level}` }, icon(SIGNS[level]), t(`risk.${level}`))),
      h('td', {}, chance(entry.answer.probabilities[urgent.value], format)),
      h('td', {}, format.number(Math.floor(entry.answer.risk_percentile))),
      h('td', {}, term(outcome?.text ?? entry.answer.prediction)),
      h('td', {}, entry.answer.model_version),
      h('td', {}, h('button', { type: 'button', class: 'quiet small', 'aria-label': t('history.open-of', { when }), onclick: () => open(entry) }, t('history.open'))),
    );
  }

  function show() {
    const entries = history.all();
    counted();
    if (entries.length === 0) {
      replace(root, empty(t('history.empty'), t('history.empty-next'), h('a', { class: 'button primary', href: '#/predict' }, t('history.start'))));
      return;
    }
    const heads = ['when', 'risk', 'chance', 'rank', 'outcome', 'version'].map((name) => h('th', { scope: 'col' }, t(`history.${name}`, { outcome: term(urgent.text) })));
    replace(
      root,
      h(
        'section',
        { class: 'card' },
        h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', id: 'export', onclick: () => download('alta-predictions.csv', asCsv(schema, entries)) }, t('history.export')), clearButton()),
        h('p', { class: 'note' }, t('history.kept')),
        h(
          'div',
          { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': t('part.history.title') },
          h('table', { id: 'history' }, h('thead', {}, h('tr', {}, heads, h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, t('history.open'))))), h('tbody', {}, entries.map(row))),
        ),
      ),
    );
  }

  /** Asks once: there is no way back. */
  function clearButton() {
    const button = h('button', { type: 'button', class: 'quiet', id: 'clear' }, t('history.clear'));
    button.addEventListener('click', () => {
      if (button.dataset.sure) {
        history.clear();
        show();
      } else {
        button.dataset.sure = 'asked';
        button.textContent = t('history.clear-sure');
        button.classList.replace('quiet', 'danger');
      }
    });
    return button;
  }

  show();
}

/** One line for each prediction: when, the columns that were asked, and the answer. */
export function asCsv(schema, entries) {
  const columns = asked(schema).map(([name]) => name);
  const outcomes = classes(schema).map(({ value }) => value);
  const head = ['predicted_at', ...columns, 'prediction', ...outcomes.map((value) => `probability ${value}`), 'risk', 'risk_percentile', 'model_version', 'request_id'];
  const rows = entries.map(({ at, values, answer }) => [
    new Date(at).toISOString(),
    ...columns.map((name) => values[name]),
    answer.prediction,
    ...outcomes.map((value) => answer.probabilities[value]),
    answer.risk,
    answer.risk_percentile,
    answer.model_version,
    answer.request_id,
  ]);
  return write([head, ...rows]);
}

function texts(values) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}
