import type { WrongFile } from '../profile';

/** An accounting voucher export (Lightspeed, Switzerland). Source: facts/pos.md. */
export const accounting: WrongFile = {
  id: 'accounting',
  till: '',
  headers: [{ marks: ['Voucher Nb.', 'Cpt_debit'] }],
  says: 'This is a file for the accountant. Export the sales themselves from the till.',
};
