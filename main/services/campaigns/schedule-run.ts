import type { Db } from '@db/open';
import { cutOffStarts, dueCampaigns, putOff } from '@db/queries/campaign-schedule';
import { type Campaign, campaignById, moveCampaign } from '@db/queries/campaigns';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { dueNow, GRACE_MS } from '@domain/campaigns/schedule';
import { advance } from '@domain/campaigns/state';
import { AppError } from '@domain/errors';
import type { Ctx } from '../ctx';
import { haltOf } from '../outbox/halt';
import { gather, rulesOf } from './audience';
import { leavingOf } from './leaves';
import { planScheduled } from './plan';
import { splitOf, timesOf } from './split';
import { carryOut, takeBack } from './start';

/** Shop files whose interrupted starts were looked after since this process began. */
const looked = new WeakSet<Db>();

/**
 * Starts what is due. Every step is a small move from a state it was read in, so it may be called as often as one likes and cut off
 * anywhere: a campaign whose people were being written when the power went is taken back and its time decides anew.
 */
export async function runSchedules(ctx: Ctx, signal?: AbortSignal): Promise<void> {
  if (!looked.has(ctx.db)) {
    for (const id of cutOffStarts(ctx.db)) await takeBack(ctx, id, null);
    looked.add(ctx.db);
  }
  for (const c of dueCampaigns(ctx.db, ctx.clock.now())) {
    // asleep, paused as a whole, or a clock that is off: whether a time has come is not to be decided now
    if (signal?.aborted || haltOf(ctx) !== null) return;
    await runOne(ctx, c);
  }
}

async function runOne(ctx: Ctx, c: Campaign): Promise<void> {
  if (c.scheduledAt === null) return;
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const late = now - c.scheduledAt > GRACE_MS;
  const openToday = late && c.latePolicy === 'send-late' ? await stillOpenToday(ctx, c) : false;
  switch (dueNow({ at: c.scheduledAt, now, policy: c.latePolicy, zone, openToday })) {
    case 'wait':
      return;
    case 'ask':
      return asksOwner(ctx, c, 'missed');
    case 'skip':
      ctx.db.tx((trx) => {
        if (!moveCampaign(trx, c.id, 'scheduled', advance('scheduled', 'cancel'), now, 'missed')) return;
        audit(trx, { at: now, staffId: null, action: 'campaign.missed', subject: String(c.id), detail: {} });
      });
      ctx.changed('campaigns');
      return;
    case 'start':
      return start(ctx, c);
  }
}

async function start(ctx: Ctx, c: Campaign): Promise<void> {
  const outcome = await planScheduled(ctx, c);
  if ('asks' in outcome) return asksOwner(ctx, c, outcome.asks);
  try {
    await ctx.tasks.finished(carryOut(ctx, outcome.plan, null));
  } catch (error) {
    // Another campaign is just being written: the next look, seconds later, finds this one still due.
    if (error instanceof AppError && error.code === 'task.already-running') return;
    // Unscheduled, moved or sent by hand in this very moment: it is the owner's.
    if (error instanceof AppError && error.code === 'campaign.bad-state') return;
    throw error;
  }
}

function asksOwner(ctx: Ctx, c: Campaign, why: string): void {
  const now = ctx.clock.now();
  const done = ctx.db.tx((trx) => campaignById(trx, c.id)?.scheduledAt === c.scheduledAt && putOff(trx, c.id, why, now));
  if (!done) return;
  ctx.log.warn('schedule waits for the owner', { campaign: c.id, why });
  ctx.changed('campaigns');
}

/** Somebody of it may still be texted before this shop day ends. */
async function stillOpenToday(ctx: Ctx, c: Campaign): Promise<boolean> {
  const rules = rulesOf(ctx, c);
  if (rules.length === 0) return false;
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const { text } = await splitOf(ctx, c, await gather(ctx, rules, c));
  const l = await leavingOf(ctx, text, await timesOf(ctx, { ...c, spreadDays: 1, localHour: null }, text, now, false), c.dayReason !== '');
  return l.now > 0 || (l.firstAt !== null && shopDay(l.firstAt, zone) === shopDay(now, zone));
}
