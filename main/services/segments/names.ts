import type { Db } from '@db/open';
import { segmentById } from '@db/queries/segments';
import type { CampaignId, OfferId, SegmentId } from '@domain/kernel';
import { describeRule, type Names } from '@domain/segments/describe';
import type { Rule } from '@domain/segments/rule';
import type { Ctx } from '../ctx';

/** The sentence of a rule, with the names of what it mentions. */
export const sentenceOf = (ctx: Ctx, rule: Rule): string => describeRule(rule, namesOf(ctx));

/** Names of what rules mention by number, and money as the shop writes it. */
export function namesOf(ctx: Ctx): Names {
  const { db } = ctx;
  const money = new Intl.NumberFormat('en-US', { style: 'currency', currency: ctx.settings().shop.currency });
  const digits = money.resolvedOptions().maximumFractionDigits ?? 2;
  const gone = (name: string | undefined) => name ?? 'deleted';
  return {
    money: (n) => money.format(n / 10 ** digits).replace(/\.0+$/, ''),
    offer: (id) => gone(nameIn(db, 'offer', id as OfferId)),
    campaign: (id) => gone(nameIn(db, 'campaign', id as CampaignId)),
    group: (id) => gone(segmentById(db, id as SegmentId)?.name),
  };
}

const nameIn = (db: Db, table: 'offer' | 'campaign', id: number): string | undefined =>
  db.one(
    db.q
      .selectFrom(table)
      .select('name')
      .where('id', '=', id as never),
  )?.name;
