import type { Micros, UtcMs } from '@domain/kernel';
import type { Out } from '@renderer/api/client';

const at = Date.now() as UtcMs;

/** A connected account with a few things to say: for the gallery and the renderer's tests. */
export const accountSample: Out<'account/health'> = {
  mode: 'twilio',
  accountSid: `AC${'0'.repeat(32)}`,
  lookedAt: (at - 600_000) as UtcMs,
  failed: null,
  findings: [
    { code: 'replies-lost', severity: 'stops', params: { service: 'Shop texts', sid: `MG${'0'.repeat(32)}` } },
    {
      code: 'balance-short',
      severity: 'warns',
      params: { balance: 9_400_000, currency: 'USD', texts: 831, waiting: 1204, price: 13_605_200 },
    },
    { code: 'no-service', severity: 'note', params: {} },
  ],
  status: 'active',
  type: 'full',
  may: {
    messages: 'yes',
    numbers: 'yes',
    services: 'yes',
    registration: 'yes',
    'toll-free': 'yes',
    balance: 'yes',
    pricing: 'yes',
    usage: 'no',
    geo: 'unknown',
    lookup: 'yes',
    account: 'no',
  },
  sender: {
    kind: 'service',
    numbers: [{ number: '+12075550100', kind: 'long-code', sms: true }],
    service: {
      sid: `MG${'0'.repeat(32)}`,
      name: 'Shop texts',
      chosen: true,
      logsReplies: false,
      smartEncoding: false,
      stickySender: true,
      validitySeconds: 36_000,
      statusCallback: true,
      usecase: 'marketing',
    },
    approval: { state: 'approved', of: 'campaign', since: (at - 40 * 86_400_000) as UtcMs, complaints: [], editUntil: null, number: null },
    brand: { status: 'approved', type: 'STANDARD', score: 42 },
    campaign: { status: 'approved', usecase: 'LOW_VOLUME', attPerSecond: 3.75, tmobileTier: 'LOW_MID' },
  },
  balance: { amount: 9_400_000 as Micros, currency: 'USD', texts: 831 },
  waiting: { texts: 1204, price: 13_605_200 as Micros },
  rate: { now: 3.75, from: 'carrier', seen: { segmentsPerSecond: 3.75, why: 'campaign' } },
  daily: { limit: 10_000, from: 'carrier', seen: { segments: 10_000, tier: 'low-mid' }, used: 812, resetsAt: (at + 30_000_000) as UtcMs },
  price: {
    now: 11_500 as Micros,
    from: 'learnt',
    currency: 'USD',
    list: { currency: 'USD', outbound: 8300 as Micros, inbound: 8300 as Micros },
    learnt: { perSegment: 11_500 as Micros, texts: 1204, segments: 1431, low: 11_300 as Micros, high: 12_100 as Micros },
  },
  month: { spent: 18_420_000 as Micros, limit: 40_000_000 as Micros, currency: 'USD' },
  senderApproved: true,
};

const sums = (texts: number, segments: number, priced: number, real: number, expected: number) => ({
  currency: 'USD',
  texts,
  segments,
  priced,
  real: real as Micros,
  expected: expected as Micros,
});

export const statementSample: Out<'account/statement'> = {
  total: 5,
  months: [
    {
      month: '2026-11',
      from: at,
      to: at,
      lines: [
        { part: 'campaigns', campaignId: 3, name: 'Boots are in', ...sums(812, 1102, 800, 12_430_000, 138_000) },
        { part: 'replies', campaignId: null, name: '', ...sums(41, 44, 41, 498_000, 0) },
        { part: 'permission', campaignId: null, name: '', ...sums(63, 63, 60, 678_000, 33_900) },
      ],
      totals: [sums(916, 1209, 901, 13_606_000, 171_900)],
      received: { texts: 88, segments: 90 },
      lookUps: null,
    },
    {
      month: '2026-10',
      from: at,
      to: at,
      lines: [{ part: 'campaigns', campaignId: 2, name: 'Autumn', ...sums(700, 700, 700, 7_910_000, 0) }],
      totals: [sums(700, 700, 700, 7_910_000, 0)],
      received: { texts: 1, segments: 1 },
      lookUps: { count: 12, price: 96_000 as Micros },
    },
  ],
};

export const comparedSample: Out<'account/compared'> = {
  ours: { segments: 1209, price: 13_777_900 as Micros },
  theirs: { segments: 1302, price: 14_712_600 as Micros },
  inbound: { segments: 90, price: 747_000 as Micros },
  other: [{ category: 'phonenumbers', count: 1, price: 1_150_000 as Micros }],
  total: 16_609_600 as Micros,
  currency: 'USD',
  why: 'others-send',
  foreign: 93,
  readAt: at,
};
