import type { Profile } from '../../profile';

/**
 * Loyverse's list of customers (16 columns, header from memory). It knows no permission of any kind. Source: facts/pos.md §5.
 */
export const loyverseCustomers: Profile = {
  id: 'loyverse-customers',
  till: 'Loyverse',
  title: 'Customers',
  clicks: 'Loyverse Back Office → Customers → Customer base → Export',
  source: 'loyverse',
  kind: 'customers',
  marks: ['Customer code', 'Points balance', 'Total visits'],
  required: [],
  fields: {
    customerId: 'Customer id',
    fullName: 'Customer name',
    email: 'Email',
    phone: 'Phone',
    street: 'Address',
    city: 'City',
    region: 'Province',
    postalCode: 'Postal code',
    country: 'Country',
    note: 'Note',
  },
};
