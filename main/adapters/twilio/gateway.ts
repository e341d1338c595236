import { AppError } from '@domain/errors';
import type {
  CancelOutcome,
  CarrierTraffic,
  ClockReading,
  ListFilter,
  MessagePage,
  SendOutcome,
  SendRequest,
  SmsGateway,
  SmsPrice,
} from '@ports/sms-gateway';
import type TwilioSDK from 'twilio';
import { loadClient, loopbackUrl, type TwilioOptions } from './client';
import { asAppError, CarrierFailure, sendOutcome } from './failure';
import { readPrice } from './price';
import { probeAccount, readBalance } from './probe';
import { GET_PAUSES_MS, retrying } from './retrying';
import { type SdkMessage, toMessage } from './wire';

/** "Scheduling needs a Messaging Service" and "not cancelable any more", in the carrier's own numbers. */
const NEEDS_SERVICE = 35118;
const NOT_CANCELABLE = 30409;

interface SdkPage {
  instances: unknown[];
  nextPageUrl?: string | undefined;
}

const toPage = (page: SdkPage): MessagePage => ({
  messages: (page.instances as SdkMessage[]).map(toMessage),
  next: page.nextPageUrl ?? null,
});

/**
 * The shop's own Twilio account, through the official SDK. With `baseUrl` (http on this machine only) it talks to the practice
 * carrier instead, byte for byte the same way. Nothing that leaves here carries a credential, a number or a text.
 */
export function makeTwilioGateway(options: TwilioOptions): SmsGateway {
  const { accountSid } = options;
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) throw new AppError('sms.refused-key', { field: 'accountSid' });
  if (!/^(SK|AC)[0-9a-fA-F]{32}$/.test(options.keySid) || options.keySecret === '') throw new AppError('sms.refused-key', { field: 'key' });
  if (options.baseUrl !== undefined) loopbackUrl(options.baseUrl);

  const reading = <T>(what: () => Promise<T>): Promise<T> => retrying(options.retryPausesMs ?? GET_PAUSES_MS, what);
  const traffic: CarrierTraffic = { send: 0, list: 0, fetch: 0, other: 0 };
  let clock: ClockReading | null = null;
  let loading: Promise<TwilioSDK.Twilio> | undefined;
  const client = (): Promise<TwilioSDK.Twilio> => {
    loading ??= loadClient({
      traffic,
      ...options,
      onReading: (r) => {
        clock = { ...r, seq: (clock?.seq ?? 0) + 1 };
      },
    });
    return loading;
  };

  async function ask<T>(what: (sdk: TwilioSDK.Twilio) => Promise<T>): Promise<T> {
    try {
      const sdk = await client();
      return await reading(() => what(sdk));
    } catch (error) {
      throw asAppError(error);
    }
  }

  return {
    accountSid,
    traffic: () => ({ ...traffic, ...options.traffic }),
    clockReading: () => clock,

    async send(request: SendRequest): Promise<SendOutcome> {
      const { sendAt } = request;
      // Without a service the carrier may forget the time and send now: whatever the types upstream say, this never leaves.
      if (sendAt !== undefined && request.sender.kind !== 'service') return { kind: 'rejected', code: NEEDS_SERVICE, httpStatus: 400 };
      let sdk: TwilioSDK.Twilio;
      try {
        sdk = await client();
      } catch {
        return { kind: 'not-sent', why: 'unreachable', retryAfterMs: null };
      }
      try {
        const message = await sdk.messages.create({
          to: request.to,
          ...(request.sender.kind === 'number' ? { from: request.sender.number } : { messagingServiceSid: request.sender.sid }),
          body: request.body,
          smartEncoded: false, // we counted and will reconcile exactly this text
          validityPeriod: Math.round(Math.min(36_000, Math.max(5, request.validitySeconds))),
          ...(sendAt === undefined ? {} : { sendAt: new Date(sendAt), scheduleType: 'fixed' as const }),
        });
        if (!/^(SM|MM)[0-9a-fA-F]{32}$/.test(message.sid)) return { kind: 'uncertain', why: 'broken-answer', httpStatus: 201 };
        return { kind: 'accepted', message: toMessage(message) };
      } catch (error) {
        return sendOutcome(error);
      }
    },

    list(filter: ListFilter) {
      return ask(async (sdk) =>
        toPage(
          await sdk.messages.page({
            ...(filter.to === undefined ? {} : { to: filter.to }),
            ...(filter.from === undefined ? {} : { from: filter.from }),
            ...(filter.sentAfter === undefined ? {} : { dateSentAfter: new Date(filter.sentAfter) }),
            ...(filter.sentBefore === undefined ? {} : { dateSentBefore: new Date(filter.sentBefore) }),
            pageSize: Math.min(1000, Math.max(1, filter.pageSize ?? 50)),
          }),
        ),
      );
    },

    async nextPage(next: string) {
      const url = URL.canParse(next) ? new URL(next) : null;
      if (url?.host !== 'api.twilio.com' || url.pathname !== `/2010-04-01/Accounts/${accountSid}/Messages.json`) {
        throw new AppError('input.invalid', { field: 'next' });
      }
      return ask(async (sdk) => toPage(await sdk.messages.getPage(next)));
    },

    async fetch(sid: string) {
      if (!/^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)) return null;
      return ask(async (sdk) => {
        try {
          return toMessage(await sdk.messages(sid).fetch());
        } catch (error) {
          if (error instanceof CarrierFailure && error.httpStatus === 404) return null;
          throw error;
        }
      });
    },

    async cancel(sid: string): Promise<CancelOutcome> {
      if (!/^(SM|MM)[0-9a-fA-F]{32}$/.test(sid)) return 'gone';
      try {
        const sdk = await client();
        // Asking twice does no harm, so a lost answer is asked for again like a GET.
        const message = await reading(() => sdk.messages(sid).update({ status: 'canceled' }));
        return message.status === 'canceled' ? 'cancelled' : 'too-late';
      } catch (error) {
        if (error instanceof CarrierFailure && error.httpStatus === 404) return 'gone';
        if (!(error instanceof CarrierFailure) || error.code !== NOT_CANCELABLE) throw asAppError(error);
      }
      // "Not cancelable" also answers a second cancel: what it is now decides.
      const now = await this.fetch(sid);
      return now === null ? 'gone' : now.status === 'canceled' ? 'cancelled' : 'too-late';
    },

    async probe() {
      try {
        return await probeAccount(await client(), reading);
      } catch (error) {
        throw asAppError(error);
      }
    },

    price(country: string): Promise<SmsPrice> {
      return ask((sdk) => readPrice(sdk, country));
    },

    balance: () => ask(readBalance),

    async letServiceLogReplies(serviceSid: string) {
      try {
        const sdk = await client();
        await sdk.messaging.v1.services(serviceSid).update({ useInboundWebhookOnNumber: true });
      } catch (error) {
        throw asAppError(error);
      }
    },
  };
}
