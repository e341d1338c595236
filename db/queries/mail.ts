import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { MailState } from '@domain/mail/state';
import type { MailCard } from '@domain/mail/template';
import type { Db, Trx } from '../open';
import type { MailTable } from '../schema/mail';

export type MailCause = { kind: MailTable['cause_kind']; id: string };

/** One mail on its way, in domain words. */
export interface MailRow {
  id: number;
  causeKind: MailTable['cause_kind'];
  causeId: string;
  address: string;
  customerId: CustomerId | null;
  messageClass: MailTable['message_class'];
  state: MailState;
  reason: string | null;
  language: 'en' | 'es';
  subject: string;
  body: string;
  card: MailCard | null;
  code: string | null;
  messageId: string;
  token: string;
  notBefore: UtcMs;
  expiresAt: UtcMs | null;
  attempts: number;
  retryAt: UtcMs | null;
  smtpCode: number | null;
  leftAt: UtcMs | null;
  finalAt: UtcMs | null;
  createdAt: UtcMs;
}

export interface MailDraft {
  cause: MailCause;
  address: string;
  customerId: CustomerId | null;
  messageClass: MailTable['message_class'];
  language: 'en' | 'es';
  subject: string;
  body: string;
  card: MailCard | null;
  code: string | null;
  messageId: string;
  token: string;
  notBefore: UtcMs;
  expiresAt: UtcMs | null;
  staged?: boolean;
  now: UtcMs;
}

const ROW = `SELECT id, cause_kind AS causeKind, cause_id AS causeId, address, customer_id AS customerId, message_class AS messageClass, state,
  reason, language, subject, body, card, code, message_id AS messageId, token, not_before AS notBefore, expires_at AS expiresAt, attempts,
  retry_at AS retryAt, smtp_code AS smtpCode, left_at AS leftAt, final_at AS finalAt, created_at AS createdAt FROM mail`;
const rowOf = (r: unknown): MailRow => {
  const row = r as Omit<MailRow, 'card'> & { card: string | null };
  return { ...row, card: row.card === null ? null : (JSON.parse(row.card) as MailCard) };
};

/** Adds a mail to the queue. Null when this cause already has one for that address: it is never sent twice. */
export function enqueueMail(trx: Trx, d: MailDraft): number | null {
  const added = trx
    .prepare(
      `INSERT INTO mail (cause_kind, cause_id, address, customer_id, message_class, state, language, subject, body, card, code, message_id,
         token, not_before, expires_at, created_at, updated_at)
       VALUES (@kind, @cause, @address, @customerId, @messageClass, @state, @language, @subject, @body, @card, @code, @messageId,
         @token, @notBefore, @expiresAt, @now, @now)
       ON CONFLICT (cause_kind, cause_id, address) DO NOTHING RETURNING id`,
    )
    .get({
      kind: d.cause.kind,
      cause: d.cause.id,
      address: d.address,
      customerId: d.customerId,
      messageClass: d.messageClass,
      state: d.staged ? 'staged' : 'waiting',
      language: d.language,
      subject: d.subject,
      body: d.body,
      card: d.card === null ? null : JSON.stringify(d.card),
      code: d.code,
      messageId: d.messageId,
      token: d.token,
      notBefore: d.notBefore,
      expiresAt: d.expiresAt,
      now: d.now,
    }) as { id: number } | undefined;
  return added?.id ?? null;
}

export function mailById(db: Db, id: number): MailRow | null {
  const row = db.prepare(`${ROW} WHERE id = ?`).get(id);
  return row ? rowOf(row) : null;
}

/** The mail a bounce is about. */
export function mailByMessageId(db: Db, ids: readonly string[]): MailRow | null {
  const row = db.prepare(`${ROW} WHERE message_id IN (SELECT value FROM json_each(?)) LIMIT 1`).get(JSON.stringify(ids));
  return row ? rowOf(row) : null;
}

/** The address a token stands for, as far as a mail to it is known. */
export const addressOfToken = (db: Db, token: string): string | null =>
  (db.prepare('SELECT address FROM mail WHERE token = ? LIMIT 1').pluck().get(token) as string | undefined) ?? null;

/** Whose addresses there are, a page at a time, for a token no mail is known of any more. */
export const someEmails = (db: Db, after: string, limit: number): string[] =>
  db
    .prepare('SELECT DISTINCT email FROM customer WHERE email IS NOT NULL AND email > ? ORDER BY email LIMIT ?')
    .pluck()
    .all(after, limit) as string[];

