import type { MemberNumber } from '@domain/customers/member-number';
import type { CustomerId, StaffId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** Whose card this is; null when it was never given out, or its holder was erased. */
export function memberByNumber(db: Db, number: MemberNumber | string): CustomerId | null {
  return (db.prepare('SELECT customer_id FROM member_card WHERE number = ?').pluck().get(number) as CustomerId | undefined) ?? null;
}

/** The number on somebody's card: of several (two records became one) the first that was given out. */
export function numberOfMember(db: Db, id: CustomerId): MemberNumber | null {
  const found = db.prepare('SELECT number FROM member_card WHERE customer_id = ? ORDER BY issued_at, number LIMIT 1').pluck().get(id);
  return (found as MemberNumber | undefined) ?? null;
}

export interface CardRow {
  number: MemberNumber;
  customerId: CustomerId;
  issuedAt: UtcMs;
  staffId: StaffId | null;
}

/** False when the number is already somebody's. */
export function insertCard(trx: Trx, card: CardRow): boolean {
  return (
    trx.run(
      trx.q
        .insertInto('member_card')
        .values({ number: card.number, customer_id: card.customerId, issued_at: card.issuedAt, staff_id: card.staffId })
        .onConflict((c) => c.doNothing()),
    ).changes > 0
  );
}
