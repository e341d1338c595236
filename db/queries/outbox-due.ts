import type { CampaignId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type OutboxRow, rowOf } from './outbox';

type Raw = Parameters<typeof rowOf>[0];

/**
 * When a waiting text may be tried. The words of the indexes (migration 0260): said in any other way, SQLite walks through everybody
 * who waits. Texts with a `send_at` wait to be handed to the carrier for later and are not the sender's.
 */
const DUE_AT = 'max(not_before, coalesce(retry_at, 0))';
const WAITS = "state = 'waiting' AND send_at IS NULL";
const OF_CAMPAIGN = `${WAITS} AND cause_kind = 'campaign' AND cause_id = ?`;

/** What is more urgent than a campaign, the most urgent first (db/queries/outbox.ts). One short look per level: see `duePersonal`. */
const URGENT_LEVELS = [0, 1, 2, 3, 4, 5, 8];
/** The answers to STOP and HELP: owed at any hour, and not held by a pause. */
export const OWED_ANSWERS = 1;
export const URGENT_SQL = `SELECT * FROM outbox WHERE ${WAITS} AND priority = ? AND ${DUE_AT} <= ? ORDER BY ${DUE_AT}, id LIMIT ?`;
/** Mostly there is nothing: one look instead of one per level. */
const URGENT_AT_ALL = `SELECT 1 FROM outbox WHERE ${WAITS} AND priority < 10 LIMIT 1`;
const URGENT_ANY = `SELECT 1 FROM outbox WHERE ${WAITS} AND priority = ? AND ${DUE_AT} <= ? LIMIT 1`;
const URGENT_NEXT = `SELECT min(${DUE_AT}) FROM outbox WHERE ${WAITS} AND priority = ?`;
export const CAMPAIGN_SQL = `SELECT * FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} <= ? ORDER BY ${DUE_AT}, id LIMIT ?`;
const CAMPAIGN_FIRST = `SELECT * FROM outbox WHERE cause_id = ? AND brake_rank IS NOT NULL AND +cause_kind = 'campaign' AND ${WAITS}
  AND ${DUE_AT} <= ? ORDER BY id LIMIT ?`;
const CAMPAIGN_ANY = `SELECT 1 FROM outbox WHERE ${OF_CAMPAIGN} AND ${DUE_AT} <= ? LIMIT 1`;
export const CAMPAIGN_NEXT = `SELECT min(${DUE_AT}) FROM outbox WHERE ${OF_CAMPAIGN}`;

/**
 * Texts to one person (opt-out traffic, confirmations, replies, service) and of automations that may be tried now: the most urgent first,
 * then whoever is due longest. Thousands that wait for another hour cost nothing. `upTo`: nothing less urgent than that level.
 */
export function duePersonal(db: Db, now: UtcMs, limit: number, upTo: number | null = null): OutboxRow[] {
  if (!anythingUrgent(db)) return [];
  const out: OutboxRow[] = [];
  const level = db.prepare(URGENT_SQL);
  for (const priority of URGENT_LEVELS) {
    if (out.length >= limit || (upTo !== null && priority > upTo)) break;
    for (const r of level.all(priority, now, limit - out.length)) out.push(rowOf(r as Raw));
  }
  return out;
}

const anythingUrgent = (db: Db): boolean => db.prepare(URGENT_AT_ALL).get() !== undefined;

export interface WaitingCampaign {
  id: CampaignId;
  state: 'sending' | 'finished';
}

/** Campaigns with texts to send, oldest first. Finished ones have some again when a text is sent again. */
export function campaignsWithWaiting(db: Db): WaitingCampaign[] {
  return db
    .prepare(
      `SELECT c.id, c.state FROM campaign c
       WHERE c.state IN ('sending', 'finished') AND EXISTS (
         SELECT 1 FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(c.id AS TEXT) AND o.state = 'waiting')
       ORDER BY c.started_at, c.id`,
    )
    .all() as WaitingCampaign[];
}

/** A campaign's texts that may be tried now, whoever is due longest first; only the first draw, or everything. */
export function dueOfCampaign(db: Db, id: CampaignId, onlyFirst: boolean, now: UtcMs, limit: number): OutboxRow[] {
  return (db.prepare(onlyFirst ? CAMPAIGN_FIRST : CAMPAIGN_SQL).all(String(id), now, limit) as Raw[]).map(rowOf);
}

/** A cheap look: is anything due at all? */
export function anythingDue(db: Db, campaigns: readonly WaitingCampaign[], now: UtcMs): boolean {
  const urgent = db.prepare(URGENT_ANY);
  if (anythingUrgent(db) && URGENT_LEVELS.some((p) => urgent.get(p, now) !== undefined)) return true;
  const ofCampaign = db.prepare(CAMPAIGN_ANY);
  return campaigns.some((c) => ofCampaign.get(String(c.id), now) !== undefined);
}

/** The soonest instant at which something waiting may be tried; null when nothing waits (paused campaigns do not count). */
export function nextDue(db: Db, campaigns: readonly WaitingCampaign[] = campaignsWithWaiting(db)): UtcMs | null {
  const urgent = db.prepare(URGENT_NEXT).pluck();
  const ofCampaign = db.prepare(CAMPAIGN_NEXT).pluck();
  const all = [...URGENT_LEVELS.map((p) => urgent.get(p)), ...campaigns.map((c) => ofCampaign.get(String(c.id)))] as (UtcMs | null)[];
  return all.reduce<UtcMs | null>((a, b) => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs)), null);
}

/**
 * Texts put off for a reason are looked at again now (the owner changed the hours or the limit, the till file came). At most `limit`:
 * call until it returns less.
 */
export function undefer(trx: Trx, reasons: readonly string[], limit: number): number {
  return trx
    .prepare(
      `UPDATE outbox SET retry_at = NULL, reason = NULL WHERE id IN (
         SELECT id FROM outbox WHERE state = 'waiting' AND reason IN (SELECT value FROM json_each(?)) AND retry_at IS NOT NULL LIMIT ?)`,
    )
    .run(JSON.stringify(reasons), limit).changes;
}

/**
 * Our clock was set back: what was put off, or queued, by the wrong clock must not wait for that clock's hours. Everything is judged
 * again before it leaves. At most `limit`: call until it returns less.
 */
export function undeferBeyond(trx: Trx, now: UtcMs, limit: number): number {
  return trx
    .prepare(
      `UPDATE outbox SET retry_at = NULL, not_before = CASE WHEN not_before = created_at THEN min(not_before, @now) ELSE not_before END,
         created_at = min(created_at, @now)
       WHERE id IN (SELECT id FROM outbox WHERE state = 'waiting' AND send_at IS NULL
         AND (retry_at > @now OR (created_at > @now AND not_before > @now)) LIMIT @limit)`,
    )
    .run({ now, limit }).changes;
}
