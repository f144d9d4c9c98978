/**
 * The shell: header, navigation, language, theme, the model's state, and one view at a time.
 *
 * A view is a module `views/<name>.js` with `export function mount(root, context)`; it fills root and may return a
 * function that is called when the view goes. Its texts are in `i18n/<language>/<name>.js` (with a text `<name>.title`);
 * the first heading of a view is an h1. Routes: `#/models/3?compare=4` mounts "models" with params ['3'] and query.
 *
 * context:
 *   api            calls of the gateway, see api.js
 *   t, term        texts of the page, words of the contract, see texts.js
 *   format         numbers and dates, see format.js
 *   language       'en' or 'es'
 *   params, query  the rest of the route: strings, URLSearchParams
 *   signal         aborted when the view goes: give it to fetches, and to addEventListener of anything beyond root
 *   every(ms, f)   calls f now and again ms after it has ended, not while the tab is hidden, never after the view has gone
 *   schema()       the contract as /schema tells it, fetched once
 *   model()        what the shell knows of the scorer: { state: 'ready' | 'waiting' | 'away', version, alias, reason }
 *   onModel(f)     calls f(model) whenever that has changed, as long as the view is there
 *   go(route)      goes to another view: go('models/3')
 */
import { Api } from './api.js';
import { h, replace } from './dom.js';
import { formats } from './format.js';
import { failure, loading } from './states.js';
import { LANGUAGES, browsersLanguage, terms, texts } from './texts.js';
import { ModelState } from './model-state.js';
import { askForToken } from './token.js';

const VIEWS = ['predict', 'models', 'data', 'operations'];
const api = new Api();
const modelState = new ModelState(api);
const byId = (id) => document.getElementById(id);

let language = kept('alta.language', Object.keys(LANGUAGES)) ?? browsersLanguage();
let shell; // Texts of the shell in the language.
let current = { leave: () => {} };
let schema = null;

async function start() {
  await speak(language);
  api.askFor((problem) => askForToken(problem, shell));
  window.addEventListener('hashchange', () => show(true));
  byId('skip').addEventListener('click', (event) => {
    event.preventDefault(); // The address is the route.
    byId('main').focus();
  });
  modelState.watch((model) => showModel(model));
  await show(false);
}

async function speak(chosen) {
  language = chosen;
  shell = await texts(language, ['shell']);
  document.documentElement.lang = language;
  byId('skip').textContent = shell('shell.skip');
  byId('purpose').textContent = shell('shell.purpose');
  byId('nav').setAttribute('aria-label', shell('shell.views'));
  replace(byId('nav'), VIEWS.map((name) => h('a', { href: `#/${name}`, id: `nav-${name}` }, shell(`nav.${name}`))));
  replace(byId('tools'), languageBox(), themeBox());
  replace(byId('model'), h('span', { class: 'dot', 'aria-hidden': 'true' }), h('span', { id: 'model-text' }));
  replace(byId('foot'), h('p', {}, shell('shell.disclaimer')), developers());
  showModel(modelState.model);
}

function developers() {
  const links = ['docs', 'openapi.json', 'schema', 'metrics'];
  return h(
    'nav',
    { 'aria-label': shell('shell.developers') },
    links.map((path) => h('a', { href: path === 'docs' ? 'docs/' : path }, shell(`link.${path}`))),
  );
}

function languageBox() {
  const choose = async (event) => {
    keep('alta.language', event.target.value);
    await speak(event.target.value);
    byId('language').focus();
    await show(false);
  };
  return h(
    'select',
    { id: 'language', 'aria-label': shell('shell.language'), onchange: choose },
    Object.entries(LANGUAGES).map(([tag, name]) => h('option', { value: tag, lang: tag, selected: tag === language }, name)),
  );
}

function themeBox() {
  const now = kept('alta.theme', ['light', 'dark']) ?? 'system';
  const choose = (event) => {
    const theme = event.target.value;
    keep('alta.theme', theme);
    if (theme === 'system') {
      delete document.documentElement.dataset.theme;
    } else {
      document.documentElement.dataset.theme = theme;
    }
  };
  return h(
    'select',
    { id: 'theme', 'aria-label': shell('shell.theme'), onchange: choose },
    ['system', 'light', 'dark'].map((theme) => h('option', { value: theme, selected: theme === now }, shell(`theme.${theme}`))),
  );
}

function showModel({ state, version, reason }) {
  const words =
    state === 'ready'
      ? shell('model.ready', { version })
      : state === 'waiting'
        ? shell('model.waiting', { reason })
        : shell(`model.${state}`);
  byId('model').dataset.state = state;
  if (byId('model-text').textContent !== words) {
    byId('model-text').textContent = words;
  }
}

/** Leaves the view that is there and mounts the one that the address names. */
async function show(byReader) {
  const { name, params, query } = route();
  current.leave();
  const visit = new AbortController();
  let unmount;
  current = {
    leave: () => {
      visit.abort();
      unmount?.();
    },
  };
  const root = h('div', { class: `view view-${name}`, 'data-view': name });
  mark(name);
  replace(byId('main'), root);
  replace(root, loading(shell));
  try {
    const [t, term, view] = await Promise.all([texts(language, ['shell', name]), terms(language), import(`./views/${name}.js`)]);
    if (visit.signal.aborted) {
      return;
    }
    document.title = `${t(`${name}.title`)} · Alta`;
    root.replaceChildren();
    unmount = view.mount(root, contextOf(visit.signal, { t, term, params, query }));
  } catch (fault) {
    if (!visit.signal.aborted) {
      replace(root, h('h1', {}, shell(`nav.${name}`)), failure({ type: 'page', status: 0, detail: String(fault) }, { t: shell }, () => location.reload()));
      throw fault;
    }
  }
  if (byReader) {
    window.scrollTo(0, 0);
    byId('main').focus({ preventScroll: true });
  }
}

function mark(name) {
  for (const other of VIEWS) {
    const link = byId(`nav-${other}`);
    other === name ? link.setAttribute('aria-current', 'page') : link.removeAttribute('aria-current');
  }
}

function route() {
  const [path, search] = location.hash.replace(/^#\/?/, '').split('?');
  const [name, ...params] = path.split('/').map(decodeURIComponent);
  return { name: VIEWS.includes(name) ? name : VIEWS[0], params, query: new URLSearchParams(search ?? '') };
}

function contextOf(signal, parts) {
  return {
    ...parts,
    api,
    signal,
    language,
    format: formats(language),
    schema: readSchema,
    model: () => modelState.model,
    onModel: (listener) => modelState.watch(listener, signal),
    every: (ms, task) => every(ms, task, signal),
    go: (to) => {
      location.hash = `#/${to}`;
    },
  };
}

/** One request for all views; after a failure the next caller tries again. */
function readSchema() {
  schema ??= api.get('schema', { accept: 'application/schema+json, application/problem+json' }).catch((problem) => {
    schema = null;
    throw problem;
  });
  return schema;
}

function every(ms, task, signal) {
  let timer;
  const turn = async () => {
    if (!document.hidden) {
      await task();
    }
    if (!signal.aborted) {
      timer = setTimeout(turn, ms);
    }
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  turn();
}

function kept(key, allowed) {
  const value = localStorage.getItem(key);
  return allowed.includes(value) ? value : null;
}

function keep(key, value) {
  localStorage.setItem(key, value);
}

start();
