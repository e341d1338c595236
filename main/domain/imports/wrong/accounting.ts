import type { WrongFile } from '../profile';

/** Files for the accountant: vouchers (Lightspeed, Switzerland), journals (Xero, QuickBooks), DATEV (Germany), FEC (France). Source: facts/pos.md, public text. */
export const accounting: WrongFile = {
  id: 'accounting',
  till: '',
  headers: [
    { marks: ['Voucher Nb.', 'Cpt_debit'] },
    { marks: ['*Narration', '*AccountCode'] },
    { marks: ['*ContactName', '*InvoiceNumber', '*AccountCode'] },
    { marks: ['Journal No', 'Account', 'Debits', 'Credits'] },
    { marks: ['Journal No.', 'Account', 'Debits', 'Credits'] },
    { marks: ['JournalDate', 'AccountName', 'Debits', 'Credits'] },
    { marks: ['Account Code', 'Debit', 'Credit'], without: ['Receipt number', 'Customer'] },
    { marks: ['Soll/Haben-Kennzeichen'] },
    { marks: ['JournalCode', 'EcritureNum', 'CompteNum'] },
  ],
  says: 'This is a file for the accountant. Export the sales themselves from the till.',
};
