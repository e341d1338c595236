import type { UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** Confirmations that wait to leave, and since when the first of them does. */
export function waitingConfirmations(db: Db): { count: number; oldest: UtcMs | null } {
  return db
    .prepare("SELECT count(*) AS count, min(created_at) AS oldest FROM outbox WHERE message_class = 'confirmation' AND state = 'waiting'")
    .get() as { count: number; oldest: UtcMs | null };
}

/** Whether signs with a word to text were ever printed. */
export const signsPrinted = (db: Db): boolean => db.prepare('SELECT 1 FROM kit_print LIMIT 1').get() !== undefined;
