import type { FileSale } from './model';
import { linesHash } from './sale-lines';
import { partOf, together } from './split-payments';
import { counts, type SaleStatus, withRefund } from './states';

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
 * What of a receipt is told together, with its columns. An export speaks with its rank (profile.ts): of two that tell the same part,
 * the higher stands, of equal ones the later. Column `totals_hash` keeps who spoke: one digit per part, 0 = nobody yet, null = a
 * plain item file alone. A clock outranks a bare day.
 */
const PARTS = [
  ['gross', 'discount', 'net', 'tax', 'gift_card', 'kind'],
  ['total'],
  ['tip'],
  ['shipping'],
  ['service_charge'],
  ['refunded'],
  ['discount_code'],
  ['discount_label'],
  ['payment_methods'],
  ['status'],
  ['occurred_at', 'shop_day', 'time_known'],
  ['receipt_no'],
  ['source_customer_id'],
  ['card_last4'],
  ['channel'],
  ['register'],
  ['staff_name'],
  ['lines_hash'],
] as const satisfies readonly (readonly (keyof SaleRow)[])[];
const CLOCK = 3;
const STATUS = PARTS.findIndex((p) => (p as readonly string[]).includes('status'));
/** Behind the digits: the state in the till's words, which what was given back may hide (`completed` and 5.00 back). */
const LETTERS: Readonly<Record<SaleStatus, string>> = {
  completed: 'c',
  refunded: 'r',
  'partially-refunded': 'p',
  void: 'v',
  cancelled: 'x',
  failed: 'f',
  pending: 'n',
  open: 'o',
};
const wordOf = (letter: string | undefined): SaleStatus =>
  (Object.keys(LETTERS) as SaleStatus[]).find((s) => LETTERS[s] === letter) ?? 'completed';

/** What is meant by null: a plain item file told whatever there is. */
function plain(r: SaleRow): string {
  const told = (is: string | null): number => (is === null ? 0 : 1);
  const { receipt_no, source_customer_id, card_last4, channel, register, staff_name } = r;
  const rest = [receipt_no, source_customer_id, card_last4, channel, register, staff_name].map(told).join('');
  const state = counts(r.status) ? 'completed' : r.status;
  return `1000000000${1 + (r.time_known ? CLOCK : 0)}${rest}${r.lines_hash === null ? 0 : 3}${LETTERS[state]}`;
}

/** Who told what of a receipt, as a file of that rank tells it. */
function speakers(s: FileSale): string {
  const t = s.totals;
  const told = (is: unknown): number => (is === null || is === undefined || is === '' ? 0 : s.rank);
  return [
    s.rank,
    told(t?.total),
    told(t?.tip),
    told(t?.shipping),
    told(t?.serviceCharge),
    told(t?.refunded),
    told(t?.discountCode),
    told(t?.discountLabel),
    told(t?.paymentMethods),
    told(s.status),
    s.rank + (s.timeKnown ? CLOCK : 0),
    told(s.receiptNo),
    told(s.customerId),
    told(s.cardLast4),
    told(s.channel),
    told(s.register),
    told(s.staff),
    s.lines ? s.linesRank : 0,
    LETTERS[s.status ?? 'completed'],
    s.payments ? `|${s.payments.join(',')}` : '',
  ].join('');
}

/** Payments remembered behind the speakers. */
const paymentsIn = (who: string): string[] | null => who.split('|')[1]?.split(',') ?? null;

/** The receipt as this file alone tells it. */
function rowOf(s: FileSale): SaleRow {
  const t = s.totals;
  const row: SaleRow = {
    receipt_no: s.receiptNo,
    kind: s.kind,
    status: s.status ?? 'completed',
    occurred_at: s.occurredAt,
    shop_day: s.shopDay,
    time_known: s.timeKnown ? 1 : 0,
    source_customer_id: s.customerId,
    gross: s.amounts.gross,
    discount: s.amounts.discount,
    net: s.amounts.net,
    tax: s.amounts.tax,
    tip: t?.tip ?? 0,
    shipping: t?.shipping ?? 0,
    service_charge: t?.serviceCharge ?? 0,
    gift_card: s.amounts.giftCard,
    total: t?.total ?? null,
    refunded: t?.refunded ?? 0,
    discount_code: t?.discountCode ?? null,
    discount_label: t?.discountLabel ?? null,
    payment_methods: t?.paymentMethods ?? '',
    card_last4: s.cardLast4,
    channel: s.channel,
    register: s.register,
    staff_name: s.staff,
    lines_hash: s.lines ? linesHash(s.lines) : null,
    totals_hash: null,
  };
  if (row.kind === 'sale') row.status = withRefund(row.status, row.refunded, row.net + row.tax);
  if (s.rank > 1 || t || s.status !== null || s.linesRank < 3) row.totals_hash = remembered(speakers(s), row);
  return row;
}

const remembered = (who: string, row: SaleRow): string | null => (who === plain(row) ? null : who);

/**
 * The receipt after this file, given what is known of it. A till's item file, order file and payments file describe the same
 * receipt; they may come in any order, the result is the same. What a file does not tell never erases what is known.
 */
export function mergeSale(known: SaleRow | null, s: FileSale): SaleRow {
  const fresh = rowOf(s);
  if (!known) return fresh;
  const was = known.totals_hash ?? plain(known);
  const now = speakers(s);
  const part = partOf(
    { payments: paymentsIn(was), status: wordOf(was[PARTS.length]) },
    { payments: s.payments, status: s.status ?? 'completed' },
  );
  if (part === 'less') return known;
  const both = part === 'beside' ? together(known, fresh) : null;
  const merged: Record<string, unknown> = { ...known };
  let who = '';
  PARTS.forEach((columns, i) => {
    const [a, b] = [was[i] ?? '0', now[i] as string];
    const takes = b !== '0' && b >= a;
    who += takes ? b : a;
    const from = both && b === a ? both : fresh;
    if (takes) for (const c of columns) merged[c] = from[c];
  });
  const row = merged as unknown as SaleRow;
  const letter = (who[STATUS] === now[STATUS] && now[STATUS] !== '0' ? now : was)[PARTS.length];
  const told = wordOf(letter);
  row.status = row.kind === 'sale' ? withRefund(told, row.refunded, row.net + row.tax) : told;
  const payments = both ? [...(paymentsIn(was) ?? []), ...(s.payments ?? [])].sort() : (s.payments ?? paymentsIn(was));
  row.totals_hash = remembered(`${who}${LETTERS[told]}${payments ? `|${payments.join(',')}` : ''}`, row);
  return row;
}

/** Columns that differ; empty = the file says nothing new. */
export function saleDifference(before: SaleRow, after: SaleRow): Partial<SaleRow> {
  const out: Record<string, unknown> = {};
  for (const key of Object.keys(after) as (keyof SaleRow)[]) if (before[key] !== after[key]) out[key] = after[key];
  return out as Partial<SaleRow>;
}
