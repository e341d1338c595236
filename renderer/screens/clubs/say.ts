import type { Out } from '@renderer/api';
import type { ClubWords } from '@renderer/strings/clubs';

type Way = Out<'clubs/one'>['ways'][number]['way'];

/** "the word RUN", "the customer screen". */
export function wayWords(way: Way, w: ClubWords['ways']): string {
  if (way.startsWith('word:')) return w.word(way.slice('word:'.length));
  return w[way as Exclude<Way, `word:${string}`>];
}
