import { createHash, createHmac } from 'node:crypto';
import { commitmentOf, drawTickets, listHashOf, shownWinner, ticketOf } from '@domain/draws/draw';
import { missingRules, officialRules } from '@domain/draws/rules';
import type { Cents, ShopDay } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULES } from '../support/draw-rules';

const ticket = fc.string({ unit: fc.constantFrom(...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'), minLength: 8, maxLength: 8 });
const tickets = fc.uniqueArray(ticket, { minLength: 1, maxLength: 60 });
const seed = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });

describe('a draw anybody can recompute', () => {
  it('comes out as its printed method says, done by hand with other tools', () => {
    fc.assert(
      fc.property(seed, tickets, (s, list) => {
        const hash = createHash('sha256')
          .update(
            [...list]
              .sort()
              .map((t) => `${t}\n`)
              .join(''),
          )
          .digest('hex');
        const lot = (t: string) => createHmac('sha256', s).update(`${hash}\n${t}`).digest('hex');
        const drawn = drawTickets(s, list);
        expect(drawn.listHash).toBe(hash);
        expect(drawn.order.map((o) => o.ticket)).toEqual([...list].sort((a, b) => (lot(a) < lot(b) ? -1 : 1)));
        expect(commitmentOf(s)).toBe(createHash('sha256').update(s).digest('hex'));
      }),
    );
  });

  it('is the same from the same seed and tickets, in whatever order they came', () => {
    fc.assert(
      fc.property(seed, tickets, fc.integer(), (s, list, turn) => {
        const other = [...list].sort((a, b) => ((turn + a.charCodeAt(0)) % 7) - ((turn + b.charCodeAt(0)) % 7));
        expect(drawTickets(s, other)).toEqual(drawTickets(s, list));
      }),
    );
  });

  it('shows every ticket that came or went afterwards: the list is another, and so is every lot', () => {
    fc.assert(
      fc.property(seed, tickets, ticket, (s, list, late) => {
        fc.pre(!list.includes(late));
        const before = drawTickets(s, list);
        const after = drawTickets(s, [...list, late]);
        expect(after.listHash).not.toBe(before.listHash);
        expect(listHashOf(list.slice(1))).not.toBe(before.listHash);
        const lots = new Map(after.order.map((o) => [o.ticket, o.lot]));
        for (const o of before.order) expect(lots.get(o.ticket)).not.toBe(o.lot);
      }),
    );
  });

  it('gives every ticket the same chance', () => {
    const list = Array.from({ length: 8 }, (_, i) => `T${i}`);
    const won = new Map<string, number>();
    for (let i = 0; i < 4000; i++) {
      const first = drawTickets(createHash('sha256').update(String(i)).digest('hex'), list).order[0]?.ticket ?? '';
      won.set(first, (won.get(first) ?? 0) + 1);
    }
    const chi2 = list.reduce((sum, t) => sum + ((won.get(t) ?? 0) - 500) ** 2 / 500, 0);
    expect(chi2, 'chi-square, 7 degrees of freedom, p = 0.001').toBeLessThan(24.3);
  });

  it('hands out tickets nobody misreads, and names winners on paper without naming them', () => {
    expect(ticketOf((n) => new Uint8Array(n).map((_, i) => i * 37))).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/);
    expect(shownWinner('Ana Maria Ruiz', '+12125550123')).toBe('Ana R. (…23)');
    expect(shownWinner('', null)).toBe('');
  });
});

describe('official rules', () => {
  it('are complete only with sponsor, prize and its worth, who may enter, the free way in, and how to learn who won', () => {
    expect(missingRules(RULES)).toEqual([]);
    for (const f of ['sponsor', 'sponsorAddress', 'prize', 'residents', 'freeEntry', 'winnersList'] as const) {
      expect(missingRules({ ...RULES, [f]: '  ' })).toEqual([f]);
    }
    expect(missingRules({ ...RULES, prizeValue: null })).toEqual(['prizeValue']);
    expect(missingRules({ ...RULES, minAge: 16 })).toEqual(['minAge']);
    expect(missingRules({ ...RULES, claimDays: 0 })).toEqual(['claimDays']);
  });

  it('always say no purchase, odds, dates, the free way, and that entering permits no texts, in both languages', () => {
    const terms = {
      name: 'Boots',
      word: 'boots',
      number: '(212) 555-9999',
      opensOn: '2026-12-01' as ShopDay,
      closesOn: '2026-12-24' as ShopDay,
      winners: 1,
      alternates: 2,
      rules: RULES,
    };
    const words = { day: (d: ShopDay) => d, money: (c: Cents) => `$${c / 100}` };
    const en = officialRules(terms, 'en', words).join('\n');
    for (const part of [
      'NO PURCHASE NECESSARY',
      'Odds',
      '2026-12-01',
      '2026-12-24',
      'free at the counter',
      'BOOTS',
      '$180',
      'permits no advertising',
    ]) {
      expect(en).toContain(part);
    }
    const es = officialRules(terms, 'es', words).join('\n');
    for (const part of ['NO ES NECESARIO COMPRAR', 'Posibilidades', 'gratis en el mostrador', 'no autoriza publicidad'])
      expect(es).toContain(part);
    expect(officialRules({ ...terms, word: null }, 'en', words).join('\n')).not.toContain('texting');
  });
});
