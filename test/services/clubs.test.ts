import { campaignById } from '@db/queries/campaigns';
import { insertCustomer } from '@db/queries/customers';
import { joinWordFor } from '@db/queries/join-words';
import { segmentById } from '@db/queries/segments';
import { countSegments } from '@domain/campaigns/sms-text';
import { wordingOf } from '@domain/consent/wording';
import { type CustomerId, DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import { campaignToClub, club, clubMembers, clubs } from '@services/clubs/clubs';
import { recordPreferences, recordSignUp, recordStop, withConsent } from '@services/consent';
import { findAtCounter } from '@services/counter/find';
import { saveTopic } from '@services/kit/topics';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { refused } from '../support/refusal';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

const both = (en: string, es = en) => ({ en, es });
const NAMES = ['', 'Ana', 'Ben', 'Cid', 'Dora'];
const page = { offset: 0, limit: 50 };

function aClub(): { ctx: TestCtx; slug: string; person: (n: number) => { id: CustomerId; phone: PhoneE164 } } {
  const ctx = aCtx();
  const { slug } = saveTopic(ctx, owner, {
    slug: null,
    name: both('Trail running', 'Carrera de montaña'),
    about: both('', ''),
    joinWord: 'TRAIL',
    active: true,
  });
  const person = (n: number) => {
    const phone = `+1646555${String(2000 + n)}` as PhoneE164;
    return { phone, id: ctx.db.tx((trx) => insertCustomer(trx, { firstName: NAMES[n] ?? '', phone }, NOON)) };
  };
  return { ctx, slug, person };
}

const texts = (
  ctx: TestCtx,
  p: { id: CustomerId; phone: PhoneE164 },
  topics: string[],
  word: string | null,
  at: UtcMs,
  language: 'en' | 'es' = 'en',
) =>
  withConsent(ctx, (trx) => {
    recordSignUp(ctx, trx, {
      phone: p.phone,
      customerId: p.id,
      occurredAt: at,
      method: word === null ? 'screen' : 'join-text',
      device: word === null ? 'display' : `word:${word}`,
      topics,
      language,
    });
  });

describe('a club', () => {
  it('knows its people, how they came, and how it grew; who left is no member and was one', async () => {
    const { ctx, slug, person } = aClub();
    const [a, b, c, d] = [person(1), person(2), person(3), person(4)];
    const weeks = (n: number) => (NOON - n * 7 * DAY) as UtcMs;
    texts(ctx, a, [slug], 'TRAIL', weeks(8));
    texts(ctx, b, [slug, 'news'], null, weeks(4));
    texts(ctx, c, [slug], 'TRAIL', weeks(4));
    texts(ctx, d, ['news'], null, weeks(4));
    withConsent(ctx, (trx) => {
      recordPreferences(ctx, trx, { phone: d.phone, occurredAt: weeks(2), method: 'reply', topics: { add: [slug], remove: [] } });
      recordStop(ctx, trx, { phone: c.phone, occurredAt: weeks(1), method: 'reply', reason: '', carrierStop: false });
    });
    expect(clubs(ctx).find((x) => x.slug === slug)).toMatchObject({ members: 3, onlyThis: 1, joined: 2 });
    const one = await club(ctx, slug);
    expect(Object.fromEntries(one.ways.map((w) => [w.way, w.count]))).toEqual({ 'word:TRAIL': 1, display: 1, choice: 1 });
    expect(one.growth.at(-1)?.onList).toBe(3);
    expect(one.growth.reduce((n, p) => n + p.joined, 0)).toBe(4);
    expect(one.growth.reduce((n, p) => n + p.left, 0)).toBe(1);
    expect(clubMembers(ctx, slug, page).rows.map((r) => [r.firstName, r.way])).toEqual([
      ['Dora', 'choice'],
      ['Ben', 'display'],
      ['Ana', 'word:TRAIL'],
    ]);
  });

  it('ended and opened again: its word signs nobody up meanwhile, and its people are in it as before', () => {
    const { ctx, slug, person } = aClub();
    texts(ctx, person(1), [slug], 'TRAIL', NOON);
    const input = { slug, name: both('Trail running'), about: both(''), joinWord: 'TRAIL' };
    saveTopic(ctx, owner, { ...input, active: false });
    expect(joinWordFor(ctx.db, 'TRAIL')).toBeNull();
    expect(clubs(ctx).find((x) => x.slug === slug)).toMatchObject({ active: false, members: 1 });
    saveTopic(ctx, owner, { ...input, active: true });
    expect(joinWordFor(ctx.db, 'TRAIL')?.topics).toEqual([slug]);
    expect(clubs(ctx).find((x) => x.slug === slug)?.members).toBe(1);
  });

  it('one click to a campaign about it, to its members; the group is made once', () => {
    const { ctx, slug } = aClub();
    const first = campaignById(ctx.db, campaignToClub(ctx, owner, slug, 'For Trail running'));
    const second = campaignById(ctx.db, campaignToClub(ctx, owner, slug, 'Again'));
    expect(first).toMatchObject({ state: 'draft', topic: slug });
    expect(second?.segmentId).toBe(first?.segmentId);
    expect(segmentById(ctx.db, first?.segmentId as never)).toMatchObject({ rule: { all: [{ is: 'topic', topic: slug }] } });
    expect(refused(() => campaignToClub(ctx, owner, 'nope', 'x')).code).toBe('kit.topic-not-found');
  });
});

describe('an offer for members of a club', () => {
  it('is theirs only; whoever is none is told which club it is, in both languages', () => {
    const { ctx, slug, person } = aClub();
    const [ana, ben] = [person(1), person(2)];
    texts(ctx, ana, [slug], 'TRAIL', NOON);
    texts(ctx, ben, ['news'], null, NOON);
    const offer = {
      name: 'Socks',
      kind: 'percent' as const,
      percent: 20,
      codeMode: 'shared' as const,
      sharedCode: 'SOCKS20',
      validDays: 14,
      membersOnly: true,
    };
    const { id } = saveOffer(ctx, owner, { id: null, ...offer, club: slug });
    const codes = (name: string) => findAtCounter(ctx, clerk, name, true).people[0]?.offers.map((o) => o.code);
    expect(codes('Ana')).toEqual(['SOCKS20']);
    expect(codes('Ben')).toEqual([]);
    expect(findAtCounter(ctx, clerk, 'SOCKS20', true).code).toMatchObject({
      refusal: { why: 'find-member', club: { en: 'Trail running', es: 'Carrera de montaña' } },
    });
    const no = refused(() => redeem(ctx, clerk, { code: 'SOCKS20', how: 'person', customerId: ben.id }));
    expect([no.code, no.params]).toEqual(['offer.club-only', { en: 'Trail running', es: 'Carrera de montaña' }]);
    expect(redeem(ctx, clerk, { code: 'SOCKS20', how: 'person', customerId: ana.id }).redemption.customerId).toBe(ana.id);
    expect(refused(() => saveOffer(ctx, owner, { id, ...offer, club: 'nope' })).code).toBe('input.invalid');
    // not for members: for nobody's club either
    expect(saveOffer(ctx, owner, { id, ...offer, membersOnly: false, club: slug }).club).toBeNull();
  });
});

describe('the word of a club', () => {
  it('is answered with its name, in the language it was texted in', () => {
    const { ctx, slug, person } = aClub();
    texts(ctx, person(1), [slug], 'TRAIL', NOON);
    texts(ctx, person(2), [slug], 'TRAIL', NOON, 'es');
    texts(ctx, person(3), [slug, 'news'], null, NOON);
    const bodies = ctx.db.prepare("SELECT body FROM outbox WHERE message_class = 'confirmation' ORDER BY id").pluck().all() as string[];
    expect(bodies[0]).toContain('Trail running');
    expect(bodies[1]).toContain('Carrera de montaña');
    expect(bodies[2]).not.toContain('Trail');
  });

  it('fits one message, names the shop and says how to stop, whatever the club is called', () => {
    const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(name, fc.constantFrom('en', 'es'), fc.integer({ min: 1, max: 31 }), (clubName, language, n) => {
        const shop = { name: 'Corner Shoes & Boots', phone: '+18455550142', email: '', website: '' };
        const { text } = wordingOf('confirmation', language as 'en' | 'es', shop, n, { club: clubName });
        expect(countSegments(text).segments).toBe(1);
        expect(text.startsWith('Corner Shoes & Boots: ')).toBe(true);
        expect(text).toMatch(/HELP.*STOP/);
        expect(text).toContain(String(n));
      }),
    );
  });
});
