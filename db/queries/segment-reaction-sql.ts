import { REACTION_WINDOW } from '@domain/segments/evaluate';
import type { Reaction } from '@domain/segments/rule';
import { TAPS } from './taps';
import { VISIT } from './visit-sql';

/**
 * What somebody did after a campaign's text, in the words of SQL. Taps come from a link source only: without one nobody tapped anything.
 */
type Add = (...params: (string | number)[]) => void;
/** `nothing` is none of these. */
const DOINGS = ['replied', 'tapped', 'redeemed', 'came'] as const;

const WINDOW_ENDS = (campaign: string) =>
  `coalesce((SELECT k.window_ends_at FROM campaign k WHERE k.id = ${campaign}), o.left_at + ${REACTION_WINDOW})`;

/** A mail that left and did not come back: what is known of one that arrived. */
const MAILED =
  "o.cause_kind = 'campaign' AND o.customer_id IS NOT NULL AND o.state IN ('sent', 'bounced', 'uncertain') AND o.left_at IS NOT NULL";
const CAME = `s.occurred_at >= o.left_at AND s.occurred_at < ${WINDOW_ENDS('?')} AND ${VISIT}`;

/** Of one campaign, by whichever channel it reached them. */
export function reactedSql(campaignId: number, how: Reaction, add: Add): string {
  switch (how) {
    case 'delivered':
      add(String(campaignId), String(campaignId));
      return `(c.id IN (SELECT o.customer_id FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.state = 'delivered'
        AND o.customer_id IS NOT NULL UNION ALL SELECT o.customer_id FROM mail o WHERE ${MAILED} AND o.cause_id = ? AND o.state = 'sent'))`;
    case 'replied':
      add(campaignId);
      return '(c.id IN (SELECT i.customer_id FROM inbound i WHERE i.campaign_id = ? AND i.customer_id IS NOT NULL))';
    case 'tapped':
      add(campaignId);
      return `(c.id IN (SELECT t.customer_id FROM (${TAPS}) t WHERE t.campaign_id = ? AND t.customer_id IS NOT NULL))`;
    case 'redeemed':
      add(campaignId);
      return '(c.id IN (SELECT r.customer_id FROM redemption r WHERE r.campaign_id = ? AND r.customer_id IS NOT NULL AND r.reversed_at IS NULL))';
    case 'came':
      add(String(campaignId), campaignId, String(campaignId), campaignId);
      return `(c.id IN (SELECT o.customer_id FROM outbox o CROSS JOIN sale s ON s.customer_id = o.customer_id
        WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.left_at IS NOT NULL AND ${CAME}
        UNION ALL SELECT o.customer_id FROM mail o CROSS JOIN sale s ON s.customer_id = o.customer_id WHERE o.cause_id = ? AND ${MAILED} AND ${CAME}))`;
    case 'anything':
      return `(${DOINGS.map((h) => reactedSql(campaignId, h, add)).join(' OR ')})`;
    case 'nothing': {
      add(String(campaignId), String(campaignId));
      const left = `c.id IN (SELECT o.customer_id FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.left_at IS NOT NULL
        AND o.customer_id IS NOT NULL UNION ALL SELECT o.customer_id FROM mail o WHERE o.cause_id = ? AND ${MAILED})`;
      const others = DOINGS.map((h) => reactedSql(campaignId, h, add));
      return `(${left} AND NOT (${others.join(' OR ')}))`;
    }
  }
}

const CAMPAIGN = 'CAST(o.cause_id AS INTEGER)';
const OF_ROW: Record<Exclude<Reaction, 'anything' | 'nothing'>, string> = {
  delivered: "o.state = 'delivered'",
  replied: `EXISTS (SELECT 1 FROM inbound i INDEXED BY inbound_of_campaigns
    WHERE i.customer_id = o.customer_id AND i.campaign_id = ${CAMPAIGN})`,
  tapped: `EXISTS (SELECT 1 FROM (${TAPS}) t WHERE t.customer_id = o.customer_id AND t.campaign_id = ${CAMPAIGN})`,
  redeemed: `EXISTS (SELECT 1 FROM redemption r INDEXED BY redemption_of_campaigns
    WHERE r.customer_id = o.customer_id AND r.campaign_id = ${CAMPAIGN} AND r.reversed_at IS NULL)`,
  came: `EXISTS (SELECT 1 FROM sale s WHERE s.customer_id = o.customer_id AND s.occurred_at >= o.left_at
    AND s.occurred_at < ${WINDOW_ENDS('o.cause_id')} AND ${VISIT})`,
};

/** The text of a campaign that left last, person by person; several of one moment count each for itself. No mail left after it. */
const LAST = `SELECT o.customer_id FROM (SELECT customer_id, max(left_at) AS left_at FROM outbox INDEXED BY outbox_of_campaigns
    WHERE cause_kind = 'campaign' AND left_at IS NOT NULL AND customer_id IS NOT NULL GROUP BY customer_id) m
  CROSS JOIN outbox o ON o.customer_id = m.customer_id AND o.left_at = m.left_at AND o.cause_kind = 'campaign'
  WHERE NOT EXISTS (SELECT 1 FROM mail x INDEXED BY mail_by_customer WHERE x.customer_id = o.customer_id AND x.left_at > o.left_at
    AND +x.cause_kind = 'campaign' AND +x.state IN ('sent', 'bounced', 'uncertain'))`;
/** The mail that left last, where no text left after it. */
const LAST_MAIL = `SELECT o.customer_id FROM mail o WHERE ${MAILED}
    AND NOT EXISTS (SELECT 1 FROM outbox x INDEXED BY outbox_of_campaigns WHERE x.customer_id = o.customer_id AND x.left_at > o.left_at
      AND x.cause_kind = 'campaign')
    AND NOT EXISTS (SELECT 1 FROM mail x INDEXED BY mail_by_customer WHERE x.customer_id = o.customer_id AND x.left_at > o.left_at
      AND +x.cause_kind = 'campaign' AND +x.state IN ('sent', 'bounced', 'uncertain'))`;

/** Of the last text or mail each person got. */
export function reactedToLastSql(how: Reaction): string {
  const row = (of: typeof OF_ROW): string => {
    const any = `(${DOINGS.map((h) => of[h]).join(' OR ')})`;
    return how === 'nothing' ? `NOT ${any}` : how === 'anything' ? any : of[how];
  };
  return `(c.id IN (${LAST} AND ${row(OF_ROW)} UNION ALL ${LAST_MAIL} AND ${row({ ...OF_ROW, delivered: "o.state = 'sent'" })}))`;
}
