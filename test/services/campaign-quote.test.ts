import { campaignById } from '@db/queries/campaigns';
import type { CampaignId, OfferId } from '@domain/kernel';
import type { saveDraft } from '@services/campaigns/drafts';
import { sayingsOf } from '@services/campaigns/words';
import { describe, expect, it } from 'vitest';
import { anOffer } from '../support/parts';
import { aDraft } from '../support/planned';
import { aCtx, type TestCtx } from '../support/test-ctx';

/*
 * What an owner agreed to holds the offer in all it promises, whoever adds something to offers later, and the words in all they say.
 */
const hashOf = (ctx: TestCtx, id: CampaignId) => {
  const c = campaignById(ctx.db, id);
  if (!c) throw new Error('gone');
  return sayingsOf(ctx, c, ctx.clock.now()).hash;
};
const columnsOf = (ctx: TestCtx, table: string) =>
  ctx.db.prepare('SELECT name, type FROM pragma_table_info(?)').all(table) as { name: string; type: string }[];

/** Change nothing of what is promised: when it was made, what staff key in, and whether it is put away (a check of its own). */
const NO_PROMISE = ['id', 'created_at', 'till_key', 'archived'];
/** Each kind of value an offer may have, told from the others. */
const OTHER: Record<string, string | number> = {
  kind: 'amount',
  code_mode: 'shared',
  bundle: '{}',
  items: '["Boots"]',
  categories: '["Shoes"]',
  from_day: '2026-11-20',
  until_day: '2026-11-29',
  weekdays: 31,
  from_minute: 600,
  until_minute: 720,
  code_uses: 3,
  members_only: 1,
};

describe('a quote', () => {
  const ctx = aCtx();
  const offerId: OfferId = anOffer(ctx, 20);
  const id = aDraft(ctx, { offerId, body: '{shop}: come by' });
  // one that uses everything an offer may promise
  const rich = ctx.db.raw;
  rich.pragma('ignore_check_constraints = 1');
  rich.exec(`UPDATE offer SET kind = 'bundle', bundle_buy = 2, bundle_get = 1, bundle_percent = 50, bundle_price = 900, until_day = '2026-12-24',
    from_day = '2026-11-18', from_minute = 540, until_minute = 660, weekdays = 62, code_uses = 2`);
  rich.pragma('ignore_check_constraints = 0');
  const columns = columnsOf(ctx, 'offer').filter((c) => !NO_PROMISE.includes(c.name));

  it.each(columns.map((c) => [c.name, c] as const))('is outdated by another %s of its offer', (name, c) => {
    const before = hashOf(ctx, id);
    ctx.db.raw.exec('BEGIN');
    try {
      const other = OTHER[name] ?? (c.type === 'TEXT' ? 'other' : 7);
      // nothing but this: what a column needs beside it is for whoever writes offers
      ctx.db.raw.pragma('ignore_check_constraints = 1');
      ctx.db.prepare(`UPDATE offer SET ${name} = ? WHERE id = ?`).run(other, offerId);
      expect(hashOf(ctx, id)).not.toBe(before);
    } finally {
      ctx.db.raw.exec('ROLLBACK');
      ctx.db.raw.pragma('ignore_check_constraints = 0');
    }
  });

  it.each([
    ['the words', { body: '{shop}: come in' }],
    ['the line about STOP', { addStopLine: false }],
    ['the way it is written', { keepTyped: true }],
    ['the offer', { offerId: null }],
    ['another group', { more: [{ segmentId: null, body: '{shop}: hello', offerId: null }] }],
    ['another wording', { words: [{ part: 1, language: 'es', arm: 'a', links: 'any', body: '{shop}: ven' }] }],
  ] as const)('is outdated by %s', (_, change) => {
    const was = { offerId, body: '{shop}: come by' };
    expect(hashOf(ctx, aDraft(ctx, { ...was, ...change } as Partial<Parameters<typeof saveDraft>[2]>))).not.toBe(
      hashOf(ctx, aDraft(ctx, was)),
    );
  });
});
