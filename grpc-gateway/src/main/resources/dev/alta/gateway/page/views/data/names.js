/** What people read in place of a bin's or a value's name. */

/** Ranges and the bins that stand for none, which the server names in English. */
export function binName(name, t) {
  if (name === 'not recorded' || name === 'other values' || name === 'any number') {
    return t(`bin.${name.replace(' ', '-')}`);
  }
  const open = /^(\S+) or more$/.exec(name);
  if (open) {
    return t('bin.or-more', { from: open[1] });
  }
  const range = /^(\S+) to (below )?(\S+)$/.exec(name);
  return range ? t(range[2] ? 'bin.below' : 'bin.range', { from: range[1], to: range[3] }) : name;
}

/** A value by the contract's text where it has one. */
export function valueName(name, property, { t, term }) {
  const listed = (property['x-values'] ?? []).find(({ value }) => String(value) === name);
  return listed ? term(listed.text) : term(binName(name, t));
}
