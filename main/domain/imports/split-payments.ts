import type { SaleRow } from './merge';
import { counts, type SaleStatus } from './states';

/**
 * A receipt may be paid on several days and so stand in two payments files, each with a part of it. What a file tells is then
 * - `again` the payments known already (or all of them and more): it stands in their place
 * - `beside` other payments: both parts make up the receipt
 * - `less` some of those known, or payments that failed where others did not: nothing new
 */
export type Part = 'again' | 'beside' | 'less';

/** Known and new payments, by short hashes of their ids; null = not told apart. */
export function partOf(
  known: { payments: readonly string[] | null; status: SaleStatus },
  now: { payments: readonly string[] | null; status: SaleStatus },
): Part {
  if (!known.payments || !now.payments) return 'again';
  const before = new Set(known.payments);
  const met = now.payments.filter((p) => before.has(p)).length;
  if (met > 0) return met === now.payments.length && met < before.size ? 'less' : 'again';
  if (counts(known.status) === counts(now.status)) return 'beside';
  return counts(known.status) ? 'less' : 'again';
}

const ADDED: readonly (keyof SaleRow)[] = [
  'gross',
  'discount',
  'net',
  'tax',
  'gift_card',
  'total',
  'tip',
  'shipping',
  'service_charge',
  'refunded',
];
const LISTS: readonly (keyof SaleRow)[] = ['discount_code', 'discount_label', 'payment_methods'];
const FIRST: readonly (keyof SaleRow)[] = ['receipt_no', 'source_customer_id', 'card_last4', 'channel', 'register', 'staff_name'];

/** Two parts of one receipt together: amounts added, names joined, the earlier day. The same whichever comes first. */
export function together(a: SaleRow, b: SaleRow): SaleRow {
  const out: Record<string, unknown> = { ...a };
  for (const c of ADDED) out[c] = a[c] === null && b[c] === null ? null : Number(a[c] ?? 0) + Number(b[c] ?? 0);
  for (const c of LISTS) {
    const names = new Set([a[c], b[c]].flatMap((x) => String(x ?? '').split(', ')).filter(Boolean));
    out[c] = names.size ? [...names].sort().join(', ') : a[c];
  }
  for (const c of FIRST) out[c] = [a[c], b[c]].filter((x) => x !== null).sort()[0] ?? null;
  if (a.kind !== b.kind) out['kind'] = Number(out['net']) < 0 ? 'refund' : 'sale'; // money taken and money given back
  const early = a.occurred_at <= b.occurred_at ? a : b;
  return { ...(out as unknown as SaleRow), occurred_at: early.occurred_at, shop_day: early.shop_day, time_known: early.time_known };
}
