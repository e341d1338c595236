import { permittedPage } from '@db/queries/automation-facts';
import type { Automation } from '@db/queries/automations';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { termsOf } from '@domain/automations/terms';
import { BASE_WORDS, type WordsKey } from '@domain/campaigns/parts';
import type { Micros } from '@domain/kernel';
import { gatherThese, groupRule, type PartRule } from '../campaigns/audience';
import { figuresOf, longestOf, NO_FIGURES } from '../campaigns/figures';
import { sayingsIfReadable } from '../campaigns/review';
import { checksOf, type PartCheck } from '../campaigns/review-checks';
import { readerOf } from '../campaigns/split';
import type { Ctx } from '../ctx';
import { limitMicros, spentThisMonth } from '../outbox/spend';
import { triggerOf } from './look';
import { patternOf } from './save';

/** People its words are tried on: enough for the longest name of most shops. */
const SAMPLE = 500;

/** What an automation's own checks leave out: it waits for people and for the till file by itself. */
const NOT_HERE: readonly PartCheck['code'][] = ['no-people', 'sales-behind', 'no-group'];

/**
 * What stands in the way of its words, as for every campaign, and how many parts a text takes on average: tried on people who agreed to
 * texts, wherever their day is.
 */
export async function checksFor(ctx: Ctx, a: Automation): Promise<{ checks: PartCheck[]; segmentsEach: number; longest: string }> {
  const pattern = patternOf(ctx, a);
  const now = ctx.clock.now();
  const ids = permittedPage(ctx.db, 0, SAMPLE);
  const sayings = sayingsIfReadable(ctx, pattern, now);
  const people: AudiencePerson[] = [];
  for (const { position } of pattern.parts) {
    const audience = await gatherThese(ctx, new Map(ids.map((id) => [id, position])), pattern);
    people.push(...audience.reachable, ...audience.excluded.map((e) => e.person));
  }
  const reader = readerOf(pattern);
  const figures = sayings === null ? NO_FIGURES : await figuresEach(ctx, sayings, people, (p) => reader(p)('a'));
  const trigger = triggerOf(a.kind);
  const rule = trigger?.rule(termsOf(a.kind, a.terms)) ?? { all: [] };
  const rules: PartRule[] = pattern.parts.map((p) => ({
    position: p.position,
    rule: p.segmentId === null ? rule : { all: [rule, groupRule(ctx, p.segmentId)] },
  }));
  const limit = limitMicros(ctx);
  const checks = checksOf(
    ctx,
    // the text names a code they hold already
    trigger?.code ? { ...pattern, parts: pattern.parts.map((p) => ({ ...p, offerId: p.offerId ?? FROM_THEM })) } : pattern,
    {
      people: Math.max(1, people.length),
      rules,
      longest: longestOf(figures),
      price: 0,
      money: { spent: spentThisMonth(ctx, now), queued: 0 as Micros, limit: limit === null ? null : (limit as Micros) },
      at: now,
      viaCarrier: false,
    },
  ).filter((c) => !NOT_HERE.includes(c.code));
  const each = people.length === 0 ? 1 : figures.segments / people.length;
  return { checks, segmentsEach: each, longest: figures.longest.text };
}

/** No offer has this number: it stands for the one behind the code somebody holds. */
const FROM_THEM = 0 as NonNullable<ReturnType<typeof patternOf>['offerId']>;

/** A person once per part: they are told apart by it. */
async function figuresEach(
  ctx: Ctx,
  sayings: NonNullable<ReturnType<typeof sayingsIfReadable>>,
  people: readonly AudiencePerson[],
  reads: (p: AudiencePerson) => WordsKey,
) {
  const keys = new Map(people.map((p) => [p.id, reads(p)]));
  return figuresOf(
    ctx,
    sayings,
    people,
    new Map([...keys].map(([id, k]) => [id, k ?? BASE_WORDS])),
    () => sayings.all[0]?.words.now ?? ctx.clock.now(),
  );
}
