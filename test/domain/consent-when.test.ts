import { checkCaps } from '@domain/campaigns/caps';
import { sendWindow } from '@domain/campaigns/quiet-hours';
import { gate } from '@domain/consent/gate';
import { factsAt, type SendFacts, whenMayLeave } from '@domain/consent/when';
import { DAY, HOUR, MINUTE, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const at = (iso: string) => Date.parse(iso) as UtcMs;
const SHOP = 'America/New_York' as Zone;
const WINDOW = { weekdays: { from: 10 * 60, to: 19 * 60 }, sunday: { from: 12 * 60, to: 18 * 60 } };

const facts = (o: Partial<SendFacts> & { phone?: string; left?: readonly number[]; promise?: number } = {}): SendFacts => {
  const { phone = '+12122340000', left = [], promise = 4, ...rest } = o;
  return {
    messageClass: 'marketing',
    consent: { state: 'in', marketing: 'in', carrierStop: false },
    repliesFresh: true,
    senderApproved: true,
    confirmedAt: null,
    place: { phone: phone as PhoneE164, postalCode: null, zone: null, shopZone: SHOP, courtesy: WINDOW },
    caps: { left: left as UtcMs[], promiseMax: promise, defaultPromise: 4, spacingDays: 5, shopZone: SHOP },
    ...rest,
  };
};

describe('when a text may leave', () => {
  const tuesdayNoon = at('2026-11-17T17:00:00Z');
  const tuesdayNight = at('2026-11-18T02:40:00Z'); // 21:40 in New York

  it('now, and until when', () => {
    expect(whenMayLeave(facts(), tuesdayNoon)).toEqual({ kind: 'now', closesAt: at('2026-11-17T23:55:00Z') });
  });

  it('at night: tomorrow at ten where she lives', () => {
    expect(whenMayLeave(facts(), tuesdayNight)).toEqual({
      kind: 'later',
      at: at('2026-11-18T15:00:00Z'),
      why: [{ reason: 'quiet-hours', until: at('2026-11-18T15:00:00Z') }],
    });
    expect(whenMayLeave(facts({ phone: '+18082340000' }), tuesdayNoon)).toMatchObject({ at: at('2026-11-17T20:00:00Z') }); // Honolulu
  });

  it('the month is used up: from the first opening of next month, not from midnight', () => {
    const left = ['2026-11-02T17:00:00Z', '2026-11-09T17:00:00Z'].map(at);
    const w = whenMayLeave(facts({ left, promise: 2 }), tuesdayNoon);
    expect(w).toEqual({
      kind: 'later',
      at: at('2026-12-01T15:00:00Z'),
      why: [
        { reason: 'month-used', until: at('2026-12-01T05:00:00Z') },
        { reason: 'quiet-hours', until: at('2026-12-01T15:00:00Z') },
      ],
    });
  });

  it('a text on the last of the month still keeps its five days into the next', () => {
    const left = [at('2026-11-29T18:00:00Z')];
    expect(whenMayLeave(facts({ left, promise: 1 }), at('2026-11-30T17:00:00Z'))).toMatchObject({ at: at('2026-12-04T18:00:00Z') });
  });

  it('a fresh sign-up: a day after its confirmation was accepted', () => {
    const confirmedAt = at('2026-11-17T14:00:00Z');
    expect(whenMayLeave(facts({ confirmedAt }), tuesdayNoon)).toMatchObject({ kind: 'later', at: at('2026-11-18T15:00:00Z') });
  });

  it('waits for what somebody has to do without naming a day', () => {
    expect(whenMayLeave(facts({ senderApproved: false }), tuesdayNoon)).toEqual({
      kind: 'later',
      at: null,
      why: [{ reason: 'sender-not-approved', until: null }],
    });
  });

  it.each([
    ['out', 'opted-out'],
    ['never', 'not-agreed'],
    ['hold', 'held'],
    ['paused', 'paused'],
    ['pending', 'not-agreed'],
  ] as const)('%s: never, whatever the hour', (state, reason) => {
    for (const now of [tuesdayNoon, tuesdayNight]) {
      expect(whenMayLeave(facts({ consent: { state, marketing: state, carrierStop: false } }), now)).toEqual({ kind: 'never', reason });
    }
  });

  it('what is too old by the time the window opens is not promised', () => {
    const causedAt = (tuesdayNight - 4 * MINUTE) as UtcMs;
    const f = facts({
      messageClass: 'stop-confirmation',
      consent: { state: 'out', marketing: 'out', carrierStop: false },
      causedAt,
      caps: null,
    });
    expect(whenMayLeave(f, tuesdayNight).kind).toBe('now');
    expect(whenMayLeave({ ...f, causedAt: (tuesdayNight - 6 * MINUTE) as UtcMs }, tuesdayNight)).toEqual({
      kind: 'never',
      reason: 'too-late',
    });
  });

  const phones = ['212', '850', '907', '605', '787', '214', '859', '401', '888', '808', '208', '602'].map((c) => `+1${c}2340000`);
  const moments = fc.integer({ min: at('2026-01-01T00:00:00Z'), max: at('2028-02-01T00:00:00Z') });

  it('over clock changes, months and zone unions: the promised moment opens the gate, and no earlier one does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...phones),
        moments,
        fc.array(fc.integer({ min: 0, max: 40 * 24 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 1, max: 10 }),
        (phone, now, hoursAgo, promise, spacingDays) => {
          const f = facts({ phone, left: hoursAgo.map((h) => now - h * HOUR), promise });
          const g: SendFacts = { ...f, caps: f.caps && { ...f.caps, spacingDays } };
          const w = whenMayLeave(g, now as UtcMs);
          if (w.kind === 'never') throw new Error(w.reason);
          const opens = w.kind === 'now' ? (now as UtcMs) : w.at;
          expect(opens).not.toBeNull();
          if (opens === null) return;
          // said again with the parts themselves, not with the answer
          const open = (t: number) =>
            sendWindow({ ...g.place, now: t as UtcMs }).open && (g.caps === null || checkCaps({ ...g.caps, now: t as UtcMs }).ok);
          expect(open(opens)).toBe(true);
          expect(gate(factsAt(g, opens).gate).kind).toBe('send');
          for (let t = now; t < opens; t += 2 * HOUR) expect(open(t), new Date(t).toISOString()).toBe(false);
          if (opens > now) expect(open(opens - 1)).toBe(false);
          expect(opens - now).toBeLessThan(60 * DAY);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('texts that leave whenever they may never break the promise, the spacing or a state’s daily cap', () => {
    const monthOf = new Intl.DateTimeFormat('en-CA', { timeZone: SHOP, year: 'numeric', month: '2-digit' });
    fc.assert(
      fc.property(
        fc.constantFrom(...phones),
        moments,
        fc.integer({ min: 1, max: 4 }),
        fc.integer({ min: 0, max: 6 }),
        (phone, start, promise, spacing) => {
          const left: UtcMs[] = [];
          let now = start as UtcMs;
          while (left.length < 12) {
            const f = facts({ phone, left, promise });
            const w = whenMayLeave({ ...f, caps: f.caps && { ...f.caps, spacingDays: spacing } }, now);
            if (w.kind === 'never' || (w.kind === 'later' && w.at === null)) throw new Error(JSON.stringify(w));
            now = w.kind === 'now' ? now : (w.at as UtcMs);
            left.push(now);
          }
          const perMonth = new Map<string, number>();
          for (const t of left) perMonth.set(monthOf.format(t), (perMonth.get(monthOf.format(t)) ?? 0) + 1);
          expect(Math.max(...perMonth.values())).toBeLessThanOrEqual(promise);
          for (let i = 1; i < left.length; i++) {
            expect((left[i] ?? 0) - (left[i - 1] ?? 0)).toBeGreaterThanOrEqual(Math.max(1, spacing) * DAY);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
