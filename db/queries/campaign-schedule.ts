import type { Quote } from '@domain/campaigns/quote';
import type { LatePolicy } from '@domain/campaigns/schedule';
import type { CampaignId, Micros, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type Campaign, type CampaignRow, campaignOf } from './campaigns';

/** A draft gets its time. False when it is no draft any more. */
export function scheduleDraft(
  trx: Trx,
  id: CampaignId,
  s: { at: UtcMs; latePolicy: LatePolicy; ceilingPeople: number; ceilingPrice: Micros; now: UtcMs },
): boolean {
  return (
    trx
      .prepare(
        `UPDATE campaign SET state = 'scheduled', scheduled_at = ?, late_policy = ?, ceiling_people = ?, ceiling_price = ?, via_carrier = 0,
           pause_reason = NULL, updated_at = ? WHERE id = ? AND state = 'draft'`,
      )
      .run(s.at, s.latePolicy, s.ceilingPeople, s.ceilingPrice, s.now, id).changes === 1
  );
}

/** A draft's time at the carrier, before its start is planned; it stays a draft until then. */
export function planViaCarrier(trx: Trx, id: CampaignId, at: UtcMs): boolean {
  return trx.prepare("UPDATE campaign SET scheduled_at = ?, via_carrier = 1 WHERE id = ? AND state = 'draft'").run(at, id).changes === 1;
}

/** As if no time had been chosen. */
export function clearSchedule(trx: Trx, id: CampaignId): void {
  trx.prepare('UPDATE campaign SET scheduled_at = NULL, ceiling_people = NULL, ceiling_price = NULL, via_carrier = 0 WHERE id = ?').run(id);
}

/** Another time for a scheduled campaign; what it asked about is answered by that, but not what a restored copy has to ask. */
export function moveSchedule(trx: Trx, id: CampaignId, s: { at: UtcMs; latePolicy: LatePolicy; now: UtcMs }): boolean {
  return (
    trx
      .prepare(
        "UPDATE campaign SET scheduled_at = ?, late_policy = ?, pause_reason = CASE WHEN pause_reason = 'restored' THEN pause_reason END, updated_at = ? WHERE id = ? AND state = 'scheduled'",
      )
      .run(s.at, s.latePolicy, s.now, id).changes === 1
  );
}

/** What was approved, for another time. */
export function saveScheduledQuote(trx: Trx, id: CampaignId, quote: Quote): void {
  trx.prepare("UPDATE campaign SET quote = ? WHERE id = ? AND state = 'scheduled'").run(JSON.stringify(quote), id);
}

/** Why a scheduled campaign did not leave and waits for the owner. */
export function putOff(trx: Trx, id: CampaignId, asks: string, now: UtcMs): boolean {
  return (
    trx.prepare("UPDATE campaign SET pause_reason = ?, updated_at = ? WHERE id = ? AND state = 'scheduled'").run(asks, now, id).changes ===
    1
  );
}

/** Campaigns this computer is to start at their time, and that ask nothing yet. */
export function plannedCampaigns(db: Db): CampaignId[] {
  return db.prepare("SELECT id FROM campaign WHERE state = 'scheduled' AND pause_reason IS NULL ORDER BY id").pluck().all() as CampaignId[];
}

/** Campaigns whose time has come and that wait for nobody, oldest time first. */
export function dueCampaigns(db: Db, now: UtcMs): Campaign[] {
  const rows = db
    .prepare("SELECT * FROM campaign WHERE state = 'scheduled' AND scheduled_at <= ? AND pause_reason IS NULL ORDER BY scheduled_at, id")
    .all(now);
  return (rows as CampaignRow[]).map((r) => campaignOf(db, r));
}

/** The next time a campaign leaves by this computer; null when none is planned. */
export function nextSchedule(db: Db): { id: CampaignId; name: string; at: UtcMs } | null {
  const r = db
    .prepare(
      `SELECT id, name, scheduled_at AS at FROM campaign WHERE state = 'scheduled' AND pause_reason IS NULL ORDER BY scheduled_at, id LIMIT 1`,
    )
    .get();
  return (r as { id: CampaignId; name: string; at: UtcMs } | undefined) ?? null;
}

/** Cut off while their people were being written: only a scheduled start goes back to its time by itself. */
export function cutOffStarts(db: Db): CampaignId[] {
  return db
    .prepare("SELECT id FROM campaign WHERE state = 'staging' AND scheduled_at IS NOT NULL AND via_carrier = 0")
    .pluck()
    .all() as CampaignId[];
}

/** Scheduled campaigns that wait for the owner, and those left out by their own rule since an instant. */
export function missedCampaigns(db: Db, since: UtcMs): { id: CampaignId; name: string; at: UtcMs; reason: string; skipped: boolean }[] {
  const rows = db
    .prepare(
      `SELECT id, name, scheduled_at AS at, pause_reason AS reason, state = 'cancelled' AS skipped FROM campaign
       WHERE (state = 'scheduled' AND pause_reason IS NOT NULL) OR (state = 'cancelled' AND pause_reason = 'missed' AND scheduled_at >= ?)
       ORDER BY scheduled_at DESC, id DESC LIMIT 50`,
    )
    .all(since) as { id: CampaignId; name: string; at: UtcMs; reason: string; skipped: number }[];
  return rows.map((r) => ({ ...r, skipped: r.skipped === 1 }));
}