const AT = 'max(not_before, coalesce(retry_at, 0))';
const OTHERS = "state = 'waiting' AND cause_kind <> 'campaign'";
const OF_CAMPAIGN = "state = 'waiting' AND cause_kind = 'campaign' AND cause_id = ?";

/** Campaigns whose mails may leave; of those that ended only such as the owner let one leave again. A paused one keeps its mails. */
const campaignsWithMails = (db: Db): string[] =>
  db
    .prepare(
      `SELECT CAST(k.id AS TEXT) FROM campaign k WHERE k.state IN ('sending', 'finished')
         AND EXISTS (SELECT 1 FROM mail WHERE state = 'waiting' AND cause_kind = 'campaign' AND cause_id = CAST(k.id AS TEXT))
         ORDER BY k.automation_id IS NULL, k.id`,
    )
    .pluck()
    .all() as string[];

/** Mails whose time has come: what somebody ordered, then what runs by itself, then what the owner tells everybody, the oldest first. */
export function dueMails(db: Db, now: UtcMs, limit: number): MailRow[] {
  const rows = db.prepare(`${ROW} WHERE ${OTHERS} AND ${AT} <= ? ORDER BY ${AT} LIMIT ?`).all(now, limit);
  for (const id of rows.length < limit ? campaignsWithMails(db) : []) {
    if (rows.length >= limit) break;
    rows.push(...db.prepare(`${ROW} WHERE ${OF_CAMPAIGN} AND ${AT} <= ? ORDER BY ${AT} LIMIT ?`).all(id, now, limit - rows.length));
  }
  return rows.map(rowOf);
}

/** When the next one may be due; null = nothing waits. */
export function nextMailDue(db: Db): UtcMs | null {
  const first = db.prepare(`SELECT ${AT} FROM mail WHERE ${OF_CAMPAIGN} ORDER BY ${AT} LIMIT 1`).pluck();
  const at = [
    db.prepare(`SELECT ${AT} FROM mail WHERE ${OTHERS} ORDER BY ${AT} LIMIT 1`).pluck().get() as UtcMs | undefined,
    ...campaignsWithMails(db).map((id) => first.get(id) as UtcMs | undefined),
  ].filter((t) => t !== undefined);
  return at.length === 0 ? null : (Math.min(...at) as UtcMs);
}

export interface MailChange {
  reason?: string | null;
  retryAt?: UtcMs | null;
  smtpCode?: number | null;
  leftAt?: UtcMs | null;
  finalAt?: UtcMs | null;
}

/** Writes the next state if the mail is still in the one it was read in; false when somebody was first. */
export function moveMail(trx: Trx, id: number, from: MailState, to: MailState, c: MailChange, now: UtcMs): boolean {
  const sets: Record<string, unknown> = {
    ...(c.reason === undefined ? {} : { reason: c.reason }),
    ...(c.retryAt === undefined ? {} : { retry_at: c.retryAt }),
    ...(c.smtpCode === undefined ? {} : { smtp_code: c.smtpCode }),
    ...(c.leftAt === undefined ? {} : { left_at: c.leftAt }),
    ...(c.finalAt === undefined ? {} : { final_at: c.finalAt }),
  };
  const columns = Object.keys(sets).map((k) => `, ${k} = @${k}`);
  return (
    trx
      .prepare(`UPDATE mail SET state = @to, updated_at = @now${columns.join('')} WHERE id = @id AND state = @from`)
      .run({ ...sets, id, from, to, now }).changes === 1
  );
}

/** Claims one mail for the post office: from this commit on it counts as under way. Null when somebody cancelled it meanwhile. */
export function claimMail(trx: Trx, id: number, o: { epoch: number; now: UtcMs }): number | null {
  const done = trx
    .prepare(
      `UPDATE mail SET state = 'sending', reason = NULL, retry_at = NULL, attempts = attempts + 1, updated_at = ? WHERE id = ? AND state = 'waiting'`,
    )
    .run(o.now, id).changes;
  if (done !== 1) return null;
  return Number(
    trx.prepare('INSERT INTO mail_attempt (mail_id, epoch, started_at) VALUES (?, ?, ?)').run(id, o.epoch, o.now).lastInsertRowid,
  );
}

export const finishMailAttempt = (trx: Trx, attempt: number, o: { outcome: string; code: number | null; now: UtcMs }): void =>
  void trx
    .prepare('UPDATE mail_attempt SET finished_at = ?, outcome = ?, smtp_code = ? WHERE id = ?')
    .run(o.now, o.outcome, o.code, attempt);

