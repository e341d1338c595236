import { USUAL_STOPS } from '@domain/campaigns/ladder';
import type { CampaignId } from '@domain/kernel';
import { listOfCampaigns } from '@services/campaigns/drafts';
import { keepLadder, pauseLadder, resumeLadder } from '@services/campaigns/ladder';
import { leftBeforeMending } from '@services/outbox/mended';
import { thisWeek } from '@services/reports/week';
import { expect, it } from 'vitest';
import { aStep, MONDAY } from '../support/ladder-shop';
import { aDraft } from '../support/planned';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

/** A path of two steps that runs, after a first text that has left. */
function aRunningPath(ctx: TestCtx, name: string) {
  const root = aDraft(ctx, { name });
  const steps = ['one', 'two'].map((key, i) =>
    aStep({ key: `${name} ${key}`, parent: i === 0 ? null : `${name} one`, reaction: 'nothing', afterDays: 7 }),
  );
  keepLadder(ctx, owner, { campaignId: root, stops: USUAL_STOPS, patienceDays: 7, steps });
  const set = (where: string, state: string, why: string | null = null) =>
    ctx.db
      .prepare(`UPDATE campaign SET state = ?, pause_reason = ?, started_at = coalesce(started_at, ${MONDAY}) WHERE ${where}`)
      .run(state, why);
  ctx.db.prepare("UPDATE ladder SET state = 'running' WHERE root_id = ?").run(root);
  set(`id = ${root}`, 'finished');
  set(`parent_id = ${root}`, 'sending');
  return { root, set };
}

it('a step the brake stopped is told in the list and this week, once a path; going on ends it, and the account counts as mended', async () => {
  const ctx = aCtx({ now: MONDAY });
  const a = aRunningPath(ctx, 'a');
  const b = aRunningPath(ctx, 'b');
  const told = async () => {
    const { needs } = await thisWeek(ctx);
    const of = (code: string) => needs.filter((n) => n.code === code).map((n) => ({ count: n.count, campaignId: n.campaignId }));
    const waits = listOfCampaigns(ctx, { offset: 0, limit: 50 }).rows.filter((r) => r.pathWaits);
    return { steps: of('follow-ups'), campaigns: of('paused'), list: waits.map((r) => r.campaign.id) };
  };
  const nothing = { steps: [], campaigns: [], list: [] as CampaignId[] };
  expect(await told()).toEqual(nothing);

  a.set(`parent_id = ${a.root}`, 'paused', 'brake:same-error:30006:5/20');
  expect(await told()).toEqual({ steps: [{ count: 1, campaignId: a.root }], campaigns: [], list: [a.root] });
  pauseLadder(ctx, owner, b.root);
  expect((await told()).steps).toEqual([{ count: 2, campaignId: b.root }]);

  ctx.clock.advance(1000);
  const stopped = ctx.clock.now();
  ctx.clock.advance(1000);
  await resumeLadder(ctx, owner, a.root);
  await resumeLadder(ctx, owner, b.root);
  expect(await told()).toEqual(nothing);
  expect(leftBeforeMending(ctx, stopped)).toBe(true);

  // paused with its first campaign: that one is told, not its steps
  a.set(`id = ${a.root}`, 'paused', 'owner');
  a.set(`parent_id = ${a.root}`, 'paused', 'path');
  expect(await told()).toEqual({ steps: [], campaigns: [{ count: 1, campaignId: a.root }], list: [] });
});
