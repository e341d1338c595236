import {
  HAND_OVER,
  nextPlaces,
  scheduledCampaigns,
  stagingCampaigns,
  unsettled,
  type WaitingGroup,
  waitingGroups,
} from '@db/queries/outbox-leaving';
import { sendWindow } from '@domain/campaigns/quiet-hours';
import type { UtcMs } from '@domain/kernel';
import type { Leaving } from '@domain/outbox/leaving';
import { pace } from '@domain/outbox/pacing';
import type { Ctx } from '../ctx';
import { campaignsWaitForReset } from './daily-cap';
import { pausedSince } from './pause-all';

/** Put-off reasons that time alone does not end: somebody has to do something. */
const NEEDS_SOMEBODY = new Set(['sender-not-approved', 'spend-limit']);
/** As many people of a campaign are asked for their hours: enough to know whether anybody may be texted. */
const LOOKED_AT = 20;

const soonest = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

/** Whether anybody of a campaign may be texted at this hour; else when the first may. */
function hoursOf(ctx: Ctx, g: WaitingGroup, now: UtcMs): { open: boolean; opensAt: UtcMs | null; closesAt: UtcMs | null } {
  if (g.campaignId === null) return { open: true, opensAt: null, closesAt: null };
  const { shop, courtesy } = ctx.settings();
  let opensAt: UtcMs | null = null;
  let closesAt: UtcMs | null = null;
  let open = false;
  for (const p of nextPlaces(ctx.db, g.campaignId, now, LOOKED_AT)) {
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
 * what may have left without anybody knowing. Reading only; one walk over the waiting texts.
 */
export function whatIsLeaving(ctx: Ctx): Leaving {
  const now = ctx.clock.now();
  const rest = unsettled(ctx.db);
  // The carriers take no more of campaigns today: their texts wait as a whole.
  const reset = campaignsWaitForReset(ctx);
  let due = 0;
  let segments = 0;
  let closesAt: UtcMs | null = null;
  let later = 0;
  let next: UtcMs | null = null;
  let waitsForOwner = 0;
  for (const g of waitingGroups(ctx.db, now)) {
    if (g.campaign === 'cancelled') continue;
    if (g.campaign === 'paused' || NEEDS_SOMEBODY.has(g.reason ?? '')) {
      waitsForOwner += g.due + g.later;
      continue;
    }
    later += g.later;
    next = soonest(next, g.next);
    if (g.due === 0) continue;
    // to be handed to the carrier, which minds the hours: that leaves from here now
    if (g.reason === HAND_OVER) {
      due += g.due;
      segments += g.dueSegments;
      continue;
    }
    if (g.campaignId !== null && reset !== null) {
      later += g.due;
      next = soonest(next, reset);
      continue;
    }
    const hours = hoursOf(ctx, g, now);
    if (hours.open) {
      due += g.due;
      segments += g.dueSegments;
      closesAt = soonest(closesAt, hours.closesAt);
    } else {
      later += g.due;
      next = soonest(next, hours.opensAt);
    }
  }
  const rate = pace(ctx.settings().texting.segmentsPerSecond);
  return {
    underWay: rest.sending,
    now: due,
    closesAt,
    beforeClose: closesAt === null ? null : Math.max(0, closesAt - now),
    lasts: due === 0 ? null : Math.round((segments / rate) * 1000),
    later: { count: later, next },
    waitsForOwner,
    preparing: stagingCampaigns(ctx.db),
    scheduled: scheduledCampaigns(ctx.db),
    atCarrier: { count: rest.atCarrier, next: rest.atCarrierNext },
    uncertain: { looking: rest.looking, undecided: rest.undecided },
    pausedSince: pausedSince(ctx),
  };
}
