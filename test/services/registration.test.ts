import { enqueue } from '@db/queries/outbox';
import { waitingForApproval } from '@db/queries/registration';
import { DAY, type PhoneE164, type ShopDay, type UtcMs } from '@domain/kernel';
import { FLOW_MAX, FLOW_MIN } from '@domain/registration/texts';
import {
  answerRegistration,
  approveSender,
  messagePrices,
  recordStep,
  registrationGuide,
  takeBackStep,
} from '@services/registration/guide';
import { registrationNeed } from '@services/registration/need';
import { registrationPack } from '@services/registration/pack';
import { checkPages, pagesNow } from '@services/registration/pages';
import { thisWeek } from '@services/reports/week';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';
import { page, startWebServer } from '../support/web-server';

const SHOP = {
  name: 'Corner Shoes',
  street: '12 Main St',
  city: 'Kingston',
  region: 'NY',
  postalCode: '12401',
  phone: '+18455550142',
  email: 'hello@cornershoes.com',
  website: 'cornershoes.com',
};
const shop = (settings: Parameters<typeof aCtx>[0] = {}) =>
  aCtx({ ...settings, settings: { shop: SHOP, onboarding: { finishedAt: 1, step: 'done' }, ...settings.settings } });
const day = (d: string) => d as ShopDay;
const EIN = { trades: [], ein: true, website: true, tollFree: false } as const;

describe('the guide', () => {
  it('tells a banned trade and no fee, nothing to track and nothing to do', () => {
    const ctx = shop();
    answerRegistration(ctx, owner, { ...EIN, trades: ['vape', 'alcohol'] });
    const g = registrationGuide(ctx);
    expect(g.choice?.path).toBe('refused');
    expect(g.refused).toEqual(['vape']);
    expect([g.costs, g.limits, g.tracker]).toEqual([null, null, null]);
    expect(registrationNeed(ctx)).toBeNull();
    expect(() => recordStep(ctx, owner, { stage: 'brand', kind: 'submitted', day: day('2026-11-17'), errorCode: null })).toThrow();
  });

  it('follows the account: a toll-free number it texts from already is the one to verify', () => {
    const ctx = shop({ settings: { texting: { mode: 'twilio', numbers: ['+18885550100' as PhoneE164] } } });
    answerRegistration(ctx, owner, EIN);
    expect(registrationGuide(ctx).choice?.path).toBe('toll-free');
  });

  it('takes steps in order, in time, and gives the last one back', () => {
    const ctx = shop();
    expect(registrationNeed(ctx)).toBe('registration');
    answerRegistration(ctx, owner, EIN);
    const told = (stage: 'brand' | 'campaign', kind: 'submitted' | 'approved' | 'rejected', on: string, errorCode: number | null = null) =>
      recordStep(ctx, owner, { stage, kind, day: day(on), errorCode });
    expect(() => told('campaign', 'submitted', '2026-11-10')).toThrow(); // the brand comes first
    expect(() => told('brand', 'submitted', '2026-11-18')).toThrow(); // tomorrow
    expect(() => told('brand', 'rejected', '2026-11-10')).toThrow(); // nothing was handed in
    told('brand', 'submitted', '2026-11-09');
    expect(registrationNeed(ctx)).toBe('registration-late'); // three days are usual, eight have passed
    expect(() => told('brand', 'approved', '2026-11-08')).toThrow(); // before it was handed in
    told('brand', 'approved', '2026-11-10');
    told('campaign', 'submitted', '2026-11-12');
    expect(registrationNeed(ctx)).toBeNull(); // only waiting to do
    told('campaign', 'rejected', '2026-11-16', 30842);
    expect(registrationNeed(ctx)).toBe('registration-rejected');
    expect(registrationGuide(ctx).tracker?.stages[1]).toMatchObject({ state: 'rejected', errorCode: 30842, mend: 'proof-missing' });
    const last = registrationGuide(ctx).lastStep;
    takeBackStep(ctx, owner, last ?? 0);
    expect(registrationGuide(ctx).tracker?.stages[1]?.state).toBe('waiting');
    expect(() => takeBackStep(ctx, owner, last ?? 0)).toThrow(); // only the last one
    told('campaign', 'approved', '2026-11-17');
    expect(registrationGuide(ctx).tracker).toMatchObject({ current: null, approvedOn: '2026-11-17' });
    expect(registrationNeed(ctx)).toBe('registration'); // approved and not said so yet
  });

  it('says what would leave with the approval, and lets it leave', () => {
    const ctx = shop({ settings: { texting: { mode: 'twilio', numbers: ['+12125550140' as PhoneE164] } } });
    const waits = (kind: 'confirmation' | 'double-opt-in', n: number, expiresAt: number) =>
      ctx.db.tx((trx) =>
        enqueue(trx, {
          cause: { kind, id: `${kind}-${n}` },
          address: `+1212555010${n}` as PhoneE164,
          customerId: null,
          messageClass: kind,
          body: 'x',
          segments: 1,
          quotedPrice: null,
          notBefore: NOON,
          expiresAt: expiresAt as UtcMs,
          now: NOON,
        }),
      );
    waits('confirmation', 1, NOON + DAY);
    waits('confirmation', 2, NOON + DAY);
    waits('confirmation', 3, NOON - DAY);
    waits('double-opt-in', 4, NOON + DAY);
    expect(waitingForApproval(ctx.db, NOON)).toEqual({ confirmations: 2, questions: 1, tooOld: 1 });
    answerRegistration(ctx, owner, EIN);
    approveSender(ctx, owner);
    expect(ctx.settings().texting.senderApproved).toBe(true);
    expect(ctx.settings().texting.numbers).toHaveLength(1); // nothing else changed
    expect(registrationNeed(ctx)).toBeNull();
    expect(() => approveSender(shop(), owner)).toThrow(); // no account, nothing to approve
  });

  it('asks no price of nobody: without an account there is none', async () => {
    expect(await messagePrices(shop())).toBeNull();
    expect(await messagePrices(shop({ settings: { texting: { mode: 'twilio' } } }))).toBeNull(); // unreachable: unknown, not an error
  });

  it('is among what needs the owner, most urgent when sent back', async () => {
    const ctx = shop();
    answerRegistration(ctx, owner, EIN);
    recordStep(ctx, owner, { stage: 'brand', kind: 'submitted', day: day('2026-11-16'), errorCode: null });
    recordStep(ctx, owner, { stage: 'brand', kind: 'rejected', day: day('2026-11-17'), errorCode: null });
    const { needs } = await thisWeek(ctx);
    expect(needs[0]?.code).toBe('registration-rejected');
  });
});

