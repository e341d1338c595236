import { loadClient } from '@adapters/twilio/client';
import type TwilioSDK from 'twilio';
import { ACCOUNT, KEY, SECRET } from './carrier';

/** The official SDK itself, against a carrier on this machine. Failures come as CarrierFailure {kind, httpStatus, code}. */
export const sdkOf = (url: string, as: { sid?: string; secret?: string; account?: string } = {}): Promise<TwilioSDK.Twilio> =>
  loadClient({
    accountSid: as.account ?? ACCOUNT,
    keySid: as.sid ?? KEY,
    keySecret: as.secret ?? SECRET,
    baseUrl: url,
    timeouts: { postMs: 5000, getMs: 5000 },
  });

/** One raw request, as the API gets them. */
export async function rawly(
  url: string,
  path: string,
  o: {
    method?: string;
    form?: Record<string, string> | undefined;
    host?: string;
    user?: string;
    secret?: string;
    redirect?: RequestRedirect;
  } = {},
): Promise<{ status: number; body: Record<string, unknown> | null; text: string; headers: Headers }> {
  const response = await fetch(`${url}${path}`, {
    method: o.method ?? (o.form ? 'POST' : 'GET'),
    redirect: o.redirect ?? 'manual',
    headers: {
      authorization: `Basic ${Buffer.from(`${o.user ?? KEY}:${o.secret ?? SECRET}`).toString('base64')}`,
      'x-twilio-host': o.host ?? 'api.twilio.com',
    },
    ...(o.form ? { body: new URLSearchParams(o.form) } : {}),
  });
  const text = await response.text();
  let body: Record<string, unknown> | null = null;
  try {
    body = JSON.parse(text) as Record<string, unknown>;
  } catch {
    body = null;
  }
  return { status: response.status, body, text, headers: response.headers };
}
