import type { WrongFile } from '../profile';

/** SumUp's account statement, recognised by an untranslated header. Source: facts/pos.md. */
export const sumupStatement: WrongFile = {
  id: 'sumup-statement',
  till: 'SumUp',
  headers: [{ marks: ['employees.list.columns.status'] }],
  says: 'This is SumUp’s account statement. Take Sales → Transactions → Export the transactions report.',
};
