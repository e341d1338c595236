import type { UtcMs, Zone } from '@domain/kernel';
import { discountOf, PREVIEW_MS, readClickTime } from '@domain/taps/judge';
import { isShortener, LINK_CODE_LENGTH, makeLinkCode, readLinkBase, readLinkCode, SAMPLE_LINK_CODE } from '@domain/taps/link';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const zone = 'America/New_York' as Zone;
const bytes = fc
  .infiniteStream(fc.integer({ min: 0, max: 255 }))
  .map((s) => (n: number) => Uint8Array.from({ length: n }, () => s.next().value));

describe('codes of links', () => {
  it('are read back however a website writes them down', () => {
    fc.assert(
      fc.property(
        bytes,
        fc.constantFrom('', '/', '/t/', 'https://shop.example/t/', 'GET /t/'),
        fc.constantFrom('', '/', '?utm=a', '#x'),
        (random, before, after) => {
          const code = makeLinkCode(random);
          expect(code).toHaveLength(LINK_CODE_LENGTH);
          expect(readLinkCode(`${before}${code}${after}`)).toBe(code);
          expect(readLinkCode(`${before}${code.toUpperCase()}${after}`)).toBe(code);
        },
      ),
    );
    expect(readLinkCode(SAMPLE_LINK_CODE)).toBe(SAMPLE_LINK_CODE);
    for (const other of ['', '/', '/favicon.ico', 'k7m4q9x', 'k7m4q9xzz', 'aaaaaaaa']) expect(readLinkCode(other), other).toBeNull();
  });

  it('stand on the shop’s own address, never on a shortener', () => {
    expect(readLinkBase('https://Shop.example/T', '')).toBe('shop.example/T/');
    expect(readLinkBase('go.shop.example', 'https://www.shop.example/')).toBe('go.shop.example/');
    expect(isShortener('https://www.bit.ly/abc')).toBe(true);
    expect(isShortener('https://habit.ly/abc')).toBe(false);
  });
});

describe('clicks', () => {
  it('are read at the same instant whichever way it is written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map((n) => Math.floor(n / 1000) * 1000),
        (at) => {
          const iso = new Date(at).toISOString();
          const shifted = new Date(at - 5 * 3_600_000).toISOString();
          const month = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][
            Number(shifted.slice(5, 7)) - 1
          ];
          for (const text of [
            iso,
            iso.replace('T', ' ').replace('.000Z', ' UTC'),
            String(at),
            String(at / 1000),
            shifted.replace('.000Z', '-05:00'),
            `[${shifted.slice(8, 10)}/${month}/${shifted.slice(0, 4)}:${shifted.slice(11, 19)} -0500]`,
          ])
            expect(readClickTime(text, zone), text).toBe(at);
        },
      ),
    );
    expect(readClickTime('2026-11-17 11:00:00', zone)).toBe(Date.UTC(2026, 10, 17, 16));
    for (const bad of ['', 'yesterday', '11/17/2026', '2026-13-01 00:00', '99']) expect(readClickTime(bad, zone), bad).toBeNull();
  });

  it('never count before their text, nor while it arrives; a person’s later tap always does', () => {
    const left = Date.UTC(2026, 10, 17, 16) as UtcMs;
    fc.assert(
      fc.property(fc.integer({ min: -5e6, max: 5e7 }), fc.option(fc.integer({ min: 0, max: 3e7 })), (after, late) => {
        const at = (left + after) as UtcMs;
        const deliveredAt = late === null ? null : ((left + late) as UtcMs);
        const why = discountOf({ at, agent: 'Mozilla/5.0 (Linux; Android 15) Chrome/130 Mobile', leftAt: left, deliveredAt });
        const arriving = deliveredAt !== null && at >= deliveredAt && at < deliveredAt + PREVIEW_MS;
        expect(why === null).toBe(after >= PREVIEW_MS && !arriving);
        expect(discountOf({ at, agent: 'Mozilla/5.0 (compatible; Googlebot/2.1)', leftAt: left, deliveredAt })).toBe('robot');
        expect(discountOf({ at, agent: '', leftAt: null, deliveredAt: null })).toBe('before-text');
      }),
    );
  });
});
