import { skewOf } from '@domain/desktop/clock-check';
import { AppError } from '@domain/errors';
import type { UtcMs } from '@domain/kernel';
import type { CarrierTraffic, ClockReading } from '@ports/sms-gateway';
import type TwilioSDK from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient';
import type Response from 'twilio/lib/http/response';
import { CarrierFailure, networkFailure, retryAfter, statusFailure } from './failure';

export interface TwilioOptions {
  accountSid: string;
  keySid: string;
  keySecret: string;
  /** A practice carrier on this machine; only loopback http is accepted. */
  baseUrl?: string;
  /** Counted into: how often the carrier is asked. */
  traffic?: CarrierTraffic;
  /** This computer's clock, to be compared with the date of every answer. */
  now?: () => UtcMs;
  onReading?: (reading: Omit<ClockReading, 'seq'>) => void;
  /** For tests; Twilio itself may take 26 s to answer a POST. */
  timeouts?: { postMs: number; getMs: number };
  /** For tests; pauses before a GET is repeated. */
  retryPausesMs?: readonly number[];
  /** Told the carrier's time (its Date header) with every answer. */
  onDate?: (at: number) => void;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Refuses everything but http on this machine: a wrong address must never receive the shop's texts. */
export function loopbackUrl(url: string): URL {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new AppError('input.invalid', { field: 'baseUrl' });
  }
  if (parsed.protocol !== 'http:' || !LOOPBACK.has(parsed.hostname) || parsed.username || parsed.password) {
    throw new AppError('input.invalid', { field: 'baseUrl' });
  }
  return parsed;
}

/** Which of our counters a request belongs to. */
export function trafficKind(method: string, path: string): 'send' | 'list' | 'fetch' | 'other' {
  if (/\/Messages\.json$/.test(path)) return method.toLowerCase() === 'post' ? 'send' : 'list';
  return /\/Messages\/[^/]+\.json$/.test(path) && method.toLowerCase() === 'get' ? 'fetch' : 'other';
}

const parsedBody = (body: unknown): unknown => {
  if (typeof body !== 'string') return body;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

/**
 * The official SDK (≈ 0.3–0.5 s to load, so on first use only) with our own HTTP edge: every host goes to `baseUrl` when set,
 * and every failure becomes a CarrierFailure before the SDK can wrap it with headers and bodies.
 */
export async function loadClient(options: TwilioOptions): Promise<TwilioSDK.Twilio> {
  const { default: twilio } = await import('twilio');
  const base = options.baseUrl === undefined ? null : loopbackUrl(options.baseUrl);
  const { postMs, getMs } = options.timeouts ?? { postMs: 40_000, getMs: 30_000 };

  class Edge extends twilio.RequestClient {
    override async request<TData>(opts: RequestClient.RequestOptions<TData>): Promise<Response<TData>> {
      const uri = new URL(opts.uri);
      const headers = { ...opts.headers };
      if (base) {
        headers['x-twilio-host'] = uri.host;
        uri.protocol = base.protocol;
        uri.host = base.host;
      }
      const timeout = opts.method === 'post' ? postMs : getMs;
      if (options.traffic) options.traffic[trafficKind(opts.method, uri.pathname)]++;
      const asked = options.now?.();
      let answer: Response<TData>;
      try {
        answer = await super.request<TData>({ ...opts, uri: uri.href, headers, timeout });
      } catch (error) {
        throw networkFailure(error);
      } finally {
        // The SDK keeps the last request, with its Authorization header, for debugging.
        delete this.lastRequest;
        delete this.lastResponse;
      }
      const said = Date.parse(String((answer.headers as Record<string, unknown> | undefined)?.['date'] ?? ''));
      if (!Number.isNaN(said)) options.onDate?.(said);
      const heard = options.now?.();
      if (!Number.isNaN(said) && asked !== undefined && heard !== undefined) {
        options.onReading?.({ skewMs: skewOf(said as UtcMs, asked, heard), at: heard });
      }
      const status = answer.statusCode;
      const body = parsedBody(answer.body);
      if (status < 200 || status > 299) {
        const after = (answer.headers as Record<string, unknown> | undefined)?.['retry-after'];
        throw statusFailure(status, body, retryAfter(after, Date.now()));
      }
      if (status !== 204 && (typeof body !== 'object' || body === null)) throw new CarrierFailure('broken-answer', status);
      return answer;
    }
  }

  return twilio(options.keySid, options.keySecret, {
    accountSid: options.accountSid,
    httpClient: new Edge({ autoRetry: false, timeout: Math.max(postMs, getMs), maxSockets: 16 }),
    autoRetry: false,
    lazyLoading: true,
    env: {}, // never TWILIO_* variables of the computer
  });
}
