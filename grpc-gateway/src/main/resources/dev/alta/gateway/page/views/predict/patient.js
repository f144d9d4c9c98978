/** One patient: form and result side by side; each change of the form updates the result. */
import { asked, typical } from '../../contract.js';
import { h, replace } from '../../dom.js';
import { empty, failure, loading } from '../../states.js';
import { makeForm } from './form.js';
import { latest } from './latest.js';
import { chances, inShort, verdict } from './result.js';
import { session } from './session.js';

export function mountPatient(root, context) {
  const { t, term, format, api, signal } = context;
  const view = { schema: context.schema(), t, term, format };
  const answerBox = h('div', { class: 'answer', id: 'answer', 'aria-live': 'polite' });
  const short = h('a', { class: 'short', id: 'short', href: '#answer-title' });
  const form = makeForm({ ...view, changed: () => changed() });

  const ask = latest((encounter) => api.post('predict', encounter, { signal }), {
    answered: (answer) => showAnswer(answer),
    failed: (problem) => showProblem(problem),
    signal,
  });

  function changed() {
    session.values = form.texts();
    if (form.invalid()) {
      replace(answerBox, empty(t('result.paused'), t('result.paused-next')));
    } else {
      ask(form.encounter());
    }
  }

  function showAnswer(answer) {
    replace(answerBox, verdict(answer, view), chances(answer, view), h('p', { class: 'note' }, t('result.by', { version: answer.model_version, id: answer.request_id })));
    replace(short, inShort(answer, view));
  }

  function showProblem(problem) {
    const unplaced = form.refuse(problem.violations ?? []);
    problem.violations = unplaced;
    replace(answerBox, failure(problem, context, () => ask(form.encounter())));
    replace(short, t('state.retry'));
  }

  root.append(
    h('form', { novalidate: true, onsubmit: (event) => event.preventDefault() }, form.element),
    h('section', { class: 'result card', 'aria-labelledby': 'answer-title' }, h('h2', { id: 'answer-title' }, t('result.title')), answerBox),
    short,
  );
  short.addEventListener('click', (event) => {
    event.preventDefault();
    answerBox.parentElement.scrollIntoView({ block: 'start' });
  });
  form.set(session.values ?? Object.fromEntries(asked(view.schema).filter(([, column]) => !column['x-history']).map(([name, column]) => [name, typical(column)])));
  replace(answerBox, loading(t));
  ask(form.encounter());
}
