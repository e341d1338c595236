import type { Taken } from '@domain/automations/cause';
import type { AutomationId, CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { AutomationEventTable } from '../schema/automations';

/** Somebody and a cause. */
export interface AutomationEvent {
  automationId: AutomationId;
  customerId: CustomerId;
  cause: string;
  dueAt: UtcMs;
  outcome: AutomationEventTable['outcome'];
  reason: string | null;
  campaignId: CampaignId | null;
  againAt: UtcMs | null;
  at: UtcMs;
}

/**
 * Takes a cause, for good, or says what it waits for. False when it was taken before: nothing may follow then. One that waits may be taken,
 * or go on waiting.
 */
export function takeCause(trx: Trx, e: AutomationEvent): boolean {
  return (
    trx
      .prepare(
        `INSERT INTO automation_event (automation_id, customer_id, cause, due_at, outcome, reason, campaign_id, again_at, at)
         VALUES (@automationId, @customerId, @cause, @dueAt, @outcome, @reason, @campaignId, @againAt, @at)
         ON CONFLICT (automation_id, customer_id, cause) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason,
           campaign_id = excluded.campaign_id, again_at = excluded.again_at, at = excluded.at WHERE outcome = 'waiting'`,
      )
      .run(e).changes === 1
  );
}

/** Taken, but no text came of it after all. */
export const leaveOut = (trx: Trx, id: AutomationId, d: Pick<DueRow, 'customerId' | 'cause'>, reason: string): void =>
  void trx
    .prepare("UPDATE automation_event SET outcome = 'left-out', reason = ? WHERE automation_id = ? AND customer_id = ? AND cause = ?")
    .run(reason, id, d.customerId, d.cause);

/** What a cause waits for; undefined = for nothing. */
export const waitsFor = (db: Db, id: AutomationId, d: Pick<DueRow, 'customerId' | 'cause'>): string | undefined =>
  db
    .prepare("SELECT reason FROM automation_event WHERE automation_id = ? AND customer_id = ? AND cause = ? AND outcome = 'waiting'")
    .pluck()
    .get(id, d.customerId, d.cause) as string | undefined;

/** What people were told, or were left out of, by one automation; without what still waits. */
export function takenOf(db: Db, id: AutomationId, ids: readonly CustomerId[]): Map<CustomerId, Taken[]> {
  const out = new Map<CustomerId, Taken[]>();
  const rows = db
    .prepare(
      `SELECT e.customer_id AS id, e.cause, e.at, e.outcome FROM json_each(?) j CROSS JOIN automation_event e
         ON e.automation_id = ? AND e.customer_id = j.value WHERE e.outcome <> 'waiting'`,
    )
    .all(JSON.stringify(ids), id) as { id: CustomerId; cause: string; at: UtcMs; outcome: AutomationEvent['outcome'] }[];
  for (const { id: who, cause, at, outcome } of rows) {
    const taken = { cause, at, told: outcome === 'text' || outcome === 'control' };
    const list = out.get(who);
    if (list) list.push(taken);
    else out.set(who, [taken]);
  }
  return out;
}

/** A moment that was worked out. */
export interface DueRow {
  customerId: CustomerId;
  cause: string;
  dueAt: UtcMs;
  until: UtcMs;
}

/** All moments known of these people, by automation. */
export function duesOfPeople(db: Db, ids: readonly CustomerId[]): Map<AutomationId, DueRow[]> {
  const out = new Map<AutomationId, DueRow[]>();
  const rows = db
    .prepare(
      `SELECT d.automation_id AS automationId, d.customer_id AS customerId, d.cause, d.due_at AS dueAt, d.until_at AS until
       FROM json_each(?) j CROSS JOIN automation_due d ON d.customer_id = j.value`,
    )
    .all(JSON.stringify(ids)) as (DueRow & { automationId: AutomationId })[];
  for (const { automationId, ...row } of rows) {
    const list = out.get(automationId);
    if (list) list.push(row);
    else out.set(automationId, [row]);
  }
  return out;
}

/** Puts these moments in the place of those one automation had (`had`) of the same people. Returns how many rows were changed. */
export function writeDues(trx: Trx, id: AutomationId, had: readonly DueRow[], dues: readonly DueRow[]): number {
  if (had.length === 0 && dues.length === 0) return 0;
  const key = (d: DueRow) => `${d.customerId} ${d.cause}`;
  const wanted = new Map(dues.map((d) => [key(d), d]));
  const known = new Map(had.map((d) => [key(d), d]));
  let changed = 0;
  const gone = trx.prepare('DELETE FROM automation_due WHERE automation_id = ? AND customer_id = ? AND cause = ?');
  for (const [k, d] of known) if (!wanted.has(k)) changed += gone.run(id, d.customerId, d.cause).changes;
  const put = trx.prepare(
    `INSERT INTO automation_due (automation_id, customer_id, cause, due_at, until_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET due_at = excluded.due_at, until_at = excluded.until_at`,
  );
  for (const [k, d] of wanted) {
    const before = known.get(k);
    if (before?.dueAt === d.dueAt && before.until === d.until) continue;
    changed += put.run(id, d.customerId, d.cause, d.dueAt, d.until).changes;
  }
  return changed;
}

export const dropDue = (trx: Trx, id: AutomationId, d: Pick<DueRow, 'customerId' | 'cause'>): void =>
  void trx.prepare('DELETE FROM automation_due WHERE automation_id = ? AND customer_id = ? AND cause = ?').run(id, d.customerId, d.cause);

/** Everything that was worked out for one: it was switched off. At most `limit`; call until it returns 0. */
export const dropDues = (trx: Trx, id: AutomationId, limit = 500): number =>
  trx
    .prepare(
      'DELETE FROM automation_due WHERE automation_id = ? AND (customer_id, cause) IN (SELECT customer_id, cause FROM automation_due WHERE automation_id = ? LIMIT ?)',
    )
    .run(id, id, limit).changes;

const OPEN = `NOT EXISTS (SELECT 1 FROM automation_event e WHERE e.automation_id = d.automation_id AND e.customer_id = d.customer_id
  AND e.cause = d.cause AND (e.outcome <> 'waiting' OR e.again_at > @now))`;
const DUE = 'd.customer_id AS customerId, d.cause, d.due_at AS dueAt, d.until_at AS until';

/** Whether anything was worked out for one. */
export const hasDues = (db: Db, id: AutomationId): boolean =>
  db.prepare('SELECT EXISTS (SELECT 1 FROM automation_due WHERE automation_id = ?)').pluck().get(id) === 1;

/** Whose day has come, the longest due first; after a place in that order. Who waits for a cap to free is left out until then. */
export const dueNow = (db: Db, id: AutomationId, now: UtcMs, after: { dueAt: number; customerId: number }, limit: number): DueRow[] =>
  db
    .prepare(
      `SELECT ${DUE} FROM automation_due d WHERE d.automation_id = @id AND d.due_at <= @now AND (d.due_at, d.customer_id) > (@dueAt, @customerId)
         AND ${OPEN} ORDER BY d.due_at, d.customer_id LIMIT @limit`,
    )
    .all({ id, now, limit, ...after }) as DueRow[];

/** Whose day comes until an instant, soonest first. */
export const dueUntil = (
  db: Db,
  id: AutomationId,
  until: UtcMs,
  page: { offset: number; limit: number },
): { rows: DueRow[]; total: number } => {
  const where =
    "FROM automation_due d WHERE d.automation_id = ? AND d.due_at < ? AND NOT EXISTS (SELECT 1 FROM automation_event e WHERE e.automation_id = d.automation_id AND e.customer_id = d.customer_id AND e.cause = d.cause AND e.outcome <> 'waiting')";
  return {
    rows: db
      .prepare(`SELECT ${DUE} ${where} ORDER BY d.due_at, d.customer_id LIMIT ? OFFSET ?`)
      .all(id, until, page.limit, page.offset) as DueRow[],
    total: db.prepare(`SELECT count(*) ${where}`).pluck().get(id, until) as number,
  };
};

/** What came too late. */
export const overdue = (db: Db, id: AutomationId, now: UtcMs, limit: number): DueRow[] =>
  db
    .prepare(`SELECT ${DUE} FROM automation_due d WHERE d.automation_id = ? AND d.due_at <= ? AND d.until_at <= ? LIMIT ?`)
    .all(id, now, now, limit) as DueRow[];

/** Who is to be looked at anew, lowest id first. */
export const todoPage = (db: Db, limit: number): CustomerId[] =>
  db.prepare('SELECT customer_id FROM automation_todo ORDER BY 1 LIMIT ?').pluck().all(limit) as CustomerId[];

export const todoDone = (trx: Trx, ids: readonly CustomerId[]): void =>
  void trx.prepare('DELETE FROM automation_todo WHERE customer_id IN (SELECT value FROM json_each(?))').run(JSON.stringify(ids));

export const noteTodo = (trx: Trx, id: CustomerId): void =>
  void trx.prepare('INSERT INTO automation_todo (customer_id) VALUES (?) ON CONFLICT DO NOTHING').run(id);

/** Nobody is left to look at: nothing runs. */
export const todoForget = (trx: Trx): void => void trx.prepare('DELETE FROM automation_todo').run();

/** Texts written since an instant. */
export const writtenSince = (db: Db, id: AutomationId, since: UtcMs): number =>
  db
    .prepare("SELECT count(*) FROM automation_event WHERE automation_id = ? AND at >= ? AND outcome = 'text'")
    .pluck()
    .get(id, since) as number;

/** How many causes ended how, from an instant on. */
export const outcomesSince = (
  db: Db,
  id: AutomationId,
  since: UtcMs,
): { outcome: AutomationEvent['outcome']; reason: string | null; count: number }[] =>
  db
    .prepare(
      'SELECT outcome, reason, count(*) AS count FROM automation_event WHERE automation_id = ? AND at >= ? GROUP BY 1, 2 ORDER BY 3 DESC',
    )
    .all(id, since) as { outcome: AutomationEvent['outcome']; reason: string | null; count: number }[];

/** How many got none by lot, to compare, month by month's campaign. */
export const heldByMonth = (db: Db, id: AutomationId): Map<CampaignId, number> =>
  new Map(
    db
      .prepare("SELECT campaign_id, count(*) FROM automation_event WHERE automation_id = ? AND outcome = 'control' GROUP BY 1")
      .raw()
      .all(id) as [CampaignId, number][],
  );

/** Of those texted since, how many came in the days that count for their text; grows as results are counted. */
export const cameSinceText = (db: Db, id: AutomationId, since: UtcMs): number =>
  db
    .prepare(
      `SELECT count(*) FROM automation_event e JOIN campaign_outcome o ON o.campaign_id = e.campaign_id AND o.customer_id = e.customer_id
       WHERE e.automation_id = ? AND e.at >= ? AND e.outcome = 'text' AND o.came = 1`,
    )
    .pluck()
    .get(id, since) as number;

const EVENT = `e.automation_id AS automationId, e.customer_id AS customerId, e.cause, e.due_at AS dueAt, e.outcome, e.reason,
  e.campaign_id AS campaignId, e.again_at AS againAt, e.at`;

export const eventsOfPerson = (db: Db, id: AutomationId, customerId: CustomerId): AutomationEvent[] =>
  db
    .prepare(`SELECT ${EVENT} FROM automation_event e WHERE e.automation_id = ? AND e.customer_id = ? ORDER BY e.at DESC, e.cause`)
    .all(id, customerId) as AutomationEvent[];

export const duesOfPerson = (db: Db, id: AutomationId, customerId: CustomerId): DueRow[] =>
  db
    .prepare(`SELECT ${DUE} FROM automation_due d WHERE d.automation_id = ? AND d.customer_id = ? ORDER BY d.due_at`)
    .all(id, customerId) as DueRow[];

/** Newest first. */
export function eventsPage(
  db: Db,
  id: AutomationId,
  f: { outcome: AutomationEvent['outcome'] | null; reason: string | null },
  page: { offset: number; limit: number },
): { rows: AutomationEvent[]; total: number } {
  const where = `FROM automation_event e WHERE e.automation_id = @id AND (@outcome IS NULL OR e.outcome = @outcome) AND (@reason IS NULL OR e.reason = @reason)`;
  const rows = db
    .prepare(`SELECT ${EVENT} ${where} ORDER BY e.at DESC, e.customer_id LIMIT @limit OFFSET @offset`)
    .all({ id, ...f, ...page }) as AutomationEvent[];
  const total = db
    .prepare(`SELECT count(*) ${where}`)
    .pluck()
    .get({ id, ...f }) as number;
  return { rows, total };
}

// — editions —

export interface Edition {
  campaignId: CampaignId;
  automationId: AutomationId;
  month: string;
  sealed: string;
  state: string;
  pauseReason: string | null;
}

/** The months of an automation, newest first. */
export const editionsOf = (db: Db, id: AutomationId): Edition[] =>
  db
    .prepare(
      `SELECT t.campaign_id AS campaignId, t.automation_id AS automationId, t.month, t.sealed, c.state, c.pause_reason AS pauseReason
       FROM automation_edition t JOIN campaign c ON c.id = t.campaign_id WHERE t.automation_id = ? ORDER BY t.campaign_id DESC`,
    )
    .all(id) as Edition[];

export function insertEdition(trx: Trx, e: Pick<Edition, 'campaignId' | 'automationId' | 'month' | 'sealed'>): void {
  trx
    .prepare(
      'INSERT INTO automation_edition (campaign_id, automation_id, month, sealed) VALUES (@campaignId, @automationId, @month, @sealed)',
    )
    .run(e);
  trx.prepare('UPDATE campaign SET automation_id = ? WHERE id = ?').run(e.automationId, e.campaignId);
}
