import { daysBetween } from '../calendar';
import type { ShopDay } from '../kernel';
import { readReceiptNo } from '../links/receipt';
import type { NoteFact } from './account';
import type { SaleFact } from './purchases';

/** A receipt typed at the counter may carry the till's date of the day before or after. */
const NEAR_DAYS = 1;

const sameNo = (a: string | null, b: string | null): boolean => {
  const [x, y] = [readReceiptNo(a ?? ''), readReceiptNo(b ?? '')];
  return x !== null && y !== null && x.toLowerCase() === y.toLowerCase();
};

/**
 * Which notes of staff a sale has taken the place of, so that nothing is counted twice: by its receipt number first; then each sale of the
 * same day for one note, the nearest amount first; on a card per visit any sale of the day for all of them. `sales` in order.
 */
export function settledNotes(
  notes: readonly NoteFact[],
  sales: readonly SaleFact[],
  perVisit: (day: ShopDay) => boolean,
): ReadonlySet<string> {
  const settled = new Set<string>();
  const used = new Set<SaleFact>();
  const real = sales.filter((s) => s.kind === 'sale');
  const waiting = notes.filter((n) => n.kind === 'punch').sort((a, b) => a.at - b.at || (a.uid < b.uid ? -1 : 1));
  for (const n of waiting) {
    if (n.receiptNo === null) continue;
    const sale = real.find((s) => !used.has(s) && Math.abs(daysBetween(n.day, s.day)) <= NEAR_DAYS && sameNo(n.receiptNo, s.receiptNo));
    if (!sale) continue;
    used.add(sale);
    settled.add(n.uid);
  }
  const pairs: { note: NoteFact; sale: SaleFact; apart: number }[] = [];
  for (const note of waiting) {
    if (settled.has(note.uid)) continue;
    for (const sale of real) {
      if (sale.day !== note.day) continue;
      if (perVisit(note.day)) settled.add(note.uid);
      else if (!used.has(sale)) pairs.push({ note, sale, apart: apartBy(note, sale) });
    }
  }
  pairs.sort(
    (a, b) =>
      a.apart - b.apart ||
      a.note.at - b.note.at ||
      (a.note.uid < b.note.uid ? -1 : a.note.uid > b.note.uid ? 1 : 0) ||
      (a.sale.key < b.sale.key ? -1 : 1),
  );
  for (const { note, sale } of pairs) {
    if (settled.has(note.uid) || used.has(sale)) continue;
    settled.add(note.uid);
    used.add(sale);
  }
  return settled;
}

/** How far the amount typed is from the receipt, with or without tax; unknown amounts come last. */
function apartBy(note: NoteFact, sale: SaleFact): number {
  if (note.amount === null) return Number.MAX_SAFE_INTEGER;
  return Math.min(Math.abs(sale.net + sale.tax - note.amount), Math.abs(sale.net - note.amount));
}
