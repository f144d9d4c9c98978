/**
 * The page's texts: `i18n/<language>/<name>.js` exports an object of key and text by default. A text may hold {names};
 * one that depends on a number is an object { one: '…', other: '…' } and reads the parameter `count`.
 *
 *   const t = await texts('es', ['shell', 'predict']);   t('predict.title')   t('rows', { count: 3 })
 *   const term = await terms('es');                      term('Race') → 'Raza': words of the contract, by their text;
 *                                                        what is not translated stays as the contract says it
 *   await words('es', 'pictures')                        translations by their English text; null for English
 */
export const LANGUAGES = { en: 'English', es: 'Español' };

/** The first of the browser's languages that the page speaks; English where there is none. */
export function browsersLanguage() {
  return navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES) ?? 'en';
}

export async function texts(language, names) {
  const files = await Promise.all(names.map((name) => import(`./i18n/${language}/${name}.js`)));
  const all = Object.assign({}, ...files.map((file) => file.default));
  const plural = new Intl.PluralRules(language);
  const t = (key, parameters = {}) => {
    const text = all[key];
    if (text === undefined) {
      console.error(`no text for ${key} in ${language}`);
      return key;
    }
    const chosen = typeof text === 'string' ? text : text[plural.select(parameters.count)] ?? text.other;
    return chosen.replace(/\{(\w+)\}/g, (whole, name) => parameters[name] ?? whole);
  };
  /** Whether there is a text: for keys that are made of what a server says. */
  t.has = (key) => key in all;
  return t;
}

// Half-open bands such as [70-80), which people read as 70–79.
const BAND = /^\[(\d+)-(\d+)\)$/;

/** Translations of words that are written in English, by those; null where the page is in English. */
export async function words(language, name) {
  return language === 'en' ? null : (await import(`./i18n/${language}/${name}.js`)).default;
}

export async function terms(language) {
  const known = (await words(language, 'contract')) ?? {};
  return (text) => {
    const band = BAND.exec(text);
    return band ? `${band[1]}–${band[2] - 1}` : Object.hasOwn(known, text) ? known[text] : text;
  };
}
