import { type ChainedFields, type ChainedRow, GENESIS, hashOf, verifyChain } from '@domain/consent/chain';
import type { ConsentEvent, ConsentKind, ConsentMethod } from '@domain/consent/event';
import { addressHmac } from '@domain/consent/hmac';
import { ageOn, isMinor } from '@domain/consent/minors';
import { addBusinessDays, foldConsent, holdUntil, isOwnAct, PENDING_MS, stateOf } from '@domain/consent/status';
import { DAY, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ZONE = 'America/New_York' as Zone;
const T0 = Date.UTC(2026, 10, 17, 16) as UtcMs;
const HOUR = 3_600_000;

type Act = Partial<ConsentEvent> & { kind: ConsentKind; method: ConsentMethod };
/** Events an hour apart. */
const ledger = (...acts: Act[]): ConsentEvent[] =>
  acts.map((a, i) => ({
    id: i + 1,
    channel: 'sms',
    purpose: a.kind === 'stopped' || a.kind === 'restarted' || a.kind === 'held' ? 'all' : 'marketing',
    promiseMax: 4,
    topics: [],
    language: 'en',
    wordingHash: null,
    reason: null,
    staffId: null,
    occurredAt: (T0 + i * HOUR) as UtcMs,
    recordedAt: (T0 + i * HOUR) as UtcMs,
    ...a,
  }));
const at = (events: readonly ConsentEvent[], now?: number, leftAt?: ReadonlyMap<number, UtcMs>) =>
  foldConsent(events, { now: (now ?? T0 + events.length * HOUR) as UtcMs, zone: ZONE, ...(leftAt ? { askedLeftAt: leftAt } : {}) });
const marketing = (...acts: Act[]) => stateOf(at(ledger(...acts)), 'marketing');

const screen: Act = { kind: 'signed-up', method: 'screen' };
const stop: Act = { kind: 'stopped', method: 'reply' };
const carrierStop: Act = { kind: 'stopped', method: 'reply', reason: 'carrier-stop: exact' };
const start: Act = { kind: 'restarted', method: 'reply' };

describe('folding the ledger', () => {
  it('reaches nobody without a record', () => {
    expect(stateOf([], 'marketing')).toBe('never');
    expect(marketing({ kind: 'signed-up', method: 'clerk' })).toBe('never');
    expect(marketing({ kind: 'signed-up', method: 'owner' })).toBe('never');
  });

  it('knows the ways in', () => {
    expect(marketing(screen)).toBe('in');
    expect(marketing({ kind: 'signed-up', method: 'join-text' })).toBe('in');
    expect(marketing({ kind: 'asked', method: 'clerk' })).toBe('pending');
    expect(marketing({ kind: 'asked', method: 'clerk' }, { kind: 'agreed', method: 'reply' })).toBe('in');
    expect(marketing({ kind: 'attested', method: 'import' })).toBe('in');
    expect(marketing({ kind: 'agreed', method: 'reply' })).toBe('never');
  });

  it('lets a question lapse 7 days after its text left, not before it left', () => {
    const asked = ledger({ kind: 'asked', method: 'clerk' });
    expect(stateOf(at(asked, T0 + 60 * DAY), 'marketing')).toBe('pending');
    const left = new Map([[1, (T0 + 20 * DAY) as UtcMs]]);
    expect(at(asked, T0 + 27 * DAY, left)[0]).toMatchObject({ state: 'pending', expiresAt: T0 + 20 * DAY + PENDING_MS });
    expect(stateOf(at(asked, T0 + 27 * DAY + 1, left), 'marketing')).toBe('never');
    const late = [...asked, ...ledger({ kind: 'agreed', method: 'reply' })].map((e, i) => ({ ...e, id: i + 1 }));
    const agreedLate = late.map((e) => (e.kind === 'agreed' ? { ...e, occurredAt: (T0 + 28 * DAY) as UtcMs } : e));
    expect(stateOf(at(agreedLate, T0 + 29 * DAY, left), 'marketing')).toBe('never');
  });

  it('stops everything, service texts too, until their own act', () => {
    const order: Act = { ...screen, purpose: 'service' };
    expect(at(ledger(screen, order, stop)).map((s) => s.state)).toEqual(['out', 'out']);
    expect(marketing(screen, stop, screen)).toBe('in');
    expect(marketing(screen, stop, start)).toBe('in');
    expect(stateOf(at(ledger(screen, order, stop, screen)), 'service')).toBe('out'); // only what they signed comes back
  });

  it('keeps a carrier’s stop until START, and a form signed meanwhile pending', () => {
    const form = at(ledger(screen, carrierStop, { ...screen, promiseMax: 2 }));
    expect(form[0]).toMatchObject({ state: 'pending', carrierStop: true });
    expect(at(ledger(screen, carrierStop, { ...screen, promiseMax: 2 }, start))[0]).toMatchObject({
      state: 'in',
      promiseMax: 2,
      carrierStop: false,
    });
    expect(marketing({ kind: 'stopped', method: 'carrier' }, screen)).toBe('pending');
    expect(at(ledger(screen, carrierStop, stop))[0]).toMatchObject({ state: 'out', carrierStop: true });
  });

  it('restores by START only what there was', () => {
    expect(marketing(stop, start)).toBe('never');
    expect(marketing({ kind: 'asked', method: 'clerk' }, stop, start)).toBe('never');
    expect(marketing(screen, { ...stop, reason: 'clear:wrong number → wrong-number' }, start)).toBe('never');
    const topics = at(ledger({ ...screen, topics: ['boots'] }, stop, start));
    expect(stateOf(topics, 'topic:boots')).toBe('in');
  });

  it('does not let a START that is older than the stop lift it', () => {
    const events = ledger(
      screen,
      { ...stop, method: 'counter', occurredAt: (T0 + 10 * HOUR) as UtcMs },
      { ...start, occurredAt: (T0 + 5 * HOUR) as UtcMs },
    );
    expect(stateOf(at(events), 'marketing')).toBe('out');
    // an older stop read later must not make the newer one look older
    const mixed = ledger(
      screen,
      { ...stop, method: 'counter', occurredAt: (T0 + 10 * HOUR) as UtcMs },
      { ...carrierStop, occurredAt: (T0 + 4 * HOUR) as UtcMs },
      { ...start, occurredAt: (T0 + 5 * HOUR) as UtcMs },
    );
    expect(stateOf(at(mixed), 'marketing')).toBe('out');
  });

  it('remembers a no: imports cannot say yes for them', () => {
    expect(
      marketing({ kind: 'asked', method: 'clerk' }, { kind: 'declined', method: 'reply' }, { kind: 'attested', method: 'import' }),
    ).toBe('never');
    expect(
      marketing({ kind: 'asked', method: 'clerk' }, { kind: 'declined', method: 'system' }, { kind: 'attested', method: 'import' }),
    ).toBe('in');
  });

  it('undoes only what that import vouched for', () => {
    const a: Act = { kind: 'attested', method: 'import', reason: 'import:3' };
    expect(marketing(a, { kind: 'attest-undone', method: 'import', reason: 'import:3' })).toBe('never');
    expect(marketing(a, { kind: 'attest-undone', method: 'import', reason: 'import:4' })).toBe('in');
    expect(marketing(a, screen, { kind: 'attest-undone', method: 'import', reason: 'import:3' })).toBe('in');
  });

  it('keeps the strictest promise of a shared number', () => {
    expect(at(ledger(screen, { ...screen, promiseMax: 2 }))[0]?.promiseMax).toBe(2);
    expect(at(ledger({ ...screen, promiseMax: 2 }, screen))[0]?.promiseMax).toBe(2);
    expect(at(ledger({ ...screen, promiseMax: 2 }, stop, screen))[0]?.promiseMax).toBe(4);
  });

  it('turns an undecided hold into a stop after ten business days', () => {
    expect(addBusinessDays('2026-11-17' as ShopDay, 10)).toBe('2026-12-01'); // Tue + 10, two weekends
    expect(addBusinessDays('2026-11-20' as ShopDay, 1)).toBe('2026-11-23');
    const until = holdUntil(T0, ZONE);
    expect(new Date(until).toISOString()).toBe('2026-12-02T05:00:00.000Z');
    const held: Act = { kind: 'held', method: 'reply' };
    const events = ledger({ ...screen, occurredAt: (T0 - HOUR) as UtcMs }, { ...held, occurredAt: T0, recordedAt: T0 });
    expect(at(events, until - 1)[0]).toMatchObject({ state: 'hold', expiresAt: until });
    expect(stateOf(at(events, until), 'marketing')).toBe('out');
    const release = { ...ledger({ kind: 'hold-released', method: 'owner' })[0], id: 3 } as ConsentEvent;
    expect(stateOf(at([...events, { ...release, recordedAt: (until - 1) as UtcMs }], until + DAY), 'marketing')).toBe('in');
    expect(stateOf(at([...events, { ...release, recordedAt: until }], until + DAY), 'marketing')).toBe('out');
  });

  it('pauses and resumes', () => {
    expect(marketing(screen, { kind: 'paused', method: 'system' })).toBe('paused');
    expect(marketing(screen, { kind: 'paused', method: 'system' }, screen)).toBe('in');
    expect(marketing(screen, { kind: 'paused', method: 'system' }, { kind: 'attested', method: 'import' })).toBe('paused');
  });
});

// — properties —

const kinds: ConsentKind[] = [
  'signed-up',
  'asked',
  'agreed',
  'declined',
  'attested',
  'attest-undone',
  'stopped',
  'restarted',
  'held',
  'hold-released',
  'paused',
];
const methods: ConsentMethod[] = ['screen', 'join-text', 'paper', 'clerk', 'import', 'reply', 'counter', 'carrier', 'owner', 'system'];
const act: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom(...kinds),
  method: fc.constantFrom(...methods),
  purpose: fc.constantFrom<ConsentEvent['purpose']>('marketing', 'marketing', 'service', 'topic:boots', 'all'),
  topics: fc.constantFrom([], ['boots']),
  reason: fc.constantFrom(null, 'import:1', 'carrier-stop: exact', 'clear:remove me'),
  promiseMax: fc.constantFrom(2, 4),
});
const notTheirs = act.filter((a) => !isOwnAct(a));

