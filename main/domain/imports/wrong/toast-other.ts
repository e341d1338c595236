import type { WrongFile } from '../profile';

/** The files that lie beside the orders in Toast's daily export: menu sums, kitchen, drawer, clock, modifiers. Source: facts/pos.md, public text. */
export const toastOther: WrongFile = {
  id: 'toast-other',
  till: 'Toast',
  headers: [
    { marks: ['Item Qty (incl voids)', 'Gross Amount (incl voids)'] },
    { marks: ['Expediter Level', 'Fired Date', 'Fulfilled Date'] },
    { marks: ['Entry Id', 'Payout Reason', 'No Sale Reason'] },
    { marks: ['Job Title', 'In Date', 'Out Date'] },
    { marks: ['Modifier', 'Parent Menu Selection Item ID'] },
  ],
  says: 'This file of Toast’s data export has no orders and no guests. Take “OrderDetails.csv” or “ItemSelectionDetails.csv” from the same folder.',
};
