import { dailyCap } from '@domain/outbox/daily-cap';
import { carrierError } from '@domain/outbox/twilio-errors';

/**
 * Would the same text to the same number fail the same way again? What the blast brake counts (rules.md §4). Refusals of the account
 * are not: they pause everything by themselves, and once it is mended the texts they cost must not stop the campaign again.
 */
export function isPermanent(code: number): boolean {
  if (dailyCap(code) !== null) return false; // tomorrow it works
  const e = carrierError(code);
  if (e.class === 'transient' || e.class === 'uncertain' || e.class === 'account' || e.marksAfter !== undefined) return false;
  return code !== 30007; // filtering has a rule of its own
}
