import type { PhoneE164 } from '@domain/kernel';
import { cancelCampaign } from '@services/campaigns/control';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { expect, it } from 'vitest';
import { aDraft, addPeople } from '../support/planned';
import { aCtx, owner } from '../support/test-ctx';

/*
 * Whoever is held out is charged a text they did not get, so that they are not texted sooner than the others. A campaign was called off
 * before anything of it left: the others were free at once, its comparison group was left out of the next campaign as "texted recently".
 */
it('a campaign called off before anything left keeps nobody out of the next', async () => {
  const ctx = aCtx({
    settings: { texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true } },
  });
  addPeople(ctx, 0, 10);
  const start = async () => {
    const id = aDraft(ctx, { holdout: 'half' });
    const { quoteToken } = await review(ctx, id);
    await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: quoteToken ?? '' }, owner));
    return id;
  };
  cancelCampaign(ctx, await start(), owner);
  expect((await review(ctx, aDraft(ctx))).excluded).toEqual([]);

  // once one of its texts left, the comparison stands
  const id = await start();
  ctx.db.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE id = (SELECT max(id) FROM outbox)").run(ctx.clock.now());
  cancelCampaign(ctx, id, owner);
  expect((await review(ctx, aDraft(ctx))).excluded).toEqual([{ reason: 'texted-recently', count: 6 }]);
});
