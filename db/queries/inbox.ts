import type { CampaignId, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { InboundTable } from '../schema/inbox';

export type Meaning = InboundTable['meaning'];
export interface InboundRow {
  sid: string;
  from: PhoneE164;
  to: string;
  body: string;
  receivedAt: UtcMs;
  meaning: Meaning;
  rule: string;
  customerId: CustomerId | null;
  campaignId: CampaignId | null;
  resolution: 'stop' | 'not-a-stop' | null;
  holdUntil: UtcMs | null;
  readAt: UtcMs | null;
}

const rowOf = (r: Selectable<InboundTable>): InboundRow => ({
  sid: r.sid,
  from: r.from_address as PhoneE164,
  to: r.to_address,
  body: r.body,
  receivedAt: r.received_at as UtcMs,
  meaning: r.meaning,
  rule: r.rule,
  customerId: r.customer_id as CustomerId | null,
  campaignId: r.campaign_id as CampaignId | null,
  resolution: r.resolution as InboundRow['resolution'],
  holdUntil: r.hold_until as UtcMs | null,
  readAt: r.read_at as UtcMs | null,
});

export function knownSids(db: Db, sids: readonly string[]): Set<string> {
  return new Set(
    db.prepare('SELECT sid FROM inbound WHERE sid IN (SELECT value FROM json_each(?))').pluck().all(JSON.stringify(sids)) as string[],
  );
}

/** Writes a reply down once. False when it was there already. */
export function insertInbound(
  trx: Trx,
  r: Omit<InboundRow, 'resolution' | 'holdUntil'> & { fetchedAt: UtcMs; holdUntil?: UtcMs | null },
): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning, rule, customer_id, campaign_id, handled, hold_until, read_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?) ON CONFLICT (sid) DO NOTHING`,
      )
      .run(
        r.sid,
        r.from,
        r.to,
        r.body,
        r.receivedAt,
        r.fetchedAt,
        r.meaning,
        r.rule,
        r.customerId,
        r.campaignId,
        r.holdUntil ?? null,
        r.readAt,
      ).changes === 1
  );
}

export function setHoldUntil(trx: Trx, sid: string, until: UtcMs | null): void {
  trx.prepare('UPDATE inbound SET hold_until = ? WHERE sid = ?').run(until, sid);
}

export function inboundBySid(db: Db, sid: string): InboundRow | null {
  const r = db.prepare('SELECT * FROM inbound WHERE sid = ?').get(sid) as Selectable<InboundTable> | undefined;
  return r ? rowOf(r) : null;
}

/** The campaign text a reply most likely answers: the last one to that number in the month before. */
export function lastCampaignTo(
  db: Db,
  phone: string,
  before: UtcMs,
  since: UtcMs,
): { campaignId: CampaignId; customerId: CustomerId | null } | null {
  const r = db
    .prepare(
      `SELECT CAST(cause_id AS INTEGER) AS campaignId, customer_id AS customerId FROM outbox
       WHERE address = ? AND cause_kind = 'campaign' AND left_at BETWEEN ? AND ? ORDER BY left_at DESC, id DESC LIMIT 1`,
    )
    .get(phone, since, before) as { campaignId: CampaignId; customerId: CustomerId | null } | undefined;
  return r ?? null;
}

/** When we last answered HELP or asked somebody why they left. */
export function lastAutomaticText(
  db: Db,
  phone: string,
  kind: 'help' | 'stop-confirmation',
): { createdAt: UtcMs; leftAt: UtcMs | null } | null {
  const r = db
    .prepare('SELECT created_at AS createdAt, left_at AS leftAt FROM outbox WHERE address = ? AND cause_kind = ? ORDER BY id DESC LIMIT 1')
    .get(phone, kind) as { createdAt: UtcMs; leftAt: UtcMs | null } | undefined;
  return r ?? null;
}

// — parked replies —

/** Replies since an instant that the carrier told without their words (domain/consent/reply.ts). */
export function wordlessSince(db: Db, since: UtcMs): number {
  return db.prepare("SELECT count(*) FROM inbound WHERE received_at >= ? AND rule = 'weak:wordless'").pluck().get(since) as number;
}

/** Replies waiting for the owner's decision, oldest first. */
export function openHolds(db: Db, phone?: string): InboundRow[] {
  const rows = phone
    ? db.prepare("SELECT * FROM inbound WHERE meaning = 'hold' AND resolution IS NULL AND from_address = ? ORDER BY received_at").all(phone)
    : db.prepare("SELECT * FROM inbound WHERE meaning = 'hold' AND resolution IS NULL ORDER BY received_at LIMIT 200").all();
  return (rows as Selectable<InboundTable>[]).map(rowOf);
}

export function resolveHold(trx: Trx, sid: string, resolution: 'stop' | 'not-a-stop', at: UtcMs): void {
  trx
    .prepare('UPDATE inbound SET resolution = ?, read_at = coalesce(read_at, ?) WHERE sid = ? AND resolution IS NULL')
    .run(resolution, at, sid);
}

/** All parked replies of a number at once: they said stop, or came back by themselves. */
export function resolveHolds(trx: Trx, phone: string, resolution: 'stop' | 'not-a-stop'): void {
  trx
    .prepare("UPDATE inbound SET resolution = ? WHERE from_address = ? AND meaning = 'hold' AND resolution IS NULL")
    .run(resolution, phone);
}

// — conversations —

export function markRead(trx: Trx, phone: string, at: UtcMs): number {
  return trx.prepare('UPDATE inbound SET read_at = ? WHERE from_address = ? AND read_at IS NULL').run(at, phone).changes;
}

// — polling —

/** Whether a number wrote START (or UNSTOP) after an instant: the carrier lifts its own stop by that, whatever we knew of it. */
export const startedSince = (db: Db, phone: string, at: UtcMs): boolean =>
  db.prepare("SELECT 1 FROM inbound WHERE from_address = ? AND received_at > ? AND meaning = 'start' LIMIT 1").get(phone, at) !== undefined;

export interface InboundPoll {
  /** Newest reply seen, per own number (or '*'). */
  cursor: Record<string, number>;
  lastSuccessAt: UtcMs | null;
  lastError: string | null;
}

export function readInboundPoll(db: Db): InboundPoll {
  const r = db.prepare("SELECT cursor, last_success_at AS at, last_error AS error FROM poll_state WHERE name = 'inbound'").get() as
    | { cursor: string; at: UtcMs | null; error: string | null }
    | undefined;
  return { cursor: r ? (JSON.parse(r.cursor) as Record<string, number>) : {}, lastSuccessAt: r?.at ?? null, lastError: r?.error ?? null };
}

export function saveInboundPoll(db: Db, p: InboundPoll): void {
  db.prepare(
    `INSERT INTO poll_state (name, cursor, last_success_at, last_error) VALUES ('inbound', ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET cursor = excluded.cursor, last_success_at = excluded.last_success_at, last_error = excluded.last_error`,
  ).run(JSON.stringify(p.cursor), p.lastSuccessAt, p.lastError);
}
