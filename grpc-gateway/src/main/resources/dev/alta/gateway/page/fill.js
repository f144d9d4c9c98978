// Values to start from, made from what the schema says about each column. A left out column is not in the result.

// Columns that stand for the case, not for the patient's state, or that the model does not read.
const NOT_ASKED = new Set(['KEY', 'PATIENT', 'TARGET', 'IGNORED']);

export function askedColumns(schema) {
  return Object.entries(schema.properties)
    .filter(([, column]) => column['x-role'] && !NOT_ASKED.has(column['x-role']));
}

/** The most frequent value of each column, or its rounded mean. */
export function typical(schema) {
  return fill(schema, {
    number: (column) => column['x-mean'] ?? column.default ?? column.minimum ?? 0,
    choose: (choices) => choices.reduce((best, choice) => (choice.share > best.share ? choice : best)),
  });
}

/** A value of each column drawn by its published shares, or around its mean. */
export function random(schema) {
  return fill(schema, {
    number: (column) => draw(column),
    choose: (choices) => {
      let rest = Math.random() * choices.reduce((sum, choice) => sum + choice.share, 0);
      return choices.find((choice) => (rest -= choice.share) <= 0) ?? choices[0];
    },
  });
}

function fill(schema, how) {
  const values = {};
  // A first encounter: what is made from earlier ones would have to fit together.
  for (const [name, column] of askedColumns(schema).filter(([, asked]) => !asked['x-history'])) {
    if (column['x-values']) {
      const chosen = how.choose(choicesOf(column)).value;
      if (chosen !== undefined) {
        values[name] = chosen;
      }
    } else if (column.type !== 'string') {
      values[name] = rounded(column, how.number(column));
    }
  }
  return values;
}

/** The listed values and, where the column may be not recorded, that as a choice without a value. */
function choicesOf(column) {
  const listed = column['x-values'].map(({ value, share }) => ({ value, share: share ?? 1 }));
  if (!column['x-missing']) {
    return listed;
  }
  const rest = 1 - listed.reduce((sum, choice) => sum + choice.share, 0);
  return [...listed, { value: undefined, share: Math.max(0, rest) }];
}

/** Whole numbers are skewed: mostly below the mean, sometimes far above. */
function draw(column) {
  const low = column.minimum ?? 0;
  const mean = column['x-mean'] ?? low;
  // The sum of two draws has a hump, which suits large means; one draw alone suits small ones.
  const exponential = () => -Math.log(1 - Math.random());
  const shape = mean - low > 2 ? (exponential() + exponential()) / 2 : exponential();
  return Math.min(column.maximum ?? Infinity, low + (mean - low) * shape);
}

function rounded(column, number) {
  return column.type === 'integer' ? Math.round(number) : Math.round(number * 100) / 100;
}
