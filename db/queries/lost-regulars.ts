import type { SaleToCredit } from '@domain/attribution/credit';
import type { CustomerId, SaleId, ShopDay } from '@domain/kernel';
import type { Db } from '../open';
import { REAL_SALE } from './attribution';

export type SaleOfPerson = SaleToCredit & { readonly saleId: SaleId; readonly day: ShopDay; readonly gross: number };

/** All sales and refunds of these people, oldest first. Give a few hundred people at a time. */
export function salesOfPeople(db: Db, people: readonly CustomerId[]): Map<CustomerId, SaleOfPerson[]> {
  const rows = db
    .prepare(
      `SELECT id AS saleId, customer_id AS customerId, kind, occurred_at AS occurredAt, shop_day AS day, time_known AS timeKnown, gross, net, tax, refunded
       FROM sale WHERE customer_id IN (SELECT value FROM json_each(?)) AND ${REAL_SALE} ORDER BY occurred_at, id`,
    )
    .all(JSON.stringify(people)) as (Omit<SaleOfPerson, 'timeKnown' | 'customerId'> & { timeKnown: number; customerId: CustomerId })[];
  const out = new Map<CustomerId, SaleOfPerson[]>();
  for (const r of rows) {
    const list = out.get(r.customerId);
    const sale = { ...r, timeKnown: r.timeKnown === 1 };
    if (list) list.push(sale);
    else out.set(r.customerId, [sale]);
  }
  return out;
}
