import type { ShopDay } from '../kernel';

/** The number a refund gets that its till booked under the number of its sale: `T1~refund:2026-02-05`, one for each day. */
export const refundId = (saleId: string, day: ShopDay): string => `${saleId}~refund:${day}`;

/** The sale whose number a refund stands under (`T1~refund:2026-02-05` → `T1`); null = it has a number of its own. */
export const saleOfRefund = (id: string): string | null => /^(.*)~refund:\d{4}-\d\d-\d\d$/s.exec(id)?.[1] ?? null;

/**
 * A refund nobody can be told for (rules.md §8): no sale stands under its number and no known person goes with it. It still takes
 * takings off, on a line of its own. `saleKnown` is asked with the number only where it matters. In SQL: db/queries/reports-week.ts.
 */
export function isLooseRefund(
  sale: { kind: 'sale' | 'refund'; id: string },
  personKnown: boolean,
  saleKnown: (id: string) => boolean,
): boolean {
  if (sale.kind !== 'refund' || personKnown) return false;
  const of = saleOfRefund(sale.id);
  return of === null || !saleKnown(of);
}
