import type { WrongFile } from '../profile';

/** Square's deposits report. Source: facts/pos.md, public text. */
export const squareDeposits: WrongFile = {
  id: 'square-deposits',
  till: 'Square',
  headers: [{ marks: ['Deposit ID', 'Deposit Date'], without: ['Net Sales', 'Total Collected', 'Transaction ID'] }],
  says: 'These are Square’s deposits to your bank: no sales. Take Reports → Transactions → Export → “Transactions CSV”.',
};
