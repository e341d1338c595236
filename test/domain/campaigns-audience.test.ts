import { type AudienceRules, type Candidate, decideAudience, EXCLUSIONS } from '@domain/campaigns/audience';
import { BASE_WORDS } from '@domain/campaigns/parts';
import { driftFrom, makeQuote, packIds, unpackIds } from '@domain/campaigns/quote';
import { advance, can } from '@domain/campaigns/state';
import { DAY, type Micros, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const now = Date.parse('2026-11-17T16:00:00Z') as UtcMs;
const rules: AudienceRules = { now, shopZone: 'America/New_York' as Zone, usOnly: true, defaultPromise: 4, spacingDays: 5 };
let id = 0;
const aCandidate = (o: Partial<Candidate> = {}): Candidate => {
  id++;
  return {
    id,
    phone: `+1212555${String(id).padStart(4, '0')}` as PhoneE164,
    phoneKind: 'mobile',
    phoneProblem: null,
    permission: 'in',
    permissionExpiresAt: null,
    promiseMax: 4,
    lastVisitAt: now,
    left: [],
    waiting: false,
    offTopic: false,
    ...o,
  };
};
const reasonOf = (o: Partial<Candidate>) => decideAudience([aCandidate(o)], rules).excluded[0]?.reason ?? null;

describe('decideAudience', () => {
  it.each<[string, Partial<Candidate>, string | null]>([
    ['permitted', {}, null],
    ['no number', { phone: null }, 'no-number'],
    ['an unreadable number', { phone: null, phoneKind: 'invalid' }, 'bad-number'],
    ['no record', { permission: null }, 'not-permitted'],
    ['stopped', { permission: 'out' }, 'stopped'],
    ['stopped beats landline', { permission: 'out', phoneKind: 'landline' }, 'stopped'],
    ['on hold', { permission: 'hold' }, 'on-hold'],
    ['asked, not answered', { permission: 'pending', permissionExpiresAt: (now + 1) as UtcMs }, 'unanswered'],
    ['asked, never answered', { permission: 'pending', permissionExpiresAt: now }, 'not-permitted'],
    ['silent for 18 months', { permission: 'paused' }, 'paused'],
    ['landline', { phoneKind: 'landline' }, 'landline'],
    ['dead number', { phoneProblem: '30005' }, 'number-problem'],
    ['abroad', { phone: '+447400123456' as PhoneE164 }, 'country'],
    ['Canada', { phone: '+14165550123' as PhoneE164 }, 'country'],
    ['Jamaica', { phone: '+18765550123' as PhoneE164 }, 'country'],
    ['a new area code', { phone: '+17295550123' as PhoneE164 }, null],
    ['another text waiting', { waiting: true }, 'one-waiting'],
    ['month used', { promiseMax: 1, left: [(now - 10 * DAY) as UtcMs] }, 'month-used'],
    ['texted two days ago', { left: [(now - 2 * DAY) as UtcMs] }, 'texted-recently'],
  ])('%s', (_, o, reason) => expect(reasonOf(o)).toBe(reason));

  it('of a family with one number, the one who came last is texted', () => {
    const phone = '+12125550199' as PhoneE164;
    const old = aCandidate({ phone, lastVisitAt: (now - DAY) as UtcMs });
    const recent = aCandidate({ phone });
    const never = aCandidate({ phone, lastVisitAt: null });
    const r = decideAudience([never, old, recent], rules);
    expect(r.reachable).toEqual([recent]);
    expect(r.excluded.map((e) => e.reason)).toEqual(['same-number', 'same-number']);
  });

  it('everybody appears exactly once, and nobody without a standing yes is reachable', () => {
    const candidate = fc.record({
      id: fc.integer({ min: 1, max: 1e6 }),
      phone: fc.constantFrom<PhoneE164 | null>(null, ...['+12125550001', '+12125550002', '+447400123456'].map((p) => p as PhoneE164)),
      phoneKind: fc.constantFrom('unknown', 'mobile', 'landline', 'voip', 'toll-free', 'invalid' as const),
      phoneProblem: fc.constantFrom(null, '30005'),
      permission: fc.constantFrom(null, 'in', 'pending', 'out', 'never', 'hold', 'paused' as const),
      permissionExpiresAt: fc.constantFrom(null, now, (now + 5) as UtcMs),
      promiseMax: fc.constantFrom(null, 0, 1, 4),
      lastVisitAt: fc.constantFrom(null, now, (now - DAY) as UtcMs),
      left: fc.array(
        fc.integer({ min: now - 40 * DAY, max: now }).map((n) => n as UtcMs),
        { maxLength: 5 },
      ),
      waiting: fc.boolean(),
      offTopic: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(candidate, { selector: (c) => c.id, maxLength: 30 }), (people) => {
        const r = decideAudience(people as Candidate[], rules);
        expect(r.reachable.length + r.excluded.length).toBe(people.length);
        expect(new Set([...r.reachable, ...r.excluded.map((e) => e.person)]).size).toBe(people.length);
        expect(new Set(r.reachable.map((p) => p.phone)).size).toBe(r.reachable.length);
        for (const p of r.reachable) expect([p.permission, p.phoneProblem]).toEqual(['in', null]);
        expect(r.reachable.filter((p) => p.offTopic)).toEqual([]);
        for (const e of r.excluded) expect(EXCLUSIONS).toContain(e.reason);
        const again = decideAudience([...people].reverse() as Candidate[], rules);
        expect(again.reachable.map((p) => p.id)).toEqual(r.reachable.map((p) => p.id));
      }),
    );
  });
});

describe('quote', () => {
  const quote = makeQuote({
    at: now,
    words: 'w',
    text: packIds([1, 5, 9]),
    control: packIds([2]),
    holdoutPercent: 20,
    people: 3,
    heldOut: 1,
    segments: 3,
    price: 33_900 as Micros,
    perSegment: 11_300 as Micros,
    currency: 'USD',
  });
  const people = (...ids: number[]) => ids.map((id) => ({ id, part: 1, reads: () => BASE_WORDS }));
  const same = { words: 'w', reachable: people(1, 2, 5, 9), price: 33_900, perSegment: 11_300, currency: 'USD' };
  it('holds when nothing changed or people dropped out', () => {
    expect(driftFrom(quote, same)).toBeNull();
    expect(driftFrom(quote, { ...same, reachable: people(5), price: 11_300 })).toBeNull();
    expect(driftFrom(quote, { ...same, perSegment: 10_000, price: 30_000 })).toBeNull();
  });
  it('refuses new people, other words, a higher price', () => {
    expect(driftFrom(quote, { ...same, reachable: people(1, 2, 3) })).toBe('people');
    expect(driftFrom(quote, { ...same, words: 'x' })).toBe('words');
    expect(driftFrom(quote, { ...same, price: 33_901 })).toBe('price');
    expect(driftFrom(quote, { ...same, perSegment: 11_301, reachable: people(1), price: 11_301 })).toBe('price');
    expect(driftFrom(quote, { ...same, currency: 'EUR' })).toBe('price');
  });
  it('seals every figure', () => {
    const { token, ...rest } = quote;
    expect(makeQuote(rest).token).toBe(token);
    expect(makeQuote({ ...rest, price: 1 as Micros }).token).not.toBe(token);
    expect(makeQuote({ ...rest, text: packIds([1, 5]) }).token).not.toBe(token);
  });
  it('packs and unpacks ids', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 })), (ids) => {
        expect(unpackIds(packIds(ids))).toEqual([...ids].sort((a, b) => a - b));
      }),
    );
  });
});

describe('campaign states', () => {
  it('start is safe to repeat, the rest only where it makes sense', () => {
    expect(advance('draft', 'start')).toBe('staging');
    expect(advance('staging', 'start')).toBe('staging');
    expect(advance('staging', 'staged')).toBe('sending');
    expect(can('sending', 'start')).toBe(false);
    expect(() => advance('finished', 'resume')).toThrow('campaign.bad-state');
    expect(() => advance('cancelled', 'start')).toThrow('campaign.bad-state');
  });
});
