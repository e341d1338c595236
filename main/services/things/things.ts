import { customerById } from '@db/queries/customers';
import { audit } from '@db/queries/staff';
import {
  boughtLately,
  daysBought,
  insertThing,
  type RebuyTerm,
  rebuyTerms,
  setRebuyTerm,
  setThingDone,
  type Thing,
  type ThingKind,
  thingById,
  thingsOf,
} from '@db/queries/things';
import { tidyName } from '@domain/customers/name';
import { wishKey } from '@domain/customers/wishes';
import { AppError } from '@domain/errors';
import { type CustomerId, DAY, type SaleId, type ShopDay } from '@domain/kernel';
import { eachInTurns, nextTurn } from '../chunks';
import { refuseUnlessInFront } from '../counter/in-front';
import type { Ctx, Session } from '../ctx';

const MOST = 50;

/** Things somebody has with a day that matters: what is to come first. @throws AppError counter.not-in-front | customer.not-found */
export function thingsOfPerson(ctx: Ctx, session: Session, id: CustomerId): Thing[] {
  refuseUnlessInFront(ctx, session, id);
  if (!customerById(ctx.db, id)) throw new AppError('customer.not-found');
  return thingsOf(ctx.db, id, MOST);
}

export interface ThingDraft {
  customerId: CustomerId;
  kind: ThingKind;
  what: string;
  boughtOn: ShopDay | null;
  dueOn: ShopDay;
  saleId: SaleId | null;
}

/** Notes a warranty, a service or another day of a thing of theirs. @throws AppError input.invalid {field} | counter.not-in-front */
export function addThing(ctx: Ctx, session: Session, t: ThingDraft): { id: number } {
  refuseUnlessInFront(ctx, session, t.customerId);
  if (!customerById(ctx.db, t.customerId)) throw new AppError('customer.not-found');
  const what = tidyName(t.what);
  if (what === '') throw new AppError('input.invalid', { field: 'what' });
  if (t.boughtOn !== null && t.dueOn < t.boughtOn) throw new AppError('input.invalid', { field: 'due' });
  const at = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const id = insertThing(trx, { ...t, what, at, staffId: session.staffId });
    audit(trx, { at, staffId: session.staffId, action: 'thing.noted', subject: String(t.customerId), detail: { thing: id, kind: t.kind } });
    return { id };
  });
}

/** Done with, or not after all. @throws AppError thing.not-found | counter.not-in-front */
export function doneThing(ctx: Ctx, session: Session, d: { id: number; done: boolean }): void {
  const thing = thingById(ctx.db, d.id);
  if (!thing) throw new AppError('thing.not-found');
  refuseUnlessInFront(ctx, session, thing.customerId);
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    if (!setThingDone(trx, d.id, d.done ? at : null)) return;
    const action = d.done ? 'thing.done' : 'thing.opened';
    audit(trx, { at, staffId: session.staffId, action, subject: String(thing.customerId), detail: { thing: d.id } });
  });
}

/** What they bought lately, to say what a date belongs to: for the owner. */
export const boughtBy = (ctx: Ctx, id: CustomerId): { saleId: SaleId; boughtOn: ShopDay; what: string }[] => boughtLately(ctx.db, id, 20);

// — after how long people usually buy again —

export const terms = (ctx: Ctx): RebuyTerm[] => rebuyTerms(ctx.db);

const SALES_AT_ONCE = 1000;

/**
 * As the till shows it: the middle of all gaps between two days on which somebody bought of that category, a year at most, and how many
 * gaps it stands for; null = nobody bought it twice. In turns: a big category has hundreds of thousands of lines.
 */
export async function usualTime(ctx: Ctx, category: string): Promise<{ days: number; gaps: number } | null> {
  const days = new Map<CustomerId, Set<number>>();
  let after: number | null = 0;
  while (after !== null) {
    const page = daysBought(ctx.db, category, after, SALES_AT_ONCE);
    for (const { customerId, day } of page.rows) {
      const own = days.get(customerId) ?? new Set<number>();
      days.set(customerId, own.add(Date.parse(day) / DAY));
    }
    after = page.next;
    if (after !== null) await nextTurn();
  }
  const gaps: number[] = [];
  await eachInTurns([...days.values()], (own) => {
    const sorted = [...own].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) {
      const gap = (sorted[i] as number) - (sorted[i - 1] as number);
      if (gap <= 365) gaps.push(gap);
    }
  });
  gaps.sort((a, b) => a - b);
  const middle = gaps[Math.floor(gaps.length / 2)];
  return middle === undefined ? null : { days: middle, gaps: gaps.length };
}

/** Null takes it away. @throws AppError input.invalid {field} */
export function saveTerm(ctx: Ctx, session: Session, t: { category: string; days: number | null; learnt: boolean }): void {
  const category = t.category.trim();
  const key = wishKey(category);
  if (key === '') throw new AppError('input.invalid', { field: 'category' });
  const at = ctx.clock.now();
  ctx.db.tx((trx) => {
    setRebuyTerm(trx, { key, category, days: t.days, learnt: t.learnt, at });
    audit(trx, { at, staffId: session.staffId, action: 'thing.usual-time', subject: category, detail: { days: t.days ?? 0 } });
  });
}
