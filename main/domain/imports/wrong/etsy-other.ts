import type { WrongFile } from '../profile';

/** Etsy's monthly statement, deposits and listings. Source: facts/pos.md, public text. */
export const etsyOther: WrongFile = {
  id: 'etsy-other',
  till: 'Etsy',
  headers: [
    { marks: ['Fees & Taxes', 'Tax Details', 'Info'], without: ['Buyer User ID'] },
    { marks: ['CURRENCY_CODE', 'MATERIALS', 'IMAGE1'] },
    { marks: ['Bank Account Ending Digits', 'Amount', 'Status'] },
  ],
  says: 'This is Etsy’s statement, deposits or listings, not the orders. Take Settings → Options → Download data → “Orders”.',
};