describe('properties of the fold', () => {
  it('no act of staff, owner, carrier, system or import turns a stop into a yes', () => {
    fc.assert(
      fc.property(
        fc.array(act, { maxLength: 12 }),
        fc.constantFrom(stop, carrierStop, { ...stop, method: 'counter' as const }),
        fc.array(notTheirs, { maxLength: 12 }),
        (before, no, after) => {
          const states = at(ledger(...before, { ...no, purpose: 'all' }, ...after));
          for (const s of states) expect(['out', 'pending']).toContain(s.state);
          for (const p of ['marketing', 'service', 'topic:boots']) expect(stateOf(states, p)).not.toBe('in');
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('a carrier’s stop is never reachable before their START, whatever they sign', () => {
    const noStart = act.filter((a) => a.kind !== 'restarted');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), fc.array(noStart, { maxLength: 12 }), (before, after) => {
        const states = at(ledger(...before, { ...carrierStop, purpose: 'all' }, ...after));
        for (const s of states) expect(s.state).not.toBe('in');
      }),
      { numRuns: 2000 },
    );
  });

  it('somebody held is never reachable before their own act or the owner’s release', () => {
    const neither = notTheirs.filter((a) => a.kind !== 'hold-released');
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), fc.array(neither, { maxLength: 10 }), (before, after) => {
        const states = at(ledger(...before, { kind: 'held', method: 'reply', purpose: 'all' }, ...after));
        for (const s of states) expect(s.state).not.toBe('in');
      }),
      { numRuns: 2000 },
    );
  });

  it('nobody is in without a yes of their own or an attested one', () => {
    const noYes = act.filter((a) => !isOwnAct(a) && a.kind !== 'attested');
    fc.assert(
      fc.property(fc.array(noYes, { maxLength: 15 }), (acts) => {
        for (const s of at(ledger(...acts))) expect(s.state).not.toBe('in');
      }),
      { numRuns: 1000 },
    );
  });
});

