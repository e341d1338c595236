import type { Profile } from '../../profile';

/**
 * Lightspeed X-Series (Vend) customers. `do_not_email` is a no, not a yes: whoever is not marked has not agreed to anything.
 * `enable_promotional_sms` is a yes to texts, as evidence. A mobile number is better for texts than the other. Column names are
 * documented one by one, their order partly from memory. Source: facts/pos.md §8.
 */
export const vendCustomers: Profile = {
  id: 'vend-customers',
  till: 'Lightspeed X-Series (Vend)',
  title: 'Customers',
  clicks: 'Lightspeed Retail (X-Series) → Customers → “Export list”',
  source: 'vend',
  kind: 'customers',
  marks: ['customer_code', 'customer_group_name', 'store_credit_balance', 'year_to_date', 'loyalty_balance', 'do_not_email'],
  required: ['customerId'],
  fields: {
    customerId: 'customer_code',
    firstName: 'first_name',
    lastName: 'last_name',
    company: 'company_name',
    email: 'email',
    phone: 'mobile',
    phone2: 'phone',
    birthday: 'date_of_birth',
    street: { parts: ['physical_address_1', 'physical_address_2'] },
    city: ['physical_city', 'physical_suburb'],
    region: 'physical_state',
    postalCode: 'physical_postcode',
    country: 'physical_country_id',
    note: 'note',
    tags: 'customer_group_name',
    smsConsent: 'enable_promotional_sms',
    emailOptOut: 'do_not_email',
  },
};
