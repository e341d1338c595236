import type { AutomationKind } from '@domain/automations/kinds';
import type { Terms } from '@domain/automations/terms';
import type { AutomationId, CampaignId, OfferId, UtcMs } from '@domain/kernel';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { AutomationTable } from '../schema/automations';

/** Who did one of these between the cause and the text is left out. */
export interface AutomationStops {
  came: boolean;
  replied: boolean;
  redeemed: boolean;
  bought: { what: 'item' | 'category'; name: string } | null;
  /** Any text left to them within so many days before. */
  textedDays: number | null;
}

/** What runs by itself. */
export interface Automation {
  id: AutomationId;
  kind: AutomationKind;
  name: string;
  state: Selectable<AutomationTable>['state'];
  held: string | null;
  /** As stored: `termsOf` fills in the rest. */
  terms: Partial<Terms>;
  patternId: CampaignId;
  priority: number;
  onSince: UtcMs | null;
  inside: boolean;
  waitDays: number;
  atMinute: number;
  mostPerDay: number | null;
  stops: AutomationStops;
  sealed: string | null;
  walkAfter: number | null;
  basis: string;
  /** Its words are written for mails, too. */
  mails: boolean;
  createdAt: UtcMs;
  updatedAt: UtcMs;
}

type Row = Selectable<AutomationTable> & { mails: number };
const automationOf = (r: Row): Automation => ({
  id: r.id as AutomationId,
  kind: r.kind,
  name: r.name,
  state: r.state,
  held: r.held,
  terms: JSON.parse(r.terms) as Partial<Terms>,
  patternId: r.pattern_id as CampaignId,
  priority: r.priority,
  onSince: r.on_since as UtcMs | null,
  inside: r.inside === 1,
  waitDays: r.wait_days,
  atMinute: r.at_minute,
  mostPerDay: r.most_per_day,
  stops: {
    came: r.stop_came === 1,
    replied: r.stop_replied === 1,
    redeemed: r.stop_redeemed === 1,
    bought: r.stop_what === null || r.stop_name === '' ? null : { what: r.stop_what, name: r.stop_name },
    textedDays: r.unless_texted_days,
  },
  sealed: r.sealed,
  walkAfter: r.walk_after,
  basis: r.basis,
  mails: r.mails === 1,
  createdAt: r.created_at as UtcMs,
  updatedAt: r.updated_at as UtcMs,
});

const SELECT = "SELECT a.*, k.channels <> 'sms' AS mails FROM automation a JOIN campaign k ON k.id = a.pattern_id";

export function automationById(db: Db, id: AutomationId): Automation | null {
  const r = db.prepare(`${SELECT} WHERE a.id = ?`).get(id);
  return r ? automationOf(r as Row) : null;
}

/** All of them, in the order in which they speak to one person. */
export const listAutomations = (db: Db): Automation[] =>
  (db.prepare(`${SELECT} ORDER BY a.priority, a.id`).all() as Row[]).map(automationOf);

/** Those that run. */
export const runningAutomations = (db: Db): Automation[] => listAutomations(db).filter((a) => a.state === 'on');

export type AutomationFields = Pick<Automation, 'name' | 'terms' | 'waitDays' | 'atMinute' | 'mostPerDay' | 'stops' | 'priority'>;

const columns = (f: AutomationFields) => ({
  name: f.name,
  terms: JSON.stringify(f.terms),
  priority: f.priority,
  wait_days: f.waitDays,
  at_minute: f.atMinute,
  most_per_day: f.mostPerDay,
  stop_came: f.stops.came ? 1 : 0,
  stop_replied: f.stops.replied ? 1 : 0,
  stop_redeemed: f.stops.redeemed ? 1 : 0,
  stop_what: f.stops.bought?.what ?? null,
  stop_name: f.stops.bought?.name ?? '',
  unless_texted_days: f.stops.textedDays,
});

