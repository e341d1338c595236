import { lastPrinted } from '@db/queries/wordings';
import type { PhoneE164 } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { currentWording, evidenceOf, recordSignUp, verifyLedger, withConsent } from '@services/consent';
import { takeInbound } from '@services/inbox';
import { kitOverview, kitPiece, pieceLeft } from '@services/kit/kit';
import { allowJoinWord, saveJoinWord } from '@services/kit/topics';
import { backToOurs, restoreWording, saveWording, wordingsInUse, wordingView } from '@services/kit/wording';
import { saveCourtesy, saveShop } from '@services/settings/settings';
import { describe, expect, it } from 'vitest';
import { aCtx, NOON, owner, type TestCtx } from '../support/test-ctx';

const ANA = '+12125550101' as PhoneE164;
const shop = { name: 'Corner Shoes', phone: '(212) 555-0140', email: 'hi@shop.example', website: 'https://shop.example' };
const texting = {
  mode: 'twilio' as const,
  sender: { kind: 'number' as const, number: '+12125550199' as PhoneE164 },
  senderApproved: false,
};
const aShop = (over: Parameters<typeof aCtx>[0] = {}) => aCtx({ ...over, settings: { shop, texting, ...over.settings } });
const mine = '{shop}: Welcome! Offers & news by text, up to {n}/mo. Msg&data rates may apply. Reply HELP for help, STOP to cancel.';
const view = (ctx: TestCtx) => wordingView(ctx, 'confirmation', 'en');

describe('the shop’s own words', () => {
  it('are used as soon as they are saved, version by version, and can be given up and taken up again', () => {
    const ctx = aShop();
    const ours = currentWording(ctx, 'confirmation', 'en').text;
    expect(saveWording(ctx, owner, { kind: 'confirmation', language: 'en', template: `  ${mine}\n` }).version).toBe(101);
    expect(currentWording(ctx, 'confirmation', 'en')).toMatchObject({
      version: 101,
      text: expect.stringContaining('Corner Shoes: Welcome!'),
    });
    expect(currentWording(ctx, 'confirmation', 'es').version).toBeLessThan(100);
    expect(saveWording(ctx, owner, { kind: 'confirmation', language: 'en', template: mine }).version).toBe(101);
    expect(saveWording(ctx, owner, { kind: 'confirmation', language: 'en', template: mine.replace('Welcome', 'Hello') }).version).toBe(102);
    backToOurs(ctx, owner, { kind: 'confirmation', language: 'en' });
    expect(currentWording(ctx, 'confirmation', 'en').text).toBe(ours);
    expect(view(ctx)).toMatchObject({
      own: false,
      versions: [
        { version: 102, active: false },
        { version: 101, staffName: 'Olga' },
      ],
    });
    const first = view(ctx).versions.find((v) => v.version === 101)?.id ?? 0;
    expect(restoreWording(ctx, owner, first).version).toBe(103);
    expect(currentWording(ctx, 'confirmation', 'en').text).toContain('Welcome!');
    expect(saveWording(ctx, owner, { kind: 'confirmation', language: 'en', template: view(ctx).ours }).version).toBeNull();
    expect(view(ctx).own).toBe(false);
  });

  it('are refused with what is missing, and the words in use stay', () => {
    const ctx = aShop();
    const before = currentWording(ctx, 'sign-up', 'en').hash;
    const without = view(ctx).ours;
    expect(() => saveWording(ctx, owner, { kind: 'sign-up', language: 'en', template: without })).toThrowError(
      expect.objectContaining({ code: 'kit.wording-refused', params: { missing: expect.stringContaining('not-a-condition') } }),
    );
    expect(() => saveWording(ctx, owner, { kind: 'confirmation', language: 'en', template: `${mine} ${mine}` })).toThrowError(
      expect.objectContaining({ code: 'kit.wording-refused' }),
    );
    expect(() => saveWording(ctx, owner, { kind: 'help', language: 'en', template: '' })).toThrowError();
    expect(currentWording(ctx, 'sign-up', 'en').hash).toBe(before);
    expect(wordingsInUse(ctx).every((w) => w.ok && !w.own)).toBe(true);
  });

  it('leave proof of what was shown before them as it was', async () => {
    const ctx = aShop();
    withConsent(ctx, (trx) =>
      recordSignUp(ctx, trx, {
        phone: ANA,
        method: 'screen',
        occurredAt: ctx.clock.now(),
        wordingHash: currentWording(ctx, 'sign-up', 'en').hash,
      }),
    );
    const shown = currentWording(ctx, 'sign-up', 'en').text;
    const changed = wordingView(ctx, 'sign-up', 'en').ours.replace('Yes, text me.', 'Sure, text me.');
    saveWording(ctx, owner, { kind: 'sign-up', language: 'en', template: changed });
    expect(evidenceOf(ctx, ANA)[0]?.wordingText).toBe(shown);
    expect(await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).toMatchObject({
      ok: true,
    });
  });
});

