import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beginRun } from '@backend/run-mark';
import { HOUR } from '@domain/kernel';
import { awayNotes } from '@services/desktop/away';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';

let shop: SendingShop | undefined;
afterEach(() => shop?.close());

const run = (s: SendingShop, afterFailure = false) => {
  const end = beginRun(s.ctx, afterFailure);
  onTestFinished(() => end());
  return end;
};

describe('how the last run ended', () => {
  it('is no news after the first start and after a clean end', async () => {
    shop = await aSendingShop();
    run(shop)();
    run(shop)();
    expect(awayNotes(shop.ctx)).toEqual([]);
  });

  it('a run that left no goodbye is told, with when it was last alive and what was on its way', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    const { outbox } = aSendingCampaign(ctx, { people: 3 });
    run(shop);
    const lastSeen = ctx.clock.now();
    ctx.db.prepare(`UPDATE outbox SET state = 'sending' WHERE id = ${outbox[0]}`).run();
    shop.advance(5 * HOUR); // the power was out
    run(shop);
    expect(awayNotes(ctx)).toMatchObject([{ kind: 'crashed', at: lastSeen, checking: 1 }]);
  });

  it('a backend that was started again is told as that, not as a crash of the app', async () => {
    shop = await aSendingShop();
    run(shop);
    run(shop, true);
    expect(awayNotes(shop.ctx)).toMatchObject([{ kind: 'part-restarted', checking: 0 }]);
  });

  it('a mark that cannot be read is no news', async () => {
    shop = await aSendingShop();
    writeFileSync(join(shop.ctx.dir, 'last-run.json'), '{"startedAt": 1, "be');
    run(shop);
    expect(awayNotes(shop.ctx)).toEqual([]);
    expect(JSON.parse(readFileSync(join(shop.ctx.dir, 'last-run.json'), 'utf8'))).toMatchObject({ endedAt: null });
    rmSync(join(shop.ctx.dir, 'last-run.json'));
  });
});
