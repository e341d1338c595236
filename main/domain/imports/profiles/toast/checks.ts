import type { Profile } from '../../profile';

/**
 * Toast "CheckDetails.csv": the only file that names guests with id, phone and e-mail. It is read as a list of people: its checks are
 * parts of the orders of the other files under numbers of their own, so that counting both would double the takings. Checks of
 * unnamed guests are left out. There is no permission in it. Source: facts/pos.md §4.
 */
export const toastChecks: Profile = {
  id: 'toast-checks',
  till: 'Toast',
  title: 'Guests of CheckDetails',
  clicks: 'Toast Web → Reports → Settings → Data exports → the day’s folder → “CheckDetails.csv”',
  source: 'toast',
  kind: 'customers',
  marks: ['Customer Family', 'Reason of Discount', 'Table Size', 'Customer Phone', 'Customer Email', 'Location Code'],
  required: ['customerId'],
  fields: {
    customerId: 'Customer Id',
    fullName: 'Customer',
    email: 'Customer Email',
    phone: 'Customer Phone',
  },
  ignoreWhen: { field: 'customerId', is: 'blank' },
};
