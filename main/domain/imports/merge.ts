import type { FileSale } from './model';
import { linesHash, totalsHash } from './sale';
import type { SaleStatus } from './states';

/** What the shop file holds of a receipt, as far as an import may change it. Names are those of table `sale`. */
export interface SaleRow {
  receipt_no: string | null;
  kind: 'sale' | 'refund';
  status: SaleStatus;
  occurred_at: number;
  shop_day: string;
  time_known: number;
  source_customer_id: string | null;
  gross: number;
  discount: number;
  net: number;
  tax: number;
  tip: number;
  shipping: number;
  service_charge: number;
  gift_card: number;
  total: number | null;
  refunded: number;
  discount_code: string | null;
  discount_label: string | null;
  payment_methods: string;
  card_last4: string | null;
  channel: string | null;
  register: string | null;
  staff_name: string | null;
  lines_hash: string | null;
  totals_hash: string | null;
}

/**
 * The receipt after this file, given what is known of it. A till's item file and transaction file describe the same receipt: the
 * amounts come from the transaction file once there is one (it knows tips and partial refunds), the lines from the item file,
 * and either may come first: the result is the same. What a file does not tell never erases what is known.
 */
export function mergeSale(known: SaleRow | null, s: FileSale): SaleRow {
  const takes = s.totals !== null || !known?.totals_hash; // may this file speak for the receipt as a whole?
  const told = <T>(now: T | null, before: T | null | undefined): T | null => (takes ? (now ?? before ?? null) : (before ?? now ?? null));
  const amounts = takes || !known ? s.amounts : null;
  const t = s.totals;
  return {
    receipt_no: told(s.receiptNo, known?.receipt_no),
    kind: s.kind,
    status: (takes ? (s.status ?? known?.status) : (known?.status ?? s.status)) ?? 'completed',
    occurred_at: takes && (s.timeKnown || !known?.time_known) ? s.occurredAt : (known?.occurred_at ?? s.occurredAt),
    shop_day: takes && (s.timeKnown || !known?.time_known) ? s.shopDay : (known?.shop_day ?? s.shopDay),
    time_known: takes ? (s.timeKnown ? 1 : (known?.time_known ?? 0)) : (known?.time_known ?? 0),
    source_customer_id: told(s.customerId, known?.source_customer_id),
    gross: amounts?.gross ?? (known as SaleRow).gross,
    discount: amounts?.discount ?? (known as SaleRow).discount,
    net: amounts?.net ?? (known as SaleRow).net,
    tax: amounts?.tax ?? (known as SaleRow).tax,
    gift_card: amounts?.giftCard ?? (known as SaleRow).gift_card,
    tip: t?.tip ?? known?.tip ?? 0,
    shipping: t?.shipping ?? known?.shipping ?? 0,
    service_charge: t?.serviceCharge ?? known?.service_charge ?? 0,
    total: t ? t.total : (known?.total ?? null),
    refunded: t?.refunded ?? known?.refunded ?? 0,
    discount_code: t ? (t.discountCode ?? known?.discount_code ?? null) : (known?.discount_code ?? null),
    discount_label: t ? (t.discountLabel ?? known?.discount_label ?? null) : (known?.discount_label ?? null),
    payment_methods: t?.paymentMethods || known?.payment_methods || '',
    card_last4: told(s.cardLast4, known?.card_last4),
    channel: told(s.channel, known?.channel),
    register: told(s.register, known?.register),
    staff_name: told(s.staff, known?.staff_name),
    lines_hash: s.lines ? linesHash(s.lines) : (known?.lines_hash ?? null),
    totals_hash: t ? totalsHash(s) : (known?.totals_hash ?? null),
  };
}

/** Columns that differ; empty = the file says nothing new. */
export function saleDifference(before: SaleRow, after: SaleRow): Partial<SaleRow> {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(after) as (keyof SaleRow)[]) if (before[key] !== after[key]) out[key] = after[key];
  return out as Partial<SaleRow>;
}
