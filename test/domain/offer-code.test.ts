import type { Cents, UtcMs, Zone } from '@domain/kernel';
import { CODE_LENGTH, makeCode, readCode, SYMBOLS, showCode } from '@domain/offers/code';
import {
  afterMiss,
  discountOf,
  FORGET_MS,
  isLocked,
  LOCK_MS,
  MISSES_BEFORE_LOCK,
  mayRedeem,
  mayUndo,
  NO_MISSES,
} from '@domain/offers/redemption';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** A small generator so that a failing code can be repeated from its seed. */
function bytesFrom(seed: number): (n: number) => Uint8Array {
  let s = seed >>> 0;
  return (n) =>
    Uint8Array.from({ length: n }, () => {
      s = (Math.imul(s ^ (s >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
      return s >>> 24;
    });
}
const aCode = fc.nat().map((seed) => makeCode(bytesFrom(seed)) as string);
const symbol = fc.constantFrom(...SYMBOLS);

describe('offer codes', () => {
  it('are seven unambiguous symbols that read back, however they are written', () => {
    fc.assert(
      fc.property(aCode, fc.constantFrom('', ' ', '-', ' - ', '\u2011'), fc.nat(CODE_LENGTH), fc.boolean(), (code, gap, at, lower) => {
        expect(code).toMatch(/^[2-9A-HJKMNP-RTV-Z]{7}$/);
        const written = `${code.slice(0, at)}${gap}${code.slice(at)}`;
        expect(readCode(lower ? written.toLowerCase() : written)).toEqual({ kind: 'ok', code });
        expect(readCode(showCode(code))).toEqual({ kind: 'ok', code });
      }),
    );
  });

  it('catch every wrong symbol', () => {
    fc.assert(
      fc.property(aCode, (code) => {
        for (let i = 0; i < CODE_LENGTH; i++) {
          for (const s of `${SYMBOLS}01LIOUS`) {
            if (s === code[i]) continue;
            expect(readCode(code.slice(0, i) + s + code.slice(i + 1))).toEqual({ kind: 'typo' });
          }
        }
      }),
    );
  });

  it('catch two swapped symbols, a dropped one and an extra one', () => {
    fc.assert(
      fc.property(aCode, fc.nat(CODE_LENGTH - 1), fc.nat(CODE_LENGTH - 1), symbol, (code, i, j, extra) => {
        const swapped = [...code];
        [swapped[i], swapped[j]] = [swapped[j] as string, swapped[i] as string];
        if (swapped.join('') !== code) expect(readCode(swapped.join('')).kind).toBe('typo');
        expect(readCode(code.slice(0, i) + code.slice(i + 1)).kind).toBe('typo');
        expect(readCode(code.slice(0, i) + extra + code.slice(i)).kind).toBe('typo');
      }),
    );
  });

  it('are not mistaken for names, numbers or sentences', () => {
    for (const text of ['Matthew', 'Ana', '5550123', '212-555-0123', 'k7m 4q9x please', '', 'ana@example.com', 'Ñandú77']) {
      expect(readCode(text).kind).toBe('unknown-shape');
    }
  });

  it('are spread evenly enough not to be guessed', () => {
    const made = new Set(Array.from({ length: 20_000 }, (_, i) => makeCode(bytesFrom(i * 7919 + 1))));
    expect(made.size).toBeGreaterThan(19_990);
  });
});

const zone = 'America/New_York' as Zone;
const at = (iso: string) => Date.parse(iso) as UtcMs;

describe('redeeming', () => {
  it('works once, until the expiry instant, and again after an undo', () => {
    const expiresAt = 1000 as UtcMs;
    expect(mayRedeem({ state: 'issued', expiresAt }, 999 as UtcMs)).toEqual({ ok: true });
    expect(mayRedeem({ state: 'reversed', expiresAt }, 999 as UtcMs)).toEqual({ ok: true });
    expect(mayRedeem({ state: 'issued', expiresAt }, expiresAt)).toEqual({ ok: false, why: 'expired' });
    expect(mayRedeem({ state: 'redeemed', expiresAt }, 1 as UtcMs)).toEqual({ ok: false, why: 'used' });
    expect(mayRedeem({ state: 'voided', expiresAt }, 1 as UtcMs)).toEqual({ ok: false, why: 'void' });
  });

  it('is undone by staff on the same shop day, later by the owner', () => {
    const redemption = { at: at('2026-11-17T23:00:00-05:00'), reversedAt: null };
    expect(mayUndo(redemption, 'staff', at('2026-11-17T23:59:00-05:00'), zone)).toBe(true);
    expect(mayUndo(redemption, 'staff', at('2026-11-18T00:00:00-05:00'), zone)).toBe(false);
    expect(mayUndo(redemption, 'owner', at('2026-12-18T00:00:00-05:00'), zone)).toBe(true);
    expect(mayUndo({ ...redemption, reversedAt: redemption.at }, 'owner', redemption.at, zone)).toBe(false);
  });

  it('locks for a minute after ten misses, and starts over', () => {
    const now = 5_000 as UtcMs;
    let m = NO_MISSES;
    for (let i = 1; i < MISSES_BEFORE_LOCK; i++) m = afterMiss(m, now);
    expect(isLocked(m, now)).toBe(false);
    m = afterMiss(m, now);
    expect(isLocked(m, now)).toBe(true);
    expect(isLocked(m, (now + LOCK_MS) as UtcMs)).toBe(false);
    expect(isLocked(afterMiss(m, (now + LOCK_MS) as UtcMs), (now + LOCK_MS) as UtcMs)).toBe(false);
  });

  it('forgets mistakes that lie far apart', () => {
    let m = NO_MISSES;
    for (let i = 0; i < 50; i++) m = afterMiss(m, (i * (FORGET_MS + 1)) as UtcMs);
    expect(isLocked(m, (49 * (FORGET_MS + 1)) as UtcMs)).toBe(false);
  });

  it('knows the saving only where the offer tells', () => {
    expect(discountOf({ kind: 'percent', percent: 15, amount: null }, 8450)).toBe(1268);
    expect(discountOf({ kind: 'percent', percent: 15, amount: null }, null)).toBeNull();
    expect(discountOf({ kind: 'amount', percent: null, amount: 1000 as Cents }, 700)).toBe(700);
    expect(discountOf({ kind: 'free-item', percent: null, amount: null }, 700)).toBeNull();
  });
});
