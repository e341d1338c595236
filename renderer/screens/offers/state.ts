import type { ChipTone } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import type { OfferRow, OfferWords } from './words';

/** Where an offer stands today: in use, still ahead, over, or put away. */
export function stateOf(o: OfferRow, w: OfferWords, locale: string): { label: string; tone: ChipTone } {
  if (o.archived) return { label: w.archived, tone: 'neutral' };
  if (o.phase === 'over') return { label: w.over, tone: 'neutral' };
  if (o.phase === 'ahead' && o.fromDay !== null) return { label: w.ahead(dayText(o.fromDay, locale, Date.now())), tone: 'info' };
  return { label: w.live, tone: 'good' };
}
