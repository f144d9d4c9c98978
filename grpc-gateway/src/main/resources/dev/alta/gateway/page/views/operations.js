/**
 * Operations: `#/operations` what goes on now, `#/operations/runs` workflows and runs of pipelines,
 * `#/operations/runs/3` a workflow with its steps and its log.
 */
import { h } from '../dom.js';
import { tabs } from '../pieces.js';
import { mountLive } from './operations/live.js';
import { mountRuns } from './operations/runs.js';
import { mountWorkflow } from './operations/workflow.js';

export function mount(root, context) {
  const { t, params } = context;
  const runs = params[0] === 'runs';
  const body = h('div', { class: 'part' });
  root.append(
    h(
      'div',
      { class: 'view-head' },
      h('h1', {}, t('operations.title')),
      tabs(t('operations.parts'), [['operations', t('operations.live')], ['operations/runs', t('operations.runs')]], runs ? 'operations/runs' : 'operations'),
    ),
    body,
  );
  const part = runs ? (params[1] ? mountWorkflow : mountRuns) : mountLive;
  part(body, context);
}
