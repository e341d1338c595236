import type { Profile } from '../../profile';

/**
 * Square "Customer directory CSV" (23 columns, 2025; older ones say `Surname`). It carries an e-mail subscription but no
 * permission for texts. `Instant Profile` rows were made from a card, mostly without a name. Source: facts/pos.md §1.
 */
export const squareCustomers: Profile = {
  id: 'square-customers',
  till: 'Square',
  title: 'Customer directory',
  clicks: 'Square Dashboard → Customers → Directory → Import/Export → “Export customers”',
  source: 'square',
  kind: 'customers',
  marks: ['Square Customer ID', 'Email Subscription Status', 'Instant Profile', 'Creation Source', 'Lifetime Spend'],
  required: ['customerId'],
  fields: {
    customerId: 'Square Customer ID',
    firstName: ['First Name', 'Given Name'],
    lastName: ['Last Name', 'Surname'],
    company: 'Company Name',
    email: 'Email Address',
    phone: 'Phone Number',
    birthday: 'Birthday',
    street: { parts: ['Street Address 1', 'Street Address 2'] },
    city: 'City',
    region: 'State',
    postalCode: 'Postal Code',
    note: 'Memo',
    instant: 'Instant Profile',
    emailConsent: 'Email Subscription Status',
  },
};
