import {
  nextPlaces,
  scheduledCampaigns,
  stagingCampaigns,
  toBeHandedOver,
  unsettled,
  type WaitingCampaignTexts,
  waitingOfCampaigns,
  waitingOthers,
} from '@db/queries/outbox-leaving';
import { sendWindow } from '@domain/campaigns/quiet-hours';
import type { UtcMs } from '@domain/kernel';
import type { Leaving } from '@domain/outbox/leaving';
import { pace } from '@domain/outbox/pacing';
import type { Ctx } from '../ctx';
import { campaignsWaitForReset } from './daily-cap';
import { shareUsedUp } from './daily-share';
import { pausedSince } from './pause-all';
import { senderState } from './sender-state';

/** Put-off reasons that time alone does not end: somebody has to do something. */
const NEEDS_SOMEBODY = new Set(['sender-not-approved', 'spend-limit']);
/** As many people of a campaign are asked for their hours: enough to know whether anybody may be texted. */
const LOOKED_AT = 20;

const soonest = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

/** Whether anybody of a campaign may be texted at this hour; else when the first may. */
function hoursOf(ctx: Ctx, c: WaitingCampaignTexts, now: UtcMs): { open: boolean; opensAt: UtcMs | null; closesAt: UtcMs | null } {
  const { shop, courtesy } = ctx.settings();
  let opensAt: UtcMs | null = null;
  let closesAt: UtcMs | null = null;
  let open = false;
  for (const p of nextPlaces(ctx.db, c.campaignId, now, LOOKED_AT)) {
    const w = sendWindow({ ...p, shopZone: shop.zone, courtesy: courtesy.window, now });
    if (w.open) {
      open = true;
      closesAt = soonest(closesAt, w.closesAt);
    } else opensAt = soonest(opensAt, w.opensAt);
  }
  return { open, opensAt, closesAt };
}

/**
 * Everything that has not left: under way, next in line, waiting for its hour, for the owner or for a date, at the carrier for later, and
 * what may have left without anybody knowing. Reading only, and quick also beside a hundred thousand that wait. `glance`: only whether, not how
 * many (1 stands for any number of a campaign), for whoever asks every few seconds.
 */
export function whatIsLeaving(ctx: Ctx, glance = false): Leaving {
  const now = ctx.clock.now();
  const rest = unsettled(ctx.db);
  const { texting } = ctx.settings();
  // The carriers take no more of campaigns today: their texts wait as a whole.
  const reset = campaignsWaitForReset(ctx);
  const sum = { due: toBeHandedOver(ctx.db), segments: 0, later: 0, waitsForOwner: 0 };
  let closesAt: UtcMs | null = null;
  let next: UtcMs | null = null;
  const putOff = (n: number, until: UtcMs | null) => {
    sum.later += n;
    if (n > 0) next = soonest(next, until);
  };
  for (const g of waitingOthers(ctx.db, now)) {
    if (NEEDS_SOMEBODY.has(g.reason ?? '')) sum.waitsForOwner += g.due + g.later;
    else {
      putOff(g.later, g.next);
      sum.due += g.due;
      sum.segments += g.dueSegments;
    }
  }
  for (const c of waitingOfCampaigns(ctx.db, now, !glance)) {
    if (c.state === 'paused' || !texting.senderApproved) {
      sum.waitsForOwner += c.due + c.later;
      continue;
    }
    putOff(c.later, c.next);
    if (c.due === 0) continue;
    const waits = reset ?? shareUsedUp(ctx, senderState(ctx), c.campaignId, now);
    const hours = waits === null ? hoursOf(ctx, c, now) : { open: false, opensAt: waits, closesAt: null };
    if (!hours.open) {
      putOff(c.due, hours.opensAt);
      continue;
    }
    sum.due += c.due;
    sum.segments += c.dueSegments;
    closesAt = soonest(closesAt, hours.closesAt);
  }
  return {
    underWay: rest.sending,
    now: sum.due,
    closesAt,
    beforeClose: closesAt === null ? null : Math.max(0, closesAt - now),
    lasts: sum.due === 0 ? null : Math.round((sum.segments / pace(texting.segmentsPerSecond)) * 1000),
    later: { count: sum.later, next },
    waitsForOwner: sum.waitsForOwner,
    preparing: stagingCampaigns(ctx.db),
    scheduled: scheduledCampaigns(ctx.db),
    atCarrier: { count: rest.atCarrier, next: rest.atCarrierNext },
    uncertain: { looking: rest.looking, undecided: rest.undecided },
    pausedSince: pausedSince(ctx),
  };
}