describe('a text from a sign', () => {
  const inbound = (body: string, n: number): CarrierMessage => ({
    sid: `SM${String(n).padStart(32, '0')}`,
    direction: 'inbound',
    from: ANA,
    to: '+12125550199',
    messagingServiceSid: null,
    body,
    status: 'received',
    errorCode: null,
    segments: 1,
    price: null,
    priceCurrency: null,
    createdAt: NOON,
    sentAt: NOON,
    updatedAt: NOON,
  });

  it('signs up, with the place in the ledger and the poster’s words as proof; the confirmation tells LESS where it fits', async () => {
    const ctx = aShop();
    pieceLeft(ctx, { piece: 'poster', word: null, languages: ['en', 'es'] });
    await takeInbound(ctx, [inbound('Hi, club please!', 1)]);
    const [line] = evidenceOf(ctx, ANA);
    expect(line).toMatchObject({ device: 'word:CLUB', inboundText: 'Hi, club please!', event: { kind: 'signed-up', method: 'join-text' } });
    expect(line?.wordingText).toContain('By texting CLUB to (212) 555-0199');
    const sent = ctx.db.raw.prepare('SELECT body, segments FROM outbox').get() as { body: string; segments: number };
    expect(sent.body).toContain("Corner Shoes: You're signed up");
    expect(sent).toMatchObject({ segments: 1, body: expect.stringMatching(/LESS/) });
  });

  it('about a topic makes them interested in it; an ended word is read by a person', async () => {
    const ctx = aShop();
    allowJoinWord(ctx, owner, { word: saveJoinWord(ctx, owner, { source: 'custom', word: 'MARKET', label: 'Stall' }).word, active: false });
    await takeInbound(ctx, [inbound('market', 1)]);
    expect(evidenceOf(ctx, ANA)).toEqual([]);
    await takeInbound(ctx, [inbound('Eventsclub', 2)]);
    expect(evidenceOf(ctx, ANA)[0]?.event.topics).toEqual(['events']);
  });
});

describe('the kit', () => {
  it('a card carries number, word, link and the whole wording in both languages', () => {
    const ctx = aShop();
    const card = kitPiece(ctx, 'card', null);
    expect(card).toMatchObject({ word: 'JOIN', numberShown: '(212) 555-0199', link: 'sms:+12125550199?&body=JOIN' });
    expect(card.needs).toEqual([{ need: 'approval', stops: false }]);
    for (const part of ['By texting JOIN to (212) 555-0199', 'Corner Shoes', 'Up to 4 msgs/month', 'shop.example/terms'])
      expect(card.wording.en.text).toContain(part);
    expect(card.wording.es.text).toContain('Al enviar JOIN al (212) 555-0199');
    saveJoinWord(ctx, owner, { source: 'card', word: 'SHOECLUB' });
    expect(kitPiece(ctx, 'card', null).link).toBe('sms:+12125550199?&body=SHOECLUB');
    expect(kitPiece(ctx, 'card', 'EVENTSCLUB')).toMatchObject({ word: 'EVENTSCLUB' });
    expect(() => kitPiece(ctx, 'card', 'NOSUCH')).toThrowError();
    expect(kitPiece(ctx, 'paper', null)).toMatchObject({ word: null, link: null });
  });

  it('says what is missing instead of making a broken card', () => {
    const ctx = aShop({ settings: { shop: { ...shop, website: '', phone: '', email: '' }, texting: { mode: 'none', sender: null } } });
    const missing = (p: Parameters<typeof kitPiece>[1]) =>
      kitPiece(ctx, p, null)
        .needs.filter((n) => n.stops)
        .map((n) => n.need);
    expect(missing('card')).toEqual(['number', 'contact']);
    expect(missing('paper')).toEqual(['contact']);
    expect(missing('website')).toEqual(['number', 'contact', 'website']);
    expect(kitPiece(ctx, 'card', null).wording.en.text).toContain('ask at the counter');
    expect(kitOverview(ctx)).toMatchObject({ number: null, approved: false, waiting: 0 });
  });

  it('who texts a word is recorded with the sign as it was printed, and with its promise', () => {
    const ctx = aShop();
    pieceLeft(ctx, { piece: 'card', word: null, languages: ['en'] });
    const printed = kitPiece(ctx, 'card', null).wording.en;
    const s = ctx.settings();
    saveCourtesy(ctx, owner, { ...s.courtesy, promisePerMonth: 8 });
    saveShop(ctx, owner, { ...s.shop, name: 'Corner Boots' });
    withConsent(ctx, (trx) =>
      recordSignUp(ctx, trx, { phone: ANA, method: 'join-text', device: 'word:JOIN', occurredAt: ctx.clock.now(), inboundText: 'Join' }),
    );
    expect(evidenceOf(ctx, ANA)[0]).toMatchObject({ wordingText: printed.text, event: { promiseMax: 4, wordingHash: printed.hash } });
    expect(lastPrinted(ctx.db, 'JOIN', 'es')).toBeNull();
    // a Spanish reader of a sign that hangs in English only
    const CARLOS = '+12125550103' as PhoneE164;
    withConsent(ctx, (trx) =>
      recordSignUp(ctx, trx, { phone: CARLOS, method: 'join-text', device: 'word:JOIN', language: 'es', occurredAt: ctx.clock.now() }),
    );
    expect(evidenceOf(ctx, CARLOS)[0]).toMatchObject({ wordingText: printed.text });
    // never printed: as it would stand on the sign now
    const BEA = '+12125550102' as PhoneE164;
    withConsent(ctx, (trx) =>
      recordSignUp(ctx, trx, { phone: BEA, method: 'join-text', device: 'word:CLUB', occurredAt: ctx.clock.now() }),
    );
    expect(evidenceOf(ctx, BEA)[0]).toMatchObject({ wordingText: expect.stringContaining('By texting CLUB'), event: { promiseMax: 8 } });
    expect(kitOverview(ctx).waiting).toBe(3);
  });
});
