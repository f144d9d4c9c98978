/**
 * What this tab remembers. Patient values stay in the memory of the page and in sessionStorage, which the browser drops
 * with the tab; none is put into localStorage, where the next person at the machine would find it.
 *
 *   session.values          what the form holds: { column: text }, or null before it was first filled
 *   session.before          what was predicted before: { texts, answer }, or null
 *   session.list            the list that was scored last: { name, table, result }, or null
 *   history                 predictions that were asked for, the newest first: [{ at, values, answer, label }]
 */
const KEY = 'alta.history';
const LONGEST = 200;

export const session = { values: null, before: null, list: null };

export const history = {
  all() {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  },

  count() {
    return this.all().length;
  },

  add(entry) {
    store([entry, ...this.all()].slice(0, LONGEST));
  },

  clear() {
    sessionStorage.removeItem(KEY);
  },
};

/** Half is forgotten where the browser has no more room. */
function store(entries) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(entries));
  } catch (full) {
    if (full.name !== 'QuotaExceededError' || entries.length < 2) {
      throw full;
    }
    store(entries.slice(0, Math.floor(entries.length / 2)));
  }
}
