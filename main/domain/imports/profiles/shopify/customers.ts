import type { Profile } from '../../profile';

/**
 * Shopify "Export customers": 20 columns of 2024–26 with `Default Address …`, 21 of 2023 without, the import template without an id,
 * and since 2026 WhatsApp and metafield columns whose labels are translated. Ids, phones and postcodes carry a leading apostrophe.
 * `Phone` is the customer's own, `Default Address Phone` the delivery's. Consent columns are evidence only. Source: facts/pos.md §2.
 */
export const shopifyCustomers: Profile = {
  id: 'shopify-customers',
  till: 'Shopify',
  title: 'Customers',
  clicks: 'Shopify admin → Customers → Export → “All customers”, “CSV for Excel” or “Plain CSV file” → Export customers',
  source: 'shopify',
  kind: 'customers',
  marks: ['Accepts Email Marketing', 'Accepts SMS Marketing', 'Total Spent', 'Total Orders', 'Tax Exempt'],
  required: ['email'],
  fields: {
    customerId: 'Customer ID',
    firstName: 'First Name',
    lastName: 'Last Name',
    company: ['Default Address Company', 'Company'],
    email: 'Email',
    phone: 'Phone',
    phone2: 'Default Address Phone',
    birthday: { ends: '(customer.metafields.facts.birth_date)' },
    street: { parts: ['Default Address Address1', 'Default Address Address2', 'Address1', 'Address2'] },
    city: ['Default Address City', 'City'],
    region: ['Default Address Province Code', 'Province Code', 'Province'],
    postalCode: ['Default Address Zip', 'Zip'],
    country: ['Default Address Country Code', 'Country Code', 'Country'],
    note: 'Note',
    tags: 'Tags',
    emailConsent: 'Accepts Email Marketing',
    smsConsent: 'Accepts SMS Marketing',
  },
};
