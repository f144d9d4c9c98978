/**
 * A prediction in words and colour.
 *
 *   verdict(answer, view)     the risk, against other patients
 *   chances(answer, view)     the most probable outcome, a bar for each
 *   inShort(answer, view)     one line, for where the whole has no room
 *   view: { schema, t, term, format }
 */
import { shares } from '../../chart.js';
import { classes } from '../../contract.js';
import { h, icon } from '../../dom.js';

export const RISKS = { HIGH: 'high', MEDIUM: 'medium', LOW: 'low' };
export const SIGNS = { high: 'up', medium: 'diamond', low: 'dot' };

export function verdict(answer, { schema, t, term, format }) {
  const level = RISKS[answer.risk] ?? 'low';
  const urgent = classes(schema).at(-1);
  const lower = h('span', { class: 'rank-share' });
  lower.style.width = `${answer.risk_percentile}%`;
  return h(
    'div',
    { class: `risk level-${level}`, id: 'risk' },
    h('p', { class: 'kicker' }, t('result.risk-of', { outcome: term(urgent.text) })),
    h('p', { class: 'risk-words' }, icon(SIGNS[level]), h('span', { id: 'risk-words' }, t(`sample.${level}`)), h('span', { class: 'figure', id: 'risk-figure' }, chance(answer.probabilities[urgent.value], format))),
    h('div', { class: 'rank', 'aria-hidden': 'true' }, lower),
    h('p', { class: 'sub', id: 'risk-rank' }, t('result.rank', { count: Math.floor(answer.risk_percentile) })),
  );
}

/** The most probable outcome in its colour, above the bars of all. */
export function chances(answer, { schema, t, term, format }) {
  const all = classes(schema);
  const found = all.find(({ value }) => value === answer.prediction) ?? { text: answer.prediction, level: 'low' };
  const items = all.map(({ value, text, level }) => ({ name: term(text), share: answer.probabilities[value] ?? 0, level }));
  return h(
    'div',
    { class: 'chances' },
    h('p', { class: `outcome level-${found.level}`, id: 'outcome' }, t('result.most-probable'), ' ', h('strong', {}, icon(SIGNS[found.level]), ' ', h('span', { id: 'outcome-words' }, term(found.text)))),
    shares(items, { label: t('result.chances'), format: (share) => chance(share, format) }),
  );
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
