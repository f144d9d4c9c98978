/**
 * One patient: the form beside the result. Each change is predicted at once and told beside what was predicted before
 * ("what if"); "Predict" makes it the new starting point and puts it into the history.
 */
import { classes } from '../../contract.js';
import { h, replace } from '../../dom.js';
import { empty, failure, loading } from '../../states.js';
import { makeForm } from './form.js';
import { latest } from './latest.js';
import { reasons } from './reasons.js';
import { chances, chance, inShort, verdict } from './result.js';
import { makeSampleBar } from './sample-bar.js';
import { typicalPatient } from './samples.js';
import { history, session } from './session.js';

const REASONS = 8;
const QUIET_MS = 700;
const OWN = '';

export function mountPatient(root, context) {
  const { t, term, format, api, signal } = context;
  const schema = context.schema();
  const view = { schema, t, term, format };
  const answerBox = h('div', { class: 'answer', id: 'answer' });
  const spoken = h('p', { class: 'visually-hidden', role: 'status', id: 'spoken' });
  const resultBox = h('section', { class: 'result card', id: 'result', 'aria-labelledby': 'answer-title', tabindex: 0 }, h('h2', { id: 'answer-title' }, t('result.title')), spoken, answerBox);
  const short = h('button', { type: 'button', class: 'short', id: 'short' });
  const form = makeForm({ ...view, changed: () => changed() });
  const urgent = classes(schema).at(-1);
  const patient = { explained: urgent.value };
  let quiet;

  // Only what a person has asked to be predicted is about a patient; samples and what ifs are not to be logged.
  const explain = ({ encounter, label }) => api.post(`explain?top=${REASONS}&class=${encodeURIComponent(patient.explained)}&hypothetical=${label !== OWN}`, encounter, { signal });
  const askFor = latest(explain, { answered: showAnswer, failed: showProblem, signal });

  /** @param label set where the prediction is to be kept: what the history calls it, or OWN */
  const ask = (label) => askFor({ encounter: form.encounter(), texts: form.texts(), label }, { must: label !== undefined });

  function changed() {
    session.values = form.texts();
    if (form.invalid()) {
      replace(answerBox, empty(t('result.paused'), t('result.paused-next')));
      replace(short, t('result.paused'));
    } else {
      ask();
    }
  }

  /** Predicts what the form holds and makes it the starting point of the next "what if". */
  function predict(label) {
    if (!form.check()) {
      changed();
      form.focusFirst();
      return false;
    }
    session.values = form.texts();
    ask(label);
    return true;
  }

  function start(values, label) {
    form.set(values);
    predict(label);
  }

  function showAnswer(answer, { encounter, texts, label }) {
    if (label !== undefined) {
      session.before = { texts, answer };
      history.add({ at: Date.now(), label, values: encounter, answer: summary(answer) });
      context.counted();
    }
    if (form.invalid()) {
      return; // The form has gone on to something that cannot be predicted, and says so.
    }
    form.compare(session.before?.texts ?? null);
    replace(
      answerBox,
      h('div', { class: 'answer-main' }, verdict(answer, view), whatIf(answer, texts), chances(answer, view), h('p', { class: 'hint by' }, t('result.by', { version: answer.model_version, id: answer.request_id }))),
      why(answer),
    );
    replace(short, inShort(answer, view), h('span', { class: 'short-more' }, t('result.see')));
    speak(answer);
  }

  /** What differs from the prediction before, and the way back. */
  function whatIf(answer, texts) {
    if (session.before === null || same(session.before.texts, texts)) {
      return null;
    }
    const before = session.before.answer.probabilities[urgent.value];
    const now = answer.probabilities[urgent.value];
    const back = () => {
      form.set(session.before.texts);
      changed();
    };
    return h(
      'div',
      { class: 'what-if', id: 'what-if' },
      h('p', {}, t('whatif.change', { before: chance(before, format), now: chance(now, format), points: format.signed(100 * (now - before), 1) })),
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', id: 'back', onclick: back }, t('whatif.back')), h('button', { type: 'button', class: 'quiet', id: 'keep', onclick: () => predict(OWN) }, t('whatif.keep'))),
    );
  }

  function why(answer) {
    const choose = h(
      'select',
      {
        id: 'explained',
        onchange: () => {
          patient.explained = choose.value;
          ask().then(() => document.getElementById('explained')?.focus());
        },
      },
      classes(schema).toReversed().map(({ value, text }) => h('option', { value, selected: value === patient.explained }, term(text))),
    );
    const explanation = answer.explanations?.[0];
    return h('section', { class: 'why', 'aria-labelledby': 'why-title' }, h('div', { class: 'why-head' }, h('h3', { id: 'why-title' }, t('why.title')), h('label', { class: 'visually-hidden', for: 'explained' }, t('why.outcome')), choose), explanation ? reasons(explanation, view) : null);
  }

  function showProblem(problem) {
    problem.violations = form.refuse(problem.violations);
    replace(answerBox, failure(problem, context, () => ask()));
    replace(short, t('result.failed'));
    form.focusFirst();
  }

  /** For screen readers: once the values have come to rest, not at each step of a slider. */
  function speak(answer) {
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      spoken.textContent = `${t('result.title')}: ${t(`risk.${answer.risk.toLowerCase()}`)}, ${chance(answer.probabilities[urgent.value], format)}, ${term(urgent.text)}`;
    }, QUIET_MS);
  }

  const submit = (event) => {
    event.preventDefault();
    if (predict(OWN)) {
      resultBox.scrollIntoView({ block: window.matchMedia('(max-width: 1023px)').matches ? 'start' : 'nearest' });
    }
  };
  root.append(
    makeSampleBar({ ...context, view, start }),
    h(
      'form',
      { novalidate: true, onsubmit: submit, 'aria-label': t('form.label') },
      form.element,
      h('div', { class: 'action' }, h('button', { class: 'primary', id: 'predict' }, t('form.predict')), h('p', { class: 'hint' }, t('form.predict-hint'))),
    ),
    resultBox,
    short,
  );
  short.addEventListener('click', () => resultBox.scrollIntoView({ block: 'start' }));
  signal.addEventListener('abort', () => clearTimeout(quiet), { once: true });
  form.set(session.values ?? typicalPatient(schema));
  replace(answerBox, loading(t));
  let version = null;
  context.onModel((model) => {
    if (model.state === 'waiting' || model.state === 'away') {
      replace(answerBox, empty(t(`result.${model.state}`), t(`result.${model.state}-next`)));
    } else if (model.state === 'ready' && version === null && session.values === null) {
      predict(t('sample.typical'));
    } else if (model.state === 'ready') {
      // Also another model: what is shown is no longer what would be answered.
      changed();
    }
    version = model.state === 'ready' ? model.version : version;
  });
}

function same(some, others) {
  return Object.keys(some).every((name) => some[name] === others[name]);
}

/** What the history keeps of an answer. */
function summary({ prediction, probabilities, risk, risk_percentile: percentile, model_version: version, request_id: id }) {
  return { prediction, probabilities, risk, risk_percentile: percentile, model_version: version, request_id: id };
}
