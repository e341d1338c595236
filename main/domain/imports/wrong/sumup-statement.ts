import type { WrongFile } from '../profile';

/** SumUp's account statement, recognised by an untranslated header or by its balance column. Source: facts/pos.md, public text. */
export const sumupStatement: WrongFile = {
  id: 'sumup-statement',
  till: 'SumUp',
  headers: [{ marks: ['employees.list.columns.status'] }, { marks: ['Codice transazione', 'Causale pagamento', 'Saldo disponibile'] }],
  says: 'This is SumUp’s account statement. Take Sales → Reports → Transactions report → Download CSV.',
};
