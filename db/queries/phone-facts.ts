import type { CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { PhoneFactTable } from '../schema/numbers';

export type FactKind = NonNullable<PhoneFactTable['kind']>;
export type FactHow = NonNullable<PhoneFactTable['kind_how']>;

export interface PhoneFact {
  phone: PhoneE164;
  kind: FactKind | null;
  kindHow: FactHow | null;
  kindAt: UtcMs | null;
  problem: string | null;
  problemAt: UtcMs | null;
  provenAt: UtcMs | null;
  lookedUpAt: UtcMs | null;
}

/** What is known about one number; undefined = nothing beyond its digits. */
export function phoneFact(db: Db, phone: PhoneE164): PhoneFact | undefined {
  return db
    .prepare(
      `SELECT phone, kind, kind_how AS kindHow, kind_at AS kindAt, problem, problem_at AS problemAt, proven_at AS provenAt,
         looked_up_at AS lookedUpAt FROM phone_fact WHERE phone = ?`,
    )
    .get(phone) as PhoneFact | undefined;
}

/** Everybody with this number as its fact says now. Not an edit: `updated_at` is left to people and files. Returns how many changed. */
function tell(trx: Trx, phone: PhoneE164): number {
  return trx
    .prepare(
      `UPDATE customer SET phone_kind = coalesce((SELECT kind FROM phone_fact WHERE phone = @phone), phone_kind),
         phone_problem = (SELECT problem FROM phone_fact WHERE phone = @phone)
       WHERE phone = @phone AND (phone_problem IS NOT (SELECT problem FROM phone_fact WHERE phone = @phone)
         OR phone_kind <> coalesce((SELECT kind FROM phone_fact WHERE phone = @phone), phone_kind))`,
    )
    .run({ phone }).changes;
}

/** The carrier refused or lost a text for a reason that lies in the number. Returns how many people it marked. */
export function learnProblem(
  trx: Trx,
  phone: PhoneE164,
  mark: { problem: string; kind: 'landline' | 'invalid' | null; now: UtcMs },
): number {
  trx
    .prepare(
      `INSERT INTO phone_fact (phone, kind, kind_how, kind_at, problem, problem_at)
       VALUES (@phone, @kind, CASE WHEN @kind IS NULL THEN NULL ELSE 'learned' END, CASE WHEN @kind IS NULL THEN NULL ELSE @now END, @problem, @now)
       ON CONFLICT (phone) DO UPDATE SET
         kind = coalesce(excluded.kind, kind), kind_how = coalesce(excluded.kind_how, kind_how), kind_at = coalesce(excluded.kind_at, kind_at),
         problem_at = CASE WHEN problem IS excluded.problem THEN problem_at ELSE excluded.problem_at END, problem = excluded.problem`,
    )
    .run({ phone, kind: mark.kind, problem: mark.problem, now: mark.now });
  return tell(trx, phone);
}

/**
 * A text arrived at, or came from, these numbers: they can be texted, whatever was thought before. Only numbers somebody has, and only
 * where that is news. Returns how many people changed.
 */
export function provePhones(trx: Trx, phones: readonly string[], at: UtcMs): number {
  const list = JSON.stringify(phones);
  trx
    .prepare(
      `INSERT INTO phone_fact (phone, kind, kind_how, kind_at, proven_at)
       SELECT DISTINCT c.phone, 'mobile', 'learned', @at, @at FROM json_each(@list) j JOIN customer c ON c.phone = j.value
       WHERE c.phone_kind NOT IN ('voip', 'toll-free')
         AND NOT EXISTS (SELECT 1 FROM phone_fact f WHERE f.phone = c.phone AND f.problem IS NULL AND f.kind = 'mobile' AND f.proven_at IS NOT NULL)
       ON CONFLICT (phone) DO UPDATE SET
         kind_how = CASE WHEN kind IN ('mobile', 'voip', 'toll-free') THEN kind_how ELSE 'learned' END,
         kind_at = CASE WHEN kind IN ('mobile', 'voip', 'toll-free') THEN kind_at ELSE @at END,
         kind = CASE WHEN kind IN ('mobile', 'voip', 'toll-free') THEN kind ELSE 'mobile' END,
         problem = NULL, problem_at = NULL, proven_at = @at`,
    )
    .run({ list, at });
  // a voice-over-internet or toll-free number that answers stays what it is, without its mark
  trx
    .prepare(
      `UPDATE phone_fact SET problem = NULL, problem_at = NULL, proven_at = @at
       WHERE phone IN (SELECT value FROM json_each(@list)) AND kind IN ('voip', 'toll-free') AND problem IS NOT NULL`,
    )
    .run({ list, at });
  return trx
    .prepare(
      `UPDATE customer SET phone_problem = NULL, phone_kind = CASE WHEN phone_kind IN ('voip', 'toll-free') THEN phone_kind ELSE 'mobile' END
       WHERE phone IN (SELECT value FROM json_each(@list)) AND (phone_problem IS NOT NULL OR phone_kind IN ('unknown', 'landline', 'invalid'))`,
    )
    .run({ list }).changes;
}

/** What a paid look-up said. A kind of null: it could not tell. What was learned from real texts is not overruled. */
export function saveLookUp(
  trx: Trx,
  phone: PhoneE164,
  said: { kind: FactKind | null; now: UtcMs },
): { kind: FactKind | null; changed: number } {
  const known = phoneFact(trx, phone);
  const kind = known?.provenAt ? null : said.kind;
  trx
    .prepare(
      `INSERT INTO phone_fact (phone, kind, kind_how, kind_at, looked_up_at)
       VALUES (@phone, @kind, CASE WHEN @kind IS NULL THEN NULL ELSE 'look-up' END, CASE WHEN @kind IS NULL THEN NULL ELSE @now END, @now)
       ON CONFLICT (phone) DO UPDATE SET looked_up_at = @now, kind = coalesce(excluded.kind, kind),
         kind_how = CASE WHEN excluded.kind IS NULL THEN kind_how ELSE 'look-up' END,
         kind_at = CASE WHEN excluded.kind IS NULL THEN kind_at ELSE @now END`,
    )
    .run({ phone, kind, now: said.now });
  return { kind, changed: tell(trx, phone) };
}

/** The owner says it can be texted after all (`kind` null: only try again). Errors so far no longer count. Returns how many people changed. */
export function forgivePhone(trx: Trx, phone: PhoneE164, said: { kind: 'mobile' | null; now: UtcMs }): number {
  trx
    .prepare(
      `INSERT INTO phone_fact (phone, kind, kind_how, kind_at, forgiven_at)
       VALUES (@phone, @kind, CASE WHEN @kind IS NULL THEN NULL ELSE 'owner' END, CASE WHEN @kind IS NULL THEN NULL ELSE @now END, @now)
       ON CONFLICT (phone) DO UPDATE SET problem = NULL, problem_at = NULL, forgiven_at = @now, kind = coalesce(excluded.kind, kind),
         kind_how = CASE WHEN excluded.kind IS NULL THEN kind_how ELSE 'owner' END,
         kind_at = CASE WHEN excluded.kind IS NULL THEN kind_at ELSE @now END`,
    )
    .run({ phone, kind: said.kind, now: said.now });
  return tell(trx, phone);
}

/** How many texts to this number in a row ended with a code, without a delivery or the owner's "try again" between. */
export function endedInARow(db: Db, phone: PhoneE164, code: number): number {
  return db
    .prepare(
      `SELECT count(*) FROM outbox WHERE address = @phone AND error_code = @code AND state IN ('undelivered', 'failed', 'rejected')
       AND coalesce(left_at, updated_at) > max(
         coalesce((SELECT max(left_at) FROM outbox WHERE address = @phone AND state = 'delivered'), 0),
         coalesce((SELECT max(coalesce(forgiven_at, 0), coalesce(proven_at, 0)) FROM phone_fact WHERE phone = @phone), 0))`,
    )
    .pluck()
    .get({ phone, code }) as number;
}

/** Numbers marked since an instant, of people of ours. */
export function newlyMarked(db: Db, since: UtcMs): number {
  return db
    .prepare(
      `SELECT count(*) FROM phone_fact f WHERE f.problem_at >= ?
       AND EXISTS (SELECT 1 FROM customer c WHERE c.phone = f.phone AND c.weak = 0)`,
    )
    .pluck()
    .get(since) as number;
}

/** Numbers a look-up would tell something new about: nothing known, and none in the last `cacheMs`. `after` pages through them. */
export function worthLookingUp(db: Db, o: { asked: UtcMs; after: string; limit: number }): PhoneE164[] {
  return db
    .prepare(`${WORTH} AND c.phone > @after ORDER BY c.phone LIMIT @limit`)
    .pluck()
    .all({ asked: o.asked, after: o.after, limit: o.limit }) as PhoneE164[];
}

const WORTH = `SELECT DISTINCT c.phone FROM customer c LEFT JOIN phone_fact f ON f.phone = c.phone
  WHERE c.phone IS NOT NULL AND c.weak = 0 AND c.phone_kind = 'unknown' AND c.phone_problem IS NULL
    -- numbers of films and of paid services: the digits tell (domain/customers/line-type.ts), nobody pays for that
    AND c.phone NOT GLOB '+1???55501??' AND c.phone NOT GLOB '+1900*'
    AND (f.looked_up_at IS NULL OR f.looked_up_at < @asked)`;

export function countWorthLookingUp(db: Db, asked: UtcMs): number {
  return db.prepare(`SELECT count(*) FROM (${WORTH})`).pluck().get({ asked }) as number;
}

/** How many look-ups were paid for since an instant. */
export function lookedUpSince(db: Db, since: UtcMs): number {
  return db.prepare('SELECT count(*) FROM phone_fact WHERE looked_up_at >= ?').pluck().get(since) as number;
}

/** Whether somebody can open links on their phone. */
export type LinkCapable = 'unknown' | 'yes' | 'no';

export function linkCapable(db: Db, id: CustomerId): { value: LinkCapable; at: UtcMs | null } | undefined {
  return db.prepare('SELECT link_capable AS value, link_capable_at AS at FROM customer WHERE id = ?').get(id) as
    | { value: LinkCapable; at: UtcMs | null }
    | undefined;
}

/** False when there is nobody with this id. */
export function setLinkCapable(trx: Trx, id: CustomerId, value: LinkCapable, at: UtcMs | null): boolean {
  return trx.prepare('UPDATE customer SET link_capable = ?, link_capable_at = ? WHERE id = ?').run(value, at, id).changes === 1;
}
