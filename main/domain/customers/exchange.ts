/** What counts for a person's day: sales and refunds that took place; voided, failed and open ones are left out by the caller. */
export interface SaleOfDay {
  readonly kind: 'sale' | 'refund';
  readonly status: string;
}

const TOOK_PLACE: readonly string[] = ['completed', 'refunded', 'partially-refunded'];

/**
 * Something brought back and something bought on the same shop day by the same person: an exchange, which is no visit (rules.md §8).
 * db/queries/segment-sql.ts and customer-stats.ts say the same in SQL.
 */
export function isExchangeDay(salesOfDay: readonly SaleOfDay[]): boolean {
  const real = salesOfDay.filter((s) => TOOK_PLACE.includes(s.status));
  return real.some((s) => s.kind === 'refund') && real.some((s) => s.kind === 'sale');
}