// — chain —

const rowArb = fc.record({
  address_hmac: fc.string({ minLength: 1 }),
  channel: fc.constantFrom('sms', 'email'),
  purpose: fc.string(),
  kind: fc.constantFrom(...kinds),
  method: fc.constantFrom(...methods),
  promise_max: fc.option(fc.integer({ min: 1, max: 30 })),
  topics: fc.constant('["boots"]'),
  language: fc.constantFrom('en', 'es'),
  wording_hash: fc.option(fc.string()),
  reason: fc.option(fc.string({ unit: 'grapheme' })),
  staff_id: fc.option(fc.integer({ min: 1 })),
  device: fc.string(),
  evidence_hash: fc.option(fc.string()),
  occurred_at: fc.integer({ min: 0 }),
  recorded_at: fc.integer({ min: 0 }),
});

function chained(rows: readonly Omit<ChainedFields, 'id' | 'prev_hash'>[]): ChainedRow[] {
  let prev = GENESIS;
  return rows.map((r, i) => {
    const fields = { ...r, id: i + 1, prev_hash: prev };
    prev = hashOf(fields);
    return { ...fields, hash: prev };
  });
}

describe('the chain', () => {
  it('holds when nothing was touched', () => {
    fc.assert(
      fc.property(fc.array(rowArb, { maxLength: 8 }), (rows) => {
        expect(verifyChain(chained(rows))).toMatchObject({ ok: true, count: rows.length });
      }),
      { numRuns: 50 },
    );
  });

  it('finds any changed field of any event, and any removed or swapped one', () => {
    fc.assert(
      fc.property(fc.array(rowArb, { minLength: 2, maxLength: 8 }), fc.nat(), fc.nat(), (rows, n, f) => {
        const good = chained(rows);
        const i = n % good.length;
        const target = good[i] as ChainedRow;
        const fields = Object.keys(target) as (keyof ChainedRow)[];
        const field = fields[f % fields.length] as keyof ChainedRow;
        const value = target[field];
        const other = typeof value === 'number' ? value + 1 : value === null ? 'x' : `${value}x`;
        const tampered = good.map((r, k) => (k === i ? { ...r, [field]: other } : r));
        expect(verifyChain(tampered).ok, field).toBe(false);
        if (i < good.length - 1) expect(verifyChain(good.filter((_, k) => k !== i)).ok).toBe(false);
        if (i > 0) {
          const swapped = [...good];
          [swapped[i - 1], swapped[i]] = [swapped[i] as ChainedRow, swapped[i - 1] as ChainedRow];
          expect(verifyChain(swapped).ok).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keys numbers as the published vector does', () => {
    expect(addressHmac(new TextEncoder().encode('shop-secret-key'), '+12125550123')).toBe(
      'dbaf82e16d5ba10fc4a906994ebcf6a21976486a0f31fe4235083821ec440c36',
    );
  });
});

describe('minors', () => {
  it('counts full years on the day', () => {
    expect(ageOn('2008-11-17', '2026-11-17' as ShopDay)).toBe(18);
    expect(isMinor('2008-11-18', '2026-11-17' as ShopDay)).toBe(true);
    expect(isMinor('2008-11-17', '2026-11-17' as ShopDay)).toBe(false);
    expect(isMinor('--11-18', '2026-11-17' as ShopDay)).toBe(false);
    expect(isMinor(null, '2026-11-17' as ShopDay)).toBe(false);
  });
});
