/**
 * The pictures that are kept with a version, and its card. A picture is an SVG that is shown as an image, so that
 * nothing in it can run; it is fetched first, since an image's address cannot carry a token and its words are to be in
 * the page's language.
 */
import { h, replace } from '../../dom.js';
import { sheetLink } from '../../pieces.js';
import { failure, loading } from '../../states.js';
import { classTexts } from './figures.js';
import { translated } from './picture-words.js';

// What explains comes first; whatever else lies with the version follows.
const FIRST = ['shap.svg', 'shap-sizes.svg', 'importance.svg', 'reliability-', 'roc.svg', 'precision-recall.svg', 'confusion.svg', 'risk.svg'];

export function pictures(model, schema, context) {
  const { t } = context;
  const names = model.objects.map(({ name }) => name).filter((name) => name.endsWith('.svg')).sort((a, b) => place(a) - place(b) || b.localeCompare(a));
  return h(
    'section',
    { class: 'card', 'aria-labelledby': 'pictures' },
    h('h2', { id: 'pictures' }, t('models.pictures')),
    names.length === 0
      ? h('p', {}, t('models.no-pictures'))
      : [h('p', { class: 'note' }, t('models.pictures-note')), h('div', { class: 'pictures' }, names.map((name) => picture(name, model, schema, context)))],
  );
}

function place(name) {
  const found = FIRST.findIndex((start) => name.startsWith(start.replace('.svg', '.')));
  return found < 0 ? FIRST.length : found;
}

function picture(name, model, schema, context) {
  const { api, signal } = context;
  const title = titleOf(name, model, classTexts(schema), context);
  const frame = h('div', { class: 'picture-frame' });
  const fetchIt = async () => {
    replace(frame, loading(context.t));
    try {
      const source = await api.text(`models/${encodeURIComponent(model.model_version)}/figures/${name}`, { signal });
      const address = URL.createObjectURL(new Blob([await translated(source, schema, context)], { type: 'image/svg+xml' }));
      signal.addEventListener('abort', () => URL.revokeObjectURL(address), { once: true });
      replace(frame, h('img', { src: address, alt: title, class: 'picture' }));
    } catch (problem) {
      if (!signal.aborted) {
        replace(frame, failure(problem, context, fetchIt));
      }
    }
  };
  whenSeen(frame, fetchIt, signal);
  return h('figure', { class: 'chart-box' }, h('figcaption', {}, title), frame);
}

/** Pictures further down are fetched once somebody comes near them. */
function whenSeen(element, task, signal) {
  const observer = new IntersectionObserver(
    (entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) {
        observer.disconnect();
        task();
      }
    },
    { rootMargin: '600px' },
  );
  observer.observe(element);
  signal.addEventListener('abort', () => observer.disconnect(), { once: true });
}

function titleOf(name, { classes }, texts, { t, term }) {
  const ofClass = /^reliability-(\d+)\.svg$/.exec(name);
  if (ofClass && classes[ofClass[1]] !== undefined) {
    const outcome = classes[ofClass[1]];
    return t('picture.reliability', { outcome: term(texts.get(outcome) ?? outcome) });
  }
  const key = `picture.${name.replace('.svg', '')}`;
  return t.has(key) ? t(key) : name;
}

/** A page of its own. */
export function cardOf(version, context) {
  const { t } = context;
  return sheetLink(`models/${encodeURIComponent(version)}/card`, `model-card-${version}.html`, [t('models.card'), t('models.card-save')], context);
}
