import type { Micros, PhoneE164 } from '@domain/kernel';
import type { Capability, OwnedNumber, OwnedService, ProbeResult } from '@ports/sms-gateway';
import type TwilioSDK from 'twilio';
import { CarrierFailure } from './failure';
import { toSignedMicros } from './wire';

type Reading = <T>(ask: () => Promise<T>) => Promise<T>;
type Answer = 'yes' | 'no' | 'unknown';

const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;

/** What a number that is no short code is, by its code. */
export const numberKind = (number: string): 'toll-free' | 'long-code' => (TOLL_FREE.test(number) ? 'toll-free' : 'long-code');

/** Most numbers or services a shop is shown; more than a page would be another kind of business. */
const PAGE = 200;

/** The account's balance, signed. */
export async function readBalance(sdk: TwilioSDK.Twilio): Promise<{ amount: Micros; currency: string }> {
  const b = await sdk.balance.fetch();
  return { amount: toSignedMicros(b.balance), currency: b.currency.toUpperCase() };
}

/**
 * Asks every endpoint we need once, so that the owner sees what the key may do. Only a refused `messages` request means a bad
 * key: restricted keys are refused elsewhere, and that merely hides a feature (facts/twilio.md §5).
 */
export async function probeAccount(sdk: TwilioSDK.Twilio, reading: Reading): Promise<ProbeResult> {
  await reading(() => sdk.messages.page({ pageSize: 1 }));

  async function may<T>(ask: () => Promise<T>): Promise<[Answer, T | null]> {
    try {
      return ['yes', await reading(ask)];
    } catch (error) {
      const refused =
        error instanceof CarrierFailure && (error.kind === 'rejected' || error.httpStatus === 401 || error.httpStatus === 403);
      return [refused ? 'no' : 'unknown', null];
    }
  }

  const [[numbersMay, incoming], [codesMay, codes], [servicesMay, services], [pricingMay], [balanceMay, money]] = await Promise.all([
    may(() => sdk.incomingPhoneNumbers.page({ pageSize: PAGE })),
    may(() => sdk.shortCodes.page({ pageSize: PAGE })),
    may(() => sdk.messaging.v1.services.page({ pageSize: PAGE })),
    may(() => sdk.pricing.v1.messaging.countries('US').fetch()),
    may(() => readBalance(sdk)),
  ]);

  const owned: OwnedService[] = [];
  const serviceOf = new Map<string, string>();
  for (const s of services?.instances ?? []) {
    const [, pool] = await may(() => sdk.messaging.v1.services(s.sid).phoneNumbers.page({ pageSize: PAGE }));
    const numbers = (pool?.instances ?? []).map((n) => n.phoneNumber as PhoneE164);
    for (const n of numbers) serviceOf.set(n, s.sid);
    owned.push({ sid: s.sid, name: s.friendlyName, numbers, logsReplies: s.useInboundWebhookOnNumber || Boolean(s.inboundRequestUrl) });
  }

  const numbers: OwnedNumber[] = (incoming?.instances ?? []).map((n) => ({
    number: n.phoneNumber as PhoneE164,
    sms: Boolean(n.capabilities?.sms),
    kind: numberKind(n.phoneNumber),
    serviceSid: serviceOf.get(n.phoneNumber) ?? null,
  }));
  for (const c of codes?.instances ?? []) {
    numbers.push({ number: c.shortCode as PhoneE164, sms: true, kind: 'short-code', serviceSid: serviceOf.get(c.shortCode) ?? null });
  }

  // Without Fields a lookup is a free format check; asked about the shop's own number, never a customer's.
  const own = numbers.find((n) => n.kind !== 'short-code')?.number;
  const [lookupMay] = own ? await may(() => sdk.lookups.v2.phoneNumbers(own).fetch()) : (['unknown', null] as const);

  const capabilities: Record<Capability, Answer> = {
    messages: 'yes',
    numbers: numbersMay === 'yes' ? 'yes' : codesMay === 'yes' ? 'yes' : numbersMay,
    services: servicesMay,
    pricing: pricingMay,
    balance: balanceMay,
    lookup: lookupMay,
  };
  return { capabilities, numbers, services: owned, balance: money };
}
