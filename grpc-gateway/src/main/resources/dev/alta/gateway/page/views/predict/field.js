/**
 * One column of the form: label, control, hint, place for an error. A dropdown where values are listed (with a text
 * field for others where the column takes them), a slider beside a number field, or a text field.
 *
 *   const field = makeField(name, column, { required, changed, t, term, format });
 *   field.element · field.value() → text, '' for "not recorded" · field.set(value) · field.check() → whether it is right
 *   field.fail(text) · field.focus() · field.changed(isChanged) marks what differs from the values predicted before
 */
import { choices, choiceText, isNumber, typical, wrong } from '../../contract.js';
import { h, uid } from '../../dom.js';

const NOT_RECORDED = '';
const OTHER = '\u0000other';
const LONGEST_SLIDER = 1000;

export function makeField(name, column, { required, changed, t, term, format }) {
  const id = uid('field');
  const error = h('p', { class: 'error', id: `${id}-error`, hidden: true });
  const unit = !isNumber(column) && column['x-unit'] ? term(column['x-unit']) : '';
  const hint = hintOf(column, { t, term, format });
  const about = h('p', { class: 'hint', id: `${id}-hint` }, hint);
  const described = hint === '' ? error.id : `${about.id} ${error.id}`;
  const attributes = { id, name, 'aria-describedby': described, 'aria-required': required ? 'true' : undefined };
  const field = {};
  const onInput = () => {
    field.check();
    changed(name);
  };
  const control = controlOf(column, attributes, { required, onInput, t, term });
  const element = h(
    'div',
    { class: 'field', 'data-column': name },
    h('label', { for: id }, term(column.title), unit === '' ? null : h('span', { class: 'unit' }, ` · ${unit}`)),
    control.element,
    hint === '' ? null : about,
    error,
  );
  return Object.assign(field, {
    element,
    column,
    label: term(column.title),
    value: () => control.value().trim(),
    set: (value) => {
      control.set(value === undefined || value === null ? NOT_RECORDED : String(value));
      field.fail('');
    },
    check: () => {
      const fault = wrong(column, field.value(), required);
      field.fail(fault === null ? '' : inWords(fault, column, { t, term, format }));
      return fault === null;
    },
    fail: (text) => {
      error.textContent = text;
      error.hidden = text === '';
      control.input.setAttribute('aria-invalid', String(text !== ''));
    },
    focus: () => {
      const folded = element.closest('details');
      if (folded) {
        folded.open = true;
      }
      control.input.focus();
    },
    changed: (differs) => element.classList.toggle('changed', differs),
  });
}

function controlOf(column, attributes, options) {
  if (choices(column).length > 0 && !isNumber(column)) {
    return dropdown(column, attributes, options);
  }
  return isNumber(column) ? quantity(column, attributes, options) : text(column, attributes, options);
}

function dropdown(column, attributes, { required, onInput, t, term }) {
  const other = column.enum ? null : h('input', { type: 'text', hidden: true, autocomplete: 'off', maxlength: column.maxLength, 'aria-label': t('form.other-of', { label: term(column.title) }), oninput: onInput });
  const mayBeEmpty = !required && column.default === undefined;
  const select = h(
    'select',
    {
      ...attributes,
      onchange: () => {
        showOther();
        if (select.value === OTHER) {
          other.value = '';
          other.focus();
        }
        onInput();
      },
    },
    mayBeEmpty ? h('option', { value: NOT_RECORDED }, t('form.not-recorded')) : null,
    choices(column).map((choice) => h('option', { value: String(choice.value) }, choiceText(column, choice, term))),
    other ? h('option', { value: OTHER }, t('form.other')) : null,
  );
  const listed = new Set(choices(column).map(({ value }) => String(value)));
  const showOther = () => {
    if (other) {
      other.hidden = select.value !== OTHER;
    }
  };
  return {
    element: other ? h('div', { class: 'with-other' }, select, other) : select,
    input: select,
    value: () => (select.value === OTHER ? other.value : select.value),
    set: (value) => {
      const shown = value === NOT_RECORDED || listed.has(value) || !other;
      select.value = shown ? value : OTHER;
      if (!shown) {
        other.value = value;
      }
      showOther();
    },
  };
}

function quantity(column, attributes, { required, onInput }) {
  const { minimum, maximum, type } = column;
  const limits = { min: minimum, max: maximum, step: type === 'integer' ? 1 : 'any' };
  const input = h('input', { type: 'number', inputmode: type === 'integer' ? 'numeric' : 'decimal', ...limits, ...attributes });
  const mayBeEmpty = !required && column.default === undefined;
  // A slider has no place for "nothing", and none fine enough on a very long scale.
  if (minimum === undefined || maximum === undefined || mayBeEmpty || maximum - minimum > LONGEST_SLIDER) {
    input.addEventListener('input', onInput);
    return { element: input, input, value: () => input.value, set: (value) => (input.value = value) };
  }
  // The number beside it says the same to a screen reader and to the keyboard, so the slider is for pointers only.
  // What has been seen is where people look; the field beside it takes the whole range.
  const { min: low = minimum, max: high = maximum } = column['x-seen'] ?? {};
  const slider = h('input', { type: 'range', ...limits, min: low, max: high, tabindex: -1, 'aria-hidden': 'true', step: type === 'integer' ? 1 : (high - low) / 200 });
  const follow = (from, to) => () => {
    to.value = from.value;
    onInput();
  };
  slider.addEventListener('input', follow(slider, input));
  input.addEventListener('input', follow(input, slider));
  return {
    element: h('div', { class: 'quantity' }, slider, input),
    input,
    value: () => input.value,
    set: (value) => {
      input.value = value;
      slider.value = value;
    },
  };
}

function text(column, attributes, { onInput, t }) {
  const input = h('input', {
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    maxlength: column.maxLength,
    placeholder: column['x-missing'] === undefined ? '' : t('form.not-recorded'),
    oninput: onInput,
    ...attributes,
  });
  return { element: input, input, value: () => input.value, set: (value) => (input.value = value) };
}

/** Range, unit and what is typical, for numbers. */
function hintOf(column, { t, term, format }) {
  if (!isNumber(column)) {
    return '';
  }
  const { minimum, maximum } = column;
  const parts = [];
  if (minimum !== undefined && maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER) {
    parts.push(t('form.range', { minimum: format.number(minimum), maximum: format.number(maximum), unit: column['x-unit'] ? ` ${term(column['x-unit'])}` : '' }));
  }
  const usual = typical(column);
  if (column['x-mean'] !== undefined && usual !== undefined && !column['x-history']) {
    parts.push(t('form.typical', { value: format.number(usual, 2) }));
  }
  return parts.join(' · ');
}

export function inWords({ key, minimum, maximum }, column, { t, format }) {
  const unit = { minimum: format.number(minimum, 2), maximum: format.number(maximum, 2) };
  if (key === 'limit') {
    return minimum === undefined ? t('check.most', unit) : t('check.least', unit);
  }
  return t(`check.${key}`, unit);
}
