import type { Profile } from '../../profile';

/**
 * Lightspeed eCom (C-Series) customers: the web shop's list, billing and shipping address in one row. No permission is documented.
 * Its ids are those of the web shop, not of a till. Source: facts/pos.md §8.
 */
export const lightspeedEcomCustomers: Profile = {
  id: 'lightspeed-ecom-customers',
  till: 'Lightspeed eCom (C-Series)',
  title: 'Customers',
  clicks: 'Lightspeed eCom → Customers → Export → CSV',
  source: 'lightspeed-ecom',
  kind: 'customers',
  marks: ['LastnamePreposition', 'Coc number', 'Vat number', 'Streetname', 'Shipping Streetname', 'Internal ID'],
  required: ['customerId'],
  fields: {
    customerId: 'Internal ID',
    firstName: 'Firstname',
    lastName: { parts: ['LastnamePreposition', 'Lastname'] },
    company: 'Company',
    email: 'E-Mail',
    phone: 'Mobile',
    phone2: 'Phone',
    street: { parts: ['Streetname', 'Number', 'Extension', 'Address 2'] },
    city: 'City',
    region: 'Region',
    postalCode: 'Zipcode',
    country: 'Country',
  },
};
