import type { Db } from '@db/open';
import { type NameKind, ruleNames } from '@db/queries/segment-names';
import {
  archiveSegment,
  countAndSome,
  countBoth,
  countRule,
  insertSegment,
  listSegments,
  type Member,
  membersById,
  membersPage,
  type SegmentRow,
  segmentById,
  shopFacts,
  updateSegment,
} from '@db/queries/segments';
import { AppError } from '@domain/errors';
import type { SegmentId, UtcMs } from '@domain/kernel';
import { describeRule, type Names } from '@domain/segments/describe';
import type { ShopFacts } from '@domain/segments/evaluate';
import { READY_MADE } from '@domain/segments/ready-made';
import { checkRule, inlineGroups, type Rule } from '@domain/segments/rule';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { namesOf, sentenceOf } from './names';

export { sentenceOf } from './names';

const EXAMPLES = 5;

export interface Group {
  id: SegmentId;
  name: string;
  rule: Rule;
  readyMade: string | null;
  sentence: string;
  count: number;
  /** Of these, how many may be texted. */
  permitted: number;
  updatedAt: number;
  /** A fixed list: the people of that moment, how many they were, and what it was made of. */
  fixedAt: UtcMs | null;
  fixedCount: number | null;
  fixedFrom: string;
}

/** What rhythm, RFM and "within 30 days" compare with at this moment. */
export const factsNow = (ctx: Ctx): ShopFacts => factsAt(ctx, ctx.clock.now());

/** The same as of an hour to come: its birthdays, its "within 30 days", for the people as they are known today. */
export const factsAt = (ctx: Ctx, at: UtcMs): ShopFacts => shopFacts(ctx.db, at, ctx.settings().shop.zone);

/** A rule with "is in group X" replaced by that group's own rule; throws `segment.bad-rule` when a group means itself or is gone. */
export const resolveRule = (db: Db, rule: Rule): Rule => inlineGroups(rule, (id) => segmentById(db, id as SegmentId)?.rule ?? null);

/** All groups with how many people they hold now; the ready-made ones are put in on first use. */
export function listGroups(ctx: Ctx): Group[] {
  ensureReadyMade(ctx);
  const shop = factsNow(ctx);
  const names = namesOf(ctx);
  return listSegments(ctx.db).map((s) => grouped(ctx, s, shop, names));
}

/** The same, taking turns with the counter: each count takes a tenth of a second with 100,000 people. */
export async function listGroupsCalmly(ctx: Ctx): Promise<Group[]> {
  ensureReadyMade(ctx);
  const shop = factsNow(ctx);
  const names = namesOf(ctx);
  const groups: Group[] = [];
  for (const s of listSegments(ctx.db)) {
    groups.push(grouped(ctx, s, shop, names));
    await nextTurn();
  }
  return groups;
}

export function getGroup(ctx: Ctx, id: SegmentId): Group {
  const s = segmentById(ctx.db, id);
  if (!s) throw new AppError('segment.not-found');
  return grouped(ctx, s, factsNow(ctx), namesOf(ctx));
}

function grouped(ctx: Ctx, s: SegmentRow, shop: ShopFacts, names: Names): Group {
  const rule = resolveRule(ctx.db, s.rule);
  return {
    id: s.id,
    name: s.name,
    rule: s.rule,
    readyMade: s.readyMade,
    sentence: describeRule(s.rule, names),
    ...countBoth(ctx.db, rule, shop),
    updatedAt: s.updatedAt,
    fixedAt: s.fixedAt,
    fixedCount: s.fixedCount,
    fixedFrom: s.fixedFrom,
  };
}

/** Puts in the ready-made groups a shop does not have yet. */
export function ensureReadyMade(ctx: Ctx): void {
  const have = new Set(
    ctx.db.all(ctx.db.q.selectFrom('segment').select('ready_made').where('ready_made', 'is not', null)).map((r) => r.ready_made),
  );
  const missing = READY_MADE.filter((g) => !have.has(g.key));
  if (missing.length === 0) return;
  ctx.db.tx((trx) => {
    for (const g of missing) insertSegment(trx, { name: g.name, rule: g.rule, readyMade: g.key, now: ctx.clock.now() });
  });
}

/** Live figures while a rule is being built: how many, how many of them may be texted, and five of them. */
export function countPeople(ctx: Ctx, rule: Rule): { count: number; permitted: number; examples: Member[]; sentence: string } {
  const resolved = resolveRule(ctx.db, checkRule(rule));
  const shop = factsNow(ctx);
  const { ids, ...counts } = countAndSome(ctx.db, resolved, shop, EXAMPLES);
  return { ...counts, examples: membersById(ctx.db, ids), sentence: sentenceOf(ctx, rule) };
}

/** People of a group, latest visit first. */
export function groupMembers(ctx: Ctx, rule: Rule, page: { offset: number; limit: number }): { rows: Member[]; total: number } {
  const resolved = resolveRule(ctx.db, checkRule(rule));
  const shop = factsNow(ctx);
  return { rows: membersPage(ctx.db, resolved, shop, page), total: countRule(ctx.db, resolved, shop) };
}

/** Makes or changes a group. Ready-made ones stay as they are: copy them under a new name. */
export function saveGroup(ctx: Ctx, group: { id: SegmentId | null; name: string; rule: Rule }): SegmentId {
  checkRule(group.rule);
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const { id } = group;
    if (id === null) {
      resolveRule(trx, group.rule);
      return insertSegment(trx, { name: group.name, rule: group.rule, readyMade: null, now });
    }
    const old = segmentById(trx, id);
    if (!old) throw new AppError('segment.not-found');
    if (old.readyMade) throw new AppError('segment.bad-rule', { why: 'ready-made' });
    // A fixed list may get another name, never other people.
    if (old.fixedAt !== null) {
      updateSegment(trx, id, { name: group.name, rule: old.rule, now });
      return id;
    }
    // With the new rule in place a circle shows, and the transaction takes it back.
    updateSegment(trx, id, { name: group.name, rule: group.rule, now });
    resolveRule(trx, { is: 'group', segmentId: id, member: true });
    return id;
  });
}

/** Takes a group off the list; campaigns that used it keep their own frozen rule. */
export function removeGroup(ctx: Ctx, id: SegmentId): void {
  ctx.db.tx((trx) => {
    const old = segmentById(trx, id);
    if (!old) throw new AppError('segment.not-found');
    if (old.readyMade) throw new AppError('segment.bad-rule', { why: 'ready-made' });
    archiveSegment(trx, id, ctx.clock.now());
  });
}

/** What the rule builder offers while a name is typed. */
export function suggestNames(ctx: Ctx, what: NameKind, beginning: string): string[] {
  return ruleNames(ctx.db, what, beginning.trim(), 20);
}
