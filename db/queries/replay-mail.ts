import type { CustomerId } from '@domain/kernel';
import type { Trx } from '../open';
import type { MailTable } from '../schema/mail';
import { survivorOf } from './merges';

/** A mail that was about to leave, as the journal keeps it: no words, so that lines stay short. */
export interface MailFact {
  cause: { kind: MailTable['cause_kind']; id: string };
  to: string;
  at: number;
  messageClass: MailTable['message_class'];
  messageId: string;
  token: string;
  code: string | null;
  customerId: number | null;
  /** The post office did not take it after all. */
  notSent?: true;
}

/** A mail known to have left: from now on it counts, and is never sent again. False when the file knew it already. */
export function putMail(trx: Trx, m: MailFact, now: number): boolean {
  if (m.notSent) {
    // it waits again, and after a restore that means: for the owner
    trx
      .prepare(
        "UPDATE mail SET state = 'waiting', left_at = NULL, final_at = NULL, updated_at = ? WHERE message_id = ? AND state = 'sent' AND reason = 'restored'",
      )
      .run(now, m.messageId);
    return false;
  }
  const known = trx
    .prepare(
      `UPDATE mail SET state = 'sent', reason = 'restored', left_at = @at, final_at = @at, retry_at = NULL, attempts = max(attempts, 1),
         message_id = @messageId, updated_at = @now
       WHERE cause_kind = @kind AND cause_id = @cause AND address = @to AND state IN ('staged', 'waiting', 'sending', 'uncertain')`,
    )
    .run({ kind: m.cause.kind, cause: m.cause.id, to: m.to, at: m.at, messageId: m.messageId, now }).changes;
  if (known > 0) return true;
  return (
    trx
      .prepare(
        `INSERT INTO mail (cause_kind, cause_id, address, customer_id, message_class, state, reason, language, subject, body, code, message_id,
           token, not_before, attempts, left_at, final_at, created_at, updated_at)
         VALUES (@kind, @cause, @to, @customerId, @messageClass, 'sent', 'restored', 'en', '', '', @code, @messageId, @token, @at, 1, @at, @at, @at, @now)
         ON CONFLICT DO NOTHING`,
      )
      .run({
        kind: m.cause.kind,
        cause: m.cause.id,
        to: m.to,
        customerId: m.customerId === null ? null : survivorOf(trx, m.customerId as CustomerId),
        messageClass: m.messageClass,
        code: m.code,
        messageId: m.messageId,
        token: m.token,
        at: m.at,
        now,
      }).changes === 1
  );
}

/** What the copy holds as waiting may have left since: it waits for the owner, never for the sender. */
export function unsureMailsAfterRestore(trx: Trx, now: number): void {
  trx
    .prepare(
      `UPDATE mail SET state = 'uncertain', reason = 'restored', left_at = coalesce(left_at, @now), retry_at = NULL, updated_at = @now
       WHERE state IN ('waiting', 'sending')`,
    )
    .run({ now });
  trx
    .prepare("UPDATE mail SET state = 'cancelled', reason = 'restored', final_at = @now, updated_at = @now WHERE state = 'staged'")
    .run({ now });
}
