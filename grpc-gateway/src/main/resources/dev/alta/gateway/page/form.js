// The form: one control for each column that is asked, in the contract's sections.
import { askedColumns } from './fill.js';

const NOT_RECORDED = '';
const LONGEST_SLIDER = 1000;

export class Form {
  #controls = new Map();
  #schema;

  constructor(root, schema) {
    this.#schema = schema;
    for (const [title, columns] of bySection(schema)) {
      root.append(this.#section(title, columns));
    }
  }

  /** Sets all controls; a column that is not among the values becomes its default or not recorded. */
  set(values) {
    for (const [name, control] of this.#controls) {
      control.set(values[name] ?? control.column.default ?? NOT_RECORDED);
    }
    this.clearErrors();
  }

  /** The encounter as JSON, without what is not recorded. */
  encounter() {
    const values = {};
    for (const [name, control] of this.#controls) {
      const text = control.get();
      if (text !== NOT_RECORDED) {
        values[name] = typed(control.column, text);
      }
    }
    return values;
  }

  labelOf(name) {
    return this.#controls.get(name)?.column.title ?? name;
  }

  /** Shows each violation beside its field; returns those that have none. */
  showErrors(violations) {
    return violations.filter(({ field, value, expected }) => {
      const control = this.#controls.get(field);
      control?.fail(`${value === '' ? 'Missing' : `“${value}” is not accepted`}. Expected: ${expected}.`);
      return !control;
    });
  }

  clearErrors() {
    this.#controls.forEach((control) => control.fail(''));
  }

  hasErrors() {
    return this.#failed() !== undefined;
  }

  focusFirstError() {
    const failed = this.#failed();
    failed?.input.closest('details')?.setAttribute('open', '');
    failed?.input.focus();
  }

  #failed() {
    return [...this.#controls.values()].find((control) => control.failed);
  }

  /** A long section that nearly all of may be left as it is, is folded. */
  #section(title, columns) {
    const mayStay = columns.filter(([, column]) => column.default !== undefined || column['x-history']).length;
    const folded = columns.length > 8 && mayStay > columns.length / 2;
    const box = element(folded ? 'details' : 'fieldset', { className: 'section' });
    const heading = element(folded ? 'summary' : 'legend', { textContent: title });
    if (folded) {
      heading.append(
        element('span', { className: 'note', textContent: `${columns.length} fields, most can stay as they are` }),
      );
      box.setAttribute('role', 'group');
    }
    const grid = element('div', { className: 'grid' });
    for (const [name, column] of columns) {
      const control = new Control(name, column, this.#schema.required.includes(name));
      this.#controls.set(name, control);
      grid.append(control.box);
    }
    box.append(heading, grid);
    return box;
  }
}

function bySection(schema) {
  const sections = new Map();
  for (const [name, column] of askedColumns(schema)) {
    const title = column['x-section'] ?? 'Encounter';
    sections.set(title, [...(sections.get(title) ?? []), [name, column]]);
  }
  return sections;
}

/** One column: label, input, place for an error. */
class Control {
  constructor(name, column, required) {
    this.column = column;
    this.id = `column-${name}`;
    this.box = element('div', { className: 'field' });
    const unit = unitOf(column) ? element('span', { className: 'unit', textContent: unitOf(column) }) : '';
    const label = element('label', { htmlFor: this.id, textContent: `${column.title} ` });
    label.append(unit);
    this.error = element('p', { className: 'error', id: `${this.id}-error`, hidden: true });
    this.box.append(label, this.#input(required), this.error);
    this.input.id = this.id;
    this.input.name = name;
    this.input.setAttribute('aria-describedby', this.error.id);
    if (required) {
      this.input.setAttribute('aria-required', 'true');
    }
  }

  get failed() {
    return !this.error.hidden;
  }

  get() {
    return this.input.value.trim();
  }

  set(value) {
    this.input.value = String(value);
    if (this.slider) {
      this.slider.value = String(value);
    }
  }

  fail(text) {
    this.error.textContent = text;
    this.error.hidden = text === '';
    this.input.setAttribute('aria-invalid', String(text !== ''));
  }

  #input(required) {
    if (this.column.enum) {
      return this.#dropdown(required);
    }
    if (this.column.type !== 'string') {
      return this.#quantity(required);
    }
    return this.#openText();
  }

  #dropdown(required) {
    this.input = element('select', {});
    if (!required && this.column.default === undefined) {
      this.input.append(new Option('Not recorded', NOT_RECORDED));
    }
    for (const { value, text } of this.column['x-values']) {
      this.input.append(new Option(text, String(value)));
    }
    return this.input;
  }

  #quantity(required) {
    const { minimum, maximum, type } = this.column;
    const limits = { step: type === 'integer' ? '1' : 'any', min: minimum ?? '', max: maximum ?? '' };
    this.input = element('input', { type: 'number', inputMode: 'decimal', ...limits });
    // A slider has no place for "nothing", and none fine enough on a very long scale.
    const mayBeEmpty = !required && this.column.default === undefined;
    if (minimum === undefined || maximum === undefined || mayBeEmpty || maximum - minimum > LONGEST_SLIDER) {
      return this.input;
    }
    // The number beside it says the same to a screen reader, so the slider is for pointers only.
    this.slider = element('input', { type: 'range', ...limits, tabIndex: -1 });
    this.slider.step = type === 'integer' ? '1' : String((maximum - minimum) / 200);
    this.slider.setAttribute('aria-hidden', 'true');
    this.slider.addEventListener('input', () => (this.input.value = this.slider.value));
    this.input.addEventListener('input', () => (this.slider.value = this.input.value));
    const both = element('div', { className: 'quantity' });
    both.append(this.slider, this.input);
    return both;
  }

  #openText() {
    const missing = this.column['x-missing'] ? 'Not recorded' : '';
    this.input = element('input', { type: 'text', autocomplete: 'off', placeholder: missing });
    this.input.maxLength = this.column.maxLength ?? 64;
    const listed = this.column['x-values'] ?? [];
    if (listed.length === 0) {
      return this.input;
    }
    const list = element('datalist', { id: `${this.id}-list` });
    for (const { value, text } of listed) {
      list.append(element('option', { value: String(value), label: text }));
    }
    this.input.setAttribute('list', list.id);
    this.box.append(list);
    return this.input;
  }
}

/** The unit, unless the label says it already: "Outpatient visits" needs no "visits". */
function unitOf(column) {
  const unit = column['x-unit'] ?? '';
  return column.title.toLowerCase().includes(unit.toLowerCase()) ? '' : unit;
}

/** A number where the schema says number and the text is one; else the text, for the server to refuse. */
function typed(column, text) {
  const number = Number(text);
  return column.type !== 'string' && Number.isFinite(number) ? number : text;
}

export function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
