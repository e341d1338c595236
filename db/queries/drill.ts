import type { CampaignId, Cents, CustomerId, Micros, PhoneE164 } from '@domain/kernel';
import type { PeopleFigure } from '@domain/reports/figures';
import type { Db } from '../open';
import { payLinkPeople } from './pay-links';

/** Which rows of `campaign_outcome` a figure counts: the same words its sum is made of (domain/reports/outcome.ts). */
const HELD: Readonly<Record<PeopleFigure, string>> = {
  texted: "o.arm = 'text' AND o.reached = 1",
  delivered: 'o.delivered = 1',
  'not-delivered': "o.arm = 'text' AND o.delivered = 0",
  tapped: 'o.tapped = 1',
  replied: 'o.replied = 1',
  'pay-sent': `o.customer_id IN (${payLinkPeople(false)})`,
  paid: `o.customer_id IN (${payLinkPeople(true)})`,
  stopped: 'o.stopped = 1',
  came: 'o.came = 1',
  'not-came': 'o.delivered = 1 AND o.came = 0',
  redeemed: 'o.redeemed = 1',
  again: 'o.again = 1',
  direct: 'o.direct_sales > 0',
  influenced: 'o.influenced_sales > 0',
  'held-out': "o.arm = 'control'",
  excluded: "o.arm = 'excluded'",
  'not-compared': "o.arm <> 'excluded' AND o.comparable = 0",
  compared: "o.arm = 'text' AND o.comparable = 1",
  'compared-held-out': "o.arm = 'control' AND o.comparable = 1",
  bought: "o.arm = 'text' AND o.buyers = 1",
  'bought-held-out': "o.arm = 'control' AND o.buyers = 1",
};

export interface DrillRow {
  customerId: CustomerId;
  firstName: string;
  lastName: string;
  company: string;
  phone: PhoneE164 | null;
  arm: 'text' | 'control' | 'excluded';
  part: number;
  words: string;
  came: 0 | 1;
  redeemed: 0 | 1;
  direct: Cents;
  influenced: Cents;
  /** List price of what the comparison counts of them. */
  list: Cents;
  cost: Micros;
  /** Why they got no text, or why they left. */
  why: string | null;
}

export interface DrillFilter {
  readonly figure: PeopleFigure;
  readonly part: number | null;
  readonly words: string | null;
}

const within = (f: DrillFilter): string =>
  `${f.part === null ? '' : ' AND o.part = @part'}${f.words === null ? '' : ' AND o.words = @words'}`;
const where = (f: DrillFilter): string => `o.campaign_id = @id AND ${HELD[f.figure]}${within(f)}`;
const given = (id: CampaignId, f: DrillFilter) => ({
  id,
  ...(f.part === null ? {} : { part: f.part }),
  ...(f.words === null ? {} : { words: f.words }),
});

/** The people of a figure in id order, after `after`. Names are as they are now; somebody erased shows without one. */
export function drillPeople(db: Db, id: CampaignId, f: DrillFilter, page: { after: number; limit: number }): DrillRow[] {
  return db
    .prepare(
      `SELECT o.customer_id AS customerId, coalesce(c.first_name, '') AS firstName, coalesce(c.last_name, '') AS lastName, coalesce(c.company, '') AS company,
         c.phone, o.arm, o.part, o.words, o.came, o.redeemed, o.direct, o.influenced, o.list, o.cost,
         CASE WHEN o.arm = 'excluded' THEN (SELECT p.reason FROM campaign_person p WHERE p.campaign_id = o.campaign_id AND p.customer_id = o.customer_id)
           WHEN o.stopped = 1 THEN (SELECT r.reason FROM stop_reason r WHERE r.campaign_id = o.campaign_id AND r.customer_id = o.customer_id
             ORDER BY r.said_at DESC LIMIT 1) END AS why
       FROM campaign_outcome o LEFT JOIN customer c ON c.id = o.customer_id
       WHERE ${where(f)} AND o.customer_id > @after ORDER BY o.customer_id LIMIT @limit`,
    )
    .all({ ...given(id, f), ...page }) as DrillRow[];
}

/** Figures whose people are a sum that is kept (`outcome_total`): a page of a list needs not count all of them again. */
const SUMMED: Readonly<Partial<Record<PeopleFigure, string>>> = {
  texted: "CASE o.arm WHEN 'text' THEN o.reached END",
  delivered: 'o.delivered',
  'not-delivered': "CASE o.arm WHEN 'text' THEN o.people - o.delivered END",
  tapped: 'o.tapped',
  replied: 'o.replied',
  stopped: 'o.stopped',
  came: 'o.came',
  redeemed: 'o.redeemed',
  again: 'o.again',
  'held-out': "CASE o.arm WHEN 'control' THEN o.people END",
  excluded: "CASE o.arm WHEN 'excluded' THEN o.people END",
  'not-compared': "CASE WHEN o.arm <> 'excluded' THEN o.people - o.comparable END",
  compared: "CASE o.arm WHEN 'text' THEN o.comparable END",
  'compared-held-out': "CASE o.arm WHEN 'control' THEN o.comparable END",
  bought: "CASE o.arm WHEN 'text' THEN o.buyers END",
  'bought-held-out': "CASE o.arm WHEN 'control' THEN o.buyers END",
};

/** How many people a figure has. */
export function drillCount(db: Db, id: CampaignId, f: DrillFilter): number {
  const sum = SUMMED[f.figure];
  const sql =
    sum === undefined
      ? `SELECT count(*) FROM campaign_outcome o WHERE ${where(f)}`
      : `SELECT coalesce(sum(${sum}), 0) FROM outcome_total o WHERE o.campaign_id = @id${within(f)}`;
  return db.prepare(sql).pluck().get(given(id, f)) as number;
}

/** Why the people of a campaign who left did so, as they said it. */
export const reasonsLeft = (db: Db, id: CampaignId): { why: string | null; count: number }[] =>
  db
    .prepare(
      `SELECT (SELECT r.reason FROM stop_reason r WHERE r.campaign_id = o.campaign_id AND r.customer_id = o.customer_id ORDER BY r.said_at DESC LIMIT 1) AS why,
         count(*) AS count FROM campaign_outcome o WHERE o.campaign_id = ? AND o.stopped = 1 GROUP BY 1 ORDER BY 2 DESC`,
    )
    .all(id) as { why: string | null; count: number }[];
