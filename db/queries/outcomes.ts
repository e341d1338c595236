import { REFUND_REACH } from '@domain/attribution/credit';
import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { CampaignHead } from '@domain/reports/campaign';
import type { Margins } from '@domain/reports/margin';
import {
  noSums,
  OUTCOME_SUMS,
  type Outcome,
  type OutcomeSum,
  type OutcomeTotal,
  outcomeSalesUntil,
  outcomeUntil,
  outcomeWindow,
  personOutcome,
} from '@domain/reports/outcome';
import type { Db, Trx } from '../open';
import { campaignFacts, type WhichPeople } from './reports';

/**
 * Rows and sums of campaigns (migration 410). Written here only: `outcome_total` is moved by what a row changed, in the same transaction,
 * so that it is the sum of `campaign_outcome` at every moment. Who is behind is noted by triggers.
 */
type Head = Pick<CampaignHead, 'id' | 'startedAt' | 'windowEndsAt'>;

/** directSales → direct_sales, buyers28 → buyers_28. */
const column = (k: OutcomeSum): string => k.replace(/[A-Z]|28$/g, (c) => `_${c.toLowerCase()}`);
const COLUMNS = OUTCOME_SUMS.map(column);
const SELECTED = OUTCOME_SUMS.map((k) => (column(k) === k ? k : `${column(k)} AS ${k}`)).join(', ');
const marks = (n: number): string => Array(n).fill('?').join(', ');

const ROW = `SELECT customer_id AS customerId, arm, part, words, ${SELECTED} FROM campaign_outcome WHERE campaign_id = ?`;
const PUT = `INSERT OR REPLACE INTO campaign_outcome (campaign_id, customer_id, arm, part, words, ${COLUMNS.join(', ')}) VALUES (${marks(5 + COLUMNS.length)})`;
const MOVE = `INSERT INTO outcome_total (campaign_id, part, words, arm, people, ${COLUMNS.join(', ')}) VALUES (${marks(5 + COLUMNS.length)})
  ON CONFLICT (campaign_id, part, words, arm) DO UPDATE SET ${['people', ...COLUMNS].map((c) => `${c} = ${c} + excluded.${c}`).join(', ')}`;

/** Puts `now` in the place of `before` and moves the sums. Returns how many rows changed. */
function put(trx: Trx, id: CampaignId, before: ReadonlyMap<CustomerId, Outcome>, now: readonly Outcome[]): number {
  const gone = new Map(before);
  const moved = new Map<string, OutcomeTotal>();
  const move = (o: Outcome, by: 1 | -1) => {
    const key = `${o.arm}/${o.part}/${o.words}`;
    const t = moved.get(key) ?? { arm: o.arm, part: o.part, words: o.words, people: 0, ...noSums() };
    moved.set(key, t);
    t.people += by;
    for (const k of OUTCOME_SUMS) t[k] += by * o[k];
  };
  let changed = 0;
  for (const o of now) {
    const old = gone.get(o.customerId);
    gone.delete(o.customerId);
    if (old && same(old, o)) continue;
    if (old) move(old, -1);
    move(o, 1);
    trx.prepare(PUT).run(id, o.customerId, o.arm, o.part, o.words, ...OUTCOME_SUMS.map((k) => o[k]));
    changed++;
  }
  for (const o of gone.values()) {
    move(o, -1);
    trx.prepare('DELETE FROM campaign_outcome WHERE campaign_id = ? AND customer_id = ?').run(id, o.customerId);
    changed++;
  }
  for (const t of moved.values()) trx.prepare(MOVE).run(id, t.part, t.words, t.arm, t.people, ...OUTCOME_SUMS.map((k) => t[k]));
  return changed;
}

const same = (a: Outcome, b: Outcome): boolean =>
  a.arm === b.arm && a.part === b.part && a.words === b.words && OUTCOME_SUMS.every((k) => a[k] === b[k]);

const byId = (rows: unknown[]): Map<CustomerId, Outcome> => new Map((rows as Outcome[]).map((o) => [o.customerId, o]));

/** Of people as they are now, without writing: what the rows must say. */
export function countPeople(db: Db, head: Head, margins: Margins, which: WhichPeople): Outcome[] {
  const w = outcomeWindow(head);
  return campaignFacts(db, head, margins, { ...which, until: outcomeSalesUntil(w) }).map((p) => personOutcome(p, w));
}

/** Counts these people of a campaign anew. Returns how many rows changed. */
export function recount(trx: Trx, head: Head, margins: Margins, ids: readonly CustomerId[]): number {
  const before = byId(trx.prepare(`${ROW} AND customer_id IN (SELECT value FROM json_each(?))`).all(head.id, JSON.stringify(ids)));
  return put(trx, head.id, before, countPeople(trx, head, margins, { ids }));
}

export interface OutcomeState {
  readonly campaignId: CampaignId;
  readonly stamp: string;
  /** Counted up to this person; null = all. */
  readonly upto: number | null;
}

/** What each campaign's rows were counted under, and how far; one that is missing was never counted. */
export const outcomeStates = (db: Db): Map<CampaignId, OutcomeState> =>
  new Map(
    (db.prepare('SELECT campaign_id AS campaignId, stamp, upto FROM outcome_state').all() as OutcomeState[]).map((s) => [s.campaignId, s]),
  );

/** From here on the triggers note whoever changes; the rows follow page by page. */
export function beginCount(trx: Trx, head: Head, stamp: string, now: UtcMs): void {
  trx
    .prepare(
      `INSERT INTO outcome_state (campaign_id, stamp, until_at, upto, counted_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (campaign_id) DO UPDATE SET stamp = excluded.stamp, until_at = excluded.until_at, upto = excluded.upto, counted_at = excluded.counted_at`,
    )
    .run(head.id, stamp, outcomeUntil(outcomeWindow(head)), Number.MIN_SAFE_INTEGER, now);
}

