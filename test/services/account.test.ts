import type { SimAccount } from '@adapters/practice-carrier/account-types';
import { readLook } from '@db/queries/account';
import { saveSettings } from '@db/queries/settings';
import { DAY, HOUR, MINUTE, type Micros, type UtcMs } from '@domain/kernel';
import { accountFindings, accountHealth, repairService, takeSeen } from '@services/account/health';
import { keepAccountInView, lookAtAccount, nextAccountLook, noteAccountRefusal } from '@services/account/look';
import { saveTexting } from '@services/settings/settings';
import { afterEach, describe, expect, it } from 'vitest';
import { anAccountShop, BRAND, CAMPAIGN, closeAccountShop, codes, POOLED, service, TOLL_FREE, words } from '../support/account-shop';
import { ACCOUNT, KEY, SECRET, SENDER, SERVICE } from '../support/carrier';
import { aSendingCampaign, aSendingShop } from '../support/sending-shop';
import { NOON, owner } from '../support/test-ctx';

afterEach(closeAccountShop);

describe('an account where all is well', () => {
  it('is seen whole, over the wire, and its rate, daily limit and price are put to use', async () => {
    const s = await anAccountShop({ keyType: 'main' });
    const view = await lookAtAccount(s.ctx);
    expect(view).toMatchObject({ status: 'active', type: 'full', geo: true, balance: { currency: 'USD' } });
    expect(Object.entries(view.may).filter(([, v]) => v !== 'yes')).toEqual([]);
    expect(s.ctx.settings().texting).toMatchObject({
      segmentsPerSecond: 4,
      dailySegments: 40_000,
      pricePerSegment: 11_300,
      from: { rate: 'carrier', daily: 'carrier', price: 'list' },
    });
    expect(accountFindings(s.ctx)).toEqual([]);
    expect(s.ctx.announced).toContain('account');
  });

  it('shows what was seen when nobody can be reached, and says so', async () => {
    const s = await anAccountShop();
    await lookAtAccount(s.ctx);
    const seen = readLook(s.ctx.db)?.view?.at;
    s.advance(4 * DAY);
    s.carrier.faults.add({ effect: { kind: 'reset' } });
    await expect(lookAtAccount(s.ctx)).rejects.toMatchObject({ code: 'sms.unreachable' });
    const h = accountHealth(s.ctx);
    expect(h).toMatchObject({ lookedAt: seen, failed: { code: 'sms.unreachable' }, balance: { currency: 'USD' } });
    expect(codes(s)).toContain('old-look');
  });
});

