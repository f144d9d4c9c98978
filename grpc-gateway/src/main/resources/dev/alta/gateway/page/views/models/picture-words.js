/**
 * The words in a version's pictures. A picture is made with its model, in English, and never changes; so its texts are
 * exchanged before it is shown.
 *
 *   await translated(source, schema, context)   the source of an SVG, in the page's language
 */
import { words } from '../../texts.js';
import { classTexts } from './figures.js';

// As the pictures cut the names of columns.
const LONGEST_NAME = 20;
// Found as text: a parser would apply the picture's own style sheet, which the page's policy forbids.
const TEXT = /(<text\b[^>]*>)([^<]*)/g;
// The ampersand last, as it begins all others.
const ESCAPES = [['<', '&lt;'], ['>', '&gt;'], ['"', '&quot;'], ['&', '&amp;']];
// Arrows stand beside the names of axes.
const AXIS = /^(↑ )?(.*?)( →)?$/;
const NUMBER = /^(<?)(-?[\d,]*\d(?:\.(\d+))?)(%?)$/;

export async function translated(source, schema, { language, term, format }) {
  const known = await words(language, 'pictures');
  if (known === null) {
    return source;
  }
  const phrases = phrasesOf(known, namesOf(schema), term);
  return source.replace(TEXT, (whole, tag, text) => {
    const [, up = '', said, right = ''] = AXIS.exec(plain(text));
    return tag + escaped(up + (number(said, format) ?? phrases.get(said) ?? said) + right);
  });
}

function plain(text) {
  return ESCAPES.reduce((all, [sign, escape]) => all.replaceAll(escape, sign), text);
}

function escaped(text) {
  return ESCAPES.toReversed().reduce((all, [sign, escape]) => all.replaceAll(sign, escape), text);
}

function namesOf(schema) {
  return [...Object.values(schema.properties).map(({ title }) => title), ...classTexts(schema).values()].filter(Boolean);
}

/** What can stand in a picture, whole and cut, with its translation. */
function phrasesOf(known, names, term) {
  const phrases = new Map();
  const add = (english, translated) => phrases.set(english, translated).set(cut(english), cut(translated));
  for (const name of names) {
    add(name, term(name));
  }
  for (const [english, translated] of Object.entries(known)) {
    for (const name of english.includes('{name}') ? names : ['']) {
      add(english.replace('{name}', name), translated.replace('{name}', term(name)));
    }
  }
  return phrases;
}

function cut(text) {
  const head = LONGEST_NAME / 2;
  return text.length <= LONGEST_NAME ? text : `${text.slice(0, head)}…${text.slice(text.length - (LONGEST_NAME - head - 1))}`;
}

function number(text, format) {
  const parts = NUMBER.exec(text);
  if (parts === null) {
    return null;
  }
  const [, less, digits, decimals = '', percent] = parts;
  const value = Number(digits.replaceAll(',', ''));
  return less + (percent ? format.percent(value / 100, decimals.length) : format.fixed(value, decimals.length));
}
