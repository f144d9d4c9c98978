/** A workflow: its steps, the runs it asked for, its log; looked at again while it runs. */
import { h, replace } from '../../dom.js';
import { empty, failure, loading } from '../../states.js';
import { facts } from '../../pieces.js';
import { table } from '../../chart.js';
import { kind, runLine, runTable } from './runs.js';
import { stateBadge, stepsOf, took } from './steps.js';

const EVERY_MS = 3000;

export function mountWorkflow(root, context) {
  const { api, t, every, signal, params } = context;
  const number = params[1];
  let seen = '';
  let over = false;
  replace(root, loading(t));
  every(EVERY_MS, async () => {
    if (over) {
      return;
    }
    try {
      const workflow = await api.get(`runs/${encodeURIComponent(number)}`, { signal });
      over = workflow.state === 'DONE' || workflow.state === 'FAILED';
      const text = JSON.stringify(workflow);
      if (text !== seen && !signal.aborted) {
        seen = text;
        replace(root, sheet(workflow, context));
      }
    } catch (problem) {
      if (!signal.aborted) {
        seen = '';
        replace(root, problem.status === 404 ? empty(t('workflow.none', { number }), t('workflow.none-next'), back(t)) : failure(problem, context));
      }
    }
  });
}

function back(t) {
  return h('a', { class: 'button quiet', href: '#/operations/runs' }, t('workflow.back'));
}

function sheet(workflow, context) {
  const { t, format } = context;
  const rows = h('tbody', {}, workflow.runs.map((run) => runLine(run, context)));
  return [
    h('div', { class: 'buttons' }, back(t)),
    h(
      'section',
      { class: 'card', 'aria-labelledby': 'workflow' },
      h('h2', { id: 'workflow' }, t('runs.workflow', { number: workflow.workflow, kind: kind(workflow.kind, t) }), ' ', stateBadge(workflow.state, t)),
      workflow.result ? h('p', {}, workflow.result) : null,
      facts([
        [t('runs.started'), format.date(workflow.started)],
        [t('runs.took'), took(workflow, context)],
        ...(workflow.held_by ? [[t('workflow.held'), workflow.held_by]] : []),
      ]),
      workflow.state === 'INTERRUPTED' || workflow.state === 'FAILED' ? h('p', {}, t('workflow.resume'), ' ', h('code', {}, `alta runs resume ${workflow.workflow}`)) : null,
      stepsOf(workflow.steps, context),
    ),
    workflow.runs.length > 0 ? h('section', { class: 'card', 'aria-labelledby': 'asked-for' }, h('h2', { id: 'asked-for' }, t('workflow.runs')), runTable(rows, context)) : null,
    log(workflow, context),
  ];
}

function log({ log: lines, log_cut: cut }, { t, format }) {
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'log' },
    h('h2', { id: 'log' }, t('workflow.log')),
    cut ? h('p', { class: 'note' }, t('workflow.cut')) : null,
    lines.length === 0
      ? h('p', { class: 'note' }, t('workflow.no-lines'))
      : table([t('workflow.at'), t('workflow.step'), t('workflow.words')], lines.map(({ at, step, words }) => [format.date(at), t.has(`step.${step}`) ? t(`step.${step}`) : step, words]), t('workflow.log')),
  );
}
