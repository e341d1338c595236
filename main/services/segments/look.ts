import { countRule, segmentById } from '@db/queries/segments';
import { AppError } from '@domain/errors';
import type { SegmentId } from '@domain/kernel';
import { reachableRule, WHY_NOT, type WhyNoText, whyRule } from '@domain/segments/ready-made';
import { checkRule, type Rule } from '@domain/segments/rule';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { factsNow, resolveRule } from './segments';

/** How many people of a rule are in another group too, and how many only here or only there. */
export async function overlapWith(
  ctx: Ctx,
  rule: Rule,
  otherId: SegmentId,
): Promise<{ both: number; onlyHere: number; onlyThere: number }> {
  const here = resolveRule(ctx.db, checkRule(rule));
  const other = segmentById(ctx.db, otherId);
  if (!other) throw new AppError('segment.not-found');
  const there = resolveRule(ctx.db, other.rule);
  const shop = factsNow(ctx);
  const both = countRule(ctx.db, { all: [here, there] }, shop);
  await nextTurn();
  const inHere = countRule(ctx.db, here, shop);
  await nextTurn();
  return { both, onlyHere: inHere - both, onlyThere: countRule(ctx.db, there, shop) - both };
}

/** Who of a rule can be texted, and why the others cannot: each person counted once. */
export async function whyNoTexts(
  ctx: Ctx,
  rule: Rule,
): Promise<{ reachable: number; reasons: { why: WhyNoText; count: number; rule: Rule }[] }> {
  const all = resolveRule(ctx.db, checkRule(rule));
  const shop = factsNow(ctx);
  const reasons: { why: WhyNoText; count: number; rule: Rule }[] = [];
  for (const why of WHY_NOT) {
    const count = countRule(ctx.db, whyRule(all, why), shop);
    if (count > 0) reasons.push({ why, count, rule: whyRule(rule, why) });
    await nextTurn();
  }
  return { reachable: countRule(ctx.db, reachableRule(all), shop), reasons };
}
