import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { codeHolders } from '@db/queries/taps';
import type { CampaignId, CustomerId } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { erasePerson } from '@services/privacy/erase';
import { connectLinks, issueLink } from '@services/taps/source';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: a campaign with links left after the copy was made. With the copy in its place, people tapped on, and the shop took every one of
 * them for a stranger: the links in their texts were known to nobody, and whoever had tapped was told they had been missed.
 */
it('a link that left after the copy was made is still somebody’s', async () => {
  const [ctx, copy] = [aCtx(), aCtx()];
  for (const { db } of [ctx, copy])
    db.prepare("INSERT INTO customer (id, first_name, created_at, updated_at) VALUES (1, 'Ana', 0, 0), (2, 'Bo', 0, 0)").run();
  const path = join(mkdtempSync(join(tmpdir(), 'taps-')), 'clicks.csv');
  writeFileSync(path, 'code,time\n');
  await connectLinks(ctx, owner, { base: 'https://cornershoes.com/t', path });
  const issue = (customerId: number, fail = false) => {
    ctx.db.tx((trx) => {
      issueLink(ctx, trx, { campaignId: 7 as CampaignId, customerId: customerId as CustomerId });
      if (fail) throw new Error('the disk');
    });
  };
  issue(1);
  issue(2);
  expect(() => issue(3, true)).toThrow('the disk');
  await Promise.resolve();
  const codes = ctx.db.prepare('SELECT code FROM link_code ORDER BY customer_id').pluck().all() as string[];
  const bring = () => copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, ctx.journalled, NOON)).brought.links;
  expect([bring(), bring()]).toEqual([2, 0]);
  expect(codeHolders(copy.db, codes).map((h) => [h.customerId, h.campaignId])).toEqual(
    expect.arrayContaining([
      [1, 7],
      [2, 7],
    ]),
  );
  await ctx.tasks.finished(erasePerson(ctx, owner, { id: 1 as CustomerId }).task);
  expect(ctx.journalled.flatMap((j) => (j.kind === 'links' ? j.row.links.map((l) => l.customerId) : []))).toEqual([2]);
});
