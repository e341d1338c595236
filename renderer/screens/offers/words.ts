import type { Out } from '@renderer/api';
import type { offers } from '@renderer/strings/offers';
import { conditionWords, givesWords, type Saying, windowWords } from './say';

export type OfferWords = (typeof offers)['en'];
export type OfferRow = Out<'offers/list'>[number];

/** "15% off on boots, from $40.00, members only". */
export const gives = (o: OfferRow, s: Saying): string => [givesWords(o, s, o.name), ...conditionWords(o, s)].join(', ');

/** "until Sun 29 Nov, Mon–Thu only". */
export const goodWhen = (o: OfferRow, s: Saying): string => windowWords(o, s, Date.now()).join(', ');

/** `K7M4Q9X` as printed. */
export const shown = (c: string): string => (c.length === 7 ? `${c.slice(0, 3)}-${c.slice(3)}` : c);
