import { type AudiencePerson, audienceFacts } from '@db/queries/campaign-audience';
import { campaignById } from '@db/queries/campaigns';
import { textedIds } from '@db/queries/ladder-facts';
import { stepsOf } from '@db/queries/ladders';
import { dearestWay } from '@domain/campaigns/ladder';
import { AppError } from '@domain/errors';
import type { CampaignId, Micros, UtcMs } from '@domain/kernel';
import { eachInTurns, nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { gather, rulesOf } from './audience';
import { stepWords } from './ladder-words';
import { readerOf, splitOf } from './split';
import { sayingsOf, sayWith } from './words';

/** What the steps come to if everybody takes the dearest way; the first text is not counted. */
export interface PathCost {
  texts: number;
  segments: number;
  price: Micros;
}

const AT_ONCE = 500;

/** For some people, as the words stand now. A person can take one way only, so nobody can cost more than their dearest. */
async function pathCost(ctx: Ctx, rootId: CampaignId, people: Iterable<AudiencePerson>, perSegment: Micros): Promise<PathCost> {
  const add = adder(ctx, rootId, perSegment);
  await eachInTurns(people, (p) => add.person(p));
  return add.sum();
}

/**
 * For a draft, over everybody who would get its first text now; null = nothing follows it. `first`: what the first texts come to.
 * Throws what a review would (`campaign.no-people`, `campaign.unknown-field`).
 */
export async function draftCost(
  ctx: Ctx,
  rootId: CampaignId,
): Promise<(PathCost & { people: number; currency: string; first: Micros }) | null> {
  const campaign = campaignById(ctx.db, rootId);
  if (!campaign) throw new AppError('campaign.not-found');
  if (stepsOf(ctx.db, rootId).length === 0) return null;
  const { texting } = ctx.settings();
  const rules = rulesOf(ctx, campaign);
  const audience = rules.length > 0 ? await gather(ctx, rules, campaign) : null;
  const text = audience ? (await splitOf(ctx, campaign, audience)).text : [];
  const cost = await pathCost(ctx, rootId, text, texting.pricePerSegment);
  const sayings = sayingsOf(ctx, campaign, ctx.clock.now());
  const reader = readerOf(campaign);
  const { shop } = ctx.settings();
  let segments = 0;
  await eachInTurns(text, (p) => {
    segments += sayWith(shop, sayings.of(p.part, reader(p)('a')), p, null).count.segments;
  });
  const first = (segments * texting.pricePerSegment) as Micros;
  return { ...cost, people: text.length, currency: texting.priceCurrency, first };
}

/** For everybody a started campaign texts: the ceiling of its steps. */
export async function worstCase(ctx: Ctx, rootId: CampaignId, perSegment: Micros): Promise<PathCost> {
  const add = adder(ctx, rootId, perSegment);
  const now = ctx.clock.now();
  const topic = campaignById(ctx.db, rootId)?.topic ?? '';
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const ids = textedIds(ctx.db, rootId, after, AT_ONCE);
    await eachInTurns(audienceFacts(ctx.db, ids, { since: now, now, campaignId: rootId, topic }), (p) => add.person(p));
    const last = ids.at(-1);
    if (last === undefined || ids.length < AT_ONCE) break;
    after = last;
    await nextTurn();
  }
  return add.sum();
}

function adder(ctx: Ctx, rootId: CampaignId, perSegment: Micros) {
  const now = ctx.clock.now() as UtcMs;
  const steps = stepsOf(ctx.db, rootId).flatMap((s) => {
    const campaign = campaignById(ctx.db, s.id);
    return campaign
      ? [{ id: s.id as number, parent: s.parentId === rootId ? null : (s.parentId as number), words: stepWords(ctx, campaign, now) }]
      : [];
  });
  let texts = 0;
  let segments = 0;
  return {
    person(p: AudiencePerson): void {
      const way = dearestWay(steps.map(({ id, parent, words }) => ({ id, parent, segments: words.size(p) })));
      texts += way.texts;
      segments += way.segments;
    },
    sum: (): PathCost => ({ texts, segments, price: (segments * perSegment) as Micros }),
  };
}
