/** What a version is at the moment, in a word and a colour. */
import { badge } from '../../pieces.js';

const LEVELS = { CHAMPION: 'low', CHALLENGER: 'medium', REJECTED: 'high' };

export function standing(state, t) {
  return badge(LEVELS[state] ?? '', t.has(`standing.${state}`) ? t(`standing.${state}`) : state);
}
