/**
 * Promotes a version or rolls back: asks who and why, confirms, and says what came of it, or who was faster. The right to
 * do so is asked for by the gateway; a token is then asked for by the shell.
 *
 *   decide({ kind: 'promote' | 'rollback', version, champion }, decided, context)   decided(words) once it is done, or
 *                                                decided(null) once the reader has seen that somebody else was faster
 */
import { h, replace, uid } from '../../dom.js';
import { failure } from '../../states.js';

const WHO = 'alta.who';
const ADDRESSES = { promote: ({ version }) => `models/${encodeURIComponent(version)}/promote`, rollback: () => 'models/rollback' };

export function decide(wanted, decided, context) {
  const { t } = context;
  const who = h('input', { type: 'text', id: uid('who'), required: true, maxlength: 128, autocomplete: 'name', value: sessionStorage.getItem(WHO) ?? '' });
  const reason = h('textarea', { id: uid('reason'), required: true, maxlength: 2000, rows: 3 });
  const problem = h('div', { role: 'alert' });
  const confirm = h('button', { class: 'primary' }, t(`decide.${wanted.kind}`, { version: wanted.version }));
  const cancel = h('button', { type: 'button', class: 'quiet' }, t('decide.cancel'));
  const title = uid('decide');
  let stale = false;
  const form = h(
    'form',
    {},
    h('h2', { id: title }, t(`decide.${wanted.kind}-title`, { version: wanted.version })),
    h('p', {}, t(`decide.${wanted.kind}-what`, { version: wanted.version, champion: wanted.champion || '–' })),
    h('div', {}, h('label', { for: who.id }, t('decide.who')), who),
    h('div', {}, h('label', { for: reason.id }, t('decide.reason')), reason),
    problem,
    h('div', { class: 'buttons' }, confirm, cancel),
  );
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': title }, form);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    confirm.disabled = true;
    sessionStorage.setItem(WHO, who.value.trim());
    try {
      const answer = await send(wanted, who.value.trim(), reason.value.trim(), context);
      dialog.close();
      decided(outcome(answer, context));
    } catch (refused) {
      confirm.disabled = refused.status === 409; // What is to be decided has changed.
      stale ||= refused.status === 409;
      replace(problem, refusal(refused, context));
    }
  });
  cancel.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (stale) {
      decided(null); // Shows what is champion now.
    }
  });
  context.signal.addEventListener('abort', () => dialog.close(), { once: true });
  document.body.append(dialog);
  dialog.showModal();
  (who.value ? reason : who).focus();
}

/** The champion as the reader saw it goes along: whoever was faster is not overruled unseen. */
function send(wanted, who, reason, { api }) {
  return api.post(ADDRESSES[wanted.kind](wanted), { who, reason, expected_version: wanted.champion }, { timeout: 30_000 });
}

function outcome({ version, previous_version: previous, decision }, { t }) {
  return h(
    'div',
    { class: 'outcome-of-decision' },
    h('p', {}, h('strong', {}, t('decide.done', { version, previous: previous || '–' }))),
    decision ? h('p', { class: 'note' }, t('decide.kept', { number: decision.number, who: decision.who, reason: decision.reason })) : null,
  );
}

function refusal(problem, context) {
  const { t } = context;
  return problem.status === 409
    ? h('div', { class: 'problem' }, h('p', { class: 'problem-title' }, t('decide.faster')), h('p', {}, problem.detail), h('p', {}, t('decide.faster-next')))
    : failure(problem, context);
}
