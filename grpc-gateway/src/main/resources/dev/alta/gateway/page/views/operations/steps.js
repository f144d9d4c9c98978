/** The steps of a workflow, and how it stands: always in words, too. */
import { h } from '../../dom.js';
import { badge } from '../../pieces.js';

const LEVELS = { DONE: 'low', RUNNING: 'medium', INTERRUPTED: 'high', SILENT: 'high', FAILED: 'high' };

export function stateBadge(state, t) {
  return badge(LEVELS[state] ?? '', t.has(`state.${state}`) ? t(`state.${state}`) : state);
}

export function stepsOf(steps, context) {
  const { t } = context;
  return h(
    'ol',
    { class: 'steps' },
    steps.map((step) =>
      h(
        'li',
        { class: 'step', 'data-state': step.state },
        h('span', { class: 'step-name' }, t.has(`step.${step.step}`) ? t(`step.${step.step}`) : step.step),
        stateBadge(step.state, t),
        h('span', { class: 'note' }, [took(step, context), step.attempts > 1 ? t('runs.attempts', { count: step.attempts }) : ''].filter(Boolean).join(' · ')),
      ),
    ),
  );
}

/** How long it took, or has taken so far. */
export function took({ started, ended }, { format }) {
  return format.duration(Math.max(0, new Date(ended ?? Date.now()) - new Date(started)));
}
