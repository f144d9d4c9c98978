/**
 * What /schema says, in the words a view needs. Nothing here knows a column by name.
 *
 *   asked(schema)                 the columns that a form asks for: [[name, column]]
 *   sections(schema)              the same by section: [[title or '', [[name, column]]]]
 *   isRequired(schema, name)
 *   choices(column)               [{ value, text, share }] or [] where nothing is listed
 *   choiceText(column, choice)    what people read: a code of a code system stands before its text
 *   wrong(column, text, required) null, or { key, … } for the text `check.<key>`: what is wrong with what was typed
 *   typed(column, text)           the value as JSON wants it
 *   classes(schema)               [{ value, text, level }] from the least to the most urgent outcome
 *   typical(column)               the most frequent value, the median or the rounded mean; undefined for "not recorded"
 *   withProfile(schema, profile)  the same with what /data/profile has seen: shares, medians, the range of a slider
 */
// Columns that stand for the case, not for the patient's state, or that the model does not read.
const NOT_ASKED = new Set(['KEY', 'PATIENT', 'TARGET', 'IGNORED']);

export function asked(schema) {
  return Object.entries(schema.properties).filter(([, column]) => column['x-role'] && !NOT_ASKED.has(column['x-role']));
}

export function sections(schema) {
  const all = new Map();
  for (const [name, column] of asked(schema)) {
    const title = column['x-section'] ?? '';
    all.set(title, [...(all.get(title) ?? []), [name, column]]);
  }
  return [...all];
}

export function isRequired(schema, name) {
  return schema.required.includes(name);
}

export function choices(column) {
  return column['x-values'] ?? [];
}

export function choiceText(column, { value, text }, term) {
  return column['x-code-system'] !== undefined && text !== String(value) ? `${value} ${term(text)}` : term(text);
}

export function isNumber(column) {
  return column.type !== 'string' && column.enum === undefined;
}

export function wrong(column, text, required) {
  if (text === '') {
    return required ? { key: 'missing' } : null;
  }
  if (column.enum) {
    return column.enum.some((value) => String(value) === text) ? null : { key: 'listed' };
  }
  return isNumber(column) ? wrongNumber(column, text) : wrongText(column, text);
}

function wrongNumber({ type, minimum, maximum }, text) {
  const number = Number(text);
  if (!Number.isFinite(number)) {
    return { key: 'number' };
  }
  if (type === 'integer' && !Number.isInteger(number)) {
    return { key: 'whole' };
  }
  const within = number >= (minimum ?? -Infinity) && number <= (maximum ?? Infinity);
  return within ? null : { key: minimum === undefined || maximum === undefined ? 'limit' : 'range', minimum, maximum };
}

function wrongText({ maxLength, pattern }, text) {
  if (maxLength !== undefined && [...text].length > maxLength) {
    return { key: 'long', maximum: maxLength };
  }
  return pattern === undefined || new RegExp(pattern, 'u').test(text) ? null : { key: 'form' };
}

/** A number where the schema says number and the text is one; else the text, for the server to judge. */
export function typed(column, text) {
  const number = Number(text);
  return column.type !== 'string' && text.trim() !== '' && Number.isFinite(number) ? number : text;
}

export function classes(schema) {
  const all = choices(schema['x-target']);
  return all.map(({ value, text }, at) => ({ value, text, level: at === all.length - 1 ? 'high' : at === 0 ? 'low' : 'medium' }));
}

export function typical(column) {
  if (isNumber(column)) {
    return column['x-median'] !== undefined ? rounded(column, column['x-median']) : column['x-mean'] === undefined ? column.default ?? column.minimum : rounded(column, column['x-mean']);
  }
  return weighed(column).reduce((best, choice) => (choice.share > best.share ? choice : best), { share: -1 }).value;
}

/**
 * The listed values and, where the column may be not recorded, that as a choice without a value. Where others than the
 * listed ones occur, nobody knows how much of the rest is not recorded: only the listed ones then.
 */
export function weighed(column) {
  const listed = choices(column).map(({ value, share }) => ({ value, share: share ?? 1 }));
  if (column['x-missing'] === undefined || column['x-open']) {
    return listed;
  }
  const rest = 1 - listed.reduce((sum, { share }) => sum + share, 0);
  return [...listed, { value: undefined, share: Math.max(0, rest) }];
}

export function rounded(column, number) {
  return column.type === 'integer' ? Math.round(number) : Math.round(number * 100) / 100;
}

export function withProfile(schema, profile) {
  const seen = new Map((profile.columns ?? []).map((column) => [column.name, column]));
  const properties = Object.entries(schema.properties).map(([name, column]) => [name, { ...column, ...profiled(column, seen.get(name), profile.rows) }]);
  return { ...schema, properties: Object.fromEntries(properties) };
}

function profiled(column, seen, rows) {
  if (!seen || !rows) {
    return {};
  }
  if (isNumber(column)) {
    const { min, max, mean, quantiles = [] } = seen.number ?? {};
    // The figures of a column that is often absent are those of the few that have it.
    return mean === undefined || seen.missing > 0 ? {} : { 'x-mean': mean, 'x-median': quantiles.find(({ share }) => share === 0.5)?.value, 'x-seen': { min, max } };
  }
  const counts = new Map((seen.values ?? []).map(({ value, count }) => [String(value), count]));
  const listed = choices(column);
  // A column that is profiled by groups of its codes has no counts of the codes themselves.
  return listed.some(({ value }) => counts.has(String(value))) ? { 'x-values': listed.map((choice) => ({ ...choice, share: (counts.get(String(choice.value)) ?? 0) / rows })) } : {};
}
