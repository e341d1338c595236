import { AppError } from '@domain/errors';
import type { SendOutcome } from '@ports/sms-gateway';

/** What went wrong with one HTTP exchange, reduced to facts that are safe to log: no header, number, body or address. */
export type FailureKind =
  /** The request never reached the carrier (DNS, refused, TLS). */
  | 'unreachable'
  /** HTTP 429: never processed, always safe to repeat (Twilio, error 20429). */
  | 'rate-limited'
  /** HTTP 4xx with a Twilio code: nothing was created. */
  | 'rejected'
  | 'timeout'
  | 'reset'
  | 'server-error'
  /** An answer that is not Twilio's JSON: the request was processed, or somebody in between answered. */
  | 'broken-answer';

/** Thrown inside the adapter in place of axios and SDK errors, whose `config` carries the Authorization header and the text. */
export class CarrierFailure extends Error {
  override readonly name = 'CarrierFailure';
  constructor(
    readonly kind: FailureKind,
    readonly httpStatus: number | null = null,
    readonly code: number | null = null,
    readonly retryAfterMs: number | null = null,
  ) {
    super(kind);
  }
}

/** Certificate and handshake failures: they happen before the first byte of the request is written. */
const TLS_CODES = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'HOSTNAME_MISMATCH',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'ERR_TLS_HANDSHAKE_TIMEOUT',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
]);
const NEVER_LEFT = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED']);
/** No way there: nothing left when connecting, but a line that breaks while the answer is read says the same. */
const NO_ROUTE = new Set(['ENETUNREACH', 'EHOSTUNREACH', 'ENETDOWN']);
const ON_AN_OPEN_LINE = new Set(['read', 'write', 'writev', 'shutdown']);
const TIMEOUTS = new Set(['ECONNABORTED', 'ETIMEDOUT']);

const text = (o: unknown, key: string): string | null => {
  if (typeof o !== 'object' || o === null) return null;
  const v = (o as Record<string, unknown>)[key];
  return typeof v === 'string' ? v : null;
};

/** Reads only code, syscall and a known phrase of a network error (facts/twilio.md §1.6). */
export function networkFailure(error: unknown): CarrierFailure {
  const cause = typeof error === 'object' && error !== null ? (error as { cause?: unknown }).cause : undefined;
  const code = text(cause, 'code') ?? text(error, 'code') ?? '';
  const syscall = text(cause, 'syscall') ?? text(error, 'syscall');
  const message = text(cause, 'message') ?? text(error, 'message') ?? '';
  if (NEVER_LEFT.has(code) || TLS_CODES.has(code) || syscall === 'connect' || syscall === 'getaddrinfo')
    return new CarrierFailure('unreachable');
  if (NO_ROUTE.has(code) && !(syscall !== null && ON_AN_OPEN_LINE.has(syscall))) return new CarrierFailure('unreachable');
  // A handshake that is cut short is an ECONNRESET too, but nothing was written yet.
  if (message.includes('before secure TLS connection was established')) return new CarrierFailure('unreachable');
  if (TIMEOUTS.has(code)) return new CarrierFailure('timeout');
  return new CarrierFailure('reset');
}

/** Retry-After in seconds or as an HTTP date; at most an hour is believed. `nowMs` only for the date form. */
export function retryAfter(header: unknown, nowMs: number): number | null {
  if (typeof header !== 'string' && typeof header !== 'number') return null;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(String(header)) - nowMs;
  return Number.isFinite(ms) && ms >= 0 ? Math.min(ms, 3_600_000) : null;
}

/** The failure of an answered request that is not 2xx. */
export function statusFailure(status: number, body: unknown, retryAfterMs: number | null): CarrierFailure {
  const raw = typeof body === 'object' && body !== null ? (body as { code?: unknown }).code : undefined;
  const code = typeof raw === 'number' && Number.isInteger(raw) && raw > 0 ? raw : null;
  if (status === 429) return new CarrierFailure('rate-limited', status, code, retryAfterMs);
  if (status >= 500) return new CarrierFailure('server-error', status, code, retryAfterMs);
  if (status >= 400 && code !== null) return new CarrierFailure('rejected', status, code);
  return new CarrierFailure('broken-answer', status);
}

/** What a failed POST of a text means (rules.md §4). */
export function sendOutcome(error: unknown): SendOutcome {
  if (!(error instanceof CarrierFailure)) return { kind: 'uncertain', why: 'broken-answer', httpStatus: null };
  switch (error.kind) {
    case 'rejected':
      return { kind: 'rejected', code: error.code ?? 0, httpStatus: error.httpStatus ?? 400 };
    case 'rate-limited':
    case 'unreachable':
      return { kind: 'not-sent', why: error.kind, retryAfterMs: error.retryAfterMs };
    default:
      return { kind: 'uncertain', why: error.kind, httpStatus: error.httpStatus };
  }
}

/** The only error that leaves the adapter. */
export function asAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (!(error instanceof CarrierFailure)) return new AppError('sms.unreachable', { why: 'broken-answer' });
  const { httpStatus, code } = error;
  if (httpStatus === 401 || code === 20003) return new AppError('sms.refused-key', { code: code ?? 20003 });
  if (error.kind === 'rejected') return new AppError('sms.rejected', { code: code ?? 0, status: httpStatus ?? 400 });
  return new AppError('sms.unreachable', { why: error.kind, ...(httpStatus === null ? {} : { status: httpStatus }) });
}
