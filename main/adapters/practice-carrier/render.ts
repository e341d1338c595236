import type { SimView } from './types';

/** Twilio's JSON, field by field as its specification names them. */

export const API = '2010-04-01';
export const rfc2822 = (at: number) => new Date(at).toUTCString().replace('GMT', '+0000');
export const iso = (at: number) => new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
/** Everything owned was bought on this day. */
export const BOUGHT = Date.UTC(2024, 0, 15, 9, 0, 0);

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

/** `redacted`: told without its words. */
export function messageJson(v: SimView, accountSid: string, redacted = false) {
  const { m } = v;
  const uri = `/${API}/Accounts/${accountSid}/Messages/${m.sid}`;
  return {
    account_sid: accountSid,
    api_version: API,
    body: redacted ? '' : m.body,
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

/** The envelope of the newer APIs. */
export function metaListJson(
  key: string,
  rows: object[],
  url: string,
  query: URLSearchParams,
  page: number,
  pageSize: number,
  more: boolean,
) {
  const link = (n: number) => {
    const q = new URLSearchParams(query);
    q.set('PageSize', String(pageSize));
    q.set('Page', String(n));
    q.delete('PageToken');
    if (n > 0) q.set('PageToken', `PT${n}`);
    return `${url}?${q.toString()}`;
  };
  return {
    meta: {
      page,
      page_size: pageSize,
      first_page_url: link(0),
      previous_page_url: page === 0 ? null : link(page - 1),
      next_page_url: more ? link(page + 1) : null,
      key,
      url: link(page),
    },
    [key]: rows,
  };
}