describe('each thing that can be wrong reaches the owner in words', () => {
  const cases: [string, Partial<SimAccount>, 'service' | 'number' | 'toll-free', string, RegExp][] = [
    ['a trial account', { keyType: 'main', type: 'Trial' }, 'service', 'trial', /verified there yourself/],
    ['an empty balance', { balance: '0.00' }, 'service', 'balance-empty', /add money/],
    ['a balance for few texts', { balance: '1.00' }, 'service', 'balance-low', /88 more parts/],
    ['replies thrown away', service({ useInboundWebhookOnNumber: false }), 'service', 'replies-lost', /never see a STOP/],
    ['smart encoding', service({ smartEncoding: true }), 'service', 'smart-encoding', /switch it off/],
    ['texts dropped after ten minutes', service({ validityPeriod: 600 }), 'service', 'short-validity', /10 minutes/],
    ['a service without numbers', service({ numbers: [] }), 'service', 'service-empty', /Sender pool/],
    ['a service that is gone', { services: [] }, 'service', 'service-gone', /deleted/],
    ['a number that is gone', { numbers: [{ number: POOLED }] }, 'number', 'sender-gone', /no longer in your account/],
    ['a number for calls only', { numbers: [{ number: SENDER, sms: false }] }, 'number', 'sender-no-sms', /calls only/],
    ['a number in no service', {}, 'number', 'no-service', /even if this computer is off/],
    ['an unregistered number', { campaigns: [], brands: [] }, 'service', 'registration-missing', /carriers block every text/],
    ['a brand being looked at', { brands: [{ sid: BRAND, status: 'PENDING' }] }, 'service', 'registration-pending', /your business/],
    [
      'a brand sent back',
      { brands: [{ sid: BRAND, status: 'FAILED', errors: [{ error_code: 30701, description: 'State is not valid' }] }] },
      'service',
      'registration-rejected',
      /State is not valid.*30701/,
    ],
    ['a suspended brand', { brands: [{ sid: BRAND, status: 'SUSPENDED' }] }, 'service', 'registration-suspended', /carriers fine that/],
    [
      'a campaign sent back',
      {
        campaigns: [
          {
            sid: CAMPAIGN,
            serviceSid: SERVICE,
            brandSid: BRAND,
            status: 'FAILED',
            errors: [{ error_code: 30896, description: 'Opt-in is missing' }],
          },
        ],
      },
      'service',
      'registration-rejected',
      /Opt-in is missing/,
    ],
    [
      'a toll-free number nobody verified',
      { numbers: [{ number: TOLL_FREE, verification: null }] },
      'toll-free',
      'registration-missing',
      /not verified/,
    ],
    [
      'a toll-free form sent back',
      {
        numbers: [
          {
            number: TOLL_FREE,
            verification: {
              status: 'TWILIO_REJECTED',
              rejectionReason: 'No opt-in picture',
              errorCode: 30508,
              editAllowed: true,
              editUntil: NOON + 5 * DAY,
            },
          },
        ],
      },
      'toll-free',
      'registration-rejected',
      /2026-11-22/,
    ],
    ['a country switched off', { countries: ['CA'] }, 'service', 'country-off', /Geo permissions/],
    ['a key that may not see the balance', { denied: ['balance', 'usage'] }, 'service', 'key-limited', /balance,usage/],
  ];
  it.each(cases)('%s', async (_name, account, sender, code, said) => {
    const s = await anAccountShop(account, sender);
    await lookAtAccount(s.ctx);
    const found = words(s).find((f) => f.code === code);
    expect(found?.text, codes(s).join()).toMatch(said);
  });

  it('a suspended account, an old key', async () => {
    const s = await anAccountShop({ active: false, keyType: 'main' });
    await lookAtAccount(s.ctx);
    expect(codes(s)).toContain('account-suspended');
    // a suspended account may also refuse everything it is asked
    s.carrier.faults.add({ method: 'GET', effect: { kind: 'status', status: 403, code: 20005 } });
    await expect(lookAtAccount(s.ctx)).rejects.toMatchObject({ code: 'sms.rejected' });
    expect(codes(s).filter((c) => c === 'account-suspended')).toHaveLength(1);
    const other = await aSendingShop({ carrier: { account: { keySecret: 'changed-at-twilio' } } });
    const { makeTwilioAccount } = await import('@adapters/twilio/account');
    const account = makeTwilioAccount({ accountSid: ACCOUNT, keySid: KEY, keySecret: 'the-old-one', baseUrl: other.carrier.url });
    await expect(account.look('US')).rejects.toMatchObject({ code: 'sms.refused-key' });
    await other.close();
  });

  it('a clock that is wrong', async () => {
    const s = await anAccountShop();
    s.carrier.sim.change({ dateSkewMs: -9 * MINUTE });
    await lookAtAccount(s.ctx);
    expect(words(s).find((f) => f.code === 'clock-off')?.text).toMatch(/9 minutes fast/);
  });

  it('a balance that will not reach the end of what waits', async () => {
    const s = await anAccountShop({ balance: '0.50' });
    aSendingCampaign(s.ctx, { people: 60 });
    await lookAtAccount(s.ctx);
    expect(words(s).find((f) => f.code === 'balance-short')?.text).toMatch(/60 waiting texts will cost about 0.68 USD/);
  });

  it('a refusal of the account stands until a text got past it', async () => {
    const s = await anAccountShop();
    await lookAtAccount(s.ctx);
    s.advance(MINUTE);
    noteAccountRefusal(s.ctx, 21608);
    noteAccountRefusal(s.ctx, 21608);
    expect(words(s).find((f) => f.code === 'no-profile')?.text).toMatch(/2 texts were refused.*Trust Hub/);
    expect(nextAccountLook(s.ctx)).toBe(NOON + 5 * MINUTE);
    s.advance(MINUTE);
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.db.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE id = ?").run(s.ctx.clock.now(), outbox[0]);
    expect(codes(s)).not.toContain('no-profile');
  });

  it('limits of the day and the month', async () => {
    const s = await anAccountShop();
    await lookAtAccount(s.ctx);
    const t = s.ctx.settings().texting;
    saveTexting(s.ctx, owner, { ...t, dailySegments: 10, monthlyLimit: 12 as never });
    const { outbox } = aSendingCampaign(s.ctx, { people: 10 });
    const leave = s.ctx.db.prepare("UPDATE outbox SET state = 'delivered', left_at = ? WHERE id = ?");
    for (const id of outbox.slice(0, 9)) leave.run(s.ctx.clock.now(), id);
    expect(codes(s)).toEqual(expect.arrayContaining(['daily-near', 'month-near']));
    for (const id of outbox.slice(9)) leave.run(s.ctx.clock.now(), id);
    saveTexting(s.ctx, owner, { ...s.ctx.settings().texting, monthlyLimit: 11 as never });
    expect(codes(s)).toEqual(expect.arrayContaining(['daily-used', 'month-used']));
  });
});

