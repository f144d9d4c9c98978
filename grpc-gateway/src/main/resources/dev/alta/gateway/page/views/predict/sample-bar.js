/** Sample patients, one click away: the typical one at once, the others when the model has said how high their risk is. */
import { h, icon, replace } from '../../dom.js';
import { chance, RISKS, SIGNS } from './result.js';
import { findSamples, typicalPatient } from './samples.js';
import { classes } from '../../contract.js';

const found = new Map(); // By model version: the same model finds the same samples.

export function makeSampleBar({ t, format, api, signal, onModel, model, view, start }) {
  const buttons = h('div', { class: 'buttons', id: 'samples' });
  const note = h('p', { class: 'hint', role: 'status' });
  const urgent = classes(view.schema).at(-1).value;
  const typical = () => start(typicalPatient(view.schema), t('sample.typical'));
  const predict = (encounters) => api.post('predict?hypothetical=true', encounters, { signal });

  function button({ values, answer }) {
    const level = RISKS[answer.risk];
    return h(
      'button',
      { type: 'button', class: `quiet sample level-${level}`, 'data-sample': level, onclick: () => start(values, t(`sample.${level}`)) },
      h('span', { class: 'sample-sign' }, icon(SIGNS[level])),
      t(`sample.${level}`),
      h('span', { class: 'figure' }, chance(answer.probabilities[urgent], format)),
    );
  }

  function show(samples) {
    replace(
      buttons,
      h('button', { type: 'button', class: 'quiet sample', 'data-sample': 'typical', onclick: typical }, t('sample.typical')),
      ['low', 'medium', 'high'].filter((level) => samples[level]).map((level) => button(samples[level])),
    );
  }

  async function look({ state, version }) {
    if (state !== 'ready') {
      return;
    }
    try {
      if (!found.has(version)) {
        note.textContent = t('sample.looking');
        found.set(version, await findSamples(view.schema, predict));
      }
      note.textContent = '';
      show(found.get(version));
    } catch (problem) {
      if (!signal.aborted) {
        note.textContent = t('sample.failed');
      }
      if (problem.status === undefined && !signal.aborted) {
        throw problem;
      }
    }
  }

  show(found.get(model().version) ?? {});
  onModel(look);
  return h('section', { class: 'samples', 'aria-labelledby': 'samples-title' }, h('h2', { id: 'samples-title' }, t('sample.title')), buttons, note);
}
