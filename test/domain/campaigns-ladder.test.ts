import { addDays, shopDay, startOfDay } from '@domain/calendar';
import {
  type Branch,
  checkLadder,
  type DrawnStep,
  dearestWay,
  dueAt,
  LADDER_REACTIONS,
  type LadderReaction,
  type LadderTerms,
  leastDays,
  nextStep,
  type StandsAt,
  sameGift,
  USUAL_STOPS,
} from '@domain/campaigns/ladder';
import { READY_LADDERS, readyLadder } from '@domain/campaigns/ladder-ready';
import { countSegments } from '@domain/campaigns/sms-text';
import { parseTemplate } from '@domain/campaigns/template';
import { AppError } from '@domain/errors';
import { DAY, HOUR, type UtcMs, type Zone } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NY = 'America/New_York' as Zone;
const LEFT = Date.UTC(2026, 9, 26, 15) as UtcMs; // the clocks go back on 1 November
const TERMS: LadderTerms = { stops: USUAL_STOPS, zone: NY, windowDays: 14, patienceDays: 7 };
const person = (o: Partial<StandsAt> = {}): StandsAt => ({
  arm: 'text',
  leftAt: LEFT,
  text: 'delivered',
  failedAt: null,
  repliedAt: null,
  cameAt: null,
  redeemedAt: null,
  boughtAt: null,
  unsure: false,
  ...o,
});
const branch = (id: number, reaction: LadderReaction, afterDays: number): Branch => ({ id, reaction, afterDays, atMinute: 11 * 60 });
const later = (days: number) => (LEFT + days * DAY) as UtcMs;

