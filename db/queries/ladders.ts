import type { LadderReaction, StopRules } from '@domain/campaigns/ladder';
import type { CampaignId, CustomerId, Micros, ShopDay, UtcMs } from '@domain/kernel';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { LadderMoveTable, LadderTable } from '../schema/ladders';

/** Follow-ups of one campaign. */
export interface Ladder {
  rootId: CampaignId;
  /** `draft` also while the campaign runs and its steps were not taken up yet. */
  state: Selectable<LadderTable>['state'];
  stops: StopRules;
  patienceDays: number;
  /** Hash of steps that were changed after the start and that the owner agreed to since; null = as reviewed. */
  sealed: string | null;
  ceilingTexts: number | null;
  ceilingPrice: Micros | null;
  /** Why no step is taken just now: `owner`, `ceiling:…`, `words`; null = none. */
  held: string | null;
  startedAt: UtcMs | null;
  endedAt: UtcMs | null;
  endReason: string | null;
  lookedAt: UtcMs | null;
}

const ladderOf = (r: Selectable<LadderTable>): Ladder => ({
  rootId: r.root_id as CampaignId,
  state: r.state,
  stops: {
    came: r.stop_came === 1,
    replied: r.stop_replied === 1,
    redeemed: r.stop_redeemed === 1,
    bought: r.stop_what === null || r.stop_name === '' ? null : { what: r.stop_what, name: r.stop_name },
    endsOn: r.ends_on as ShopDay | null,
  },
  patienceDays: r.patience_days,
  sealed: r.sealed,
  ceilingTexts: r.ceiling_texts,
  ceilingPrice: r.ceiling_price as Micros | null,
  held: r.held,
  startedAt: r.started_at as UtcMs | null,
  endedAt: r.ended_at as UtcMs | null,
  endReason: r.end_reason,
  lookedAt: r.looked_at as UtcMs | null,
});

export interface LadderStep {
  id: CampaignId;
  rootId: CampaignId;
  parentId: CampaignId;
  reaction: LadderReaction;
  afterDays: number;
  atMinute: number;
}

const STEP = 'campaign_id AS id, root_id AS rootId, parent_id AS parentId, reaction, after_days AS afterDays, at_minute AS atMinute';

export function ladderById(db: Db, rootId: CampaignId): Ladder | null {
  const r = db.prepare('SELECT * FROM ladder WHERE root_id = ?').get(rootId);
  return r ? ladderOf(r as Selectable<LadderTable>) : null;
}

/** The steps of a path, those that follow the first text first. */
export function stepsOf(db: Db, rootId: CampaignId): LadderStep[] {
  return db
    .prepare(`SELECT ${STEP} FROM ladder_step WHERE root_id = ? ORDER BY parent_id, after_days, campaign_id`)
    .all(rootId) as LadderStep[];
}

/** What a campaign is a step of; null = it is a campaign of its own. */
export function stepById(db: Db, id: CampaignId): LadderStep | null {
  return (db.prepare(`SELECT ${STEP} FROM ladder_step WHERE campaign_id = ?`).get(id) as LadderStep | undefined) ?? null;
}

/** Whether a campaign still takes people in: a step of a path that runs is not finished when its queue is empty. */
export function stillTakesPeople(db: Db, id: CampaignId): boolean {
  return (
    db
      .prepare(
        "SELECT EXISTS (SELECT 1 FROM ladder_step s JOIN ladder l ON l.root_id = s.root_id WHERE s.campaign_id = ? AND l.state = 'running')",
      )
      .pluck()
      .get(id) === 1
  );
}

/** Paths whose first campaign was started: those that run, and those that are to be taken up. */
export function liveLadders(db: Db): Ladder[] {
  const rows = db
    .prepare(
      `SELECT l.* FROM ladder l JOIN campaign k ON k.id = l.root_id
       WHERE (l.state = 'running' OR (l.state = 'draft' AND k.state IN ('sending', 'paused', 'finished')))
         AND EXISTS (SELECT 1 FROM ladder_step s WHERE s.root_id = l.root_id) ORDER BY l.root_id`,
    )
    .all();
  return (rows as Selectable<LadderTable>[]).map(ladderOf);
}

