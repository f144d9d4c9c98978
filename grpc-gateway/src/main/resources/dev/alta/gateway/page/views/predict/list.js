/** A CSV that is chosen or dropped in comes back scored and ranked; rows that were not accepted are listed with reasons. */
import { asked, wrong } from '../../contract.js';
import { download, h, replace } from '../../dom.js';
import { empty, failure } from '../../states.js';
import { inWords } from './field.js';
import { listResult } from './list-result.js';
import { typicalPatient } from './samples.js';
import { exampleCsv, read, score } from './scoring.js';
import { session } from './session.js';

const LARGEST = 64 * 1024 * 1024;

export function mountList(root, context) {
  const { t, format, api, signal } = context;
  const schema = context.schema();
  const body = h('div', { class: 'list-body', id: 'list-body' });
  const status = h('p', { class: 'visually-hidden', role: 'status', id: 'list-status' });
  const input = h('input', { type: 'file', id: 'file', accept: '.csv,text/csv,text/plain', class: 'visually-hidden', onchange: () => take(input.files[0]) });
  let running = new AbortController();

  const zone = h(
    'section',
    { class: 'card drop', id: 'drop', 'aria-labelledby': 'drop-title' },
    h('h2', { id: 'drop-title' }, t('list.drop')),
    h('p', {}, t('list.what')),
    h('div', { class: 'buttons' }, input, h('label', { for: 'file', class: 'button primary', id: 'choose' }, t('list.choose')), h('button', { type: 'button', class: 'quiet', id: 'example', onclick: example }, t('list.example'))),
  );
  zone.addEventListener('dragover', (event) => {
    event.preventDefault();
    zone.classList.add('over');
  });
  zone.addEventListener('dragleave', () => zone.classList.remove('over'));
  zone.addEventListener('drop', (event) => {
    event.preventDefault();
    zone.classList.remove('over');
    take(event.dataTransfer.files[0]);
  });
  signal.addEventListener('abort', () => running.abort(), { once: true });

  function example() {
    const patients = [typicalPatient(schema), typicalPatient(schema)];
    download('alta-example.csv', exampleCsv(schema, patients, asked(schema).map(([name]) => name)));
  }

  async function take(file) {
    input.value = ''; // The same file may be chosen again.
    if (!file) {
      return;
    }
    running.abort();
    running = new AbortController();
    const mine = running.signal;
    try {
      const table = read(await textOf(file), schema);
      const fault = faultOf(table);
      if (fault) {
        throw { type: 'csv', title: t('list.unreadable', { file: file.name }), detail: fault, next: t('list.unreadable-next') };
      }
      const result = await score(table, schema, { predict: (encounters) => api.post('predict', encounters, { signal: mine, timeout: 60_000 }), progress: (done) => working(done, table.rows.length), signal: mine, words });
      if (!mine.aborted) {
        session.list = { name: file.name, table, result };
        show();
      }
    } catch (problem) {
      if (!mine.aborted) {
        replace(body, problem.type === 'csv' ? unreadable(problem) : failure(problem, context, () => take(file)));
        status.textContent = problem.title ?? problem.message;
      }
    }
  }

  async function textOf(file) {
    if (file.size > LARGEST) {
      throw { type: 'csv', title: t('list.unreadable', { file: file.name }), detail: t('list.large', { size: format.bytes(file.size), most: format.bytes(LARGEST) }), next: t('list.large-next') };
    }
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      throw { type: 'csv', title: t('list.unreadable', { file: file.name }), detail: t('list.encoding'), next: t('list.encoding-next') };
    }
  }

  function faultOf({ head, rows, fault, missing, twice }) {
    if (fault) {
      return t('list.quote', { line: fault.line });
    }
    if (head.length === 0 || rows.length === 0) {
      return t('list.no-rows');
    }
    if (missing.length > 0) {
      return t('list.missing', { columns: format.list(missing), count: missing.length });
    }
    return twice.length > 0 ? t('list.twice', { columns: format.list(twice) }) : null;
  }

  const words = {
    cells: (found, expected) => t('list.cells', { found, expected }),
    refused: (problem) => (problem.violations?.length > 0 ? problem.violations.map(reasonOf) : [problem.detail ?? problem.title]),
  };

  /** In the reader's language where the schema says what is wrong, else as the server said it. */
  function reasonOf({ field, value, expected }) {
    const column = schema.properties[field];
    const fault = column ? wrong(column, value ?? '', true) : null;
    const label = column ? context.term(column.title) : field;
    return fault ? t('list.reason', { label, value: value || t('list.nothing'), expected: inWords(fault, column, context) }) : t('state.violation', { field: label, value: value || t('list.nothing'), expected });
  }

  function working(done, all) {
    const bar = h('progress', { max: all, value: done, 'aria-label': t('list.working', { done: format.number(done), all: format.number(all) }) });
    bar.value = done;
    replace(body, h('div', { class: 'card working' }, h('p', {}, t('list.working', { done: format.number(done), all: format.number(all) })), bar, h('button', { type: 'button', class: 'quiet', onclick: stop }, t('list.stop'))));
  }

  function stop() {
    running.abort();
    replace(body, empty(t('list.stopped'), t('list.stopped-next')));
  }

  function unreadable({ title, detail, next }) {
    return h('div', { class: 'problem', role: 'alert' }, h('p', { class: 'problem-title' }, title), h('p', {}, detail), h('p', {}, next));
  }

  /** What was scored last is there again after a look at one of its patients. */
  function show() {
    const { name, table, result } = session.list;
    const { summary, elements } = listResult(name, table, result, context);
    replace(body, elements);
    status.textContent = summary;
  }

  if (session.list) {
    show();
  }
  root.append(zone, status, body);
}
