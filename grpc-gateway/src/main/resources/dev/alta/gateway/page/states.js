/**
 * What every view shows while there is nothing to show yet, nothing at all, or a failure; each says what to do next.
 *
 *   empty(title, whatToDoNext, action?)     action: an element, such as a button or a link
 *   failure(problem, context, retry?)       a Problem in words, with "Try again" where `retry` is given
 *   load(root, context, ask, show)          loading → show(answer), or the failure with "Try again". `ask` gets a
 *                                           signal; `show` returns what is put into root. Nothing happens after the view
 *                                           has gone. A `problem.status` of 404 is shown by `options.absent(problem)`
 *                                           where that is given. Returns a promise of the answer, or of undefined.
 */
import { h, icon, replace } from './dom.js';

export function loading(t) {
  return h('p', { class: 'loading', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), t('state.loading'));
}

export function empty(title, next, action = null) {
  return h('div', { class: 'empty' }, h('p', { class: 'empty-title' }, title), h('p', {}, next), action);
}

export function failure(problem, { t }, retry = null) {
  return h(
    'div',
    { class: 'problem', role: 'alert' },
    h('p', { class: 'problem-title' }, icon('up'), titleOf(problem, t)),
    problem.detail ? h('p', {}, problem.detail) : null,
    problem.violations?.length > 0 ? violations(problem.violations, t) : null,
    h('p', {}, adviceOf(problem, t)),
    retry ? h('button', { type: 'button', class: 'quiet', onclick: retry }, t('state.retry')) : null,
  );
}

export function titleOf(problem, t) {
  const key = `problem.${problem.type}`;
  return t.has(key) ? t(key) : problem.title || t('problem.other');
}

/** What the reader may do about it. */
export function adviceOf(problem, t) {
  if (problem.retryAfter) {
    return t('advice.wait', { seconds: problem.retryAfter });
  }
  const key = `advice.${problem.type}`;
  const byStatus = `advice.http-${problem.status}`;
  return t.has(key) ? t(key) : t.has(byStatus) ? t(byStatus) : t('advice.other');
}

function violations(list, t) {
  return h(
    'ul',
    {},
    list.map(({ field, value, expected }) => h('li', {}, t('state.violation', { field, value, expected }))),
  );
}

export async function load(root, context, ask, show, options = {}) {
  replace(root, loading(context.t));
  try {
    const answer = await ask(context.signal);
    if (!context.signal.aborted) {
      replace(root, show(answer));
    }
    return answer;
  } catch (problem) {
    if (!context.signal.aborted) {
      const absent = problem.status === 404 && options.absent;
      replace(root, absent ? options.absent(problem) : failure(problem, context, () => load(root, context, ask, show, options)));
      if (problem.status === undefined) {
        throw problem; // A fault of the page itself: also for the browser's console.
      }
    }
    return undefined;
  }
}
