import { dailyCap } from '@domain/outbox/daily-cap';
import { carrierError } from '@domain/outbox/twilio-errors';

/** Would the same text to the same number fail the same way again? What the blast brake counts (rules.md §4). */
export function isPermanent(code: number): boolean {
  if (dailyCap(code) !== null) return false; // tomorrow it works
  const e = carrierError(code);
  if (e.class === 'transient' || e.class === 'uncertain' || e.marksAfter !== undefined) return false;
  return code !== 30007; // filtering has a rule of its own
}
