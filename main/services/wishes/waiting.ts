import { type AudiencePerson, audienceFacts } from '@db/queries/campaign-audience';
import { allWaiting, type Line, leftFor, linesOf, mostWanted, type Waiting } from '@db/queries/wishes';
import { decidingAudience, type Exclusion } from '@domain/campaigns/audience';
import { capsSince } from '@domain/campaigns/caps';
import { type CampaignId, type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { matchOf } from '@domain/wishes/match';
import { inTurns } from '../chunks';
import type { Ctx } from '../ctx';
import { boughtSince, type SeemsBought } from './bought';

/** A wish that a line of a delivery answers. */
export interface Answered {
  wish: Waiting;
  line: Line;
}

export interface WhoWaits {
  answered: Answered[];
  /** Wishes for the same item in another size, or in one no line says; and those that want it for less, or no price was said. */
  otherSize: number;
  otherPrice: number;
  /** The till shows they have it already (`sure`): no text, the owner is asked. */
  has: { wish: Waiting; bought: SeemsBought }[];
  /** Answered ones of whom the till shows something like it. */
  maybe: Map<number, SeemsBought>;
}

/** Who waits for what came: each wish once, by the first line that is theirs; nobody who was told before, or has it by now. */
export function whoWaits(ctx: Ctx, deliveryId: number): WhoWaits {
  const lines = linesOf(ctx.db, deliveryId);
  const answered: Answered[] = [];
  let otherSize = 0;
  let otherPrice = 0;
  for (const wish of allWaiting(ctx.db)) {
    let best: 'size' | 'price' | null = null;
    for (const line of lines) {
      const m = matchOf(wish, line);
      if (m === 'yes') {
        answered.push({ wish, line });
        best = null;
        break;
      }
      if (m !== 'no') best = best === 'price' ? 'price' : m;
    }
    if (best === 'size') otherSize++;
    if (best === 'price') otherPrice++;
  }
  const bought = boughtSince(
    ctx.db,
    answered.map((a) => a.wish),
  );
  const sure = (a: Answered) => bought.get(a.wish.wishId)?.sure === 'sure';
  return {
    answered: answered.filter((a) => !sure(a)),
    otherSize,
    otherPrice,
    has: answered.filter(sure).map((a) => ({ wish: a.wish, bought: bought.get(a.wish.wishId) as SeemsBought })),
    maybe: bought,
  };
}

/** Of so many days is told why people left without buying. */
const LEFT_DAYS = 30;

/** What people wait for, most wanted first, and what was missing when they left. */
export const wanted = (ctx: Ctx) => ({
  ...mostWanted(ctx.db, 50),
  left: leftFor(ctx.db, (ctx.clock.now() - LEFT_DAYS * DAY) as UtcMs),
});

export interface Decided {
  reachable: AudiencePerson[];
  excluded: { person: AudiencePerson; reason: Exclusion }[];
  at: UtcMs;
}

/**
 * Which of these people may be texted what they asked for. By the rules of every campaign but one: topics somebody chose are about news,
 * a wish is about one thing they named (rules.md §1: back in stock goes once to whoever asked, and counts).
 */
export async function mayBeTold(ctx: Ctx, ids: readonly CustomerId[], campaignId: CampaignId): Promise<Decided> {
  const now = ctx.clock.now();
  const { shop, courtesy, texting } = ctx.settings();
  const since = capsSince(now, shop.zone, courtesy.spacingDays);
  const people = audienceFacts(ctx.db, ids, { since, now, campaignId, topic: '' }).map((p) => ({ ...p, offTopic: false }));
  const decided = await inTurns(
    decidingAudience(people, {
      now,
      shopZone: shop.zone,
      usOnly: texting.mode === 'twilio',
      defaultPromise: courtesy.promisePerMonth,
      spacingDays: courtesy.spacingDays,
    }),
  );
  return { ...decided, at: now };
}