/** Makes one around its pattern, which from then on is in no list of campaigns. */
export function insertAutomation(
  trx: Trx,
  a: AutomationFields & { kind: AutomationKind; patternId: CampaignId },
  now: UtcMs,
): AutomationId {
  const id = trx.run(
    trx.q.insertInto('automation').values({ ...columns(a), kind: a.kind, pattern_id: a.patternId, created_at: now, updated_at: now }),
  ).lastInsertRowid as AutomationId;
  trx.prepare('UPDATE campaign SET automation_id = ? WHERE id = ?').run(id, a.patternId);
  return id;
}

export function updateAutomation(trx: Trx, id: AutomationId, f: AutomationFields, now: UtcMs): void {
  trx.run(
    trx.q
      .updateTable('automation')
      .set({ ...columns(f), updated_at: now })
      .where('id', '=', id),
  );
}

/** Only one that never spoke to anybody: what others got stays explained. */
export function deleteAutomation(trx: Trx, a: Pick<Automation, 'id' | 'patternId'>): boolean {
  const used = trx
    .prepare(
      'SELECT EXISTS (SELECT 1 FROM automation_event WHERE automation_id = @id) OR EXISTS (SELECT 1 FROM automation_edition WHERE automation_id = @id)',
    )
    .pluck()
    .get({ id: a.id });
  if (used === 1) return false;
  trx.prepare('UPDATE campaign SET automation_id = NULL WHERE id = ?').run(a.patternId);
  trx.prepare('DELETE FROM automation WHERE id = ?').run(a.id);
  trx.prepare("DELETE FROM campaign WHERE id = ? AND state = 'draft'").run(a.patternId);
  return true;
}

/** Switches one on or off, pauses it or lets it go on. Returns false when it was not in `from` any more. */
export function moveAutomation(
  trx: Trx,
  id: AutomationId,
  from: readonly Automation['state'][],
  to: { state: Automation['state']; held: string | null; onSince?: UtcMs; inside?: boolean; sealed?: string },
  now: UtcMs,
): boolean {
  return (
    trx
      .prepare(
        `UPDATE automation SET state = @state, held = @held, on_since = coalesce(@onSince, on_since), inside = coalesce(@inside, inside),
           sealed = coalesce(@sealed, sealed), updated_at = @now WHERE id = @id AND state IN (SELECT value FROM json_each(@from))`,
      )
      .run({
        id,
        state: to.state,
        held: to.held,
        onSince: to.onSince ?? null,
        inside: to.inside === undefined ? null : to.inside ? 1 : 0,
        sealed: to.sealed ?? null,
        from: JSON.stringify(from),
        now,
      }).changes === 1
  );
}

/** Everybody's moments are to be worked out anew. */
export function walkAnew(trx: Trx, id: AutomationId, basis: string): void {
  trx.prepare('UPDATE automation SET walk_after = 0, basis = ? WHERE id = ?').run(basis, id);
}

export function walkedTo(trx: Trx, id: AutomationId, after: number | null): void {
  trx.prepare('UPDATE automation SET walk_after = ? WHERE id = ?').run(after, id);
}

/** How many wait for the owner: stopped by what changed or came back, or a month of theirs stopped. One the owner paused waits for nobody. */
export const automationsWaiting = (db: Db): number =>
  db
    .prepare(
      `SELECT count(*) FROM automation a WHERE (a.state = 'paused' AND a.held IS NOT 'owner') OR (a.state = 'on' AND EXISTS (
         SELECT 1 FROM automation_edition t JOIN campaign c ON c.id = t.campaign_id WHERE t.automation_id = a.id AND c.state = 'paused'))`,
    )
    .pluck()
    .get() as number;

/** The offers its texts give codes of. */
export const offersOfPattern = (db: Db, id: AutomationId): OfferId[] =>
  db
    .prepare(
      `SELECT offer_id FROM (SELECT c.offer_id FROM automation a JOIN campaign c ON c.id = a.pattern_id WHERE a.id = @id
         UNION SELECT p.offer_id FROM automation a JOIN campaign_part p ON p.campaign_id = a.pattern_id WHERE a.id = @id) WHERE offer_id IS NOT NULL`,
    )
    .pluck()
    .all({ id }) as OfferId[];
