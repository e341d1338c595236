import type { WrongFile } from '../profile';

/** Statements of bank accounts in four languages: money in and out of an account, not sales. Source: facts/pos.md, public text. */
export const bankStatement: WrongFile = {
  id: 'bank-statement',
  till: '',
  headers: [
    { marks: ['Debit', 'Credit', 'Balance'], without: ['Receipt number', 'Customer', 'Customer ID'] },
    { marks: ['Paid out', 'Paid in', 'Balance'] },
    { marks: ['Money out', 'Money in', 'Balance'] },
    { marks: ['Buchungstag', 'Verwendungszweck'] },
    { marks: ['Auftragskonto', 'Buchungstext'] },
    { marks: ['Débit', 'Crédit', 'Libellé'] },
    { marks: ['Date de valeur', 'Débit', 'Crédit'] },
    { marks: ['Date valeur', 'Débit', 'Crédit'] },
    { marks: ['Concepto', 'Importe', 'Saldo'], without: ['Cliente'] },
    { marks: ['Fecha valor', 'Importe', 'Saldo'] },
    { marks: ['Data valuta', 'Dare', 'Avere'] },
    { marks: ['Data valuta', 'Addebiti', 'Accrediti'] },
  ],
  says: 'This is a bank statement: it has no sales. Export the sales themselves from the till.',
};
