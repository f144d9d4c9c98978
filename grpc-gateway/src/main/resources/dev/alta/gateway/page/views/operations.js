/**
 * Operations: `#/operations` what goes on now, `#/operations/runs` workflows and runs of pipelines,
 * `#/operations/runs/3` a workflow with its steps and its log, `#/operations/loadtests` load tests and their reports.
 */
import { h } from '../dom.js';
import { tabs } from '../pieces.js';
import { mountLive } from './operations/live.js';
import { mountLoadTests } from './operations/loadtests.js';
import { mountRuns } from './operations/runs.js';
import { mountWorkflow } from './operations/workflow.js';

const PARTS = {
  live: { route: 'operations', name: 'operations.live', mount: () => mountLive },
  runs: { route: 'operations/runs', name: 'operations.runs', mount: (params) => (params[1] ? mountWorkflow : mountRuns) },
  loadtests: { route: 'operations/loadtests', name: 'operations.loadtests', mount: () => mountLoadTests },
};

export function mount(root, context) {
  const { t, params } = context;
  const shown = PARTS[params[0]] ?? PARTS.live;
  const body = h('div', { class: 'part' });
  root.append(
    h(
      'div',
      { class: 'view-head' },
      h('h1', {}, t('operations.title')),
      tabs(
        t('operations.parts'),
        Object.values(PARTS).map(({ route, name }) => [route, t(name)]),
        shown.route,
      ),
    ),
    body,
  );
  shown.mount(params)(body, context);
}
