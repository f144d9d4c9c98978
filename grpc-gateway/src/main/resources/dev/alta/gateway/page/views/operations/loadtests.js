/** The latest load tests, and their reports. */
import { h } from '../../dom.js';
import { badge, scrolling, sheetLink } from '../../pieces.js';
import { empty, load } from '../../states.js';

export function mountLoadTests(root, context) {
  const { api, t } = context;
  const absent = () => empty(t('loadtests.none-here'), t('loadtests.none-here-next'));
  load(root, context, (signal) => api.get('loadtests', { signal }), ({ runs }) => list(runs, context), { absent });
}

function list(runs, context) {
  const { t } = context;
  if (runs.length === 0) {
    return empty(t('loadtests.none'), t('loadtests.none-next'));
  }
  const heads = ['test', 'outcome', 'started', 'rate', 'p50', 'p99', 'errors', 'report'];
  const amounts = ['rate', 'p50', 'p99', 'errors'];
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'loadtests' },
    h('h2', { id: 'loadtests' }, t('loadtests.title')),
    h('p', { class: 'note' }, t('loadtests.note')),
    scrolling(
      t('loadtests.title'),
      h(
        'table',
        {},
        h('thead', {}, h('tr', {}, heads.map((head) => h('th', { scope: 'col', class: amounts.includes(head) ? 'amount' : null }, t(`loadtests.${head}`))))),
        h('tbody', {}, runs.map((run) => line(run, context))),
      ),
    ),
  );
}

function line(run, context) {
  const { t, format } = context;
  const amount = (text) => h('td', { class: 'amount' }, text);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, t('loadtests.name', { scenario: t(`scenario.${run.scenario}`), call: t(`call.${run.call}`) })),
    h('td', {}, run.met ? badge('low', t('loadtests.met')) : badge('high', t('loadtests.not-met')), run.loop === 'closed' ? h('p', { class: 'note' }, t('loadtests.closed')) : null, run.breaking_point ? h('p', { class: 'note', lang: 'en' }, run.breaking_point) : null),
    h('td', { class: 'when' }, format.date(run.started)),
    amount(format.number(run.per_second, 1)),
    amount(format.duration(run.p50_ms)),
    amount(format.duration(run.p99_ms)),
    amount(format.number(run.errors)),
    h('td', {}, sheetLink(`loadtests/${encodeURIComponent(run.run)}/report`, `${run.run}.html`, [t('loadtests.open'), t('loadtests.save')], context)),
  );
}
