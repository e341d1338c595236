import type { Migration } from './index';

/**
 * Whose credit is behind (db/queries/credit-todo.ts). Purchases are noted where they are changed (`refreshOne` of customer-stats.ts);
 * texts, codes, imports and the few sales of nobody known by these triggers, so that no way of changing one can forget it.
 */
const person = (id: string) => `
    INSERT INTO credit_todo (what, id) SELECT 'person', ${id} WHERE ${id} IS NOT NULL ON CONFLICT DO NOTHING;`;
const buyer = (sale: string) => `
    INSERT INTO credit_todo (what, id) SELECT CASE WHEN customer_id IS NULL THEN 'sale' ELSE 'person' END, coalesce(customer_id, id)
      FROM sale WHERE id = ${sale} ON CONFLICT DO NOTHING;`;
/** A sale that was let go may fit another code of those days. */
const freed = `
    INSERT INTO credit_todo (what, id) SELECT 'code', id FROM redemption
      WHERE sale_id IS NULL AND reversed_at IS NULL AND at BETWEEN old.at - 86400000 AND old.at + 86400000 ON CONFLICT DO NOTHING;`;

export const creditTodo: Migration = {
  version: 400,
  name: 'credit-todo',
  up: (db) =>
    void db.exec(`
  CREATE TABLE credit_todo (                -- everybody, every code, every credit: id = looked at up to here
    what TEXT NOT NULL CHECK (what IN ('import', 'code', 'sale', 'person', 'every-code', 'every-credit', 'everybody')),
    id INTEGER NOT NULL,
    PRIMARY KEY (what, id)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO credit_todo (what, id) VALUES
    ('every-code', -9007199254740991), ('every-credit', -9007199254740991), ('everybody', -9007199254740991);
  CREATE INDEX redemption_open ON redemption (at) WHERE sale_id IS NULL AND reversed_at IS NULL;

  CREATE TRIGGER credit_text_added AFTER INSERT ON outbox WHEN new.cause_kind = 'campaign' AND new.state = 'delivered' BEGIN${person('new.customer_id')}
  END;
  CREATE TRIGGER credit_text_changed AFTER UPDATE OF state, left_at, customer_id ON outbox
  WHEN new.cause_kind = 'campaign' AND (new.state = 'delivered' OR old.state = 'delivered') BEGIN${person('old.customer_id')}${person('new.customer_id')}
  END;
  CREATE TRIGGER credit_text_gone AFTER DELETE ON outbox WHEN old.cause_kind = 'campaign' AND old.state = 'delivered' BEGIN${person('old.customer_id')}
  END;
  CREATE TRIGGER credit_code_added AFTER INSERT ON redemption BEGIN
    INSERT INTO credit_todo (what, id) VALUES ('code', new.id) ON CONFLICT DO NOTHING;${person('new.customer_id')}${buyer('new.sale_id')}
  END;
  CREATE TRIGGER credit_code_changed AFTER UPDATE OF campaign_id, customer_id, at, receipt_no, sale_id, reversed_at ON redemption BEGIN
    INSERT INTO credit_todo (what, id) SELECT 'code', new.id WHERE new.sale_id IS NULL AND new.reversed_at IS NULL ON CONFLICT DO NOTHING;
    ${person('old.customer_id')}${person('new.customer_id')}${buyer('old.sale_id')}${buyer('new.sale_id')}
  END;
  CREATE TRIGGER credit_sale_freed AFTER UPDATE OF sale_id, reversed_at ON redemption
  WHEN old.sale_id IS NOT NULL AND (new.sale_id IS NOT old.sale_id OR new.reversed_at IS NOT NULL) BEGIN${freed}
  END;
  CREATE TRIGGER credit_code_gone AFTER DELETE ON redemption BEGIN${person('old.customer_id')}${buyer('old.sale_id')}${freed}
  END;
  CREATE TRIGGER credit_sale_of_nobody AFTER UPDATE OF status, net, tax, refunded, customer_id ON sale
  WHEN (old.customer_id IS NULL OR new.customer_id IS NULL)
    AND (EXISTS (SELECT 1 FROM redemption WHERE sale_id = old.id) OR EXISTS (SELECT 1 FROM sale_credit WHERE sale_id = old.id)) BEGIN${buyer('new.id')}
  END;
  CREATE TRIGGER credit_import_done AFTER UPDATE OF state ON import WHEN new.state IN ('done', 'undone') AND new.state <> old.state BEGIN
    INSERT INTO credit_todo (what, id) VALUES ('import', new.id) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER credit_import_made AFTER INSERT ON import WHEN new.state = 'done' BEGIN
    INSERT INTO credit_todo (what, id) VALUES ('import', new.id) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER credit_person_gone AFTER DELETE ON customer BEGIN
    DELETE FROM credit_todo WHERE what = 'person' AND id = old.id;
  END;
`),
};
