import { practiceAccount } from '@adapters/practice-carrier/account';
import type { SimAccount } from '@adapters/practice-carrier/account-types';
import { readLook } from '@db/queries/account';
import { listSteps } from '@db/queries/registration';
import { saveSettings } from '@db/queries/settings';
import { refusesConnection } from '@domain/account/health';
import { DAY, HOUR, MINUTE, type Micros, type PhoneE164, type UtcMs } from '@domain/kernel';
import { FINDINGS } from '@renderer/strings/account-findings';
import { accountFindings, accountHealth, findingsAtConnect, repairService, takeSeen } from '@services/account/health';
import { keepAccountInView, lookAtAccount, nextAccountLook, noteAccountRefusal } from '@services/account/look';
import { answerRegistration } from '@services/registration/guide';
import { saveTexting } from '@services/settings/settings';
import { connect } from '@services/settings/texting-account';
import { afterEach, describe, expect, it } from 'vitest';
import { ACCOUNT, KEY, SECRET, SENDER, SERVICE } from '../support/carrier';
import { aSendingCampaign, aSendingShop, type SendingShop } from '../support/sending-shop';
import { NOON, owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});

const POOLED = '+12125550141' as PhoneE164;
const TOLL_FREE = '+18885550143' as PhoneE164;
const BRAND = `BN${'0'.repeat(24)}00abcdef`;
const CAMPAIGN = `QE${'0'.repeat(24)}00abcdef`;
const BASE: SimAccount = practiceAccount();

/** A registered shop texting from a service; `account` changes what the carrier knows. */
async function aShop(account: Partial<SimAccount> = {}, sender: 'service' | 'number' | 'toll-free' = 'service'): Promise<SendingShop> {
  shop = await aSendingShop({
    carrier: {
      account: {
        brands: [{ sid: BRAND, status: 'APPROVED', type: 'STANDARD', score: 60 }],
        campaigns: [
          {
            sid: CAMPAIGN,
            serviceSid: SERVICE,
            brandSid: BRAND,
            status: 'VERIFIED',
            usecase: 'MARKETING',
            mps: 4,
            tmobileTier: 'HIGH_MID',
          },
        ],
        ...account,
      },
    },
    settings: {
      texting: {
        segmentsPerSecond: 1,
        sender:
          sender === 'service' ? { kind: 'service', sid: SERVICE } : { kind: 'number', number: sender === 'number' ? SENDER : TOLL_FREE },
        numbers: sender === 'service' ? [POOLED] : [sender === 'number' ? SENDER : TOLL_FREE],
      },
    },
  });
  return shop;
}

const service = (over: Partial<SimAccount['services'][number]>): Partial<SimAccount> => ({
  services: [{ ...(BASE.services[0] as SimAccount['services'][number]), ...over }],
});

/** What the owner would read. */
const words = (s: SendingShop) =>
  accountFindings(s.ctx).map((f) => {
    const said = FINDINGS[f.code](f.params, {
      money: (m, c = 'USD') => `${(m / 1e6).toFixed(2)} ${c}`,
      n: String,
      when: (at) => new Date(at).toISOString().slice(0, 10),
      phone: (p) => p,
      features: (list) => list,
    });
    return { code: f.code, severity: f.severity, text: `${said.title} ${said.means} ${said.next}` };
  });
const codes = (s: SendingShop) => words(s).map((f) => f.code);