/** What a crash cut off in the middle: it may have left, and nobody can be asked. Returns how many. */
export const cutOffMails = (trx: Trx, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE mail SET state = 'uncertain', reason = 'cut-off', left_at = coalesce(left_at,
         (SELECT max(a.started_at) FROM mail_attempt a WHERE a.mail_id = mail.id), @now), updated_at = @now WHERE state = 'sending'`,
    )
    .run({ now }).changes;

/** Mails that left since an instant, for the day's limit. */
export const mailsLeftSince = (db: Db, since: UtcMs): number =>
  db.prepare('SELECT count(*) FROM mail WHERE left_at >= ?').pluck().get(since) as number;

/** Test mails since an instant. */
export const testMailsSince = (db: Db, since: UtcMs): number =>
  db.prepare("SELECT count(*) FROM mail WHERE cause_kind = 'test' AND created_at >= ?").pluck().get(since) as number;

/** What became of the mails of one cause. */
export function mailCounts(db: Db, cause: MailCause): { state: MailState; reason: string | null; count: number }[] {
  return db
    .prepare(
      'SELECT state, reason, count(*) AS count FROM mail WHERE cause_kind = ? AND cause_id = ? GROUP BY state, reason ORDER BY count DESC',
    )
    .all(cause.kind, cause.id) as { state: MailState; reason: string | null; count: number }[];
}

/** Of what may have left: the owner does not want to be asked about it any more. */
export const LEFT_ALONE = 'left-by-owner';

/** Everything that waits, is under way or may have left; each by its own small index, however many mails there ever were. */
export function mailQueue(db: Db): { waiting: number; sending: number; uncertain: number } {
  return db
    .prepare(
      `SELECT (SELECT count(*) FROM mail WHERE state = 'waiting' AND cause_kind <> 'campaign')
           + (SELECT count(*) FROM mail INDEXED BY mail_due_of WHERE state = 'waiting' AND cause_kind = 'campaign') AS waiting,
         (SELECT count(*) FROM mail WHERE state = 'sending') AS sending, (SELECT count(*) FROM mail WHERE state = 'uncertain' AND reason IS NOT '${LEFT_ALONE}') AS uncertain`,
    )
    .get() as { waiting: number; sending: number; uncertain: number };
}

/** What may have left without anybody knowing, the newest first. */
export const uncertainMails = (db: Db, page: { offset: number; limit: number }): MailRow[] =>
  db
    .prepare(`${ROW} WHERE state = 'uncertain' AND reason IS NOT '${LEFT_ALONE}' ORDER BY id DESC LIMIT ? OFFSET ?`)
    .all(page.limit, page.offset)
    .map(rowOf);

/** Mails that left or are about to, the latest first: what a practice post office shows, and the owner's own look at what was said. */
export function listMails(db: Db, page: { offset: number; limit: number }): { rows: MailRow[]; total: number } {
  const where = "WHERE state NOT IN ('staged', 'skipped', 'cancelled')";
  return {
    rows: db
      .prepare(`${ROW} ${where} ORDER BY coalesce(left_at, updated_at) DESC, id DESC LIMIT ? OFFSET ?`)
      .all(page.limit, page.offset)
      .map(rowOf),
    total: db.prepare(`SELECT count(*) FROM mail ${where}`).pluck().get() as number,
  };
}

/** Nothing more to an address: what waits is called off. */
export const cancelMailsTo = (trx: Trx, address: string, reason: string, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE mail SET state = 'skipped', reason = ?, final_at = ?, updated_at = ? WHERE address = ? AND state IN ('staged', 'waiting')
       AND message_class <> 'test'`,
    )
    .run(reason, now, now, address).changes;

