import type { Migration } from './index';

/**
 * Results, counted once: a row per person of each started campaign, their sums, what texts cost, and the shop's sales per day and hour.
 * All of it is derived and may be emptied at will: db/queries/outcomes.ts and db/queries/day-facts.ts write it anew. Triggers note who is
 * behind (`outcome_todo`, `day_todo`), so that no way of changing a sale, a text or a code can forget it; `campaign_cost` they keep exact.
 */
const SUMS = `
    reached INTEGER NOT NULL,               -- the text left
    delivered INTEGER NOT NULL,
    linked INTEGER NOT NULL,                -- had a link of their own
    tapped INTEGER NOT NULL,
    replied INTEGER NOT NULL,
    stopped INTEGER NOT NULL,
    redeemed INTEGER NOT NULL,
    came INTEGER NOT NULL,
    again INTEGER NOT NULL,
    comparable INTEGER NOT NULL,            -- till identity fixed before the draw
    buyers INTEGER NOT NULL,                -- of the comparable, in the window
    list INTEGER NOT NULL,                  -- minor units before discounts, returns taken off
    discounts INTEGER NOT NULL,
    margin INTEGER NOT NULL,                -- what the list price earns, where a margin is known
    unknown INTEGER NOT NULL,               -- sales without a margin
    buyers_28 INTEGER NOT NULL,             -- the same over 28 days
    list_28 INTEGER NOT NULL,
    discounts_28 INTEGER NOT NULL,
    margin_28 INTEGER NOT NULL,
    unknown_28 INTEGER NOT NULL,
    direct_sales INTEGER NOT NULL,          -- credited sales, net after returns
    direct INTEGER NOT NULL,
    influenced_sales INTEGER NOT NULL,
    influenced INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    cost INTEGER NOT NULL,                  -- micros: told, else quoted`;

const LEFT = (row: string) => `${row}.state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')`;
const campaignOf = (row: string) => `CAST(${row}.cause_id AS INTEGER)`;

/** Notes one person of one campaign, when that campaign is counted at all. */
const note = (customer: string, campaign: string) => `
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT ${customer}, ${campaign}, 0
      WHERE ${customer} IS NOT NULL AND EXISTS (SELECT 1 FROM outcome_state WHERE campaign_id = ${campaign})
      ON CONFLICT DO NOTHING;`;
/** Notes one person in every campaign that reads their sales of that instant. */
const noteAll = (customer: string, since: string) => `
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT ${customer}, 0, ${since}
      WHERE ${customer} IS NOT NULL AND EXISTS (SELECT 1 FROM campaign_person WHERE customer_id = ${customer})
      ON CONFLICT DO UPDATE SET since = min(since, excluded.since);`;
const noteDay = (day: string) => `
    INSERT INTO day_todo (day) SELECT ${day} WHERE NOT EXISTS (SELECT 1 FROM day_todo WHERE day = ${day});`;
const cost = (row: string, sign: '+' | '-') => `
    UPDATE campaign_cost SET texts = texts ${sign} 1, segments = segments ${sign} coalesce(${row}.carrier_segments, ${row}.segments),
      known = known ${sign} coalesce(${row}.price, 0), unpriced = unpriced ${sign} (${row}.price IS NULL),
      quoted = quoted ${sign} CASE WHEN ${row}.price IS NULL THEN coalesce(${row}.quoted_price, 0) ELSE 0 END,
      unquoted = unquoted ${sign} CASE WHEN ${row}.price IS NULL AND ${row}.quoted_price IS NULL THEN ${row}.segments ELSE 0 END
      WHERE campaign_id = ${campaignOf(row)} AND ${LEFT(row)};`;
const costRow = `
    INSERT INTO campaign_cost (campaign_id, texts, segments, known, quoted, unquoted, unpriced) SELECT ${campaignOf('new')}, 0, 0, 0, 0, 0, 0
      WHERE NOT EXISTS (SELECT 1 FROM campaign_cost WHERE campaign_id = ${campaignOf('new')});`;