describe('an account where all is well', () => {
  it('is seen whole, over the wire, and its rate, daily limit and price are put to use', async () => {
    const s = await aShop({ keyType: 'main' });
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
    const s = await aShop();
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
    const s = await aShop(account, sender);
    await lookAtAccount(s.ctx);
    const found = words(s).find((f) => f.code === code);
    expect(found?.text, codes(s).join()).toMatch(said);
  });

  it('a suspended account, an old key', async () => {
    const s = await aShop({ active: false, keyType: 'main' });
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
    const s = await aShop();
    s.carrier.sim.change({ dateSkewMs: -9 * MINUTE });
    await lookAtAccount(s.ctx);
    expect(words(s).find((f) => f.code === 'clock-off')?.text).toMatch(/9 minutes fast/);
  });

  it('a balance that will not reach the end of what waits', async () => {
    const s = await aShop({ balance: '0.50' });
    aSendingCampaign(s.ctx, { people: 60 });
    await lookAtAccount(s.ctx);
    expect(words(s).find((f) => f.code === 'balance-short')?.text).toMatch(/60 waiting texts will cost about 0.68 USD/);
  });

  it('a refusal of the account stands until a text got past it', async () => {
    const s = await aShop();
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
    const s = await aShop();
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
    const s = await aShop();
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
    const s = await aShop();
    const t = s.ctx.settings().texting;
    saveTexting(s.ctx, owner, { ...t, dailySegments: 500 });
    saveTexting(s.ctx, owner, { ...s.ctx.settings().texting, dailySegments: null });
    await lookAtAccount(s.ctx);
    expect(s.ctx.settings().texting.dailySegments).toBe(40_000);
  });
});

describe('repairs', () => {
  it('makes the service keep replies, leave characters alone and wait ten hours, one by one', async () => {
    const s = await aShop(service({ useInboundWebhookOnNumber: false, smartEncoding: true, validityPeriod: 600 }));
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
    const s = await aShop();
    await lookAtAccount(s.ctx);
    await expect(repairService(s.ctx, { repair: 'replies', serviceSid: `MG${'f'.repeat(32)}` })).rejects.toMatchObject({
      code: 'input.invalid',
    });
  });
});

describe('the carriers’ approval', () => {
  const waiting = { campaigns: [{ sid: CAMPAIGN, serviceSid: SERVICE, brandSid: BRAND, status: 'IN_PROGRESS', mps: 4 }] };

  it('is found at the carrier, told to the tracker and written down; nobody has to type it', async () => {
    const s = await aShop(waiting);
    saveTexting(s.ctx, owner, { ...s.ctx.settings().texting, senderApproved: false });
    answerRegistration(s.ctx, owner, { trades: [], ein: true, website: true, tollFree: false });
    await lookAtAccount(s.ctx);
    expect(listSteps(s.ctx.db).map((x) => [x.stage, x.kind])).toEqual([
      ['brand', 'approved'],
      ['campaign', 'submitted'],
    ]);
    expect(s.ctx.settings().texting.senderApproved).toBe(false);
    s.carrier.sim.changeAccount({ campaigns: [{ ...(waiting.campaigns[0] as never as object), status: 'VERIFIED' } as never] });
    s.advance(DAY);
    await lookAtAccount(s.ctx);
    await lookAtAccount(s.ctx);
    expect(listSteps(s.ctx.db).map((x) => [x.stage, x.kind])).toEqual([
      ['brand', 'approved'],
      ['campaign', 'submitted'],
      ['campaign', 'approved'],
    ]);
    expect(s.ctx.settings().texting.senderApproved).toBe(true);
    const actions = s.ctx.db.prepare("SELECT action FROM audit WHERE action LIKE '%seen'").pluck().all();
    expect(actions).toContain('texting.approved-seen');
  });

  it('is never taken back silently: a suspension pauses what is sent once, and asks', async () => {
    const s = await aShop();
    await lookAtAccount(s.ctx);
    const { id } = aSendingCampaign(s.ctx, { people: 3 });
    s.carrier.sim.changeAccount({ campaigns: [{ sid: CAMPAIGN, serviceSid: SERVICE, brandSid: BRAND, status: 'SUSPENDED' }] });
    await lookAtAccount(s.ctx);
    const state = () => s.ctx.db.prepare('SELECT state, pause_reason FROM campaign WHERE id = ?').get(id);
    expect(state()).toEqual({ state: 'paused', pause_reason: 'account:30033' });
    expect(s.ctx.settings().texting.senderApproved).toBe(true);
    expect(codes(s)).toEqual(expect.arrayContaining(['registration-suspended', 'approved-only-here']));
    // the owner knows and goes on: looking again does not pause it again
    s.ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = ?").run(id);
    await lookAtAccount(s.ctx);
    expect(state()).toEqual({ state: 'sending', pause_reason: null });
  });

  it('is not believed where the key may not read it', async () => {
    const s = await aShop({ denied: ['registration'], campaigns: [], brands: [] });
    await lookAtAccount(s.ctx);
    expect(codes(s).filter((c) => c.startsWith('registration'))).toEqual([]);
    expect(accountHealth(s.ctx).sender?.approval.state).toBe('unknown');
  });
});

