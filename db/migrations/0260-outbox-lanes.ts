import type { Migration } from './index';

/**
 * What the sender asks at every turn, by indexes of its own: who is due next in each lane, and what left since an instant. SQLite takes
 * an index on an expression, and a partial one, only for the very same words in the question (db/queries/outbox-due.ts, outbox-spend.ts).
 */
export const outboxLanes: Migration = {
  version: 260,
  name: 'outbox lanes',
  up: (db) =>
    void db.exec(`
  -- Everything but campaigns: few, the most urgent first.
  CREATE INDEX outbox_due ON outbox (priority, max(not_before, coalesce(retry_at, 0))) WHERE state = 'waiting' AND send_at IS NULL;
  -- Campaigns: up to hundreds of thousands that wait for their hour beside the few that are due.
  CREATE INDEX outbox_due_of ON outbox (cause_id, max(not_before, coalesce(retry_at, 0)))
    WHERE state = 'waiting' AND send_at IS NULL AND cause_kind = 'campaign';
  -- Summed without touching the table: what a month cost, how many segments a day took.
  CREATE INDEX outbox_left ON outbox (left_at, state, segments, quoted_price, price, price_currency) WHERE left_at IS NOT NULL;
  -- Failed at the carrier not long ago: may be one of those that are tried again by themselves.
  CREATE INDEX outbox_failed ON outbox (final_at) WHERE state = 'failed';

  -- How far the carrier's clock was ahead of ours, ms, as known when the POST began: ours may be set anew before the answer is found.
  ALTER TABLE outbox_attempt ADD COLUMN clock_offset INTEGER NOT NULL DEFAULT 0;
`),
};
