/** Asks the reader for a token, once the gateway has refused to answer without. Resolves to null where it is declined. */
import { h } from './dom.js';

export function askForToken(problem, t) {
  const input = h('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
  const dialog = h(
    'dialog',
    { class: 'dialog', 'aria-labelledby': 'token-title' },
    h(
      'form',
      { method: 'dialog' },
      h('h2', { id: 'token-title' }, t('token.title')),
      h('p', {}, t(problem.status === 403 ? 'token.forbidden' : 'token.why')),
      problem.detail ? h('p', { class: 'note' }, problem.detail) : null,
      h('label', { for: 'token' }, t('token.label')),
      input,
      h(
        'div',
        { class: 'buttons' },
        h('button', { class: 'primary', value: 'ok' }, t('token.use')),
        h('button', { class: 'quiet', value: 'cancel', formnovalidate: true }, t('token.cancel')),
      ),
    ),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'ok' && input.value.trim() !== '' ? input.value.trim() : null);
    });
  });
}
