import type { Migration } from './index';

const note = (id: string) =>
  `INSERT INTO automation_todo (customer_id) SELECT ${id} WHERE ${id} IS NOT NULL AND EXISTS (SELECT 1 FROM automation WHERE state <> 'off')
      ON CONFLICT DO NOTHING;`;

/**
 * Whoever redeemed at the counter was there: who is missed is asked anew of them, also where the code was nobody's own. And what automations
 * ask of large shops by the minute: what came too late, and whom thanks kept money off from.
 */
export const automationSpeed: Migration = {
  version: 600,
  name: 'automation speed',
  up: (db) =>
    void db.exec(`
  CREATE TRIGGER automation_redeemed AFTER INSERT ON redemption BEGIN
    ${note('new.customer_id')}
  END;
  CREATE TRIGGER automation_redemption_changed AFTER UPDATE OF reversed_at, customer_id ON redemption
  WHEN new.reversed_at IS NOT old.reversed_at OR new.customer_id IS NOT old.customer_id BEGIN
    ${note('old.customer_id')}
    ${note('new.customer_id')}
  END;
  DROP INDEX automation_due_by_time;
  CREATE INDEX automation_due_by_time ON automation_due (automation_id, due_at, customer_id, until_at);
  CREATE INDEX campaign_person_no_discount ON campaign_person (campaign_id) WHERE reason = 'no-discount-now';
`),
};
