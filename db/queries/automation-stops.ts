import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db } from '../open';
import { lastBought } from './automation-facts';
import type { AutomationStops } from './automations';
import { cameSince } from './outbox-sender';

/** What somebody did between the cause and the text that makes the text needless; null = nothing. */
export function stoppedBy(
  db: Db,
  stops: AutomationStops,
  p: { id: CustomerId; phone: PhoneE164 | null; since: UtcMs; now: UtcMs; away: boolean },
): 'came' | 'replied' | 'redeemed' | 'bought' | 'texted' | null {
  if ((p.away || stops.came) && cameSince(db, p.id, p.since)) return 'came';
  const is = (sql: string, ...values: (string | number)[]) =>
    db
      .prepare(sql)
      .pluck()
      .get(...values) === 1;
  if (
    stops.redeemed &&
    is('SELECT EXISTS (SELECT 1 FROM redemption WHERE customer_id = ? AND at > ? AND reversed_at IS NULL)', p.id, p.since)
  )
    return 'redeemed';
  if (
    stops.replied &&
    p.phone !== null &&
    is("SELECT EXISTS (SELECT 1 FROM inbound WHERE from_address = ? AND received_at > ? AND meaning <> 'reaction')", p.phone, p.since)
  )
    return 'replied';
  if (stops.bought !== null) {
    const at = lastBought(db, [p.id], stops.bought.what, stops.bought.name).get(p.id);
    if (at !== undefined && at > p.since) return 'bought';
  }
  if (
    stops.textedDays !== null &&
    p.phone !== null &&
    is(
      "SELECT EXISTS (SELECT 1 FROM outbox WHERE address = ? AND left_at > ? AND message_class = 'marketing' AND state NOT IN ('failed', 'rejected'))",
      p.phone,
      p.now - stops.textedDays * 86_400_000,
    )
  )
    return 'texted';
  return null;
}

/**
 * Whether a text left to a number that a restored copy knew nothing of and no journal told the cause of: it may have been this one. Found in
 * the carrier's list (services/backups/look-back.ts).
 */
export const maybeTold = (db: Db, phone: PhoneE164, since: UtcMs): boolean =>
  db
    .prepare("SELECT EXISTS (SELECT 1 FROM outbox WHERE address = ? AND left_at >= ? AND cause_kind = 'restored')")
    .pluck()
    .get(phone, since) === 1;