/**
 * Whether what follows a campaign `k` waits for the owner: on hold, or a step that stopped by itself. Not while the campaign itself is
 * paused: then that is what waits.
 */
export const PATH_WAITS = `EXISTS (SELECT 1 FROM ladder l WHERE l.root_id = k.id AND l.state <> 'ended' AND k.state IN ('sending', 'finished')
  AND (l.held IS NOT NULL OR EXISTS (SELECT 1 FROM ladder_step s JOIN campaign c ON c.id = s.campaign_id
    WHERE s.root_id = l.root_id AND c.state = 'paused' AND coalesce(c.pause_reason, '') NOT IN ('path', 'restored'))))`;

/** Steps of paths that are over and still count as being sent. */
export function stepsToFinish(db: Db): CampaignId[] {
  return db
    .prepare(
      `SELECT c.id FROM campaign c JOIN ladder_step s ON s.campaign_id = c.id JOIN ladder l ON l.root_id = s.root_id
       WHERE l.state = 'ended' AND c.state = 'sending' ORDER BY c.id`,
    )
    .pluck()
    .all() as CampaignId[];
}

/** Writes what holds for all steps; what was reviewed no longer stands. */
export function saveLadder(trx: Trx, rootId: CampaignId, l: { stops: StopRules; patienceDays: number }, now: UtcMs): void {
  const { stops } = l;
  trx
    .prepare(
      `INSERT INTO ladder (root_id, stop_came, stop_replied, stop_redeemed, stop_what, stop_name, ends_on, patience_days, updated_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (root_id) DO UPDATE SET stop_came = excluded.stop_came, stop_replied = excluded.stop_replied,
         stop_redeemed = excluded.stop_redeemed, stop_what = excluded.stop_what, stop_name = excluded.stop_name, ends_on = excluded.ends_on,
         patience_days = excluded.patience_days, sealed = NULL, updated_at = excluded.updated_at`,
    )
    .run(
      rootId,
      stops.came ? 1 : 0,
      stops.replied ? 1 : 0,
      stops.redeemed ? 1 : 0,
      stops.bought?.what ?? null,
      stops.bought?.name ?? '',
      stops.endsOn,
      l.patienceDays,
      now,
    );
}

export function deleteLadder(trx: Trx, rootId: CampaignId): void {
  trx.prepare("DELETE FROM ladder WHERE root_id = ? AND state = 'draft'").run(rootId);
}

export function saveStep(trx: Trx, s: LadderStep): void {
  trx
    .prepare(`INSERT INTO ladder_step (campaign_id, root_id, parent_id, reaction, after_days, at_minute) VALUES (?, ?, ?, ?, ?, ?)`)
    .run(s.id, s.rootId, s.parentId, s.reaction, s.afterDays, s.atMinute);
  // stands with its campaign, not in the list of campaigns
  trx.prepare('UPDATE campaign SET parent_id = ? WHERE id = ?').run(s.rootId, s.id);
}

/** Forgets how the steps hang together, before they are written anew; their campaigns stay. */
export function dropSteps(trx: Trx, rootId: CampaignId): void {
  trx.prepare('DELETE FROM ladder_step WHERE root_id = ?').run(rootId);
}

/** The price and words of the review no longer stand: a step was changed. */
export function dropQuote(trx: Trx, rootId: CampaignId, now: UtcMs): void {
  trx.prepare("UPDATE campaign SET quote = NULL, updated_at = ? WHERE id = ? AND state = 'draft'").run(now, rootId);
}

export function sealLadder(trx: Trx, rootId: CampaignId, sealed: string): void {
  trx.prepare('UPDATE ladder SET sealed = ? WHERE root_id = ?').run(sealed, rootId);
}

