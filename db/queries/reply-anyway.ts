import type { OutboxId, PhoneE164, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** When the owner let this answer leave outside their hours, if that was said since `since` and not after `now`; else null. */
export const saidAnywayAt = (db: Db, id: OutboxId, since: UtcMs, now: UtcMs): UtcMs | null =>
  (db.prepare('SELECT said_at FROM reply_anyway WHERE outbox_id = ? AND said_at BETWEEN ? AND ?').pluck().get(id, since, now) as
    | UtcMs
    | undefined) ?? null;

/** Keeps what the owner was told and that they sent it all the same; the sender looks at it again at once. */
export function letLeaveAnyway(
  trx: Trx,
  a: { id: OutboxId; saidAt: UtcMs; staffId: StaffId | null; localTime: string; opensAt: UtcMs | null },
): void {
  trx
    .prepare(
      `INSERT INTO reply_anyway (outbox_id, said_at, staff_id, local_time, opens_at) VALUES (@id, @saidAt, @staffId, @localTime, @opensAt)
       ON CONFLICT (outbox_id) DO UPDATE SET said_at = @saidAt, staff_id = @staffId, local_time = @localTime, opens_at = @opensAt`,
    )
    .run(a);
  trx.prepare("UPDATE outbox SET retry_at = NULL, reason = NULL WHERE id = ? AND state = 'waiting' AND reason IS 'quiet-hours'").run(a.id);
}

/** A personal answer that has not left yet. */
export const waitingReply = (db: Db, id: OutboxId): { address: PhoneE164 } | undefined =>
  db.prepare("SELECT address FROM outbox WHERE id = ? AND message_class = 'reply' AND state = 'waiting'").get(id) as
    | { address: PhoneE164 }
    | undefined;
