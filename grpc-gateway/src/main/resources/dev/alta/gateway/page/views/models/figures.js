/**
 * The figures of a version, made of what the gateway tells of it.
 *
 *   figuresOf(model, { t, term, format })   [{ name, value, low, high, better: 1 | -1, percent }] of the test rows
 *   shown(figure, format)                   '0.691'
 *   interval(figure, context)               '0.683 to 0.699' or null
 */
export function figuresOf({ classes, test }, { t, term }, texts = new Map()) {
  const of = (name, value, more = {}) => ({ name, value, better: 1, ...more, ...intervalOf(test.intervals, more.key) });
  const title = (name) => term(texts.get(name) ?? name);
  return [
    of(t('figure.mean_auroc'), test.mean_auroc, { key: 'mean_auroc' }),
    ...classes.map((name, at) => of(t('figure.auroc', { outcome: title(name) }), test.auroc[at], { key: `auroc.${name}` })),
    of(t('figure.auroc_readmitted'), test.auroc_readmitted, { key: 'auroc_readmitted' }),
    of(t('figure.accuracy'), test.accuracy, { key: 'accuracy', percent: true }),
    of(t('figure.macro_f1'), test.macro_f1, { key: 'macro_f1' }),
    of(t('figure.macro_precision'), test.macro_precision, { key: 'macro_precision' }),
    of(t('figure.macro_recall'), test.macro_recall, { key: 'macro_recall' }),
    of(t('figure.mean_average_precision'), test.mean_average_precision, { key: 'mean_average_precision' }),
    of(t('figure.calibration_error'), test.calibration_error, { key: 'calibration_error', better: -1, digits: 4 }),
    of(t('figure.brier'), test.brier, { key: 'brier', better: -1, digits: 4 }),
    of(t('figure.log_loss'), test.log_loss, { key: 'log_loss', better: -1, digits: 4 }),
  ].filter(({ value }) => value !== undefined);
}

function intervalOf(intervals, key) {
  const found = intervals?.[key];
  return found ? { low: found.low, high: found.high } : {};
}

export function shown({ value, percent, digits = 3 }, format) {
  return percent ? format.percent(value, 1) : format.fixed(value, digits);
}

export function interval(figure, { t, format }) {
  const { low, high } = figure;
  return low === undefined ? null : t('figure.interval', { low: shown({ ...figure, value: low }, format), high: shown({ ...figure, value: high }, format) });
}

/** The texts of the classes, by their names. */
export function classTexts(schema) {
  return new Map((schema['x-target']['x-values'] ?? []).map(({ value, text }) => [value, text || value]));
}