/** Counts the next page of a campaign that is being counted; rows of people who are in it no more go. False = that was the last. */
export function countPage(trx: Trx, head: Head, margins: Margins, limit: number, now: UtcMs): boolean {
  const after = trx.prepare('SELECT upto FROM outcome_state WHERE campaign_id = ?').pluck().get(head.id) as number | null | undefined;
  if (after === null || after === undefined) return false;
  const people = countPeople(trx, head, margins, { after, limit });
  const last = people.length < limit ? null : (people[people.length - 1] as Outcome).customerId;
  const before = byId(trx.prepare(`${ROW} AND customer_id > ? AND customer_id <= ?`).all(head.id, after, last ?? Number.MAX_SAFE_INTEGER));
  put(trx, head.id, before, people);
  trx.prepare('UPDATE outcome_state SET upto = ?, counted_at = ? WHERE campaign_id = ?').run(last, now, head.id);
  return last !== null;
}

export interface Todo {
  readonly customerId: CustomerId;
  /** 0 = every campaign that looks at sales of `since` or later. */
  readonly campaignId: CampaignId | 0;
  readonly since: number;
}

/** The next people whose rows are behind. */
export const outcomeTodo = (db: Db, limit: number): Todo[] =>
  db
    .prepare(
      'SELECT customer_id AS customerId, campaign_id AS campaignId, since FROM outcome_todo ORDER BY customer_id, campaign_id LIMIT ?',
    )
    .all(limit) as Todo[];

/** How many people's rows are behind, at most `most`. */
export const countTodo = (db: Db, most: number): number =>
  db.prepare('SELECT count(*) FROM (SELECT 1 FROM outcome_todo LIMIT ?)').pluck().get(most) as number;

/** Counts everybody in `todo` anew, campaign by campaign, and takes them off the list. Returns how many rows changed. */
export function workOff(trx: Trx, headOf: (id: CampaignId) => Head | undefined, margins: Margins, todo: readonly Todo[]): number {
  const ids = new Map<CampaignId, Set<CustomerId>>();
  const add = (campaignId: CampaignId, customerId: CustomerId) => {
    const of = ids.get(campaignId) ?? new Set();
    ids.set(campaignId, of.add(customerId));
  };
  const everywhere = trx.prepare(
    `SELECT p.campaign_id FROM campaign_person p CROSS JOIN outcome_state s ON s.campaign_id = p.campaign_id
     WHERE p.customer_id = ? AND s.until_at >= ?`,
  );
  // with another sale there, or gone, a later return may take from one of before
  const back = trx.prepare("SELECT 1 FROM sale WHERE customer_id = ? AND kind = 'refund' AND occurred_at >= ? LIMIT 1");
  for (const t of todo) {
    if (t.campaignId !== 0) {
      add(t.campaignId, t.customerId);
      continue;
    }
    const since = back.get(t.customerId, t.since) === undefined ? t.since : t.since - REFUND_REACH;
    for (const id of everywhere.pluck().all(t.customerId, since) as CampaignId[]) add(id, t.customerId);
  }
  let changed = 0;
  for (const [id, of] of ids) {
    const head = headOf(id);
    if (head) changed += recount(trx, head, margins, [...of]);
  }
  const done = trx.prepare('DELETE FROM outcome_todo WHERE customer_id = ? AND campaign_id = ?');
  for (const t of todo) done.run(t.customerId, t.campaignId);
  return changed;
}

/** Takes one person's rows away, sums and all; who stands in their place is noted by the triggers on what moved. */
export function forgetOutcomes(trx: Trx, customerId: CustomerId): void {
  const ids = trx.prepare('SELECT campaign_id FROM outcome_state').pluck().all() as CampaignId[];
  for (const id of ids) put(trx, id, byId(trx.prepare(`${ROW} AND customer_id = ?`).all(id, customerId)), []);
  trx.prepare('DELETE FROM outcome_todo WHERE customer_id = ?').run(customerId);
}

/** Sums of a campaign by part, wording and side. */
export const outcomeTotals = (db: Db, id: CampaignId): OutcomeTotal[] =>
  db
    .prepare(
      `SELECT part, words, arm, people, ${SELECTED} FROM outcome_total WHERE campaign_id = ? AND people > 0 ORDER BY part, words, arm`,
    )
    .all(id) as OutcomeTotal[];

/** Everybody of a campaign as kept; for tests. */
export const outcomeRows = (db: Db, id: CampaignId): Outcome[] => db.prepare(`${ROW} ORDER BY customer_id`).all(id) as Outcome[];

export interface VerdictSaid {
  readonly code: string;
  readonly at: UtcMs;
}

/** What a campaign's result said when its days were first over and covered; undefined before. */
export const verdictSaid = (db: Db, id: CampaignId): VerdictSaid | undefined =>
  db.prepare('SELECT code, at FROM verdict_said WHERE campaign_id = ?').get(id) as VerdictSaid | undefined;

/** Campaigns whose first verdict is written down. */
export const verdictsSaid = (db: Db): Set<CampaignId> =>
  new Set(db.prepare('SELECT campaign_id FROM verdict_said').pluck().all() as CampaignId[]);

/** Written once and never again. */
export const sayVerdict = (trx: Trx, id: CampaignId, said: VerdictSaid): void =>
  void trx.prepare('INSERT OR IGNORE INTO verdict_said (campaign_id, code, at) VALUES (?, ?, ?)').run(id, said.code, said.at);

/** How many people a campaign has, whatever their side. */
export const peopleOf = (db: Db, id: CampaignId): number =>
  db.prepare('SELECT count(*) FROM campaign_person WHERE campaign_id = ?').pluck().get(id) as number;
