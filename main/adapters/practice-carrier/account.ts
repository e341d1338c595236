import type { SimAccount, SimNumber } from './types';

/** The practice shop's account. Nothing in it exists at any carrier: 555-01xx numbers are reserved for fiction. */
export function practiceAccount(overrides: Partial<SimAccount> = {}): SimAccount {
  return {
    accountSid: `AC${'0'.repeat(24)}00abcdef`,
    authToken: 'practice-token',
    keySid: `SK${'0'.repeat(24)}00abcdef`,
    keySecret: 'practice-secret',
    numbers: [
      { number: '+15005550006', mps: 10 },
      { number: '+12125550140', mps: 20 },
      { number: '+12125550141', mps: 20 },
      { number: '+12125550142', mps: 20 },
      { number: '+18885550143', mps: 3 },
    ],
    services: [
      {
        sid: `MG${'0'.repeat(24)}00abcdef`,
        name: 'Practice texts',
        numbers: ['+12125550141', '+12125550142'],
        inboundRequestUrl: null,
        useInboundWebhookOnNumber: true,
      },
    ],
    brands: [{ sid: `BN${'0'.repeat(24)}00abcdef`, status: 'APPROVED', score: 40 }],
    campaigns: [
      {
        sid: `QE${'0'.repeat(24)}00abcdef`,
        serviceSid: `MG${'0'.repeat(24)}00abcdef`,
        brandSid: `BN${'0'.repeat(24)}00abcdef`,
        status: 'VERIFIED',
        mps: 12,
      },
    ],
    balance: '125.00',
    active: true,
    anyone: false,
    denied: [],
    ...overrides,
  };
}

export const isShortCode = (n: SimNumber): boolean => /^\d{5,6}$/.test(n.number);
export const isTollFree = (number: string): boolean => /^\+1(800|833|844|855|866|877|888)/.test(number);
