import { localTime } from '@domain/calendar';
import { csvCell } from '@domain/imports/cells';
import { minorDigits } from '@domain/imports/money';
import { showCode } from '@domain/offers/code';
import type { Ctx } from '../ctx';
import { type ShownRow, type TillCheckFilter, tillCheckRows } from './till-check';

/** A row as screens and files show it. */
export function shownRow({ kind, day, at, till, counter, expected, by, settled }: ShownRow) {
  return {
    kind,
    day,
    at,
    timeKnown: till?.timeKnown ?? true,
    saleId: till?.saleId ?? null,
    redemptionId: counter?.redemptionId ?? null,
    receiptNo: till?.receiptNo ?? counter?.receiptNo ?? null,
    register: till?.register ?? null,
    clerk: till?.clerk ?? null,
    names: [...(till?.names ?? [])],
    gross: till?.gross ?? null,
    discount: till?.discount ?? null,
    expected,
    customerId: counter?.customerId ?? till?.customerId ?? null,
    code: counter?.code ?? null,
    offerName: counter?.offerName ?? null,
    staffName: counter?.staffName ?? null,
    tiedSays: counter?.tiedSays ?? null,
    by,
    settled,
  };
}

const HEADER = [
  'Day',
  'Time',
  'What',
  'Receipt',
  'Register',
  'Clerk at the till',
  'Discount at the till',
  'Before discount',
  'Discount',
  'Offer gives',
  'Difference',
  'Code',
  'Offer',
  'Recorded by',
  'Looked into',
  'Currency',
  'Time zone',
] as const;

const WHAT = {
  matched: 'at the till and at the counter',
  'till-code': 'the code is on the receipt, not recorded at the counter',
  differs: 'another amount than the offer gives',
  'till-only': 'at the till only',
  'counter-only': 'at the counter only',
  returned: 'brought back',
  waiting: 'waiting for the till file',
} as const;

/** The rows as CSV, amounts in the shop's currency, formulas made harmless. */
export function tillCheckCsv(ctx: Ctx, filter: TillCheckFilter): { name: string; rows: number; text: string } {
  const { zone, currency } = ctx.settings().shop;
  const digits = minorDigits(currency);
  const money = (minor: number | null) => (minor === null ? '' : Number((minor / 10 ** digits).toFixed(digits)));
  const two = (n: number) => String(n).padStart(2, '0');
  const rows = tillCheckRows(ctx, filter);
  const lines = rows.map(shownRow).map((r) => {
    const t = localTime(r.at, zone);
    return [
      r.day,
      r.timeKnown ? `${two(t.hour)}:${two(t.minute)}` : '',
      WHAT[r.kind],
      r.receiptNo,
      r.register,
      r.clerk,
      r.names.join(' + '),
      money(r.gross),
      money(r.discount),
      money(r.expected),
      r.expected === null || r.discount === null ? '' : money(r.discount - r.expected),
      r.code === null ? '' : showCode(r.code),
      r.offerName,
      r.staffName,
      r.settled,
      currency,
      zone,
    ]
      .map(csvCell)
      .join(',');
  });
  const last = filter.day ?? rows[0]?.day ?? 'empty';
  return { name: `till-check-${filter.show}-${last}.csv`, rows: rows.length, text: `${[HEADER.join(','), ...lines].join('\r\n')}\r\n` };
}
