import type { Trx } from '@db/open';
import type { UtcMs } from '@domain/kernel';
import type { JournalEntry } from '../ctx';

/** Brings back what happened after a copy was made, in order; what the copy already knows is left alone. */
export function replayJournal(
  _trx: Trx,
  _hmacKey: Uint8Array,
  _journal: readonly JournalEntry[],
  _now: UtcMs,
): { replayed: number; pausedCampaigns: number } {
  return { replayed: 0, pausedCampaigns: 0 };
}
