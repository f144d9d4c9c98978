/**
 * A scored list: how many of which risk, the highest risks first, what was rejected and why, both to take along.
 *
 *   const { summary, elements } = listResult(fileName, table, { scored, rejected }, context);
 */
import { asked, classes } from '../../contract.js';
import { download, h, icon } from '../../dom.js';
import { chance, RISKS, SIGNS } from './result.js';
import { rejectedCsv, scoredCsv } from './scoring.js';
import { session } from './session.js';

// The files hold all; a table of thousands of rows would help nobody.
const SHOWN = 100;

export function listResult(fileName, table, { scored, rejected }, context) {
  const { t, format } = context;
  const summary = t('list.done', { scored: format.number(scored.length), rejected: format.number(rejected.length), count: scored.length });
  return { summary, elements: [overview(fileName, table, scored, rejected, summary, context), rejected.length > 0 ? refused(rejected, context) : null] };
}

function overview(fileName, table, scored, rejected, summary, context) {
  const { t, format } = context;
  const schema = context.schema();
  const base = fileName.replace(/\.[^.]*$/, '');
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'ranked-title' },
    h('h2', { id: 'ranked-title' }, summary),
    h('p', { class: 'buttons' }, Object.entries(RISKS).map(([risk, level]) => badge(level, `${t(`risk.${level}`)}: ${format.number(scored.filter(({ answer }) => answer.risk === risk).length)}`))),
    table.ignored.length > 0 ? h('p', { class: 'note' }, t('list.ignored', { columns: format.list(table.ignored), count: table.ignored.length })) : null,
    h(
      'div',
      { class: 'buttons' },
      scored.length > 0 ? h('button', { type: 'button', class: 'primary', id: 'save-scored', onclick: () => download(`${base}-scored.csv`, scoredCsv(table, scored, schema)) }, t('list.save')) : null,
      rejected.length > 0 ? h('button', { type: 'button', class: 'quiet', id: 'save-rejected', onclick: () => download(`${base}-rejected.csv`, rejectedCsv(table, rejected)) }, t('list.save-rejected')) : null,
    ),
    scored.length > 0 ? ranked(table, scored, context) : null,
    scored.length > SHOWN ? h('p', { class: 'note' }, t('list.more', { shown: SHOWN, all: format.number(scored.length) })) : null,
  );
}

function ranked(table, scored, context) {
  const { t, term } = context;
  const schema = context.schema();
  const key = table.columns.findIndex((name) => name !== null && schema.properties[name]['x-role'] === 'KEY');
  const heads = [t('list.rank'), key < 0 ? t('list.line') : term(schema.properties[table.columns[key]].title), t('history.risk'), term(classes(schema).at(-1).text), t('history.outcome')];
  const rows = scored.slice(0, SHOWN).map((row, at) => rankedRow(row, at + 1, key < 0 ? String(row.line) : row.cells[key], context));
  return region(t('list.ranked'), 'ranked', [...heads.map((head) => h('th', { scope: 'col' }, head)), h('th', { scope: 'col' }, h('span', { class: 'visually-hidden' }, t('list.open')))], rows);
}

function rankedRow({ encounter, answer }, rank, name, context) {
  const { t, term, format } = context;
  const all = classes(context.schema());
  const level = RISKS[answer.risk];
  const outcome = all.find(({ value }) => value === answer.prediction);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, String(rank)),
    h('td', {}, name),
    h('td', {}, badge(level, t(`risk.${level}`))),
    h('td', {}, chance(answer.probabilities[all.at(-1).value], format)),
    h('td', {}, term(outcome?.text ?? answer.prediction)),
    h('td', {}, h('button', { type: 'button', class: 'quiet small', 'aria-label': t('list.open-of', { name }), onclick: () => open(encounter, context) }, t('list.open'))),
  );
}

/** Into the form, where the reasons are. */
function open(encounter, context) {
  const columns = new Set(asked(context.schema()).map(([name]) => name));
  session.values = Object.fromEntries(Object.entries(encounter).filter(([name]) => columns.has(name)).map(([name, value]) => [name, String(value)]));
  session.before = null;
  context.go('predict');
}

function refused(rejected, { t }) {
  const title = t('list.rejected', { count: rejected.length });
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'rejected-title' },
    h('h2', { id: 'rejected-title' }, title),
    h('p', { class: 'note' }, t('list.rejected-next')),
    region(
      title,
      'rejected',
      [h('th', { scope: 'col' }, t('list.line')), h('th', { scope: 'col' }, t('list.reasons'))],
      rejected.slice(0, SHOWN).map(({ line, reasons }) => h('tr', {}, h('th', { scope: 'row' }, String(line)), h('td', {}, h('ul', {}, reasons.map((reason) => h('li', {}, reason)))))),
    ),
    rejected.length > SHOWN ? h('p', { class: 'note' }, t('list.more', { shown: SHOWN, all: rejected.length })) : null,
  );
}

function region(label, id, heads, rows) {
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'region', 'aria-label': label }, h('table', { id }, h('thead', {}, h('tr', {}, heads)), h('tbody', {}, rows)));
}

function badge(level, text) {
  return h('span', { class: `badge level-${level}` }, icon(SIGNS[level]), text);
}
