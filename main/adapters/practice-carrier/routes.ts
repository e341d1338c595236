import { isShortCode } from './account';
import {
  listJson,
  lookupJson,
  messageJson,
  metaListJson,
  numberJson,
  pricingJson,
  serviceJson,
  serviceNumberJson,
  shortCodeJson,
} from './render';
import type { TwilioSim } from './sim';
import { type SimFeature, SimRefusal } from './types';

export interface SimRequest {
  /** The Twilio host the request was meant for. */
  host: string;
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
}

export interface SimAnswer {
  /** operationId of Twilio's specification; null for a path it does not have. */
  operation: string | null;
  status: number;
  body: object | null;
}

interface Route {
  operation: string;
  feature: SimFeature;
  method: string;
  host: string;
  path: RegExp;
  run(sim: TwilioSim, request: SimRequest, part: string): { status: number; body: object | null };
}

const API = 'api.twilio.com';
const ACCOUNT = '/2010-04-01/Accounts/AC[0-9a-fA-F]{32}';
const ok = (body: object) => ({ status: 200, body });
const missing = () => new SimRefusal(404, 20404, 'The requested resource was not found');
const opt = (p: URLSearchParams, name: string) => p.get(name) ?? undefined;

function pageSizeOf(query: URLSearchParams): number {
  const asked = query.get('PageSize');
  if (asked === null) return 50;
  const n = Number(asked);
  if (!Number.isInteger(n) || n < 1 || n > 1000) throw new SimRefusal(400, 20001, 'PageSize must be between 1 and 1000');
  return n;
}

/** `2026-11-17` or an ISO instant; a whole day counts from its first or to its last second. */
function instant(text: string | null, end: boolean): number | undefined {
  if (text === null) return undefined;
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${end ? '23:59:59' : '00:00:00'}Z` : text);
  return Number.isNaN(at) ? undefined : at;
}

function listMessages(sim: TwilioSim, r: SimRequest) {
  const q = r.query;
  const pageSize = pageSizeOf(q);
  const day = q.get('DateSent');
  const token = q.get('PageToken');
  const until = instant(q.get('DateSent<') ?? day, true);
  const page = sim.list({
    to: opt(q, 'To'),
    from: opt(q, 'From'),
    sentFrom: instant(q.get('DateSent>') ?? day, false),
    // The log has seconds only: "until 12:00:00" includes all of that second.
    sentUntil: until === undefined ? undefined : until - (until % 1000) + 999,
    pageSize,
    after: token === null ? undefined : token.replace(/^PA/, ''),
  });
  const rows = page.rows.map((v) => messageJson(v, sim.account.accountSid));
  return ok(listJson('messages', rows, r.path, q, page.next, pageSize));
}

const CREATE = ['To', 'From', 'MessagingServiceSid', 'Body', 'MediaUrl', 'ValidityPeriod', 'SendAt', 'ScheduleType'] as const;

const service = (sim: TwilioSim, sid: string) => {
  const found = sim.account.services.find((s) => s.sid === sid);
  if (!found) throw missing();
  return found;
};

const ROUTES: Route[] = [
  {
    operation: 'CreateMessage',
    feature: 'messages',
    method: 'POST',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Messages\\.json()$`),
    run: (sim, r) => {
      const view = sim.create(Object.fromEntries(CREATE.map((k) => [k, opt(r.form, k)])));
      return { status: 201, body: messageJson(view, sim.account.accountSid) };
    },
  },
  {
    operation: 'ListMessage',
    feature: 'messages',
    method: 'GET',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Messages\\.json()$`),
    run: listMessages,
  },
  {
    operation: 'FetchMessage',
    feature: 'messages',
    method: 'GET',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Messages/([^/]+)\\.json$`),
    run: (sim, _r, sid) => {
      const view = sim.fetch(sid);
      if (!view) throw missing();
      return ok(messageJson(view, sim.account.accountSid));
    },
  },
  {
    operation: 'UpdateMessage',
    feature: 'messages',
    method: 'POST',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Messages/([^/]+)\\.json$`),
    run: (sim, r, sid) =>
      ok(messageJson(sim.update(sid, { Body: opt(r.form, 'Body'), Status: opt(r.form, 'Status') }), sim.account.accountSid)),
  },
  {
    operation: 'DeleteMessage',
    feature: 'messages',
    method: 'DELETE',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Messages/([^/]+)\\.json$`),
    run: (sim, _r, sid) => {
      sim.delete(sid);
      return { status: 204, body: null };
    },
  },
  {
    operation: 'FetchBalance',
    feature: 'balance',
    method: 'GET',
    host: API,
    path: new RegExp(`^${ACCOUNT}/Balance\\.json()$`),
    run: (sim) => ok({ account_sid: sim.account.accountSid, balance: sim.balance(), currency: 'USD' }),
  },
  {
    operation: 'ListIncomingPhoneNumber',
    feature: 'numbers',
    method: 'GET',
    host: API,
    path: new RegExp(`^${ACCOUNT}/IncomingPhoneNumbers\\.json()$`),
    run: (sim, r) => {
      const rows = sim.account.numbers.filter((n) => !isShortCode(n)).map((n) => numberJson(n, sim.account));
      return ok(listJson('incoming_phone_numbers', rows, r.path, r.query, null, pageSizeOf(r.query)));
    },
  },
  {
    operation: 'ListShortCode',
    feature: 'numbers',
    method: 'GET',
    host: API,
    path: new RegExp(`^${ACCOUNT}/SMS/ShortCodes\\.json()$`),
    run: (sim, r) => {
      const rows = sim.account.numbers.filter(isShortCode).map((n) => shortCodeJson(n, sim.account));
      return ok(listJson('short_codes', rows, r.path, r.query, null, pageSizeOf(r.query)));
    },
  },
  {
    operation: 'ListService',
    feature: 'services',
    method: 'GET',
    host: 'messaging.twilio.com',
    path: /^\/v1\/Services()$/,
    run: (sim, r) => {
      const rows = sim.account.services.map((s) => serviceJson(s, sim.account.accountSid));
      return ok(metaListJson('services', rows, 'https://messaging.twilio.com/v1/Services', pageSizeOf(r.query)));
    },
  },
  {
    operation: 'FetchService',
    feature: 'services',
    method: 'GET',
    host: 'messaging.twilio.com',
    path: /^\/v1\/Services\/([^/]+)$/,
    run: (sim, _r, sid) => ok(serviceJson(service(sim, sid), sim.account.accountSid)),
  },
  {
    operation: 'UpdateService',
    feature: 'services',
    method: 'POST',
    host: 'messaging.twilio.com',
    path: /^\/v1\/Services\/([^/]+)$/,
    run: (sim, r, sid) => {
      const s = service(sim, sid);
      const defer = r.form.get('UseInboundWebhookOnNumber');
      if (defer !== null) sim.deferToNumber(sid, defer === 'true');
      return ok(serviceJson(s, sim.account.accountSid));
    },
  },
  {
    operation: 'ListPhoneNumber',
    feature: 'services',
    method: 'GET',
    host: 'messaging.twilio.com',
    path: /^\/v1\/Services\/([^/]+)\/PhoneNumbers$/,
    run: (sim, r, sid) => {
      const s = service(sim, sid);
      const rows = s.numbers.map((n) => serviceNumberJson(n, s, sim.account.accountSid));
      return ok(metaListJson('phone_numbers', rows, `https://messaging.twilio.com/v1/Services/${sid}/PhoneNumbers`, pageSizeOf(r.query)));
    },
  },
  {
    operation: 'FetchMessagingCountry',
    feature: 'pricing',
    method: 'GET',
    host: 'pricing.twilio.com',
    path: /^\/v1\/Messaging\/Countries\/([A-Za-z]{2})$/,
    run: (_sim, _r, country) => ok(pricingJson(country.toUpperCase())),
  },
  {
    operation: 'FetchPhoneNumber',
    feature: 'lookup',
    method: 'GET',
    host: 'lookups.twilio.com',
    path: /^\/v2\/PhoneNumbers\/([^/]+)$/,
    run: (_sim, _r, number) => ok(lookupJson(number)),
  },
];

