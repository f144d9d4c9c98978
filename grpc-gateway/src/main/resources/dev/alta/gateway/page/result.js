// The answer in words and colour.
import { element } from './form.js';

const RISKS = {
  HIGH: { level: 'high', words: 'High risk', sign: '▲' },
  MEDIUM: { level: 'medium', words: 'Medium risk', sign: '◆' },
  LOW: { level: 'low', words: 'Low risk', sign: '●' },
};

export function showWaiting(root) {
  root.replaceChildren(element('p', { className: 'empty', textContent: 'Predicting …' }));
}

export function showAnswer(root, answer, target) {
  const classes = target['x-values'];
  const urgent = classes[classes.length - 1];
  root.replaceChildren(
    outcome(answer, classes),
    bars(answer, classes),
    risk(answer, urgent),
    element('p', {
      className: 'meta',
      textContent: `Model ${answer.model_alias}, version ${answer.model_version} · request ${answer.request_id}`,
    }),
  );
}

/** A problem as the server tells it; violations that stand beside no field are listed here. */
export function showProblem(root, problem, unplaced = [], labelOf = (name) => name) {
  const box = element('div', { className: 'problem' });
  box.setAttribute('role', 'alert');
  const beside = (problem.violations ?? []).filter((violation) => !unplaced.includes(violation));
  const names = [...new Set(beside.map(({ field }) => labelOf(field)))];
  const title = names.length > 0 ? 'Some fields need another look' : problem.title;
  box.append(element('h3', { textContent: title }));
  box.append(
    element('p', {
      textContent: names.length > 0 ? `${names.join(', ')}.` : problem.detail,
    }),
  );
  const list = element('ul', {});
  for (const { field, expected } of unplaced) {
    list.append(element('li', { textContent: `${field}: expected ${expected}` }));
  }
  if (unplaced.length > 0) {
    box.append(list);
  }
  root.replaceChildren(box);
}

function outcome(answer, classes) {
  const position = classes.findIndex(({ value }) => value === answer.prediction);
  const box = element('div', { className: `outcome ${levelOf(position, classes)}` });
  box.append(
    element('p', { className: 'kicker', textContent: 'Most probable outcome' }),
    element('p', { className: 'verdict', textContent: classes[position]?.text ?? answer.prediction }),
    element('p', {
      className: 'sub',
      textContent: `with a probability of ${percent(answer.probabilities[answer.prediction])}`,
    }),
  );
  return box;
}

function bars(answer, classes) {
  const list = element('dl', { className: 'bars' });
  classes.forEach(({ value, text }, position) => {
    const probability = answer.probabilities[value] ?? 0;
    const row = element('div', { className: `bar ${levelOf(position, classes)}` });
    const fill = element('span', { className: 'fill' });
    fill.style.width = `${100 * probability}%`;
    const track = element('span', { className: 'track' });
    track.setAttribute('aria-hidden', 'true');
    track.append(fill);
    const amount = element('dd', { textContent: percent(probability) });
    row.append(element('dt', { textContent: text }), amount, track);
    list.append(row);
  });
  return list;
}

function risk(answer, urgent) {
  const { level, words, sign } = RISKS[answer.risk] ?? { level: 'low', words: answer.risk, sign: '●' };
  const box = element('div', { className: `risk ${level}` });
  const head = element('p', { className: 'level' });
  head.append(element('span', { className: 'sign', textContent: sign }), ` ${words}`);
  head.firstChild.setAttribute('aria-hidden', 'true');
  const lower = Math.round(answer.risk_percentile);
  box.append(
    element('p', { className: 'kicker', textContent: `Risk: ${urgent.text.toLowerCase()}` }),
    head,
    element('p', {
      className: 'sub',
      textContent:
        `${percent(answer.probabilities[urgent.value])} for this patient, which is more than for ` +
        `${lower} in 100 patients the model was checked on.`,
    }),
    element('p', {
      className: 'sub',
      textContent: `Any readmission: ${percent(answer.probability_readmitted)}.`,
    }),
  );
  return box;
}

/** The classes run from the least to the most urgent outcome. */
function levelOf(position, classes) {
  if (position === classes.length - 1) {
    return 'high';
  }
  return position === 0 ? 'low' : 'medium';
}

function percent(probability) {
  const share = 100 * probability;
  return `${share.toFixed(share < 10 ? 1 : 0)}%`;
}
