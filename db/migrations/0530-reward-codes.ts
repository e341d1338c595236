import type { Migration } from './index';

/**
 * A reward that an automation gives out is a code like one handed over at the counter: what it costs is taken, and comes back if it runs
 * out. A trigger ties the two, so that no way of writing a code can forget it, also while a copy is brought up to date. And whose account
 * changes is looked at by the automations about rewards.
 */
export const rewardCodes: Migration = {
  version: 530,
  name: 'reward-codes',
  up: (db) =>
    void db.exec(`
  CREATE INDEX loyalty_note_by_receipt ON loyalty_note (receipt_no COLLATE NOCASE) WHERE receipt_no IS NOT NULL;
  CREATE INDEX loyalty_note_by_time ON loyalty_note (kind, at);
  CREATE TRIGGER loyalty_code_given AFTER INSERT ON offer_code
  WHEN new.campaign_id IS NOT NULL AND new.customer_id IS NOT NULL AND EXISTS (
    SELECT 1 FROM campaign c JOIN automation a ON a.id = c.automation_id WHERE c.id = new.campaign_id AND a.kind = 'reward-ready')
  BEGIN
    INSERT INTO loyalty_reward (code, customer_id, cost, at, day)
      SELECT new.code, new.customer_id, json_extract(r.value, '$.cost'), new.issued_at, date(new.issued_at / 1000, 'unixepoch')
      FROM (SELECT terms FROM loyalty_version ORDER BY from_day DESC, id DESC LIMIT 1) v, json_each(v.terms, '$.rewards') r
      WHERE json_extract(r.value, '$.offerId') = new.offer_id LIMIT 1 ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER automation_points_new AFTER INSERT ON points_account
  WHEN EXISTS (SELECT 1 FROM automation WHERE state <> 'off' AND kind IN ('reward-near', 'reward-ready', 'points-expiring')) BEGIN
    INSERT INTO automation_todo (customer_id) VALUES (new.customer_id) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER automation_points_changed AFTER UPDATE ON points_account
  WHEN EXISTS (SELECT 1 FROM automation WHERE state <> 'off' AND kind IN ('reward-near', 'reward-ready', 'points-expiring')) BEGIN
    INSERT INTO automation_todo (customer_id) VALUES (new.customer_id) ON CONFLICT DO NOTHING;
  END;
`),
};