/** The path begins: its ceiling stands from here on. */
export function beginLadder(trx: Trx, rootId: CampaignId, c: { texts: number; price: Micros; now: UtcMs }): boolean {
  return (
    trx
      .prepare(
        "UPDATE ladder SET state = 'running', ceiling_texts = ?, ceiling_price = ?, started_at = ?, updated_at = ? WHERE root_id = ? AND state = 'draft'",
      )
      .run(c.texts, c.price, c.now, c.now, rootId).changes === 1
  );
}

export function holdLadder(trx: Trx, rootId: CampaignId, held: string | null, now: UtcMs): boolean {
  return (
    trx.prepare("UPDATE ladder SET held = ?, updated_at = ? WHERE root_id = ? AND state <> 'ended'").run(held, now, rootId).changes === 1
  );
}

export function raiseCeiling(trx: Trx, rootId: CampaignId, c: { texts: number; price: Micros }): void {
  trx.prepare('UPDATE ladder SET ceiling_texts = ?, ceiling_price = ? WHERE root_id = ?').run(c.texts, c.price, rootId);
}

export function endLadder(trx: Trx, rootId: CampaignId, reason: string, now: UtcMs): boolean {
  return (
    trx
      .prepare(
        "UPDATE ladder SET state = 'ended', held = NULL, ended_at = ?, end_reason = ?, updated_at = ? WHERE root_id = ? AND state <> 'ended'",
      )
      .run(now, reason, now, rootId).changes === 1
  );
}

export function noteLooked(trx: Trx, rootId: CampaignId, now: UtcMs): void {
  trx.prepare('UPDATE ladder SET looked_at = ? WHERE root_id = ?').run(now, rootId);
}

/** A step takes people in over weeks: what they do counts for it until the last of them had their time. */
export function extendWindow(trx: Trx, id: CampaignId, endsAt: UtcMs): void {
  trx.prepare('UPDATE campaign SET window_ends_at = max(coalesce(window_ends_at, 0), ?) WHERE id = ?').run(endsAt, id);
}

/** Texts and money of all steps that left or still will. */
export function spentBySteps(db: Db, rootId: CampaignId): { texts: number; price: Micros } {
  return db
    .prepare(
      `SELECT count(*) AS texts, coalesce(sum(coalesce(o.price, o.quoted_price)), 0) AS price
       FROM ladder_step s JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(s.campaign_id AS TEXT)
       WHERE s.root_id = ? AND o.state NOT IN ('skipped', 'cancelled')`,
    )
    .get(rootId) as { texts: number; price: Micros };
}

export interface Move {
  fromId: CampaignId;
  customerId: CustomerId;
  rootId: CampaignId;
  toId: CampaignId | null;
  reaction: LadderReaction | null;
  outcome: LadderMoveTable['outcome'];
  reason: string | null;
  dueAt: UtcMs | null;
  againAt: UtcMs | null;
  at: UtcMs;
}

/** Somebody a cap kept back is in the step after all. */
export function dropExcluded(trx: Trx, stepId: CampaignId, id: CustomerId): void {
  trx.prepare("DELETE FROM campaign_person WHERE campaign_id = ? AND customer_id = ? AND arm = 'excluded'").run(stepId, id);
}

/** Takes somebody from a step, for good. False when they have left it already: nothing may follow then. */
export function takeMove(trx: Trx, m: Move): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO ladder_move (from_id, customer_id, root_id, to_id, reaction, outcome, reason, due_at, again_at, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      )
      .run(m.fromId, m.customerId, m.rootId, m.toId, m.reaction, m.outcome, m.reason, m.dueAt, m.againAt, m.at).changes === 1
  );
}

/** How the second try of a blocked step ended. False when it was not waiting for one any more. */
export function settleAgain(trx: Trx, m: Pick<Move, 'fromId' | 'customerId' | 'outcome' | 'reason' | 'at'>): boolean {
  return (
    trx
      .prepare(
        `UPDATE ladder_move SET outcome = ?, reason = ?, again_at = NULL, at = ? WHERE from_id = ? AND customer_id = ? AND outcome = 'blocked'
         AND again_at IS NOT NULL`,
      )
      .run(m.outcome, m.reason, m.at, m.fromId, m.customerId).changes === 1
  );
}
