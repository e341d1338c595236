import { AppError } from '@domain/errors';
import type { Micros, UtcMs } from '@domain/kernel';
import type { CarrierMessage, CarrierStatus, ListFilter, MessagePage, SmsGateway } from '@ports/sms-gateway';

/** One message of the list, and what becomes of it when. */
export interface ListedMessage {
  sid: string;
  direction: 'inbound' | 'outbound';
  from: string;
  to: string;
  body: string;
  createdAt: number;
  /** Status from so long after it was made on; the first at 0. */
  plan: readonly { afterMs: number; status: CarrierStatus; errorCode?: number }[];
  pricedAfterMs?: number;
}

export interface ListGateway extends SmsGateway {
  readonly messages: ListedMessage[];
  /** What was asked, in order. */
  readonly asked: { what: 'list' | 'next' | 'fetch'; filter?: ListFilter }[];
  /** Called before each answer; may throw, or add messages while a list is read. */
  before: ((what: 'list' | 'next' | 'fetch', n: number) => void) | null;
  /** Messages the lists do not show (yet), though a fetch does. */
  hidden: ((m: ListedMessage) => boolean) | null;
  /** This computer's clock is ahead of the carrier's by so much. */
  skewMs: number;
}

const PRICE = 11_300 as Micros;

/**
 * The carrier's list alone, in memory, newest first, with pages that are places in the list (so rows that arrive push the others down):
 * for days with tens of thousands of texts, where a real server would only cost time.
 */
export function aListGateway(now: () => UtcMs): ListGateway {
  const messages: ListedMessage[] = [];
  const asked: ListGateway['asked'] = [];
  const view = (m: ListedMessage): CarrierMessage => {
    const age = now() + -gateway.skewMs - m.createdAt;
    const at = m.plan.filter((p) => p.afterMs <= age).at(-1) ?? m.plan[0];
    const priced = m.pricedAfterMs !== undefined && age >= m.pricedAfterMs;
    return {
      sid: m.sid,
      direction: m.direction,
      from: m.from,
      to: m.to,
      messagingServiceSid: null,
      body: m.body,
      status: at?.status ?? 'queued',
      errorCode: at?.errorCode ?? null,
      segments: 1,
      price: priced ? PRICE : null,
      priceCurrency: priced ? 'USD' : null,
      createdAt: m.createdAt as UtcMs,
      sentAt: at && at.status !== 'queued' && at.status !== 'accepted' ? (m.createdAt as UtcMs) : null,
      updatedAt: (m.createdAt + (at?.afterMs ?? 0)) as UtcMs,
    };
  };
  const page = (filter: ListFilter, from: number): MessagePage => {
    const size = filter.pageSize ?? 50;
    const fits = messages
      .filter((m) => filter.to === undefined || m.to === filter.to)
      .filter((m) => filter.sentAfter === undefined || m.createdAt >= filter.sentAfter)
      .filter((m) => filter.sentBefore === undefined || m.createdAt <= filter.sentBefore)
      .filter((m) => !gateway.hidden?.(m))
      .sort((a, b) => b.createdAt - a.createdAt || (a.sid < b.sid ? 1 : -1));
    const rows = fits.slice(from, from + size);
    return { messages: rows.map(view), next: from + size < fits.length ? JSON.stringify({ filter, from: from + size }) : null };
  };
  const refuse = (): never => {
    throw new AppError('sms.unreachable', { why: 'stand-in' });
  };
  const gateway: ListGateway = {
    accountSid: `AC${'0'.repeat(32)}`,
    messages,
    asked,
    before: null,
    hidden: null,
    skewMs: 0,
    traffic: () => ({
      send: 0,
      list: asked.filter((a) => a.what !== 'fetch').length,
      fetch: asked.filter((a) => a.what === 'fetch').length,
      other: 0,
    }),
    clockReading: () => (gateway.skewMs === 0 ? null : { skewMs: gateway.skewMs, at: now(), seq: asked.length }),
    async list(filter) {
      asked.push({ what: 'list', filter });
      gateway.before?.('list', asked.length);
      return page(filter, 0);
    },
    async nextPage(next) {
      asked.push({ what: 'next' });
      gateway.before?.('next', asked.length);
      const place = JSON.parse(next) as { filter: ListFilter; from: number };
      return page(place.filter, place.from);
    },
    async fetch(sid) {
      asked.push({ what: 'fetch' });
      gateway.before?.('fetch', asked.length);
      const found = messages.find((m) => m.sid === sid);
      return found ? view(found) : null;
    },
    send: refuse,
    cancel: refuse,
    probe: refuse,
    price: refuse,
    balance: async () => ({ amount: 0 as Micros, currency: 'USD' }),
    letServiceLogReplies: refuse,
  };
  return gateway;
}
