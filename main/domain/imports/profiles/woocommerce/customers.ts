import type { Profile } from '../../profile';

/**
 * WooCommerce Analytics → Customers: name, e-mail and place; no phone, no permission, blank lines at the end. The user name is no id
 * the order exports know, so people are known by their e-mail. Source: facts/pos.md §7 (file seen).
 */
export const woocommerceCustomers: Profile = {
  id: 'woocommerce-customers',
  till: 'WooCommerce',
  title: 'Analytics: customers',
  clicks: 'WordPress admin → Analytics → Customers → Download',
  source: 'woocommerce',
  kind: 'customers',
  marks: ['AOV', 'Total Spend', 'Last Active', 'Sign Up', 'Username'],
  required: ['email'],
  fields: {
    fullName: 'Name',
    email: 'Email',
    city: 'City',
    region: 'Region',
    postalCode: 'Postal Code',
    country: 'Country / Region',
  },
};