/** The owner called a campaign off: what has not left does not leave. */
export const cancelMailsOf = (trx: Trx, cause: MailCause, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE mail SET state = 'cancelled', reason = 'cancelled', final_at = ?, updated_at = ?
       WHERE cause_kind = ? AND cause_id = ? AND state IN ('staged', 'waiting')`,
    )
    .run(now, now, cause.kind, cause.id).changes;

/** The one small flip that makes staged mails visible. */
export const showStagedMails = (trx: Trx, cause: MailCause, now: UtcMs): number =>
  trx
    .prepare("UPDATE mail SET state = 'waiting', updated_at = ? WHERE cause_kind = ? AND cause_id = ? AND state = 'staged'")
    .run(now, cause.kind, cause.id).changes;

/** Forgets what was staged and never shown; at most `limit`. */
export const dropStagedMails = (trx: Trx, cause: MailCause, limit = 500): number =>
  trx
    .prepare(
      `DELETE FROM mail WHERE id IN (SELECT id FROM mail WHERE cause_kind = ? AND cause_id = ?
         AND (state = 'staged' OR (state = 'skipped' AND left_at IS NULL AND attempts = 0)) LIMIT ?)`,
    )
    .run(cause.kind, cause.id, limit).changes;

/** The e-mail somebody has at this moment; undefined = there is no such person any more. */
export const emailNow = (db: Db, id: CustomerId): string | null | undefined =>
  db.prepare('SELECT email FROM customer WHERE id = ?').pluck().get(id) as string | null | undefined;

export interface MailPerson {
  id: CustomerId;
  email: string | null;
  phone: string | null;
  postalCode: string;
  zone: string | null;
  weak: 0 | 1;
}

export const mailPerson = (db: Db, id: CustomerId): MailPerson | undefined =>
  db.prepare('SELECT id, email, phone, postal_code AS postalCode, zone, weak FROM customer WHERE id = ?').get(id) as MailPerson | undefined;

/**
 * When offers and news left by e-mail to an address, or to anybody with a number (spacing and promise count per number, whatever channel
 * carried them); a step does not count against itself.
 */
export function mailsLeftTo(
  db: Db,
  to: { email: string | null; phone: string | null },
  since: UtcMs,
  own: CampaignId | null,
  exceptId = -1,
): UtcMs[] {
  const rows = db
    .prepare(
      `SELECT m.id, m.left_at AS at FROM mail m WHERE m.address = @email AND m.left_at >= @since AND m.message_class = 'marketing'
         AND m.state IN ('sent', 'bounced', 'uncertain') AND m.id <> @exceptId AND NOT (m.cause_kind = 'campaign' AND m.cause_id = @own)
       UNION
       SELECT m.id, m.left_at AS at FROM customer c JOIN mail m ON m.customer_id = c.id
       WHERE c.phone = @phone AND m.left_at >= @since AND m.message_class = 'marketing'
         AND m.state IN ('sent', 'bounced', 'uncertain') AND m.id <> @exceptId AND NOT (m.cause_kind = 'campaign' AND m.cause_id = @own)`,
    )
    .all({ email: to.email ?? '', phone: to.phone ?? '', since, own: own === null ? '' : String(own), exceptId }) as { at: UtcMs }[];
  return rows.map((r) => r.at);
}

/** When lists for post and advertisements reached one person who has no number, as `contactsLeft` tells it of numbers. */
export const contactsOf = (db: Db, id: CustomerId, since: UtcMs, own: CampaignId | null): UtcMs[] =>
  db
    .prepare(
      `SELECT min(k.at) FROM contact k JOIN outreach o ON o.id = k.outreach_id WHERE k.customer_id = ? AND k.phone IS NULL AND k.at >= ?
         AND o.campaign_id IS NOT ? GROUP BY coalesce(o.campaign_id, -o.id)`,
    )
    .pluck()
    .all(id, since, own ?? -1) as UtcMs[];

/** Whether a campaign has mails that have not left and are still to. */
export const openMails = (db: Db, id: CampaignId): boolean =>
  db
    .prepare("SELECT 1 FROM mail WHERE cause_kind = 'campaign' AND cause_id = ? AND state IN ('staged', 'waiting', 'sending') LIMIT 1")
    .get(String(id)) !== undefined;

/** After a restore the owner lets a campaign go on: what never began to leave waits again, the rest stays theirs to decide. */
export const releaseMails = (trx: Trx, id: CampaignId, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE mail SET state = 'waiting', reason = NULL, left_at = NULL, retry_at = NULL, updated_at = ?
       WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'uncertain' AND reason = 'restored' AND attempts = 0`,
    )
    .run(now, String(id)).changes;

/** Or ends it: what did not leave never will. */
export const endMails = (trx: Trx, id: CampaignId, now: UtcMs): number =>
  trx
    .prepare(
      `UPDATE mail SET state = 'cancelled', left_at = NULL, final_at = ?, updated_at = ?
       WHERE cause_kind = 'campaign' AND cause_id = ? AND state = 'uncertain' AND reason = 'restored' AND attempts = 0`,
    )
    .run(now, now, String(id)).changes;
