import type { Moment, ReceiptView } from '@renderer/screens/links/ReceiptPanel';
import type { receipts } from '@renderer/strings/links';

/** Whose receipt is being looked at, after a redemption, a sign-up or a visit, and what is known of it so far. */
export interface ReceiptWork {
  customerId: number;
  who: string;
  origin: 'sign-up' | 'here';
  start: ReceiptView | null;
  moment: Moment | null;
}

/** What the panel is about, where nothing above it says so. */
export function headingOf(work: ReceiptWork, w: (typeof receipts)['en']): string {
  if (work.origin === 'sign-up') return w.afterSignUp(work.who);
  if (work.start || work.moment) return '';
  return work.who ? `${work.who} · ${w.afterHere}` : w.afterHere;
}
