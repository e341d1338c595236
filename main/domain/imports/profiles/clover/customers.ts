import type { Profile } from '../../profile';

/**
 * Clover "Customers" export (15 columns, 2020; the spelling of name, phone and e-mail is from memory, so others are accepted).
 * `Marketing Allowed` does not say by which way. Clover itself sends marketing by e-mail, so it is kept as evidence for e-mail and
 * never for texts: a permission for texts names texts (rules.md §1). Source: facts/pos.md §3.
 */
export const cloverCustomers: Profile = {
  id: 'clover-customers',
  till: 'Clover',
  title: 'Customers',
  clicks: 'Clover Dashboard → Customers → Export → the file arrives by e-mail or downloads as CSV',
  source: 'clover',
  kind: 'customers',
  marks: ['Marketing Allowed', 'Customer Since', 'Additional Addresses'],
  required: ['customerId'],
  fields: {
    customerId: 'Customer ID',
    firstName: ['First Name', 'FirstName'],
    lastName: ['Last Name', 'LastName'],
    fullName: ['Name', 'Customer Name'],
    email: ['Email Address', 'Email', 'Email Addresses', 'E-mail Address'],
    phone: ['Phone Number', 'Phone', 'Phone Numbers'],
    street: { parts: ['Address Line 1', 'Address Line 2', 'Address Line 3'] },
    city: 'City',
    region: 'State / Province',
    postalCode: 'Postal / Zip Code',
    country: 'Country',
    emailConsent: 'Marketing Allowed',
  },
};