describe('what the owner typed', () => {
  it('stays, is held against what is seen, and gives way when they say so', async () => {
    const s = await anAccountShop();
    const t = s.ctx.settings().texting;
    saveTexting(s.ctx, owner, { ...t, segmentsPerSecond: 50, dailySegments: 90_000, pricePerSegment: 20_000 as Micros });
    await lookAtAccount(s.ctx);
    expect(s.ctx.settings().texting).toMatchObject({ segmentsPerSecond: 50, dailySegments: 90_000, pricePerSegment: 20_000 });
    expect(codes(s)).toEqual(expect.arrayContaining(['rate-unlike', 'daily-unlike']));
    for (const what of ['rate', 'daily', 'price'] as const) takeSeen(s.ctx, what);
    expect(s.ctx.settings().texting).toMatchObject({ segmentsPerSecond: 4, dailySegments: 40_000, pricePerSegment: 11_300 });
    expect(codes(s)).not.toContain('rate-unlike');
  });

  it('an empty daily limit is looked up again', async () => {
    const s = await anAccountShop();
    const t = s.ctx.settings().texting;
    saveTexting(s.ctx, owner, { ...t, dailySegments: 500 });
    saveTexting(s.ctx, owner, { ...s.ctx.settings().texting, dailySegments: null });
    await lookAtAccount(s.ctx);
    expect(s.ctx.settings().texting.dailySegments).toBe(40_000);
  });
});

describe('repairs', () => {
  it('makes the service keep replies, leave characters alone and wait ten hours, one by one', async () => {
    const s = await anAccountShop(service({ useInboundWebhookOnNumber: false, smartEncoding: true, validityPeriod: 600 }));
    await lookAtAccount(s.ctx);
    expect(codes(s)).toEqual(expect.arrayContaining(['replies-lost', 'smart-encoding', 'short-validity']));
    await repairService(s.ctx, { repair: 'replies', serviceSid: SERVICE });
    expect(codes(s)).not.toContain('replies-lost');
    expect(codes(s)).toContain('smart-encoding');
    await repairService(s.ctx, { repair: 'encoding', serviceSid: SERVICE });
    await repairService(s.ctx, { repair: 'validity', serviceSid: SERVICE });
    expect(codes(s)).toEqual([]);
  });

  it('never touches a service that is not this account’s', async () => {
    const s = await anAccountShop();
    await lookAtAccount(s.ctx);
    await expect(repairService(s.ctx, { repair: 'replies', serviceSid: `MG${'f'.repeat(32)}` })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

describe('looking by itself', () => {
  it('once a day, and minutes after a refusal; never at the opening itself, never when not connected', async () => {
    const s = await anAccountShop();
    const stop = new AbortController();
    const loop = keepAccountInView(s.ctx, stop.signal);
    const seenAt = () => readLook(s.ctx.db)?.view?.at ?? null;
    const settled = () => new Promise((r) => setTimeout(r, 600));
    await settled();
    expect(seenAt()).toBeNull();
    s.advance(MINUTE);
    await expect.poll(seenAt, { timeout: 10_000 }).toBe(NOON + MINUTE);
    s.advance(HOUR);
    await settled();
    expect(seenAt()).toBe(NOON + MINUTE);
    noteAccountRefusal(s.ctx, 30034);
    s.advance(MINUTE);
    await expect.poll(seenAt, { timeout: 10_000 }).toBe(NOON + HOUR + 2 * MINUTE);
    s.advance(DAY);
    await expect.poll(seenAt, { timeout: 10_000 }).toBe(NOON + DAY + HOUR + 2 * MINUTE);
    stop.abort();
    await loop;
    saveSettings(s.ctx.db, 'texting', { ...s.ctx.settings().texting, mode: 'none' }, s.ctx.clock.now());
    expect(nextAccountLook(s.ctx)).toBeNull();
    expect(accountFindings(s.ctx)).toEqual([]);
  });
});

it('keeps nothing about customers in what it remembers of the account', async () => {
  const s = await anAccountShop();
  aSendingCampaign(s.ctx, { people: 3 });
  await lookAtAccount(s.ctx);
  const kept = s.ctx.db.prepare('SELECT view FROM account_look').pluck().get() as string;
  expect(kept).not.toContain('+1646555');
  expect(kept).not.toContain(SECRET);
  expect(kept).not.toContain('authToken');
  expect((readLook(s.ctx.db)?.view?.at ?? 0) as UtcMs).toBe(NOON);
});
