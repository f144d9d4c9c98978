/**
 * Why a prediction is as it is: how far each column moved the margin of one outcome, up and down, in words.
 *
 *   reasons(explanation, view)   explanation: of one class, as /explain gives it; view: { schema, t, term, format }
 */
import { diverging } from '../../chart.js';
import { choices, choiceText, classes, isNumber } from '../../contract.js';
import { h } from '../../dom.js';

const NAMED = 3;
// In natural logarithms: the odds move by more than a quarter, or by less than a fiftieth.
const STRONG = 0.25;
const SLIGHT = 0.02;

export function reasons(explanation, view) {
  const { t, format } = view;
  const outcome = classes(view.schema).find(({ value }) => value === explanation.class_name);
  const items = explanation.contributions.map((one) => item(one, view)).filter(({ amount }) => amount !== 0);
  const rest = explanation.others === 0 ? [] : [{ name: t('why.others'), detail: '', amount: explanation.others }];
  return h(
    'div',
    { class: 'reasons' },
    h('p', { class: 'why-words', id: 'why-words' }, sentence(items, view)),
    diverging([...items, ...rest], {
      label: t('why.chart'),
      format: (amount) => format.signed(amount, 2),
      words: ({ amount }) => t(strength(amount)),
      upIs: outcome?.level === 'low' ? 'low' : 'high',
    }),
    h('p', { class: 'hint' }, t('why.unit')),
  );
}

function sentence(items, { t, format }) {
  const named = (sign) =>
    items
      .filter(({ amount }) => Math.sign(amount) === sign)
      .slice(0, NAMED)
      .map(({ name, detail }) => (detail ? `${name} (${detail})` : name));
  const up = named(1);
  const down = named(-1);
  return [up.length > 0 ? t('why.up', { what: format.list(up) }) : '', down.length > 0 ? t('why.down', { what: format.list(down) }) : ''].filter((part) => part !== '').join(' ');
}

function strength(amount) {
  const size = Math.abs(amount);
  return `why.${amount > 0 ? 'raises' : 'lowers'}${size >= STRONG ? '-much' : size < SLIGHT ? '-little' : ''}`;
}

function item({ columns, label, value, contribution }, view) {
  return columns.length === 1
    ? { name: view.term(label), detail: valueInWords(columns[0], value, view), amount: contribution }
    : { name: together(columns, label, view), detail: value, amount: contribution };
}

/** Columns that are told of together go by their section, where they share one. */
function together(columns, label, { schema, term }) {
  const sections = new Set(columns.map((name) => schema.properties[name]?.['x-section']));
  const [section] = sections;
  return sections.size === 1 && section ? term(section) : term(label);
}

/** The value as the form shows it. */
export function valueInWords(name, value, { schema, t, term, format }) {
  const column = schema.properties[name];
  if (value === '' || value === undefined || value === column?.['x-missing']) {
    return t('form.not-recorded');
  }
  const listed = choices(column ?? {}).find((choice) => String(choice.value) === String(value));
  if (listed) {
    return choiceText(column, listed, term);
  }
  return column && isNumber(column) ? format.number(value, 2) : String(value);
}