describe('looking by itself', () => {
  it('once a day, and minutes after a refusal; never at the opening itself, never when not connected', async () => {
    const s = await aShop();
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

describe('before connecting', () => {
  const ask = (s: SendingShop, sender: Parameters<typeof findingsAtConnect>[2]['sender'] = { kind: 'service', sid: SERVICE }) =>
    findingsAtConnect(s.ctx, async () => s.carrier.account, { accountSid: ACCOUNT, keySid: KEY, keySecret: SECRET, sender });

  it('a trial is said plainly and may go on; what would lose replies or send nothing may not', async () => {
    const trial = await aShop({ keyType: 'main', type: 'Trial' });
    const found = await ask(trial);
    expect(found.refuses).toBe(false);
    expect(found.findings[0]).toMatchObject({ code: 'trial', severity: 'stops' });
    await trial.close();
    const deaf = await aShop(service({ useInboundWebhookOnNumber: false }));
    expect(await ask(deaf)).toMatchObject({ refuses: true });
  });

  it('an API key that may not ask says so, and refuses nothing for it', async () => {
    const s = await aShop();
    const found = await ask(s);
    expect(found.findings.map((f) => f.code)).toContain('trial-unknown');
    expect(found.findings.filter(refusesConnection)).toEqual([]);
  });

  it('connecting itself refuses it too, and keeps what it saw when it does not', async () => {
    const s = await aShop(service({ useInboundWebhookOnNumber: false }));
    const go = () =>
      connect(s.ctx, owner, async () => s.carrier.gateway, {
        accountSid: ACCOUNT,
        keySid: KEY,
        keySecret: SECRET,
        sender: { kind: 'service', sid: SERVICE },
      });
    await expect(go()).rejects.toMatchObject({ code: 'account.refused', params: { why: 'replies-lost' } });
    expect(await s.ctx.secrets.get('twilio-key-secret')).toBeNull();
    await s.carrier.gateway.letServiceLogReplies(SERVICE);
    s.advance(6 * MINUTE); // what was seen is believed for five minutes
    await go();
    expect(readLook(s.ctx.db)?.view?.at).toBe(s.ctx.clock.now());
    expect(s.ctx.settings().texting).toMatchObject({
      segmentsPerSecond: 4,
      dailySegments: 40_000,
      from: { rate: 'carrier', price: 'list' },
    });
  });

  it('a suspended account is refused with its reason', async () => {
    const s = await aShop();
    s.carrier.faults.add({ method: 'GET', effect: { kind: 'status', status: 403, code: 20005 } });
    expect(await ask(s)).toMatchObject({ refuses: true, findings: [{ code: 'account-suspended' }] });
  });
});

it('keeps nothing about customers in what it remembers of the account', async () => {
  const s = await aShop();
  aSendingCampaign(s.ctx, { people: 3 });
  await lookAtAccount(s.ctx);
  const kept = s.ctx.db.prepare('SELECT view FROM account_look').pluck().get() as string;
  expect(kept).not.toContain('+1646555');
  expect(kept).not.toContain(SECRET);
  expect(kept).not.toContain('authToken');
  expect((readLook(s.ctx.db)?.view?.at ?? 0) as UtcMs).toBe(NOON);
});
