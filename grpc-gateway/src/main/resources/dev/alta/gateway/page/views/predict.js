/**
 * Predict: one patient (`#/predict`), a list (`#/predict/list`), and what was predicted before (`#/predict/history`).
 * What was typed and predicted outlives a change of view or language; see session.js for how long.
 */
import { h } from '../dom.js';
import { load } from '../states.js';
import { mountPatient } from './predict/patient.js';

const PARTS = { '': mountPatient };

export function mount(root, context) {
  const { t, params } = context;
  const part = params[0] in PARTS ? params[0] : '';
  const body = h('div', { class: 'predict-body' });
  root.append(
    h('div', { class: 'view-head' }, h('h1', {}, t('predict.title'))),
    body,
  );
  load(body, context, () => context.schema(), (schema) => {
    const inner = h('div', { class: `predict-part predict-${part || 'patient'}` });
    PARTS[part](inner, { ...context, schema: () => schema });
    return inner;
  });
}
