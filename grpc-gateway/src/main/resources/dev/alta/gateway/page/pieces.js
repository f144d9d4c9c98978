/**
 * What several views are made of.
 *
 *   facts([[name, value, note?]])              a few numbers that stand out, as a list of terms
 *   badge(level, text)                         'low' | 'medium' | 'high' | '' with a sign beside the colour
 *   tabs(label, [[route, name]], current)      links between the parts of a view
 *   paged(context, ask, show)                  a list that goes on: ask(next) → { …, next }, show(answer) → elements;
 *                                              returns { body, foot, start() }: foot holds "Show more"
 *   sheetLink(address, file, [open, save], context)
 *                                              opens a page that lies at an address of the gateway; with a token it is
 *                                              saved as a file instead: an address cannot carry one
 *   scrolling(label, child)                    what scrolls by itself and can be reached by keyboard
 */
import { download, h, icon, replace } from './dom.js';
import { failure } from './states.js';

const SIGNS = { high: 'up', medium: 'diamond', low: 'dot' };

export function facts(items) {
  return h(
    'dl',
    { class: 'facts' },
    items.map(([name, value, note]) => h('div', {}, h('dt', {}, name), h('dd', {}, value, note ? h('span', { class: 'note' }, ` ${note}`) : null))),
  );
}

export function badge(level, text) {
  return h('span', { class: level ? `badge level-${level}` : 'badge' }, level ? icon(SIGNS[level]) : null, text);
}

export function tabs(label, parts, current) {
  return h(
    'nav',
    { class: 'tabs', 'aria-label': label },
    parts.map(([route, name]) => h('a', { href: `#/${route}`, 'aria-current': route === current ? 'page' : null }, name)),
  );
}

export function scrolling(label, child) {
  return h('div', { class: 'table-scroll', tabindex: 0, role: 'group', 'aria-label': label }, child);
}

export function paged(context, ask, show) {
  const { t, signal } = context;
  const foot = h('div', { class: 'buttons' });
  const go = (next) => {
    const more = h('button', { type: 'button', class: 'quiet' }, t('more.button'));
    more.addEventListener('click', async () => {
      more.disabled = true;
      try {
        follow(await ask(next));
      } catch (problem) {
        if (!signal.aborted) {
          replace(foot, failure(problem, context, () => replace(foot, go(next))));
        }
      }
    });
    return more;
  };
  const follow = (answer) => {
    if (!signal.aborted) {
      show(answer);
      replace(foot, answer.next ? go(answer.next) : null);
    }
  };
  return { foot, follow };
}

export function sheetLink(address, file, [open, save], { api, signal }) {
  if (!sessionStorage.getItem('alta.token')) {
    return h('a', { class: 'button quiet', href: address, target: '_blank', rel: 'noopener' }, open);
  }
  const words = h('span', { role: 'status' });
  const fetchIt = async () => {
    try {
      download(file, await api.text(address, { signal }), 'text/html;charset=utf-8');
      words.textContent = '';
    } catch (problem) {
      words.textContent = problem.message;
    }
  };
  return h('span', { class: 'buttons' }, h('button', { type: 'button', class: 'quiet', onclick: fetchIt }, save), words);
}
