/**
 * The form: one field for each column that is asked, in the contract's sections.
 *
 *   const form = makeForm({ schema, changed, t, term, format });
 *   form.element · form.set({ column: value }) · form.texts() · form.encounter() · form.check() → whether all is right
 *   form.refuse(violations) → those that have no field · form.focusFirst() · form.compare(texts) marks what differs
 */
import { isRequired, sections, typed } from '../../contract.js';
import { h } from '../../dom.js';
import { makeField } from './field.js';

export function makeForm({ schema, changed, t, term, format }) {
  const fields = new Map();
  const element = h('div', { class: 'sections' }, sections(schema).map(([title, columns]) => section(title, columns)));
  const failed = () => [...fields.values()].find((field) => field.element.querySelector('[aria-invalid="true"]'));

  /** A long section that nearly all of may be left as it is, is folded. */
  function section(title, columns) {
    const mayStay = columns.filter(([, column]) => column.default !== undefined || column['x-history']).length;
    const folded = columns.length > 8 && mayStay > columns.length / 2;
    const heading = title === '' ? t('form.section') : term(title);
    const grid = h('div', { class: 'grid' }, columns.map(([name, column]) => field(name, column)));
    return folded
      ? h('details', { class: 'section card' }, h('summary', {}, h('h2', {}, heading), h('span', { class: 'note' }, t('form.folded', { count: columns.length }))), grid)
      : h('fieldset', { class: 'section card' }, h('legend', {}, h('h2', {}, heading)), grid);
  }

  function field(name, column) {
    const made = makeField(name, column, { required: isRequired(schema, name), changed, t, term, format });
    fields.set(name, made);
    return made.element;
  }

  const texts = () => Object.fromEntries([...fields].map(([name, made]) => [name, made.value()]));
  return {
    element,
    texts,
    labelOf: (name) => fields.get(name)?.label ?? name,
    set: (values) => fields.forEach((made, name) => made.set(values[name] ?? made.column.default)),
    encounter: () =>
      Object.fromEntries(
        [...fields]
          .filter(([, made]) => made.value() !== '')
          .map(([name, made]) => [name, typed(made.column, made.value())]),
      ),
    check: () => [...fields.values()].map((made) => made.check()).every(Boolean),
    refuse: (violations) =>
      violations.filter(({ field: name, expected }) => {
        fields.get(name)?.fail(t('check.refused', { expected }));
        return !fields.has(name);
      }),
    focusFirst: () => failed()?.focus(),
    invalid: () => failed() !== undefined,
    compare: (before) => fields.forEach((made, name) => made.changed(before !== null && before[name] !== made.value())),
  };
}
