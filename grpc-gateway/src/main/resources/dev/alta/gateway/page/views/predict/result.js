/**
 * A prediction in words and colour.
 *
 *   verdict(answer, view)     risk and most probable outcome
 *   chances(answer, view)     a bar for each outcome
 *   inShort(answer, view)     one line, for where the whole has no room
 *   view: { schema, t, term, format }
 */
import { shares } from '../../chart.js';
import { classes } from '../../contract.js';
import { h, icon } from '../../dom.js';

export const RISKS = { HIGH: 'high', MEDIUM: 'medium', LOW: 'low' };
export const SIGNS = { high: 'up', medium: 'diamond', low: 'dot' };

export function verdict(answer, view) {
  return h('div', { class: 'verdict' }, risk(answer, view), outcome(answer, view));
}

function risk(answer, { schema, t, term, format }) {
  const level = RISKS[answer.risk] ?? 'low';
  const urgent = classes(schema).at(-1);
  const marker = h('span', { class: 'rank-marker' });
  marker.style.left = `${answer.risk_percentile}%`;
  return h(
    'div',
    { class: `risk level-${level}`, id: 'risk' },
    h('p', { class: 'kicker' }, t('result.risk-of', { outcome: term(urgent.text) })),
    h('p', { class: 'risk-words' }, icon(SIGNS[level]), h('span', { id: 'risk-words' }, t(`risk.${level}`)), h('span', { class: 'figure', id: 'risk-figure' }, chance(answer.probabilities[urgent.value], format))),
    h('div', { class: 'rank', 'aria-hidden': 'true' }, marker),
    h('p', { class: 'sub', id: 'risk-rank' }, t('result.rank', { count: Math.floor(answer.risk_percentile) })),
  );
}

function outcome(answer, { schema, t, term, format }) {
  const found = classes(schema).find(({ value }) => value === answer.prediction) ?? { text: answer.prediction, level: 'low' };
  return h(
    'div',
    { class: `outcome level-${found.level}`, id: 'outcome' },
    h('p', { class: 'kicker' }, t('result.most-probable')),
    h('p', { class: 'outcome-words' }, icon(SIGNS[found.level]), h('span', { id: 'outcome-words' }, term(found.text)), h('span', { class: 'figure' }, chance(answer.probabilities[answer.prediction], format))),
  );
}

export function chances(answer, { schema, t, term, format }) {
  const items = classes(schema).map(({ value, text, level }) => ({ name: term(text), share: answer.probabilities[value] ?? 0, level }));
  return shares(items, { label: t('result.chances'), format: (share) => chance(share, format) });
}

export function inShort(answer, { schema, t, term, format }) {
  const level = RISKS[answer.risk] ?? 'low';
  const urgent = classes(schema).at(-1);
  return h(
    'span',
    { class: `level level-${level} in-short` },
    icon(SIGNS[level]),
    h('strong', {}, t(`risk.${level}`)),
    h('span', { class: 'figure' }, chance(answer.probabilities[urgent.value], format)),
    h('span', { class: 'in-short-of' }, term(urgent.text)),
  );
}

/** Small chances with one digit more. */
export function chance(share, format) {
  return format.percent(share, share < 0.1 ? 1 : 0);
}