describe('what becomes of somebody at a step', () => {
  it('is due at its minute of the shop’s day, also when the clocks change in between', () => {
    const due = dueAt(LEFT, branch(1, 'nothing', 7), NY);
    expect(due).toBe(startOfDay(addDays(shopDay(LEFT, NY), 7), NY) + 11 * HOUR);
    expect(nextStep(person(), [branch(1, 'nothing', 7)], TERMS, (due - 1) as UtcMs)).toEqual({ do: 'wait', until: due });
    expect(nextStep(person(), [branch(1, 'nothing', 7)], TERMS, due)).toEqual({ do: 'move', to: 1, reaction: 'nothing', dueAt: due });
    expect(nextStep(person(), [branch(1, 'nothing', 7)], TERMS, (due + 7 * DAY + 1) as UtcMs)).toEqual({ do: 'end', reason: 'too-late' });
  });

  it('a stronger reaction wins, also one that comes while a weaker one waits for its day', () => {
    const branches = [branch(1, 'replied', 4), branch(2, 'came', 3), branch(3, 'redeemed', 3)];
    const wrote = person({ repliedAt: later(1) });
    expect(nextStep(wrote, branches, TERMS, later(2))).toMatchObject({ do: 'wait' });
    expect(nextStep({ ...wrote, cameAt: later(2) }, branches, TERMS, later(6))).toMatchObject({ do: 'move', to: 2 });
    expect(nextStep({ ...wrote, cameAt: later(2), redeemedAt: later(2) }, branches, TERMS, later(6))).toMatchObject({ do: 'move', to: 3 });
  });

  it('what is no stop gives way to the step for those who did nothing', () => {
    const stops = { ...USUAL_STOPS, came: false };
    const came = person({ cameAt: later(1) });
    expect(nextStep(came, [branch(1, 'nothing', 7)], { ...TERMS, stops }, later(8))).toMatchObject({ do: 'move', to: 1 });
    expect(nextStep(came, [branch(1, 'nothing', 7)], TERMS, later(8))).toEqual({ do: 'end', reason: 'came' });
    expect(nextStep(person({ boughtAt: later(2) }), [branch(1, 'nothing', 7)], { ...TERMS, stops }, later(8))).toEqual({
      do: 'end',
      reason: 'bought',
    });
  });

  it('silence counts only where the text is known to have arrived', () => {
    const branches = [branch(1, 'nothing', 7), branch(2, 'not-delivered', 1)];
    expect(nextStep(person({ text: 'on-the-way' }), branches, TERMS, later(9))).toEqual({ do: 'wait', until: later(14) });
    expect(nextStep(person({ text: 'on-the-way' }), branches, TERMS, later(14))).toEqual({ do: 'end', reason: 'unconfirmed' });
    expect(nextStep(person({ text: 'not-delivered', failedAt: LEFT }), branches, TERMS, later(2))).toMatchObject({ do: 'move', to: 2 });
    expect(nextStep(person({ text: 'never', leftAt: null }), branches, TERMS, later(2))).toEqual({ do: 'end', reason: 'no-text' });
    expect(nextStep(person({ text: 'open', leftAt: null }), branches, TERMS, later(30))).toEqual({ do: 'wait', until: null });
    expect(nextStep(person({ unsure: true }), branches, TERMS, later(8))).toEqual({ do: 'end', reason: 'restored' });
  });

  it('whatever happens in whatever order: no step before its day, none after its patience, waiting always has an end', () => {
    const at = fc.option(
      fc.integer({ min: 0, max: 30 }).map((d) => later(d)),
      { nil: null },
    );
    fc.assert(
      fc.property(
        fc.record({ repliedAt: at, cameAt: at, redeemedAt: at, boughtAt: at }),
        fc.constantFrom<StandsAt['text']>('delivered', 'on-the-way', 'not-delivered'),
        fc.uniqueArray(fc.record({ reaction: fc.constantFrom(...LADDER_REACTIONS), afterDays: fc.integer({ min: 1, max: 20 }) }), {
          selector: (b) => b.reaction,
        }),
        fc.record({ came: fc.boolean(), replied: fc.boolean(), redeemed: fc.boolean() }),
        fc.array(fc.integer({ min: 0, max: 60 * 24 }), { minLength: 3, maxLength: 40 }),
        (did, text, drawn, stops, looks) => {
          const branches = drawn.map((b, i) => branch(i + 1, b.reaction, b.afterDays));
          const terms = { ...TERMS, stops: { ...USUAL_STOPS, ...stops } };
          let moved: { to: number; at: number } | null = null;
          for (const h of [...looks].sort((a, b) => a - b).concat(90 * 24)) {
            const now = (LEFT + h * HOUR) as UtcMs;
            // only what has happened by then is known
            const known = Object.fromEntries(Object.entries(did).map(([k, v]) => [k, v !== null && v <= now ? v : null]));
            const p = person({ ...known, text, failedAt: text === 'not-delivered' ? LEFT : null });
            const next = nextStep(p, branches, terms, now);
            if (next.do === 'move') {
              const b = branches.find((x) => x.id === next.to) as Branch;
              expect(b.reaction).toBe(next.reaction);
              expect(next.dueAt).toBeLessThanOrEqual(now);
              expect(now - next.dueAt).toBeLessThanOrEqual(terms.patienceDays * DAY);
              expect(p.boughtAt).toBeNull();
              moved = { to: next.to, at: now };
              break;
            }
            if (next.do === 'end') return;
            if (next.until !== null) expect(next.until).toBeGreaterThan(now);
          }
          // three months on, everybody has moved or ended
          expect(moved).not.toBeNull();
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('a path as it is drawn', () => {
  const step = (o: Partial<DrawnStep>): DrawnStep => ({ key: 'a', parent: null, reaction: 'nothing', afterDays: 7, atMinute: 660, ...o });
  const why = (steps: DrawnStep[]) => {
    try {
      checkLadder(steps, 5);
      return null;
    } catch (e) {
      return e instanceof AppError ? e.params['why'] : e;
    }
  };

  it('refuses what nobody can walk', () => {
    expect(why([step({})])).toBeNull();
    expect(why([step({ afterDays: 4 })])).toBe('days');
    expect(why([step({ reaction: 'came', afterDays: 2 })])).toBe('days');
    expect(why([step({}), step({ key: 'b' })])).toBe('twice');
    expect(why([step({ parent: 'gone' })])).toBe('parent');
    expect(why([step({ key: 'a', parent: 'b' }), step({ key: 'b', parent: 'a' })])).toBe('deep');
    const chain = Array.from({ length: 6 }, (_, i) => step({ key: `k${i}`, parent: i === 0 ? null : `k${i - 1}` }));
    expect(why(chain.slice(0, 5))).toBeNull();
    expect(why(chain)).toBe('deep');
  });

  it('the dearest way is one way, never the sum of branches', () => {
    const nodes = [
      { id: 1, parent: null, segments: 1 },
      { id: 2, parent: 1, segments: 2 },
      { id: 3, parent: null, segments: 2 },
      { id: 4, parent: 3, segments: 2 },
    ];
    expect(dearestWay(nodes)).toEqual({ texts: 2, segments: 4 });
    expect(dearestWay([])).toEqual({ texts: 0, segments: 0 });
  });

  it.each(READY_LADDERS)('the ready-made one “%s” can be walked, offers what it says and carries a word to answer with', (which) => {
    for (const spacingDays of [1, 5, 14]) {
      const { steps } = readyLadder(which, { firstPercent: 10, spacingDays });
      expect(() => checkLadder(steps, spacingDays)).not.toThrow();
      for (const s of steps) {
        expect(s.afterDays).toBeGreaterThanOrEqual(leastDays(s.reaction, spacingDays));
        expect(s.body.toUpperCase()).toContain(`REPLY ${s.word.word.toUpperCase()}`);
        expect(s.bodyEs.toUpperCase()).toContain(`RESPONDE ${s.word.word.toUpperCase()}`);
        expect(s.bodyEs.includes('{code}')).toBe(s.body.includes('{code}'));
        expect(countSegments(s.bodyEs.replace(/\{[^}]*\}/g, '')).encoding).toBe('GSM-7');
        expect(parseTemplate(s.body).length).toBeGreaterThan(0);
        expect(s.body.includes('{code}')).toBe(s.percent !== null);
        if (s.percent !== null) expect(s.body).toContain(`${s.percent} %`);
      }
    }
  });
});

describe('the codes of a path', () => {
  const paths = fc
    .array(fc.record({ follows: fc.nat(), reaction: fc.constantFrom(...LADDER_REACTIONS) }), { maxLength: 8 })
    .map((drawn) => drawn.map(({ follows, reaction }, i) => ({ id: i + 2, parentId: (follows % (i + 1)) + 1, reaction })));

  it('belong to exactly one gift each; a step begins one when it thanks for a code that was used, and goes on with its parent’s else', () => {
    fc.assert(
      fc.property(paths, (steps) => {
        const all = [1, ...steps.map((s) => s.id)];
        const gift = (id: number) => sameGift(1, steps, id).join();
        for (const id of all) {
          expect(sameGift(1, steps, id)).toContain(id);
          for (const other of all) expect(sameGift(1, steps, id).includes(other)).toBe(gift(id) === gift(other));
        }
        for (const s of steps) expect(gift(s.id) === gift(s.parentId)).toBe(s.reaction !== 'redeemed');
      }),
    );
  });
});
