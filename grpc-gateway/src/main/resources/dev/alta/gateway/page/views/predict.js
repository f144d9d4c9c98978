/**
 * Predict: one patient (`#/predict`), a list (`#/predict/list`), and what was predicted before (`#/predict/history`).
 * What was typed and predicted outlives a change of view or language; see session.js for how long.
 */
import { withProfile } from '../contract.js';
import { h, replace } from '../dom.js';
import { load } from '../states.js';
import { mountHistory } from './predict/history.js';
import { mountList } from './predict/list.js';
import { mountPatient } from './predict/patient.js';
import { history } from './predict/session.js';

const PARTS = { patient: mountPatient, list: mountList, history: mountHistory };

export function mount(root, context) {
  const { t, params } = context;
  const part = Object.hasOwn(PARTS, params[0] ?? '') ? params[0] : 'patient';
  const links = Object.keys(PARTS).map((name) => h('a', { href: name === 'patient' ? '#/predict' : `#/predict/${name}`, 'aria-current': name === part ? 'page' : undefined }));
  const counted = () => Object.keys(PARTS).forEach((name, at) => replace(links[at], t(`part.${name}`, { count: history.count() })));
  const body = h('div', { class: 'predict-body' });
  counted();
  root.append(h('div', { class: 'view-head' }, h('h1', {}, t(`part.${part}.title`)), h('nav', { class: 'parts', 'aria-label': t('predict.parts') }, links)), body);
  load(body, context, (signal) => profiledSchema(context, signal), (schema) => {
    const inner = h('div', { class: `predict-${part}` });
    PARTS[part](inner, { ...context, schema: () => schema, counted });
    return inner;
  });
}

let profiled = null; // As long as the page is open: what is typical does not change from one click to the next.

async function profiledSchema({ api, schema }, signal) {
  profiled ??= await Promise.all([schema(), profile(api, signal)]).then(([contract, seen]) => (seen ? withProfile(contract, seen) : contract));
  return profiled;
}

/** A gateway without data, or whose data cannot be had now, serves predictions all the same. */
async function profile(api, signal) {
  try {
    return await api.get('data/profile', { signal });
  } catch (problem) {
    if (problem.status === undefined) {
      throw problem;
    }
    return null;
  }
}