describe('the pack', () => {
  it('is made from the words in force, in the order of the form', () => {
    const ctx = shop();
    answerRegistration(ctx, owner, EIN);
    const p = registrationPack(ctx, null);
    const value = (label: string) => p.fields.find((f) => f.label === label)?.value ?? '';
    expect(value('How do end-users consent to receive messages?')).toContain(p.wording.en.text);
    expect(p.flow.length).toBeGreaterThanOrEqual(FLOW_MIN);
    expect(p.flow.length).toBeLessThanOrEqual(FLOW_MAX);
    expect(value('Website')).toBe('https://cornershoes.com');
    expect(value('Privacy policy URL')).toBe('https://cornershoes.com/privacy');
    const samples = p.fields.filter((f) => f.label.startsWith('Sample message'));
    expect(samples.length).toBeGreaterThanOrEqual(2);
    for (const s of samples) expect(s.value).toMatch(/^Corner Shoes: .*\bSTOP\b/);
    expect(value('Opt-in keywords')).toMatch(/^JOIN, /);
    expect(value('Legal business name')).toBe('');
    expect(p.fields.find((f) => f.label === 'Legal business name')?.missing).toBe(true);
    expect(p.fields.map((f) => f.value).join()).not.toMatch(/\d{2}-\d{7}/); // no EIN is kept anywhere
    expect(p.files.map((f) => f.name)).toContain('terms.html');
  });

  it('follows a change of the promise: wording, pages and samples speak of the same number', () => {
    const ctx = shop({ settings: { courtesy: { promisePerMonth: 2 } } });
    answerRegistration(ctx, owner, EIN);
    const p = registrationPack(ctx, null);
    expect(p.flow).toContain('Up to 2 msgs/month');
    expect(p.html.terms.en).toContain('up to 2 messages per month');
  });

  it('holds its own pages to what reviewers look for, in both languages', async () => {
    const { judgePage } = await import('@domain/registration/page-check');
    const ctx = shop();
    answerRegistration(ctx, owner, { ...EIN, website: false });
    const { html } = registrationPack(ctx, null);
    const facts = { shopName: SHOP.name, phone: SHOP.phone, email: SHOP.email };
    for (const kind of ['terms', 'privacy'] as const) {
      for (const language of ['en', 'es'] as const) {
        const missing = judgePage(kind, html[kind][language], facts).items.filter((i) => !i.found);
        expect(missing, `${kind} ${language}`).toEqual([]);
      }
    }
  });

  it('speaks of paper only where the age gate asks for a date of birth', () => {
    const ctx = shop();
    answerRegistration(ctx, owner, { ...EIN, trades: ['alcohol'] });
    const p = registrationPack(ctx, ['screen', 'word']);
    expect(p.ways).toEqual(['paper']);
    expect(p.flow).toContain('full date of birth');
    expect(p.flow).not.toContain('Sign-up screen');
    expect(p.fields.find((f) => f.label === 'Age-gated content')?.value).toBe('Yes');
  });
});

describe('the two pages', () => {
  it('are asked on a click, judged, and the answer is kept for that address only', async () => {
    const ctx = shop();
    answerRegistration(ctx, owner, EIN);
    const { html } = registrationPack(ctx, null);
    const { server, base } = await startWebServer((q, r) =>
      q.url === '/terms' ? page(html.terms.en)(q, r) : page('<h1>Corner Shoes</h1><p>We may share your data with third parties.</p>')(q, r),
    );
    const here = { ...ctx, linkCheck: { look: (url: string) => ctx.linkCheck.look(url.replace('https://cornershoes.com', base)) } };
    expect(pagesNow(ctx).map((p) => p.answer)).toEqual([null, null]);
    const [terms, privacy] = await checkPages(here);
    server.close();
    expect(terms?.answer?.items.every((i) => i.found)).toBe(true);
    expect(privacy?.answer?.items.find((i) => i.item === 'no-sharing')?.found).toBe(false);
    expect(registrationPack(ctx, null).checks.filter((c) => c.item === 'terms' || c.item === 'privacy')).toEqual([
      { item: 'terms', state: 'done' },
      { item: 'privacy', state: 'missing' },
    ]);
    const { saveShop } = await import('@services/settings/settings');
    saveShop(ctx, owner, { ...ctx.settings().shop, website: 'elsewhere.com' });
    expect(pagesNow(ctx).map((p) => [p.url, p.answer])).toEqual([
      ['https://elsewhere.com/terms', null],
      ['https://elsewhere.com/privacy', null],
    ]);
  });

  it('have no address while the wording says to ask at the counter', async () => {
    const ctx = shop({ settings: { shop: { ...SHOP, website: '' } } });
    expect((await checkPages(ctx)).map((p) => p.url)).toEqual([null, null]);
  });
});
