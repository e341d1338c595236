import type { Catalogue } from './index';

const en = {
  title: 'When somebody is known already',
  hint: (till: string) => `For people you know already, field by field. Remembered for ${till}: the next file is read the same way.`,
  thisList: 'this list',
  fields: {
    name: 'Name',
    company: 'Company',
    phone: 'Phone',
    email: 'E-mail',
    birthday: 'Birthday',
    address: 'Address',
    note: 'Note',
  },
  usual: 'As usual',
  fill: 'Fill blanks only',
  file: 'The file wins',
  explain: {
    usual: 'As usual: blanks are filled, and what the till changed follows the till. What your staff typed stays.',
    fill: 'Fill blanks only: nothing that is known is replaced.',
    file: 'The file wins: it replaces even what your staff typed. A blank in the file never erases anything.',
  },
  change: 'Change',
  close: 'Close',
  phoneNote: 'Permission belongs to the number: a new number starts without any.',
  check: 'Check the file again',
  again: 'Choose the file again to change this.',
  set: (fields: string, how: string) => `${fields}: ${how}`,
};

export const prefer: Catalogue<typeof en> = { en };
