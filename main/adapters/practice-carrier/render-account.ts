import { isTollFree } from './account';
import { API, BOUGHT, rfc2822 } from './render';
import { simSid } from './seeded';
import type { SimAccount, SimNumber } from './types';
import type { UsageRow } from './usage';

/** The SID of a number of this account. */
export const numberSid = (n: SimNumber, account: SimAccount): string => simSid('PN', account.accountSid, n.number);

export function numberJson(n: SimNumber, account: SimAccount) {
  const sid = numberSid(n, account);
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
    sms_url: n.smsUrl ?? '',
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

export function accountJson(account: SimAccount) {
  const uri = `/${API}/Accounts/${account.accountSid}`;
  return {
    auth_token: account.authToken,
    date_created: rfc2822(BOUGHT),
    date_updated: rfc2822(BOUGHT),
    friendly_name: account.name ?? 'Practice account',
    owner_account_sid: account.accountSid,
    sid: account.accountSid,
    status: account.closed ? 'closed' : account.active ? 'active' : 'suspended',
    subresource_uris: { balance: `${uri}/Balance.json`, messages: `${uri}/Messages.json`, usage: `${uri}/Usage.json` },
    type: account.type ?? 'Full',
    uri: `${uri}.json`,
  };
}

export function keyJson(account: SimAccount) {
  return { sid: account.keySid, friendly_name: 'Practice key', date_created: rfc2822(BOUGHT), date_updated: rfc2822(BOUGHT) };
}

const PERIODS = ['all_time', 'daily', 'last_month', 'monthly', 'this_month', 'today', 'yearly', 'yesterday'] as const;

export function usageJson(row: UsageRow, accountSid: string, now: number) {
  const base = `/${API}/Accounts/${accountSid}/Usage/Records`;
  const name = (p: string) =>
    p
      .split('_')
      .map((w) => w.charAt(0).toUpperCase() + w.slice(1))
      .join('');
  return {
    account_sid: accountSid,
    api_version: API,
    as_of: new Date(now).toISOString().replace(/\.\d{3}Z$/, '+00:00'),
    category: row.category,
    count: String(row.count),
    count_unit: row.unit,
    description: row.description,
    end_date: row.to,
    price: row.micros / 1e6,
    price_unit: 'usd',
    start_date: row.from,
    subresource_uris: Object.fromEntries(PERIODS.map((p) => [p, `${base}/${name(p)}.json?Category=${row.category}`])),
    uri: `${base}.json?Category=${row.category}&StartDate=${row.from}&EndDate=${row.to}`,
    usage: String(row.usage),
    usage_unit: row.usageUnit,
  };
}
