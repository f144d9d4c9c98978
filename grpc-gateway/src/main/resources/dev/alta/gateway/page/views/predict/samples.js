/**
 * Patients to start from: a typical one, and one each of low, medium and high risk. They are drawn by what the contract
 * says of each column, and the model says how high their risk is; nobody has written them down.
 *
 *   typicalPatient(schema)                 { column: value } without what is not recorded
 *   await findSamples(schema, predict)     { low, medium, high }: { values, answer }; one that the model found nobody for
 *                                          is missing. `predict(encounters)` resolves to answers and problems, in order
 */
import { asked, choices, isNumber, rounded, typical, weighed } from '../../contract.js';

const SEED = 20;
const ROUNDS = 4;
const CANDIDATES = 120;
const MOST_CHANGES = 9;
// Clear cases: in the middle of the low ones, and near the top without being the very rarest.
const WANTED = { low: { risk: 'LOW', percentile: 30 }, medium: { risk: 'MEDIUM', percentile: 82 }, high: { risk: 'HIGH', percentile: 96 } };

/** A first encounter is typical: most are. What is made from earlier ones would have to fit together. */
function described(schema) {
  return asked(schema).filter(([, column]) => !column['x-history']);
}

export function typicalPatient(schema) {
  return given(described(schema).map(([name, column]) => [name, typical(column)]));
}

export async function findSamples(schema, predict) {
  const random = randoms(SEED);
  const found = {};
  let start = typicalPatient(schema);
  for (let round = 0; round < ROUNDS && Object.keys(found).length < 3; round += 1) {
    const candidates = Array.from({ length: CANDIDATES }, () => varied(schema, start, random));
    const answers = await predict(candidates);
    const all = candidates.map((values, at) => ({ values, answer: answers[at] })).filter(({ answer }) => answer.risk);
    for (const [name, { risk, percentile }] of Object.entries(WANTED)) {
      const fitting = all.filter(({ answer }) => answer.risk === risk);
      found[name] ??= least(fitting, ({ answer }) => Math.abs(answer.risk_percentile - percentile));
      if (found[name] === undefined) {
        delete found[name];
      }
    }
    // Further from the typical one, towards what is still missing: rare risks are rare.
    start = least(all, ({ answer }) => -answer.risk_percentile)?.values ?? start;
  }
  return found;
}

/** The same patient with some columns drawn anew. */
function varied(schema, start, random) {
  const columns = described(schema);
  const changes = 2 + Math.floor(random() * (MOST_CHANGES - 1));
  const values = { ...start };
  for (let change = 0; change < changes; change += 1) {
    const [name, column] = columns[Math.floor(random() * columns.length)];
    values[name] = drawn(column, random);
  }
  return given(Object.entries(values));
}

function drawn(column, random) {
  return isNumber(column) ? number(column, random) : category(column, random);
}

function category(column, random) {
  if (choices(column).length === 0) {
    return undefined; // An open text of which nothing is known.
  }
  const all = weighed(column);
  let rest = random() * all.reduce((sum, { share }) => sum + share, 0);
  return (all.find(({ share }) => (rest -= share) <= 0) ?? all[0]).value;
}

/** Counts are skewed: mostly below the mean, sometimes far above. */
function number(column, random) {
  const low = column.minimum ?? 0;
  const mean = column['x-mean'] ?? low;
  const exponential = () => -Math.log(1 - random());
  // The sum of two draws has a hump, which suits large means; one draw alone suits small ones.
  const shape = mean - low > 2 ? (exponential() + exponential()) / 2 : exponential();
  return rounded(column, Math.min(column.maximum ?? Infinity, low + (mean - low) * shape));
}

function given(entries) {
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && value !== null));
}

function least(items, measure) {
  return items.reduce((best, item) => (best === undefined || measure(item) < measure(best) ? item : best), undefined);
}

/** The same numbers each time (mulberry32), so that the samples stay the same as long as the model does. */
function randoms(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
