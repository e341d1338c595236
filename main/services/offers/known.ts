import type { Db } from '@db/open';
import { type CodeRow, codeRow } from '@db/queries/offer-codes';
import { type Offer, offerById, offerBySharedCode } from '@db/queries/offers';
import { plainCode, readCode } from '@domain/offers/code';

/** What a word stands for, typed at the counter or written by the till: a word everybody has, or somebody's own code. Null: nothing of ours. */
export function offerOfWord(db: Db, text: string): { code: CodeRow | null; offer: Offer } | null {
  const shared = offerBySharedCode(db, plainCode(text));
  if (shared) return { code: null, offer: shared };
  const read = readCode(text);
  const code = read.kind === 'ok' ? codeRow(db, read.code) : null;
  const offer = code && offerById(db, code.offerId);
  return code && offer ? { code, offer } : null;
}

/** The first use of a code that is free. */
export function nextUse(uses: readonly number[]): number {
  let n = 1;
  while (uses.includes(n)) n++;
  return n;
}
