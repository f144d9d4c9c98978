/**
 * A list of encounters from CSV to ranked answers, in lists as long as /predict takes.
 *
 *   const table = read(text, schema)      { head, columns, ignored, missing, rows, delimiter, fault }
 *                                         columns: for each cell the contract's name, or null where it is not sent
 *   await score(table, { predict, progress, signal })
 *                                         { scored: [{ line, cells, encounter, answer }], the highest risk first,
 *                                           rejected: [{ line, cells, reasons: [text] }] in the order of the file }
 *   scoredCsv(table, scored, schema) · rejectedCsv(table, rejected)
 */
import { classes, isRequired, typed } from '../../contract.js';
import { delimiterOf, parse, write } from './csv.js';

const AT_ONCE = 500;
const TRIES = 4;

export function read(text, schema) {
  const clean = text.replace(/^\uFEFF/, '');
  const delimiter = delimiterOf(clean);
  const { rows, fault } = parse(clean, delimiter);
  const [first, ...rest] = rows;
  const head = (first?.cells ?? []).map((cell) => cell.trim());
  const names = namesOf(schema);
  const columns = head.map((cell) => names.get(cell.toLowerCase()) ?? null);
  const given = new Set(columns);
  return {
    head,
    columns,
    delimiter,
    fault,
    rows: rest,
    ignored: head.filter((cell, at) => columns[at] === null && schema['x-target'].name !== cell),
    missing: schema.required.filter((name) => !given.has(name)),
    twice: [...given].filter((name) => name !== null && columns.indexOf(name) !== columns.lastIndexOf(name)),
  };
}

/** Every name that a column goes by. What is predicted is not sent. */
function namesOf(schema) {
  const names = new Map();
  for (const [name, column] of Object.entries(schema.properties)) {
    if (column['x-role'] && column['x-role'] !== 'TARGET') {
      names.set(name.toLowerCase(), name);
      names.set((column['x-source-name'] ?? name).toLowerCase(), name);
    }
  }
  return names;
}

function encounterOf({ cells }, { columns }, schema) {
  const encounter = {};
  columns.forEach((name, at) => {
    const text = cells[at].trim();
    const column = schema.properties[name];
    if (name !== null && text !== '' && text !== column['x-missing']) {
      encounter[name] = typed(column, text);
    }
  });
  return encounter;
}

export async function score(table, schema, { predict, progress, signal, words }) {
  const scored = [];
  const rejected = [];
  for (let from = 0; from < table.rows.length; from += AT_ONCE) {
    signal.throwIfAborted();
    const part = table.rows.slice(from, from + AT_ONCE);
    const whole = part.filter(({ cells }) => cells.length === table.head.length);
    const encounters = whole.map((row) => encounterOf(row, table, schema));
    const answers = encounters.length === 0 ? [] : await patiently(() => predict(encounters), signal);
    whole.forEach((row, at) => {
      const answer = answers[at];
      if (answer.risk) {
        scored.push({ ...row, encounter: encounters[at], answer });
      } else {
        rejected.push({ ...row, reasons: words.refused(answer) });
      }
    });
    part.filter((row) => !whole.includes(row)).forEach((row) => rejected.push({ ...row, reasons: [words.cells(row.cells.length, table.head.length)] }));
    progress(Math.min(from + AT_ONCE, table.rows.length));
  }
  const urgent = classes(schema).at(-1).value;
  scored.sort((a, b) => b.answer.probabilities[urgent] - a.answer.probabilities[urgent] || a.line - b.line);
  rejected.sort((a, b) => a.line - b.line);
  return { scored, rejected };
}

/** A server that is busy says when to come back. */
async function patiently(ask, signal) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (problem) {
      const busy = problem.status === 429 || problem.status === 503;
      if (!busy || attempt === TRIES || signal.aborted) {
        throw problem;
      }
      await pause(1000 * (Number(problem.retryAfter) || attempt), signal);
    }
  }
}

function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}

export function scoredCsv(table, scored, schema) {
  const outcomes = classes(schema).map(({ value }) => value);
  const head = ['rank', 'line', ...table.head, 'prediction', ...outcomes.map((value) => `probability ${value}`), 'risk', 'risk_percentile', 'model_version'];
  return write([
    head,
    ...scored.map(({ line, cells, answer }, at) => [at + 1, line, ...cells, answer.prediction, ...outcomes.map((value) => answer.probabilities[value]), answer.risk, answer.risk_percentile, answer.model_version]),
  ]);
}

export function rejectedCsv(table, rejected) {
  return write([['line', 'reasons', ...table.head], ...rejected.map(({ line, reasons, cells }) => [line, reasons.join('; '), ...cells])]);
}

/** A file to start from: the columns that a form asks for, and these patients. */
export function exampleCsv(schema, patients, columns) {
  const needed = columns.filter((name) => isRequired(schema, name) || patients.some((values) => values[name] !== undefined));
  return write([needed, ...patients.map((values) => needed.map((name) => values[name]))]);
}
