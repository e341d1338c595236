/**
 * What counts as a visit, as spend and as bought, in the words of SQL: one place for the figures kept on people (customer-stats.ts),
 * for groups over windows of time (segment-sql.ts) and for reports. `s` is the alias of `sale`. @domain/customers/exchange.ts and
 * @domain/segments/evaluate.ts say the same; test/db/segment-parity.test.ts holds them together.
 */

const REAL = "status IN ('completed', 'refunded', 'partially-refunded')";

/** Sales and refunds that count as spend. */
export const COUNTED = `s.${REAL}`;

/** A sale that took place and was not taken back as a whole: something was bought. */
export const SOLD = "s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded')";

/** Something was brought back the same shop day: the sale is an exchange, not a visit (rules.md §8). By the small index of refunds. */
const EXCHANGED = `EXISTS (SELECT 1 FROM sale x WHERE x.customer_id = s.customer_id AND x.shop_day = s.shop_day AND x.kind = 'refund'
  AND x.${REAL})`;

/** A sale that makes its day a visit. */
export const VISIT = `${SOLD} AND NOT ${EXCHANGED}`;

/** Goods with tax, after refunds, minor units; no tips, shipping, gift cards. */
export const SPEND = '(s.net + s.tax - s.refunded)';
