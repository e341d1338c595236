import type { AccountView, Answer, Feature, SeenCampaign, SeenNumber, SeenService } from '@domain/account/view';
import { AppError } from '@domain/errors';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { CarrierAccount } from '@ports/carrier-account';
import type TwilioSDK from 'twilio';
import { geoAllows, toBrand, toCampaign, toTollFree, toUsage } from './account-wire';
import { loadClient, loopbackUrl, type TwilioOptions } from './client';
import { asAppError, CarrierFailure } from './failure';
import { readPrice } from './price';
import { numberKind, readBalance } from './probe';
import { GET_PAUSES_MS, retrying } from './retrying';

/** More numbers or services than a page would be another kind of business. */
const PAGE = 200;
/** Days of usage are few lines each; the SDK's largest page holds a month of every category. */
const USAGE_PAGE = 1000;

const refused = (error: unknown): boolean =>
  error instanceof CarrierFailure && (error.kind === 'rejected' || error.httpStatus === 401 || error.httpStatus === 403);

/**
 * The account behind the texts, through the official SDK. Reads only, but for `repairService`. With `baseUrl` it talks to the practice
 * carrier, byte for byte the same way.
 */
export function makeTwilioAccount(options: TwilioOptions): CarrierAccount {
  const { accountSid } = options;
  if (!/^AC[0-9a-fA-F]{32}$/.test(accountSid)) throw new AppError('sms.refused-key', { field: 'accountSid' });
  if (options.baseUrl !== undefined) loopbackUrl(options.baseUrl);
  const reading = <T>(what: () => Promise<T>): Promise<T> => retrying(options.retryPausesMs ?? GET_PAUSES_MS, what);
  let carrierNow: UtcMs | null = null;
  let loading: Promise<TwilioSDK.Twilio> | undefined;
  const client = (): Promise<TwilioSDK.Twilio> => {
    loading ??= loadClient({
      ...options,
      onDate: (at) => {
        carrierNow = at as UtcMs;
      },
    });
    return loading;
  };

  async function look(country: string, signal?: AbortSignal): Promise<Omit<AccountView, 'at'>> {
    const sdk = await client();
    await reading(() => sdk.messages.page({ pageSize: 1 })); // a key that may not do this is no key
    const seenNow = carrierNow;
    const may = Object.fromEntries([['messages', 'yes']]) as Record<Feature, Answer>;

    /** Asks one part; a refusal hides it, anything else leaves it unknown. Several asks for one feature: the best answer counts. */
    async function part<T>(feature: Feature, ask: () => Promise<T>): Promise<T | null> {
      signal?.throwIfAborted();
      try {
        const value = await reading(ask);
        may[feature] = 'yes';
        return value;
      } catch (error) {
        signal?.throwIfAborted();
        if (may[feature] !== 'yes') may[feature] = refused(error) ? 'no' : 'unknown';
        return null;
      }
    }

    const [incoming, codes, services, brands, tollFree, balance, price, geo, self] = await Promise.all([
      part('numbers', () => sdk.incomingPhoneNumbers.page({ pageSize: PAGE })),
      part('numbers', () => sdk.shortCodes.page({ pageSize: PAGE })),
      part('services', () => sdk.messaging.v1.services.page({ pageSize: PAGE })),
      part('registration', () => sdk.messaging.v1.brandRegistrations.page({ pageSize: 50 })),
      part('toll-free', () => sdk.messaging.v1.tollfreeVerifications.page({ pageSize: 50 })),
      part('balance', () => readBalance(sdk)),
      part('pricing', () => readPrice(sdk, country)),
      part('geo', () => sdk.accounts.v1.messagingGeopermissions.fetch({ countryCode: country })),
      part('account', () => sdk.api.v2010.accounts(accountSid).fetch()),
    ]);
    // The shortest question about usage there is: one line of today.
    await part('usage', () => sdk.usage.records.today.page({ pageSize: 1 }));

    const seenServices: SeenService[] = [];
    const campaigns: SeenCampaign[] = [];
    const inService = new Map<string, string>();
    for (const s of services?.instances ?? []) {
      const pool = await part('services', () => sdk.messaging.v1.services(s.sid).phoneNumbers.page({ pageSize: PAGE }));
      const codesOf = await part('services', () => sdk.messaging.v1.services(s.sid).shortCodes.page({ pageSize: PAGE }));
      const registered = await part('registration', () => sdk.messaging.v1.services(s.sid).usAppToPerson.page({ pageSize: 20 }));
      const numbers = [...(pool?.instances ?? []).map((n) => n.phoneNumber), ...(codesOf?.instances ?? []).map((n) => n.shortCode)];
      for (const n of numbers) inService.set(n, s.sid);
      campaigns.push(...(registered?.instances ?? []).map(toCampaign));
      seenServices.push({
        sid: s.sid,
        name: s.friendlyName,
        numbers: numbers as PhoneE164[],
        inboundUrl: Boolean(s.inboundRequestUrl),
        defersToNumber: s.useInboundWebhookOnNumber === true,
        smartEncoding: s.smartEncoding === true,
        stickySender: s.stickySender === true,
        validitySeconds: s.validityPeriod ?? 36_000,
        statusCallback: Boolean(s.statusCallback),
        usecase: s.usecase ?? '',
        usRegistered: s.usAppToPersonRegistered === true,
      });
    }

    const numbers: SeenNumber[] = [
      ...(incoming?.instances ?? []).map((n) => ({
        number: n.phoneNumber as PhoneE164,
        kind: numberKind(n.phoneNumber),
        sms: Boolean(n.capabilities?.sms),
        serviceSid: inService.get(n.phoneNumber) ?? null,
      })),
      ...(codes?.instances ?? []).map((c) => ({
        number: c.shortCode as PhoneE164,
        kind: 'short-code' as const,
        sms: true,
        serviceSid: inService.get(c.shortCode) ?? null,
      })),
    ];
    // Without Fields a look-up is a free check of the form; asked about the shop's own number, never a customer's.
    const own = numbers.find((n) => n.kind !== 'short-code')?.number;
    if (own === undefined) may.lookup = 'unknown';
    else await part('lookup', () => sdk.lookups.v2.phoneNumbers(own).fetch());

    return {
      carrierNow: seenNow,
      country,
      may,
      status: self === null ? 'unknown' : (self.status as AccountView['status']),
      type: self === null ? 'unknown' : self.type === 'Trial' ? 'trial' : 'full',
      balance,
      numbers,
      services: seenServices,
      brands: (brands?.instances ?? []).map(toBrand),
      campaigns,
      tollFree: (tollFree?.instances ?? []).map(toTollFree),
      geo: geo === null ? null : geoAllows(geo.permissions, country),
      price,
    };
  }

  return {
    accountSid,

    async look(country, signal) {
      try {
        return await look(country, signal);
      } catch (error) {
        signal?.throwIfAborted();
        throw asAppError(error);
      }
    },

    async usage(from, to) {
      try {
        const sdk = await client();
        const page = await reading(() =>
          sdk.usage.records.page({ startDate: new Date(`${from}T00:00:00Z`), endDate: new Date(`${to}T00:00:00Z`), pageSize: USAGE_PAGE }),
        );
        return toUsage(page.instances);
      } catch (error) {
        if (refused(error)) return null;
        throw asAppError(error);
      }
    },

    async repairService(sid, repair) {
      try {
        const sdk = await client();
        await sdk.messaging.v1.services(sid).update({
          ...(repair.useInboundWebhookOnNumber ? { useInboundWebhookOnNumber: true } : {}),
          ...(repair.smartEncoding === false ? { smartEncoding: false } : {}),
          ...(repair.longestValidity ? { validityPeriod: 36_000 } : {}),
        });
      } catch (error) {
        throw asAppError(error);
      }
    },
  };
}
