import { replayJournal } from '@services/backups/replay';
import { startCampaign } from '@services/campaigns/start';
import type { JournalEntry } from '@services/ctx';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: a copy is made while "Boots" is a draft, then Boots is sent. The disk dies, the copy is restored, and there Boots is a draft
 * again. The owner presses send: everybody has it twice. The journal now knows which campaigns were started.
 */
it('a campaign sent after the copy was made is no draft after the restore', () => {
  const copy = aCtx();
  copy.db.raw.exec(`INSERT INTO campaign (id, name, state, created_at, updated_at) VALUES (1, 'Boots', 'draft', 0, 0), (2, 'Socks', 'draft', 0, 0),
    (3, 'Hats', 'finished', 0, 0)`);
  const journal: JournalEntry[] = [1, 3, 99].map((id) => ({ kind: 'campaign-started', at: NOON, row: { id } }));
  const { replayed } = copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, journal, NOON));
  expect(replayed).toBe(2); // 99 is not in the copy: its place is kept, so that its number goes to no other
  expect(copy.db.raw.prepare('SELECT state FROM campaign ORDER BY id').pluck().all()).toEqual([
    'cancelled',
    'draft',
    'finished',
    'cancelled',
  ]);
  return expect(startCampaign(copy, { id: 1 as never, quoteToken: 'x' }, owner)).rejects.toMatchObject({ code: 'campaign.bad-state' });
});
