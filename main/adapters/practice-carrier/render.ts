import { isTollFree } from './account';
import { simSid } from './seeded';
import type { SimAccount, SimNumber, SimService, SimView } from './types';

/** Twilio's JSON, field by field as its specification names them. */

const API = '2010-04-01';
const rfc2822 = (at: number) => new Date(at).toUTCString().replace('GMT', '+0000');
const iso = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
/** Everything owned was bought on this day. */
const BOUGHT = Date.UTC(2024, 0, 15, 9, 0, 0);

const ERROR_WORDS: Record<number, string> = {
  21610: 'Attempt to send to unsubscribed recipient',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Carrier violation',
  30008: 'Unknown error',
  30036: 'Validity period expired',
};

export function messageJson(v: SimView, accountSid: string) {
  const { m } = v;
  const uri = `/${API}/Accounts/${accountSid}/Messages/${m.sid}`;
  return {
    account_sid: accountSid,
    api_version: API,
    body: m.body,
    date_created: rfc2822(m.createdAt),
    date_sent: v.sentAt === null ? null : rfc2822(v.sentAt),
    date_updated: rfc2822(v.updatedAt),
    direction: m.direction,
    error_code: v.errorCode,
    error_message: v.errorCode === null ? null : (ERROR_WORDS[v.errorCode] ?? 'Failed'),
    from: v.from,
    messaging_service_sid: m.serviceSid,
    num_media: '0',
    num_segments: String(v.segments),
    price: v.price,
    price_unit: 'USD',
    sid: m.sid,
    status: v.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: m.to,
    uri: `${uri}.json`,
  };
}

/** The v2010 envelope of a list. `query` is what the client asked with, kept in the next page's address. */
export function listJson(key: string, rows: object[], path: string, query: URLSearchParams, next: string | null, pageSize: number) {
  const page = Number(query.get('Page') ?? 0);
  const link = (number: number, token: string | null) => {
    const q = new URLSearchParams(query);
    q.set('PageSize', String(pageSize));
    q.set('Page', String(number));
    q.delete('PageToken');
    if (token !== null) q.set('PageToken', `PA${token}`);
    return `${path}?${q.toString()}`;
  };
  const start = page * pageSize;
  return {
    [key]: rows,
    page,
    page_size: pageSize,
    start,
    end: start + Math.max(0, rows.length - 1),
    uri: link(page, null),
    first_page_uri: link(0, null),
    previous_page_uri: null,
    next_page_uri: next === null ? null : link(page + 1, next),
  };
}

/** The envelope of the newer APIs; a shop's lists fit one page. */
export function metaListJson(key: string, rows: object[], url: string, pageSize: number) {
  const here = `${url}?PageSize=${pageSize}&Page=0`;
  return {
    meta: { page: 0, page_size: pageSize, first_page_url: here, previous_page_url: null, next_page_url: null, key, url: here },
    [key]: rows,
  };
}

export function numberJson(n: SimNumber, account: SimAccount) {
  const sid = simSid('PN', account.accountSid, n.number);
  return {
    account_sid: account.accountSid,
    address_requirements: 'none',
    address_sid: null,
    api_version: API,
    beta: false,
    capabilities: { voice: true, sms: n.sms !== false, mms: n.sms !== false, fax: false },
    date_created: rfc2822(BOUGHT),
    date_updated: rfc2822(BOUGHT),
    friendly_name: n.number,
    phone_number: n.number,
    origin: 'twilio',
    sid,
    sms_application_sid: null,
    sms_method: 'POST',
    sms_url: '',
    status: 'in-use',
    type: isTollFree(n.number) ? 'tollfree' : 'local',
    uri: `/${API}/Accounts/${account.accountSid}/IncomingPhoneNumbers/${sid}.json`,
  };
}

export function shortCodeJson(n: SimNumber, account: SimAccount) {
  const sid = simSid('SC', account.accountSid, n.number);
  return {
    account_sid: account.accountSid,
    api_version: API,
    date_created: rfc2822(BOUGHT),
    date_updated: rfc2822(BOUGHT),
    friendly_name: n.number,
    short_code: n.number,
    sid,
    sms_method: 'POST',
    sms_url: null,
    uri: `/${API}/Accounts/${account.accountSid}/SMS/ShortCodes/${sid}.json`,
  };
}

export function serviceJson(s: SimService, accountSid: string) {
  const url = `https://messaging.twilio.com/v1/Services/${s.sid}`;
  return {
    sid: s.sid,
    account_sid: accountSid,
    friendly_name: s.name,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    inbound_request_url: s.inboundRequestUrl,
    inbound_method: 'POST',
    fallback_url: null,
    fallback_method: 'POST',
    status_callback: null,
    sticky_sender: true,
    mms_converter: true,
    smart_encoding: false,
    scan_message_content: 'inherit',
    fallback_to_long_code: false,
    area_code_geomatch: true,
    synchronous_validation: false,
    validity_period: 36_000,
    usecase: 'marketing',
    us_app_to_person_registered: true,
    use_inbound_webhook_on_number: s.useInboundWebhookOnNumber,
    url,
    links: { phone_numbers: `${url}/PhoneNumbers`, short_codes: `${url}/ShortCodes`, alpha_senders: `${url}/AlphaSenders` },
  };
}

export function serviceNumberJson(number: string, s: SimService, accountSid: string) {
  const sid = simSid('PN', accountSid, number);
  return {
    sid,
    account_sid: accountSid,
    service_sid: s.sid,
    date_created: iso(BOUGHT),
    date_updated: iso(BOUGHT),
    phone_number: number,
    country_code: 'US',
    capabilities: ['SMS', 'MMS'],
    url: `https://messaging.twilio.com/v1/Services/${s.sid}/PhoneNumbers/${sid}`,
  };
}

export function pricingJson(country: string) {
  const price = (base: string, type: string) => ({ base_price: base, current_price: base, number_type: type });
  const names: Record<string, string> = { US: 'United States', CA: 'Canada' };
  return {
    country: names[country] ?? country,
    iso_country: country,
    price_unit: 'USD',
    outbound_sms_prices: [
      { carrier: 'AT&T', mcc: '310', mnc: '410', prices: [price('0.0113', 'local'), price('0.0113', 'toll-free')] },
      { carrier: 'Other', mcc: '310', mnc: '000', prices: [price('0.0083', 'local'), price('0.0083', 'toll-free')] },
    ],
    inbound_sms_prices: [price('0.0083', 'local'), price('0.0083', 'toll-free')],
    url: `https://pricing.twilio.com/v1/Messaging/Countries/${country}`,
  };
}

export function lookupJson(number: string) {
  const valid = /^\+[1-9]\d{7,14}$/.test(number) && (!number.startsWith('+1') || number.length === 12);
  return {
    calling_country_code: valid && number.startsWith('+1') ? '1' : null,
    country_code: valid && number.startsWith('+1') ? 'US' : null,
    phone_number: number,
    national_format: valid ? number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3') : null,
    valid,
    validation_errors: valid ? [] : ['INVALID_LENGTH'],
    caller_name: null,
    sim_swap: null,
    call_forwarding: null,
    line_status: null,
    line_type_intelligence: null,
    identity_match: null,
    reassigned_number: null,
    sms_pumping_risk: null,
    phone_number_quality_score: null,
    pre_fill: null,
    url: `https://lookups.twilio.com/v2/PhoneNumbers/${number}`,
  };
}
