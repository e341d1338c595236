import { type FindingCode, findingsOf, type HealthFacts, needsOwner } from '@domain/account/health';
import type { AccountView } from '@domain/account/view';
import { DAY, MINUTE, type Micros, type PhoneE164, type UtcMs } from '@domain/kernel';
import { wordsOfFinding } from '@renderer/screens/account/Findings';
import { describe, expect, it } from 'vitest';
import { aView, SERVICE_SENDER } from '../support/account-view';
import { NOON } from '../support/test-ctx';

const NUMBER = { kind: 'number' as const, number: '+12125550140' as PhoneE164 };
const view = (over: Partial<AccountView> = {}): AccountView => ({ ...aView(), ...over });
const service = (over: Partial<AccountView['services'][number]>): AccountView => {
  const v = aView();
  return { ...v, services: v.services.map((s) => ({ ...s, ...over })) };
};
const money = (amount: number) => ({ balance: { amount: amount as Micros, currency: 'USD' } });
const texting = (over: Partial<HealthFacts['texting']> = {}): HealthFacts['texting'] => ({
  senderApproved: false,
  segmentsPerSecond: 1,
  dailySegments: null,
  pricePerSegment: 11_300 as Micros,
  from: { rate: 'guess', daily: 'guess', price: 'guess' },
  ...over,
});
const facts = (over: Partial<HealthFacts> = {}): HealthFacts => ({
  now: NOON,
  view: aView(),
  failed: null,
  sender: SERVICE_SENDER,
  mode: 'twilio',
  texting: texting(),
  waiting: { texts: 0, price: 0 as Micros },
  today: 0,
  month: { spent: 0 as Micros, limit: null },
  learnt: null,
  wordless: 0,
  refusals: [],
  ...over,
});
const refused = (code: number) => facts({ refusals: [{ code, count: 2, lastAt: NOON as UtcMs }] });
const at = (campaign: Parameters<typeof aView>[0]) => facts({ view: aView(campaign) });

/** One account in each kind of trouble; `trial-unknown` is asked at connect only (services/account/health.ts). A new kind does not compile until it stands here. */
const TROUBLE: Readonly<Record<Exclude<FindingCode, 'trial-unknown'>, HealthFacts>> = {
  'account-closed': facts({ view: view({ status: 'closed' }) }),
  'account-suspended': facts({ failed: { code: 'sms.rejected', number: 20005 } }),
  'key-refused': facts({ failed: { code: 'sms.refused-key', number: 20003 } }),
  trial: facts({ view: view({ type: 'trial' }) }),
  'no-profile': refused(21608),
  'carrier-refuses': refused(30034),
  'balance-empty': facts({ view: view(money(0)) }),
  'balance-short': facts({ view: view(money(1_000_000)), waiting: { texts: 200, price: 2_260_000 as Micros } }),
  'balance-low': facts({ view: view(money(1_000_000)) }),
  'sender-gone': facts({ view: view({ numbers: [] }), sender: NUMBER }),
  'sender-no-sms': facts({ view: view({ numbers: aView().numbers.map((n) => ({ ...n, sms: false })) }) }),
  'service-gone': facts({ view: view({ services: [] }) }),
  'service-empty': facts({ view: service({ numbers: [] }) }),
  'replies-lost': facts({ view: service({ defersToNumber: false }) }),
  'registration-missing': facts({ view: view({ campaigns: [], brands: [] }) }),
  'registration-pending': at({ campaign: 'pending' }),
  'registration-rejected': at({ campaign: 'failed' }),
  'registration-suspended': at({ campaign: 'suspended' }),
  'approved-only-here': facts({ view: aView({ campaign: 'pending' }), texting: texting({ senderApproved: true }) }),
  'country-off': facts({ view: view({ geo: false }) }),
  'daily-used': facts({ texting: texting({ dailySegments: 100 }), today: 100 }),
  'daily-near': facts({ texting: texting({ dailySegments: 100 }), today: 70 }),
  'daily-unlike': facts({ texting: texting({ dailySegments: 90_000, from: { rate: 'guess', daily: 'owner', price: 'guess' } }) }),
  'month-used': facts({ month: { spent: 10 as Micros, limit: 10 as Micros } }),
  'month-near': facts({ month: { spent: 8 as Micros, limit: 10 as Micros } }),
  'smart-encoding': facts({ view: service({ smartEncoding: true }) }),
  'short-validity': facts({ view: service({ validitySeconds: 600 }) }),
  'no-service': facts({ view: view({ numbers: aView().numbers.map((n) => ({ ...n, serviceSid: null })) }), sender: NUMBER }),
  'words-not-kept': facts({ wordless: 2 }),
  'clock-off': facts({ view: view({ carrierNow: (NOON - 9 * MINUTE) as UtcMs }) }),
  'rate-unlike': facts({ texting: texting({ segmentsPerSecond: 50, from: { rate: 'owner', daily: 'guess', price: 'guess' } }) }),
  'rate-unknown': facts({
    view: view({ numbers: [], may: { ...aView().may, numbers: 'no' } }),
  }),
  'price-unlike': facts({ learnt: { perSegment: 20_000 as Micros, texts: 80 } as HealthFacts['learnt'] }),
  'key-limited': facts({ view: view({ may: { ...aView().may, balance: 'no' } }) }),
  'old-look': facts({ now: (NOON + 4 * DAY) as UtcMs }),
};
const SAY = { money: String, n: String, when: String, phone: (p: string) => p, features: (l: string) => l };

describe('each thing that can be wrong with a texting account', () => {
  it.each(Object.entries(TROUBLE))('%s: is found, says what it means and what to do next', (code, f) => {
    const found = findingsOf(f).find((x) => x.code === code);
    expect(
      found,
      findingsOf(f)
        .map((x) => x.code)
        .join(),
    ).toBeDefined();
    if (!found) return;
    const said = wordsOfFinding(found, SAY);
    for (const part of [said.title, said.means, said.next]) {
      expect(part.length).toBeGreaterThan(10);
      expect(part).not.toMatch(/undefined|NaN|null|\bHTTP\b|webhook|endpoint/);
    }
  });

  it('an account in order says nothing that stops texts, and an account nobody connected nothing at all', () => {
    expect(findingsOf(facts()).filter((f) => f.severity === 'stops')).toEqual([]);
    for (const f of Object.values(TROUBLE)) expect(findingsOf({ ...f, mode: 'none' })).toEqual([]);
  });

  it('what stops texts and needs the owner comes first', () => {
    for (const f of Object.values(TROUBLE)) {
      const order = findingsOf(f).map((x) => ['stops', 'warns', 'note'].indexOf(x.severity));
      expect(order).toEqual([...order].sort());
    }
    expect(findingsOf(TROUBLE['replies-lost']).some(needsOwner)).toBe(true);
  });
});