/** Twilio's error body. */
export const errorJson = (status: number, code: number, message: string) => ({
  code,
  message,
  more_info: `https://www.twilio.com/docs/errors/${code}`,
  status,
});

/** Who is asking: HTTP Basic with the account's token or its API key. */
function authorised(sim: TwilioSim, header: string | undefined): boolean {
  const { accountSid, authToken, keySid, keySecret, anyone } = sim.account;
  const plain = header?.startsWith('Basic ') ? Buffer.from(header.slice(6), 'base64').toString('utf8') : '';
  if (anyone) return /^(SK|AC)[0-9a-fA-F]{32}:./.test(plain);
  return plain === `${keySid}:${keySecret}` || plain === `${accountSid}:${authToken}`;
}

/** Answers one request exactly as the API would. */
export function answer(sim: TwilioSim, r: SimRequest, authorization: string | undefined): SimAnswer {
  sim.settle();
  const route = ROUTES.find((x) => x.host === r.host && x.method === r.method && x.path.test(r.path));
  const operation = route?.operation ?? null;
  const refusal = (status: number, code: number, message: string): SimAnswer => ({
    operation,
    status,
    body: errorJson(status, code, message),
  });
  if (!authorised(sim, authorization)) return refusal(401, 20003, 'Authenticate');
  // A Standard key may do everything but /Accounts and /Keys (facts/twilio.md §5).
  if (/^\/2010-04-01\/Accounts(\/[^/]+)?(\/Keys.*)?\.json$/.test(r.path)) return refusal(401, 20003, 'Authenticate');
  const account = /\/Accounts\/(AC[0-9a-fA-F]{32})\//.exec(r.path)?.[1];
  if (account !== undefined && sim.account.anyone) sim.account.accountSid = account;
  if (account !== undefined && account !== sim.account.accountSid) return refusal(401, 20003, 'Authenticate');
  if (!route) return refusal(404, 20404, `The requested resource ${r.path} was not found`);
  if (sim.account.denied.includes(route.feature)) return refusal(403, 70051, 'Authorization Error');
  try {
    const { status, body } = route.run(sim, r, route.path.exec(r.path)?.[1] ?? '');
    return { operation, status, body };
  } catch (error) {
    if (error instanceof SimRefusal) return refusal(error.httpStatus, error.code, error.message);
    throw error;
  }
}
