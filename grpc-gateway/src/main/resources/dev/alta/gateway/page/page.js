// Wires the page: the form comes from /schema, the answer from /predict, the state from /ready.
import { Form } from './form.js';
import { typical, random } from './fill.js';
import { showAnswer, showProblem, showWaiting } from './result.js';

const byId = (id) => document.getElementById(id);
const LOOK_AGAIN_MS = { ready: 20000, waiting: 2000 };

let form;
let schema;

async function start() {
  try {
    const response = await fetch('schema');
    if (!response.ok) {
      throw new Error(`HTTP ${response.status}`);
    }
    schema = await response.json();
  } catch (failure) {
    byId('lead').textContent = 'The form could not be loaded. Reload the page to try again.';
    byId('lead').classList.add('bad');
    return;
  }
  form = new Form(byId('sections'), schema);
  form.set(typical(schema));
  byId('form').setAttribute('aria-busy', 'false');
  byId('lead').textContent = 'The most common values are filled in. Change what you know.';
  byId('fills').hidden = false;
  byId('predict').disabled = false;
  byId('typical').addEventListener('click', () => form.set(typical(schema)));
  byId('random').addEventListener('click', () => form.set(random(schema)));
  byId('form').addEventListener('submit', (event) => {
    event.preventDefault();
    predict();
  });
}

async function predict() {
  const button = byId('predict');
  button.disabled = true;
  form.clearErrors();
  showWaiting(byId('answer'));
  try {
    const response = await fetch('predict', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(form.encounter()),
    });
    const body = await response.json();
    if (response.ok) {
      showAnswer(byId('answer'), body, schema['x-target']);
    } else {
      const unplaced = form.showErrors(body.violations ?? []);
      showProblem(byId('answer'), body, unplaced, (name) => form.labelOf(name));
      form.focusFirstError();
    }
  } catch (failure) {
    showProblem(byId('answer'), {
      title: 'No answer',
      detail: 'The server cannot be reached. Is it still running?',
    });
  } finally {
    button.disabled = false;
    bringIntoView();
  }
}

/** Where form and result stand one below the other, the answer may be off the screen. */
function bringIntoView() {
  const result = byId('result');
  const stacked = window.matchMedia('(max-width: 899px)').matches;
  if (stacked && !form.hasErrors()) {
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    result.scrollIntoView({ behavior: still ? 'auto' : 'smooth', block: 'start' });
  }
}

async function watchState() {
  let ready = false;
  try {
    const response = await fetch('ready');
    ready = response.ok;
    const reason = ready ? '' : (await response.json()).detail;
    setState(ready ? 'ready' : 'waiting', ready ? await modelInWords() : `Not ready: ${reason}`);
  } catch (failure) {
    setState('away', 'The server cannot be reached');
  }
  setTimeout(watchState, ready ? LOOK_AGAIN_MS.ready : LOOK_AGAIN_MS.waiting);
}

async function modelInWords() {
  const response = await fetch('model-info');
  if (!response.ok) {
    return 'Ready';
  }
  const model = await response.json();
  return `Ready · model ${model.model_alias}, version ${model.model_version}`;
}

function setState(name, text) {
  byId('state').dataset.state = name;
  if (byId('state-text').textContent !== text) {
    byId('state-text').textContent = text;
  }
}

start();
watchState();
