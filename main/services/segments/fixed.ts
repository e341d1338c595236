import { insertFixed, membersOf, putOnList, showSegment } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import type { CustomerId, SegmentId } from '@domain/kernel';
import { checkRule, type Rule } from '@domain/segments/rule';
import { writeInChunks } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { sentenceOf } from './names';
import { factsNow, resolveRule } from './segments';

/**
 * The people of a rule as of now, as a list that stays: whoever comes to fit later is not on it, whoever no longer fits still is. Merged
 * people are on it once, erased ones no more (db/queries/merges.ts, the table's foreign key).
 */
export async function fixGroup(ctx: Ctx, session: Session, name: string, rule: Rule): Promise<SegmentId> {
  const ids = membersOf(ctx.db, resolveRule(ctx.db, checkRule(rule)), factsNow(ctx));
  const now = ctx.clock.now();
  const from = sentenceOf(ctx, rule);
  const id = ctx.db.tx((trx) => insertFixed(trx, { name, from, count: ids.length, now }));
  await writeInChunks(ctx.db, ids, (trx, customerId: CustomerId) => putOnList(trx, id, customerId));
  ctx.db.tx((trx) => {
    showSegment(trx, id);
    audit(trx, { at: now, staffId: session.staffId, action: 'segment.fixed', subject: String(id), detail: { name, people: ids.length } });
  });
  return id;
}
