/** Workflows and runs of pipelines, the latest first; what runs is looked at again every few seconds. */
import { h, replace } from '../../dom.js';
import { empty, failure, loading } from '../../states.js';
import { paged, scrolling } from '../../pieces.js';
import { nameOf } from '../data/batches.js';
import { stateBadge, stepsOf, took } from './steps.js';

const EVERY_MS = 5000;
const PAGE = 20;

export function mountRuns(root, context) {
  const { api, t, every, signal } = context;
  replace(root, loading(t));
  let seen = '';
  let older = false;
  every(EVERY_MS, async () => {
    if (older) {
      return; // Somebody reads further down: nothing is to move under their eyes.
    }
    try {
      const answer = await api.get(`runs?limit=${PAGE}`, { signal });
      const text = JSON.stringify(answer);
      if (text !== seen && !signal.aborted) {
        seen = text;
        replace(root, lists(answer, () => (older = true), context));
      }
    } catch (problem) {
      if (!signal.aborted) {
        seen = '';
        replace(root, problem.status === 404 ? empty(t('runs.none-here'), t('runs.none-here-next')) : failure(problem, context));
      }
    }
  });
}

function lists(first, turned, context) {
  const { t } = context;
  if (first.workflows.length + first.runs.length === 0) {
    return empty(t('runs.none'), t('runs.none-next'));
  }
  return [workflows(first, turned, context), pipelines(first, turned, context)];
}

function workflows(first, turned, context) {
  const { api, t, signal } = context;
  const list = h('ul', { class: 'workflows' });
  const ask = async (before) => {
    turned();
    // Of the runs none are wanted here.
    const answer = await api.get(`runs?limit=${PAGE}&before_workflow=${before}&before_run=0`, { signal });
    return { rows: answer.workflows, next: answer.next_workflow };
  };
  const { foot, follow } = paged(context, ask, ({ rows }) => list.append(...rows.map((workflow) => workflowLine(workflow, context))));
  follow({ rows: first.workflows, next: first.next_workflow });
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'workflows' },
    h('h2', { id: 'workflows' }, t('runs.workflows')),
    first.workflows.length === 0 ? h('p', { class: 'note' }, t('runs.no-workflow')) : list,
    foot,
  );
}

function workflowLine(workflow, context) {
  const { t, format } = context;
  return h(
    'li',
    { class: 'workflow' },
    h(
      'p',
      { class: 'workflow-head' },
      h('a', { href: `#/operations/runs/${workflow.workflow}` }, t('runs.workflow', { number: workflow.workflow, kind: kind(workflow.kind, t) })),
      stateBadge(workflow.state, t),
      h('span', { class: 'note' }, `${format.date(workflow.started)} · ${took(workflow, context)}`),
    ),
    stepsOf(workflow.steps, context),
    workflow.result ? h('p', {}, workflow.result) : null,
  );
}

function pipelines(first, turned, context) {
  const { api, t, signal } = context;
  const rows = h('tbody');
  const ask = async (before) => {
    turned();
    const answer = await api.get(`runs?limit=${PAGE}&before_run=${before}&before_workflow=0`, { signal });
    return { rows: answer.runs, next: answer.next_run };
  };
  const { foot, follow } = paged(context, ask, (answer) => rows.append(...answer.rows.map((run) => runLine(run, context))));
  follow({ rows: first.runs, next: first.next_run });
  return h('section', { class: 'card', 'aria-labelledby': 'pipelines' }, h('h2', { id: 'pipelines' }, t('runs.pipelines')), runTable(rows, context), foot);
}

/** A table of runs of pipelines around rows that {@link runLine} made. */
export function runTable(rows, { t }) {
  const heads = ['run', 'kind', 'state', 'started', 'took', 'read', 'passed', 'rejected', 'what'];
  return scrolling(
    t('runs.pipelines'),
    h('table', {}, h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col', class: ['read', 'passed', 'rejected'].includes(head) ? 'amount' : null }, t(`runs.${head}`))))), rows),
  );
}

export function runLine(run, context) {
  const { t, format } = context;
  const count = (value) => h('td', { class: 'amount' }, format.number(value));
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, format.number(run.run)),
    h('td', {}, kind(run.kind, t)),
    h('td', {}, stateBadge(run.state, t), run.reason ? h('p', { class: 'error' }, run.reason) : null),
    h('td', { class: 'when' }, format.date(run.started)),
    h('td', { class: 'when' }, format.duration(run.seconds * 1000)),
    run.rows_total && !run.ended ? h('td', { class: 'amount' }, t('runs.of', { done: format.number(run.rows_read), all: format.number(run.rows_total) })) : count(run.rows_read),
    count(run.rows_passed),
    count(run.rows_rejected),
    h('td', { class: 'source' }, h('span', { title: run.what }, nameOf(run.what))),
  );
}

export function kind(name, t) {
  return t.has(`run-kind.${name}`) ? t(`run-kind.${name}`) : name;
}
