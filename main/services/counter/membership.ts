import { customerById, insertCustomer, storedCustomer } from '@db/queries/customers';
import { insertCard, numberOfMember } from '@db/queries/membership';
import { audit } from '@db/queries/staff';
import { type MemberNumber, memberNumber } from '@domain/customers/member-number';
import { showName, tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import type { Ctx, JournalEntry, Session } from '../ctx';
import { nowInFront, refuseUnlessInFront } from './in-front';

const TRIES = 50;

/** A number nobody has yet; drawn, not counted, so that one card tells nothing about the next. */
function draw(ctx: Ctx): MemberNumber {
  const b = ctx.randomBytes(4);
  const serial = ((b[0] ?? 0) << 24) | ((b[1] ?? 0) << 16) | ((b[2] ?? 0) << 8) | (b[3] ?? 0);
  return memberNumber((serial >>> 0) % 10_000_000);
}

/**
 * The number on somebody's card; given out once, asked again it is the same.
 * @throws AppError counter.not-in-front | customer.not-found
 */
export function cardOf(ctx: Ctx, session: Session, customerId: CustomerId) {
  refuseUnlessInFront(ctx, session, customerId);
  const c = customerById(ctx.db, customerId);
  if (!c) throw new AppError('customer.not-found');
  const number = numberOfMember(ctx.db, customerId) ?? issue(ctx, session, customerId);
  return { customerId, number: number as string, name: showName(c), language: c.language, shopName: ctx.settings().shop.name };
}

/** A card is in somebody's hand for years: it is in the journal before it is answered. */
function issue(ctx: Ctx, session: Session, customerId: CustomerId): MemberNumber {
  const issuedAt = ctx.clock.now();
  const number = ctx.db.tx((trx) => {
    for (let i = 0; i < TRIES; i++) {
      const n = draw(ctx);
      if (!insertCard(trx, { number: n, customerId, issuedAt, staffId: session.staffId })) continue;
      audit(trx, { at: issuedAt, staffId: session.staffId, action: 'member.card', subject: String(customerId) });
      return n;
    }
    throw new Error('no free member number in fifty draws');
  });
  const entry: JournalEntry = { kind: 'member-card', at: issuedAt, row: { number, customerId, issuedAt, staffId: session.staffId } };
  ctx.journal.append([entry]);
  return number;
}

/** A member with a name or with nothing: no phone, no permission, a card to be known by. */
export function memberWithoutPhone(
  ctx: Ctx,
  session: Session,
  input: { firstName: string; lastName: string; language: 'en' | 'es' },
): { customerId: CustomerId; number: string } {
  const now = ctx.clock.now();
  const customerId = ctx.db.tx((trx) => {
    const fields = { firstName: tidyName(input.firstName), lastName: tidyName(input.lastName), language: input.language };
    const id = insertCustomer(trx, fields, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'customer.member', subject: String(id) });
    return id;
  });
  ctx.journal.append([{ kind: 'sign-up', at: now, row: storedCustomer(ctx.db, customerId) }]);
  nowInFront(ctx, session, [customerId]);
  return { customerId, number: issue(ctx, session, customerId) };
}
