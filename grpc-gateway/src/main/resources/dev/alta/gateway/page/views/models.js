/**
 * Models: `#/models` every version, `#/models/3` one of them, `#/models/3?compare=4` two side by side.
 */
import { h } from '../dom.js';
import { mountComparison } from './models/comparison.js';
import { mountList } from './models/list.js';
import { mountVersion } from './models/version.js';

export function mount(root, context) {
  const { t, params, query } = context;
  const body = h('div', { class: 'part' });
  root.append(h('div', { class: 'view-head' }, h('h1', {}, t('models.title')), params[0] ? h('a', { class: 'button quiet', href: '#/models' }, t('models.back')) : null), body);
  const part = params[0] ? (query.get('compare') ? mountComparison : mountVersion) : mountList;
  part(body, context);
}
