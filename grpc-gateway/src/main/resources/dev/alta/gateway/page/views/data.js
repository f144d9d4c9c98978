/**
 * Data: what the models are made from and asked for. `#/data` its columns, `#/data/batches` the ledger,
 * `#/data/rejects` rows that were not stored, `#/data/split` the certificate of the split.
 */
import { h } from '../dom.js';
import { empty } from '../states.js';
import { tabs } from '../pieces.js';
import { mountBatches } from './data/batches.js';
import { mountColumns } from './data/columns.js';
import { mountRejects } from './data/rejects.js';
import { mountSplit } from './data/split.js';

const PARTS = { '': mountColumns, batches: mountBatches, rejects: mountRejects, split: mountSplit };

export function mount(root, context) {
  const { t, params } = context;
  const part = params[0] in PARTS ? params[0] : '';
  const route = (name) => (name ? `data/${name}` : 'data');
  const body = h('div', { class: 'part' });
  root.append(
    h('div', { class: 'view-head' }, h('h1', {}, t('data.title')), tabs(t('data.parts'), Object.keys(PARTS).map((name) => [route(name), t(`data.part.${name || 'columns'}`)]), route(part))),
    body,
  );
  PARTS[part](body, { ...context, absent: (problem) => absent(problem, context) });
}

/** There is nothing to show: because nobody here knows data, or because nothing has come so far. */
function absent(problem, { t }) {
  return problem.type === 'no-data-here' ? empty(t('data.none-here'), t('data.none-here-next')) : empty(t('data.none-yet'), t('data.none-yet-next'));
}
