import type { WrongFile } from '../profile';

/** Square's transfers report. Source: facts/pos.md, public text. */
export const squareTransfers: WrongFile = {
  id: 'square-transfers',
  till: 'Square',
  headers: [{ marks: ['Transfer ID', 'Transfer Date'], without: ['Net Sales', 'Transaction ID'] }],
  says: 'These are Square’s transfers to your bank: no sales. Take Reports → Transactions → Export → “Transactions CSV”.',
};
