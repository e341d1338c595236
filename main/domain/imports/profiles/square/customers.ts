import type { Profile } from '../../profile';

/**
 * Square "Customer directory CSV" (23 columns, 2025; older ones say `Surname`, those of other countries `Postcode`, `County`, `Suburb`; spellings from memory). It carries an e-mail subscription but no
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
    email: ['Email Address', 'Email'],
    phone: ['Phone Number', 'Phone'],
    birthday: 'Birthday',
    street: { parts: ['Street Address 1', 'Street Address 2'] },
    city: ['City', 'Town', 'Suburb'],
    region: ['State', 'County', 'Province'],
    postalCode: ['Postal Code', 'Postcode', 'ZIP Code'],
    note: 'Memo',
    instant: 'Instant Profile',
    emailConsent: 'Email Subscription Status',
  },
};
