/**
 * Elements without markup in text: nothing that came from a server or a file is ever parsed as HTML.
 *
 *   h('p', { class: 'note', id: 'x', hidden: false, onclick: f, 'aria-label': '…' }, 'text', child, [more], null)
 *   svg('circle', { cx: 1, cy: 2, r: 3, class: 'dot' })
 *   replace(root, …children)      puts these in place of all there are
 *   uid('field')                  an id that no other element has
 *   icon('up')                    a small drawn sign, hidden from screen readers: never the only bearer of a meaning
 *   download('name.csv', text)    hands a text to the reader as a file
 */
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'hidden', 'selected', 'open', 'indeterminate', 'textContent']);
const SVG = 'http://www.w3.org/2000/svg';
let ids = 0;

export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (PROPERTIES.has(name)) {
      element[name] = value;
    } else if (value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...flat(children));
  return element;
}

export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, String(value));
  }
  element.append(...flat(children));
  return element;
}

export function replace(root, ...children) {
  root.replaceChildren(...flat(children));
  return root;
}

function flat(children) {
  return children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);
}

export function uid(prefix) {
  ids += 1;
  return `${prefix}-${ids}`;
}

const ICONS = {
  up: 'M8 3l5 7H3z',
  down: 'M8 13L3 6h10z',
  diamond: 'M8 2l6 6-6 6-6-6z',
  dot: 'M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z',
  close: 'M4 4l8 8M12 4l-8 8',
};

export function icon(name) {
  const stroked = name === 'close';
  return svg(
    'svg',
    { viewBox: '0 0 16 16', class: 'icon', 'aria-hidden': 'true', focusable: 'false' },
    svg('path', { d: ICONS[name], ...(stroked ? { fill: 'none', stroke: 'currentColor', 'stroke-width': 2 } : { fill: 'currentColor' }) }),
  );
}

export function download(name, text, type = 'text/csv;charset=utf-8') {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = h('a', { href: url, download: name });
  link.click();
  // The browser has taken the text by then; the address would keep it for as long as the page lives.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