export const outcomes: Migration = {
  version: 410,
  name: 'outcomes',
  up: (db) =>
    void db.exec(`
  CREATE TABLE campaign_outcome (
    campaign_id INTEGER NOT NULL,
    customer_id INTEGER NOT NULL,
    arm TEXT NOT NULL CHECK (arm IN ('text', 'control', 'excluded')),
    part INTEGER NOT NULL,
    words TEXT NOT NULL,${SUMS}
    PRIMARY KEY (campaign_id, customer_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outcome_total (              -- sums of the above
    campaign_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    words TEXT NOT NULL,
    arm TEXT NOT NULL,
    people INTEGER NOT NULL,${SUMS}
    PRIMARY KEY (campaign_id, part, words, arm)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE outcome_state (              -- campaigns that are counted, or being counted
    campaign_id INTEGER PRIMARY KEY,
    stamp TEXT NOT NULL,                    -- what was counted by; another one = counted anew
    until_at INTEGER NOT NULL,              -- sales after it concern this campaign no more
    upto INTEGER,                           -- counted up to this person; null = all
    counted_at INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE outcome_todo (               -- people whose rows are behind; campaign 0 = all that look at sales of \`since\` or later
    customer_id INTEGER NOT NULL,
    campaign_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (customer_id, campaign_id)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE campaign_cost (              -- of texts that left; millionths
    campaign_id INTEGER PRIMARY KEY,
    texts INTEGER NOT NULL,
    segments INTEGER NOT NULL,
    known INTEGER NOT NULL,                 -- told by the carrier
    quoted INTEGER NOT NULL,                -- of those not told yet
    unquoted INTEGER NOT NULL,              -- segments of texts neither told nor quoted
    unpriced INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE day_fact (                   -- sales of a shop day by the hour they were rung up
    day TEXT NOT NULL,
    hour INTEGER NOT NULL,                  -- 0–23 in the shop's zone; -1 = the till tells only the day
    sales INTEGER NOT NULL,
    known INTEGER NOT NULL,                 -- of them, tied to a person
    net INTEGER NOT NULL,                   -- takings: before tax, returns taken off; minor units
    discounts INTEGER NOT NULL,
    loose_refunds INTEGER NOT NULL,         -- of nobody known and no sale
    loose_net INTEGER NOT NULL,
    PRIMARY KEY (day, hour)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE day_todo (day TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
  INSERT INTO day_todo SELECT DISTINCT shop_day FROM sale;

  DROP INDEX sale_credit_by_campaign;
  CREATE INDEX sale_credit_by_campaign ON sale_credit (campaign_id, kind, net);
  CREATE INDEX sale_credit_by_customer ON sale_credit (customer_id, campaign_id, kind, net) WHERE customer_id IS NOT NULL;

  CREATE INDEX stop_reason_of_campaigns ON stop_reason (campaign_id, customer_id, said_at) WHERE campaign_id IS NOT NULL;

  -- This week asks for few among many: without these it reads every text and every person.
  CREATE INDEX outbox_unsure ON outbox (id) WHERE state = 'uncertain' AND reconcile_at IS NULL;
  CREATE INDEX outbox_refused ON outbox (updated_at, error_code) WHERE state = 'rejected';
  CREATE INDEX outbox_maybe ON outbox (send_at) WHERE state = 'uncertain' AND left_at IS NULL;
  DROP INDEX outbox_left;
  CREATE INDEX outbox_left ON outbox (left_at, state, segments, quoted_price, price, price_currency, error_code) WHERE left_at IS NOT NULL;
  CREATE INDEX customer_known ON customer (created_at, phone) WHERE weak = 0;

  INSERT INTO campaign_cost SELECT CAST(cause_id AS INTEGER), count(*), coalesce(sum(coalesce(carrier_segments, segments)), 0), coalesce(sum(price), 0),
      coalesce(sum(CASE WHEN price IS NULL THEN coalesce(quoted_price, 0) END), 0),
      coalesce(sum(CASE WHEN price IS NULL AND quoted_price IS NULL THEN segments END), 0), coalesce(sum(price IS NULL), 0)
    FROM outbox o WHERE cause_kind = 'campaign' AND ${LEFT('o')} GROUP BY 1;
  CREATE TRIGGER cost_text_added AFTER INSERT ON outbox WHEN new.cause_kind = 'campaign' AND ${LEFT('new')} BEGIN${costRow}${cost('new', '+')}
  END;
  CREATE TRIGGER cost_text_changed AFTER UPDATE OF cause_id, state, price, quoted_price, segments, carrier_segments ON outbox
  WHEN new.cause_kind = 'campaign' AND (${LEFT('new')} OR ${LEFT('old')}) BEGIN${cost('old', '-')}${costRow}${cost('new', '+')}
  END;
  CREATE TRIGGER cost_text_gone AFTER DELETE ON outbox WHEN old.cause_kind = 'campaign' AND ${LEFT('old')} BEGIN${cost('old', '-')}
  END;

  CREATE TRIGGER outcome_text_added AFTER INSERT ON outbox WHEN new.cause_kind = 'campaign' AND ${LEFT('new')} BEGIN${note('new.customer_id', campaignOf('new'))}
  END;
  CREATE TRIGGER outcome_text_changed AFTER UPDATE OF state, left_at, price, quoted_price, carrier_segments, customer_id, address ON outbox
  WHEN new.cause_kind = 'campaign' AND (${LEFT('new')} OR ${LEFT('old')}) BEGIN${note('new.customer_id', campaignOf('new'))}
  END;
  CREATE TRIGGER outcome_person_added AFTER INSERT ON campaign_person BEGIN${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_person_changed AFTER UPDATE ON campaign_person BEGIN${note('old.customer_id', 'old.campaign_id')}${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_person_gone AFTER DELETE ON campaign_person BEGIN${note('old.customer_id', 'old.campaign_id')}
  END;
  CREATE TRIGGER outcome_campaign_gone AFTER DELETE ON campaign BEGIN
    DELETE FROM outcome_state WHERE campaign_id = old.id;
    DELETE FROM outcome_total WHERE campaign_id = old.id;
    DELETE FROM campaign_outcome WHERE campaign_id = old.id;
    DELETE FROM campaign_cost WHERE campaign_id = old.id;
  END;
  CREATE TRIGGER outcome_reply AFTER INSERT ON inbound WHEN new.campaign_id IS NOT NULL BEGIN${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_reply_changed AFTER UPDATE OF meaning, customer_id, campaign_id ON inbound
  WHEN new.campaign_id IS NOT NULL OR old.campaign_id IS NOT NULL BEGIN${note('old.customer_id', 'old.campaign_id')}${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_reply_gone AFTER DELETE ON inbound WHEN old.campaign_id IS NOT NULL BEGIN${note('old.customer_id', 'old.campaign_id')}
  END;
  CREATE TRIGGER outcome_redeemed AFTER INSERT ON redemption WHEN new.campaign_id IS NOT NULL BEGIN${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_redeemed_changed AFTER UPDATE OF campaign_id, customer_id, reversed_at ON redemption
  WHEN new.campaign_id IS NOT NULL OR old.campaign_id IS NOT NULL BEGIN${note('old.customer_id', 'old.campaign_id')}${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_redeemed_gone AFTER DELETE ON redemption WHEN old.campaign_id IS NOT NULL BEGIN${note('old.customer_id', 'old.campaign_id')}
  END;
  CREATE TRIGGER outcome_link AFTER INSERT ON link_code BEGIN${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_link_changed AFTER UPDATE OF customer_id ON link_code BEGIN${note('old.customer_id', 'old.campaign_id')}${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_tap AFTER INSERT ON tap BEGIN
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT customer_id, campaign_id, 0 FROM link_code WHERE code = new.code ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER outcome_tap_changed AFTER UPDATE OF discounted ON tap BEGIN
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT customer_id, campaign_id, 0 FROM link_code WHERE code = new.code ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER outcome_tap_gone AFTER DELETE ON tap BEGIN
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT customer_id, campaign_id, 0 FROM link_code WHERE code = old.code ON CONFLICT DO NOTHING;
  END;
  -- BEFORE: a row that is replaced tells no other trigger that it went
  CREATE TRIGGER outcome_credit_before BEFORE INSERT ON sale_credit BEGIN
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT customer_id, campaign_id, 0 FROM sale_credit
      WHERE sale_id = new.sale_id AND customer_id IS NOT NULL ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER outcome_credit AFTER INSERT ON sale_credit BEGIN${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_credit_changed AFTER UPDATE ON sale_credit BEGIN${note('old.customer_id', 'old.campaign_id')}${note('new.customer_id', 'new.campaign_id')}
  END;
  CREATE TRIGGER outcome_credit_gone AFTER DELETE ON sale_credit BEGIN${note('old.customer_id', 'old.campaign_id')}
  END;
  CREATE TRIGGER outcome_seen AFTER INSERT ON visit_note BEGIN${noteAll('new.customer_id', 'new.at')}
  END;
  CREATE TRIGGER outcome_seen_changed AFTER UPDATE OF customer_id, at ON visit_note BEGIN${noteAll('old.customer_id', 'old.at')}${noteAll('new.customer_id', 'new.at')}
  END;
  CREATE TRIGGER outcome_seen_gone AFTER DELETE ON visit_note BEGIN${noteAll('old.customer_id', 'old.at')}
  END;
  CREATE TRIGGER outcome_identity AFTER INSERT ON customer_identity BEGIN${noteAll('new.customer_id', '0')}
  END;
  CREATE TRIGGER outcome_identity_changed AFTER UPDATE OF customer_id, linked_at ON customer_identity BEGIN${noteAll('old.customer_id', '0')}${noteAll('new.customer_id', '0')}
  END;
  CREATE TRIGGER outcome_identity_gone AFTER DELETE ON customer_identity BEGIN${noteAll('old.customer_id', '0')}
  END;
  CREATE TRIGGER fact_sale_added AFTER INSERT ON sale BEGIN${noteDay('new.shop_day')}${noteAll('new.customer_id', 'new.occurred_at')}
  END;
  CREATE TRIGGER fact_sale_changed AFTER UPDATE OF kind, status, occurred_at, shop_day, time_known, customer_id, source_customer_id, gross, discount, net, tax, refunded ON sale
  BEGIN${noteDay('old.shop_day')}${noteDay('new.shop_day')}${noteAll('old.customer_id', 'min(old.occurred_at, new.occurred_at)')}${noteAll('new.customer_id', 'min(old.occurred_at, new.occurred_at)')}
  END;
  CREATE TRIGGER fact_sale_gone AFTER DELETE ON sale BEGIN${noteDay('old.shop_day')}${noteAll('old.customer_id', 'old.occurred_at')}
  END;
`),
};
