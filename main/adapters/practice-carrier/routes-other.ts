import { COUNTRIES } from './lines';
import { geoJson, lookupJson, pricingCountries, pricingJson } from './render-lookup';
import { missing, newerPage, ok } from './route-parts';
import type { Route } from './routes';
import type { TwilioSim } from './sim';
import { SimRefusal } from './types';

const FIELDS = new Set([
  'validation',
  'caller_name',
  'sim_swap',
  'call_forwarding',
  'line_status',
  'line_type_intelligence',
  'identity_match',
  'reassigned_number',
  'sms_pumping_risk',
]);

const parsed = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

/** Prices, look-ups, countries, consents: the smaller hosts. */
export const OTHER_ROUTES: readonly Route[] = [
  {
    operation: 'ListMessagingCountry',
    feature: 'pricing',
    method: 'GET',
    host: 'pricing.twilio.com',
    path: /^\/v1\/Messaging\/Countries$/,
    run: (_sim, r) => newerPage('countries', pricingCountries(), r),
  },
  {
    operation: 'FetchMessagingCountry',
    feature: 'pricing',
    method: 'GET',
    host: 'pricing.twilio.com',
    path: /^\/v1\/Messaging\/Countries\/([A-Za-z]{2})$/,
    run: (_sim, _r, [country = '']) => ok(pricingJson(country.toUpperCase())),
  },
  {
    operation: 'FetchPhoneNumber',
    feature: 'lookup',
    method: 'GET',
    host: 'lookups.twilio.com',
    path: /^\/v2\/PhoneNumbers\/([^/]+)$/,
    run: (sim, r, [number = '']) => {
      const fields = (r.query.get('Fields') ?? '').split(',').filter((f) => f !== '');
      const strange = fields.find((f) => !FIELDS.has(f));
      if (strange !== undefined) throw new SimRefusal(400, 60_600, `Unknown field ${strange}.`);
      if (!/^\+?[\d()\s-]{4,20}$/.test(number)) throw missing();
      return ok(lookupJson(number, fields.includes('line_type_intelligence') ? sim.lookUp(number) : null));
    },
  },
  {
    operation: 'FetchMessagingGeopermissions',
    feature: 'geo',
    method: 'GET',
    host: 'accounts.twilio.com',
    path: /^\/v1\/Messaging\/GeoPermissions$/,
    run: (sim, r) => {
      const only = r.query.get('CountryCode');
      if (only !== null && !/^[A-Z]{2}$/.test(only)) throw new SimRefusal(400, 20001, 'CountryCode is not a country.');
      return ok(geoJson(sim.account, only));
    },
  },
  {
    operation: 'UpdateMessagingGeopermissions',
    feature: 'geo',
    method: 'PATCH',
    host: 'accounts.twilio.com',
    path: /^\/v1\/Messaging\/GeoPermissions$/,
    run: (sim, r) => {
      const wanted = r.form.getAll('Permissions').map((p) => parsed(p));
      if (wanted.length === 0) throw new SimRefusal(400, 20001, 'Permissions is missing.');
      const on = new Set(sim.account.countries ?? ['US', 'CA']);
      const permissions = wanted.map((p) => {
        const known = COUNTRIES.find(([, iso]) => iso === p?.['country_code']);
        const enabled = p?.['enabled'] === true || p?.['enabled'] === 'true';
        const wrong = !known ? 'Unknown country' : known[3] ? 'High risk country permission cannot be updated' : null;
        if (known && wrong === null) {
          if (enabled) on.add(known[1]);
          else on.delete(known[1]);
        }
        return {
          country_code: p?.['country_code'] ?? null,
          type: 'country',
          enabled: on.has(String(p?.['country_code'])),
          error_code: wrong === null ? 0 : 30_649,
          error_messages: wrong === null ? [] : [wrong],
        };
      });
      sim.changeAccount({ countries: [...on] });
      return ok({ permissions });
    },
  },
  {
    operation: 'CreateBulkConsents',
    feature: 'consents',
    method: 'POST',
    host: 'accounts.twilio.com',
    path: /^\/v1\/Consents\/Bulk$/,
    run: (sim, r) => {
      const items = r.form.getAll('Items');
      if (items.length === 0 || items.length > MOST_CONSENTS) throw new SimRefusal(400, 20001, 'Items: between 1 and 25.');
      return { ...ok({ items: items.map((text) => consentOf(sim, parsed(text))) }), status: 201 };
    },
  },
];

/** Facts/twilio.md §2: a pilot, written and never read back. */
const MOST_CONSENTS = 25;
const SOURCES = ['website', 'offline', 'opt-in-message', 'opt-out-message', 'others'];

/** Takes one consent, or says everything that is wrong with it. */
function consentOf(sim: TwilioSim, item: Record<string, unknown> | null) {
  const text = (key: string) => (typeof item?.[key] === 'string' ? (item[key] as string) : '');
  const [contact, sender, status, date] = [text('contact_id'), text('sender_id'), text('status'), text('date_of_consent')];
  const ours = sim.account.services.some((s) => s.sid === sender) || sim.account.numbers.some((n) => n.number === sender);
  const wrong = [
    !/^\+[1-9]\d{7,14}$/.test(contact) && 'INVALID_CONTACT_ID',
    !/^[0-9a-f]{32}$/i.test(text('correlation_id')) && 'INVALID_CORRELATION_ID',
    !ours && 'INVALID_SENDER_ID',
    status !== 'opt-in' && status !== 'opt-out' && 'INVALID_STATUS',
    !SOURCES.includes(text('source')) && 'INVALID_SOURCE',
    date !== '' && Number.isNaN(Date.parse(date)) && 'INVALID_DATE_OF_CONSENT',
  ].filter((w) => w !== false);
  if (wrong.length === 0) sim.consent({ sender, contact, stop: status === 'opt-out' });
  return { correlation_id: text('correlation_id'), error_code: wrong.length === 0 ? 0 : 30_646, error_messages: wrong };
}
