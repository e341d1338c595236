import { campaignById } from '@db/queries/campaigns';
import { campaignFacts, startedCampaign } from '@db/queries/reports';
import { keepWordsVerdict, usualRedemption, wordsReaders, wordsVerdict } from '@db/queries/words-tests';
import { showsPerHundred, USUAL_SHARE } from '@domain/attribution/shows';
import { windowState } from '@domain/attribution/window';
import { judgeWords, outcomeOf, type WordsOutcome, type WordsVerdict } from '@domain/attribution/wordings';
import { parseWordsKey, wasTested } from '@domain/campaigns/parts';
import type { CampaignId, ShopDay, UtcMs } from '@domain/kernel';
import type { PersonFacts } from '@domain/reports/tally';
import { keysOf } from '../campaigns/split';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { coveredThrough } from '../reports/coverage';
import { marginsNow } from '../results/margins';

export type WordsTest =
  | { state: 'none' }
  /** Not to be looked at before: looking every day finds a winner one time in five where there is none. */
  | { state: 'running' | 'waiting-for-till'; outcome: WordsOutcome; endsOn: ShopDay }
  | { state: 'judged'; outcome: WordsOutcome; endsOn: ShopDay; judgedAt: UtcMs; verdict: WordsVerdict };

const PAGE = 500;

/** A against B of one campaign: judged at the first look after its window, and never again. */
export async function wordsTest(ctx: Ctx, id: CampaignId): Promise<WordsTest> {
  const campaign = campaignById(ctx.db, id);
  const head = startedCampaign(ctx.db, id);
  if (!campaign || !head || !campaign.words.some((w) => w.arm === 'b')) return { state: 'none' };
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const outcome = outcomeOf(
    head.goal.kind,
    campaign.parts.some((p) => p.offerId !== null),
  );
  const window = windowState(head.windowEndsAt, now, coveredThrough(ctx), zone);
  const { endsOn } = window;
  const kept = wordsVerdict(ctx.db, id);
  if (kept) return { state: 'judged', outcome: kept.verdict.outcome, endsOn, ...kept };
  // codes are written down at the counter: the till file need not have come for them
  const over = window.state === 'closed' || (outcome === 'redeemed' && now > head.windowEndsAt);
  if (!over) return { state: window.state, outcome, endsOn };
  const sides = await count(ctx, campaign, head, outcome);
  const verdict = judgeWords(sides.a, sides.b, outcome);
  if (!ctx.db.raw.readonly) ctx.db.tx((trx) => keepWordsVerdict(trx, id, verdict, now));
  return { state: 'judged', outcome, endsOn, judgedAt: now, verdict };
}

function did(p: PersonFacts, outcome: WordsOutcome, from: UtcMs, to: UtcMs): boolean {
  if (outcome === 'redeemed') return p.redeemed;
  return p.redeemed || p.seen || p.sales.some((s) => s.kind === 'sale' && s.occurredAt >= from && s.occurredAt <= to);
}

type Campaign = NonNullable<ReturnType<typeof campaignById>>;
type Head = NonNullable<ReturnType<typeof startedCampaign>>;

async function count(ctx: Ctx, campaign: Campaign, head: Head, outcome: WordsOutcome) {
  const keys = new Map(campaign.parts.map((p) => [p.position, keysOf(campaign, p.position)]));
  const sides = { a: { x: 0, n: 0 }, b: { x: 0, n: 0 } };
  const margins = marginsNow(ctx);
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const people = campaignFacts(ctx.db, head, margins, { after, limit: PAGE, until: head.windowEndsAt });
    const read = new Map(wordsReaders(ctx.db, head.id, after, PAGE).map((r) => [r.customerId, r]));
    for (const p of people) {
      const r = read.get(p.customerId);
      if (!r || p.arm !== 'text') continue;
      const own = keys.get(r.part) ?? [];
      const arm = parseWordsKey(r.words)?.arm;
      // only those for whom the other wording was there as well, as they were drawn: a tap must not take somebody out
      if (!arm || !wasTested(own, r.words, r)) continue;
      sides[arm].n++;
      if (did(p, outcome, head.startedAt, head.windowEndsAt)) sides[arm].x++;
    }
    const last = people[people.length - 1];
    if (!last || people.length < PAGE) return sides;
    after = last.customerId;
    await nextTurn();
  }
}

export interface TestSize {
  /** In a hundred people; null = this list can show none. */
  perHundred: number | null;
  /** The share it is reckoned from, 0…1, and whether it is the shop's own. */
  usual: number;
  own: boolean;
}

const ENOUGH_TEXTS = 200;

/** How small a difference a test of these sizes can show, told before sending. */
export function testSize(ctx: Ctx, a: number, b: number): TestSize {
  const { texts, redeemed } = usualRedemption(ctx.db, ctx.clock.now());
  const own = texts >= ENOUGH_TEXTS;
  const usual = own ? Math.min(0.5, Math.max(0.005, redeemed / texts)) : USUAL_SHARE;
  return { perHundred: showsPerHundred(usual, a, b), usual, own };
}
