import type { Migration } from './index';

const person = (id: string) => `
    INSERT INTO credit_todo (what, id) SELECT 'person', ${id} WHERE ${id} IS NOT NULL ON CONFLICT DO NOTHING;`;
const buyer = (sale: string) => `
    INSERT INTO credit_todo (what, id) SELECT CASE WHEN customer_id IS NULL THEN 'sale' ELSE 'person' END, coalesce(customer_id, id)
      FROM sale WHERE id = ${sale} ON CONFLICT DO NOTHING;`;
/** A sale that was let go may fit another code of those days: one without a sale, or with a sale of another number than was typed. */
const freed = `
    INSERT INTO credit_todo (what, id) SELECT 'code', id FROM redemption
      WHERE (sale_id IS NULL OR receipt_no IS NOT NULL) AND reversed_at IS NULL AND at BETWEEN old.at - 86400000 AND old.at + 86400000
      ON CONFLICT DO NOTHING;`;

/** A return takes from sales of so long before (domain/attribution/credit.ts). */
const REACH = 60 * 86_400_000;
const since = (row: string, at: string) => `${at} - CASE ${row}.kind WHEN 'refund' THEN ${REACH} ELSE 0 END`;
const noteAll = (row: string, at: string) => `
    INSERT INTO outcome_todo (customer_id, campaign_id, since) SELECT ${row}.customer_id, 0, ${since(row, at)}
      WHERE ${row}.customer_id IS NOT NULL AND EXISTS (SELECT 1 FROM campaign_person WHERE customer_id = ${row}.customer_id)
      ON CONFLICT DO UPDATE SET since = min(since, excluded.since);`;
const noteDay = (day: string) => `
    INSERT INTO day_todo (day) SELECT ${day} WHERE NOT EXISTS (SELECT 1 FROM day_todo WHERE day = ${day});`;
const earliest = 'min(old.occurred_at, new.occurred_at)';

/** Results keep to what is known: late returns reach the comparison, a typed receipt number beats a guess, and what was first said is kept. */
export const truth: Migration = {
  version: 440,
  name: 'truth',
  up: (db) =>
    void db.exec(`
  DROP TRIGGER fact_sale_added;
  CREATE TRIGGER fact_sale_added AFTER INSERT ON sale BEGIN${noteDay('new.shop_day')}${noteAll('new', 'new.occurred_at')}
  END;
  DROP TRIGGER fact_sale_changed;
  CREATE TRIGGER fact_sale_changed AFTER UPDATE OF kind, status, occurred_at, shop_day, time_known, customer_id, source_customer_id, gross, discount, net, tax, refunded ON sale
  BEGIN${noteDay('old.shop_day')}${noteDay('new.shop_day')}${noteAll('old', earliest)}${noteAll('new', earliest)}
  END;
  DROP TRIGGER fact_sale_gone;
  CREATE TRIGGER fact_sale_gone AFTER DELETE ON sale BEGIN${noteDay('old.shop_day')}${noteAll('old', 'old.occurred_at')}
  END;

  DROP TRIGGER credit_code_changed;
  CREATE TRIGGER credit_code_changed AFTER UPDATE OF campaign_id, customer_id, at, receipt_no, sale_id, reversed_at ON redemption BEGIN
    INSERT INTO credit_todo (what, id) SELECT 'code', new.id
      WHERE new.reversed_at IS NULL AND (new.sale_id IS NULL OR new.receipt_no IS NOT old.receipt_no) ON CONFLICT DO NOTHING;
    ${person('old.customer_id')}${person('new.customer_id')}${buyer('old.sale_id')}${buyer('new.sale_id')}
  END;
  DROP TRIGGER credit_sale_freed;
  CREATE TRIGGER credit_sale_freed AFTER UPDATE OF sale_id, reversed_at ON redemption
  WHEN old.sale_id IS NOT NULL AND (new.sale_id IS NOT old.sale_id OR new.reversed_at IS NOT NULL) BEGIN${freed}
  END;
  DROP TRIGGER credit_code_gone;
  CREATE TRIGGER credit_code_gone AFTER DELETE ON redemption BEGIN${person('old.customer_id')}${buyer('old.sale_id')}${freed}
  END;

  CREATE TABLE verdict_said (               -- what a campaign's result said when its days were first over and covered
    campaign_id INTEGER PRIMARY KEY REFERENCES campaign(id) ON DELETE CASCADE,
    code TEXT NOT NULL,                     -- as the sentence tells it (domain/reports/finding.ts)
    at INTEGER NOT NULL
  ) STRICT;
`),
};
