/**
 * Numbers and dates as a language writes them.
 *
 *   const f = formats('es');
 *   f.number(1234.5, 1)  f.percent(0.1234)  f.percent(0.1234, 1)  f.signed(-0.2, 2)  f.date(iso or ms)  f.time(iso or ms)
 *   f.ago(iso)  f.duration(ms)  f.bytes(n)  f.list(['a', 'b', 'c'])
 * What is no number shows as a dash.
 */
const NOTHING = '–';
const AGO = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1000]];

export function formats(language) {
  const known = new Map();
  const numbers = (options) => {
    const key = JSON.stringify(options);
    if (!known.has(key)) {
      known.set(key, new Intl.NumberFormat(language, options));
    }
    return known.get(key);
  };
  const show = (value, options) =>
    value === null || value === undefined || value === '' || !Number.isFinite(Number(value)) ? NOTHING : numbers(options).format(Number(value));
  const moment = (value, options) => {
    const when = new Date(value);
    return value === null || value === undefined || Number.isNaN(when.getTime()) ? NOTHING : new Intl.DateTimeFormat(language, options).format(when);
  };
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const lists = new Intl.ListFormat(language, { type: 'conjunction' });
  const number = (value, digits = 0) => show(value, { maximumFractionDigits: digits, useGrouping: 'min2' });
  return {
    number,
    fixed: (value, digits) => show(value, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    percent: (value, digits = 0) => show(value, { style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }),
    signed: (value, digits = 2) => show(value, { signDisplay: 'exceptZero', minimumFractionDigits: digits, maximumFractionDigits: digits }),
    date: (value) => moment(value, { dateStyle: 'medium', timeStyle: 'short' }),
    time: (value) => moment(value, { timeStyle: 'medium' }),
    ago: (value) => {
      const since = Date.now() - new Date(value).getTime();
      const [unit, size] = AGO.find(([, length]) => Math.abs(since) >= length) ?? ['second', 1000];
      return relative.format(-Math.round(since / size), unit);
    },
    duration: (ms) => (ms < 1000 ? `${number(ms, ms < 10 ? 1 : 0)} ms` : ms < 60_000 ? `${number(ms / 1000, 1)} s` : `${number(ms / 60_000, 1)} min`),
    bytes: (n) => (n < 1e3 ? `${number(n)} B` : n < 1e6 ? `${number(n / 1e3, 1)} kB` : `${number(n / 1e6, 1)} MB`),
    list: (items) => lists.format(items),
  };
}
