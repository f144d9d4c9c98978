/**
 * CSV as RFC 4180 has it, and the little that spreadsheets make of it.
 *
 *   parse(text, delimiter)    { rows: [{ line, cells }], fault }   line: where the row starts, from 1; fault: null, or
 *                             { line } of a quote that is never closed; rows before it are there
 *   delimiterOf(text)         ',', ';' or tab: whichever the first line has most of
 *   write(rows)               text with CRLF; each cell quoted where it must be, and made harmless for spreadsheets
 */
const DELIMITERS = [',', ';', '\t'];
// What a spreadsheet would run as a formula. A plain number stays one.
const FORMULA = /^[=+\-@\t\r]/;
const NUMBER = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

export function delimiterOf(text) {
  const end = text.search(/[\r\n]/);
  const first = end < 0 ? text : text.slice(0, end);
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))];
}

export function parse(text, delimiter) {
  const rows = [];
  let cells = [];
  let line = 1;
  let start = 1;
  let at = 0;
  const end = () => {
    // An empty line, such as the last one, is no row.
    if (cells.length > 1 || cells[0] !== '') {
      rows.push({ line: start, cells });
    }
    cells = [];
    start = line;
  };
  while (at < text.length) {
    const cell = text[at] === '"' ? quoted(text, at) : plain(text, at, delimiter);
    if (cell === null) {
      return { rows, fault: { line } };
    }
    cells.push(cell.value);
    line += cell.breaks;
    at = cell.next;
    if (text[at] === delimiter) {
      at += 1;
      if (at === text.length) {
        cells.push('');
      }
    } else {
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
      line += 1;
      end();
    }
  }
  if (cells.length > 0) {
    end();
  }
  return { rows, fault: null };
}

/** Up to the closing quote; what stands between it and the delimiter belongs to the cell as well. */
function quoted(text, from) {
  let value = '';
  let at = from + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) {
      return null;
    }
    value += text.slice(at, close);
    if (text[close + 1] !== '"') {
      return { value, next: close + 1, breaks: value.split(/\r\n|\r|\n/).length - 1 };
    }
    value += '"';
    at = close + 2;
  }
}

function plain(text, from, delimiter) {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
    at += 1;
  }
  return { value: text.slice(from, at), next: at, breaks: 0 };
}

export function write(rows) {
  return rows.map((row) => `${row.map(written).join(',')}\r\n`).join('');
}

function written(value) {
  const text = harmless(String(value ?? ''));
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** With an apostrophe in front, a spreadsheet shows the text and does not run it. */
export function harmless(text) {
  return FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
}
