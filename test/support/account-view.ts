import type { AccountSender, AccountView } from '@domain/account/view';
import { FEATURES } from '@domain/account/view';
import type { Micros, PhoneE164, UtcMs } from '@domain/kernel';
import { NOON } from './test-ctx';

export const SERVICE_SENDER: AccountSender = { kind: 'service', sid: 'MG1' };

/** An account as it may have been seen: one number in one service, registered and approved unless said otherwise. */
export function aView(
  o: {
    kind?: 'long-code' | 'toll-free' | 'short-code';
    numbers?: number;
    brand?: string;
    score?: number | null;
    tier?: string | null;
    att?: number | null;
    campaign?: AccountView['campaigns'][number]['status'] | null;
  } = {},
): AccountView {
  const numbers = Array.from({ length: o.numbers ?? 1 }, (_, i) => ({
    number: `+1${o.kind === 'toll-free' ? '888' : '212'}555014${i}` as PhoneE164,
    kind: o.kind ?? ('long-code' as const),
    sms: true,
    serviceSid: 'MG1',
  }));
  const at = (NOON - 1000) as UtcMs;
  const campaign = o.campaign === undefined ? ('approved' as const) : o.campaign;
  return {
    at: NOON,
    carrierNow: NOON,
    country: 'US',
    may: Object.fromEntries(FEATURES.map((f) => [f, 'yes'])) as AccountView['may'],
    status: 'active',
    type: 'full',
    balance: { amount: 100_000_000 as Micros, currency: 'USD' },
    numbers,
    services: [
      {
        sid: 'MG1',
        name: 'Texts',
        numbers: numbers.map((n) => n.number),
        inboundUrl: false,
        defersToNumber: true,
        smartEncoding: false,
        stickySender: true,
        validitySeconds: 36_000,
        statusCallback: false,
        usecase: '',
        usRegistered: true,
      },
    ],
    brands: [
      { sid: 'BN1', type: o.brand ?? 'STANDARD', status: 'approved', score: o.score ?? null, errors: [], createdAt: at, updatedAt: at },
    ],
    campaigns:
      campaign === null
        ? []
        : [
            {
              sid: 'QE1',
              serviceSid: 'MG1',
              brandSid: 'BN1',
              usecase: 'MARKETING',
              status: campaign,
              attPerSecond: o.att === undefined ? 4 : o.att,
              tmobileTier: o.tier === undefined ? 'LOW' : o.tier,
              errors: [],
              createdAt: at,
              updatedAt: at,
            },
          ],
    tollFree: [],
    geo: true,
    price: { currency: 'USD', outbound: 11_300 as Micros, inbound: 8300 as Micros },
  };
}
