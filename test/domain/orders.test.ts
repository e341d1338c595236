import { addDays, shopDay } from '@domain/calendar';
import { countSegments } from '@domain/campaigns/sms-text';
import { ORDER_REF } from '@domain/consent/purposes';
import { openingOf } from '@domain/counter/open-hours';
import { HOUR, type ShopDay, type UtcMs, type Zone } from '@domain/kernel';
import { afterStep, makeRef, ORDER_KINDS, ORDER_STATES, ORDER_STEPS, reminderOf, standingOf } from '@domain/orders/order';
import { orderText } from '@domain/orders/words';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const day = { open: 9 * 60, close: 18 * 60 };
const shop = { zone: 'America/New_York' as Zone, hours: [day, day, day, day, day, day, null], closedDays: ['2026-11-26'] };
const at = (iso: string) => Date.parse(iso) as UtcMs;

describe('an order', () => {
  it('has a number that may name its permission', () => {
    let n = 0;
    for (let i = 0; i < 200; i++) {
      const ref = makeRef((k) => new Uint8Array(k).map(() => (n = (n * 73 + 41) % 256)));
      expect(ref).toMatch(/^[2-9A-Z]{4}$/);
      expect(ORDER_REF.test(ref)).toBe(true);
    }
  });

  it('a hold is never "not here", and nothing leads out of an ending but opening it again', () => {
    for (const kind of ORDER_KINDS)
      for (const state of ORDER_STATES)
        for (const step of ORDER_STEPS) {
          const to = afterStep(state, step, kind);
          if (kind === 'hold') expect(to).not.toBe('open');
          if (state === 'collected' || state === 'cancelled') expect(to !== null).toBe(step === 'reopened');
        }
  });

  it('is reminded of at an opening of the shop, days after it was ready, also over a change of the clocks and closed days', () => {
    fc.assert(
      fc.property(fc.integer({ min: at('2026-01-01T12:00Z'), max: at('2027-01-01T12:00Z') }), (ready) => {
        const o = { kind: 'repair', state: 'ready', dueOn: null, createdAt: ready as UtcMs, readyAt: ready as UtcMs } as const;
        const due = reminderOf(o, shop);
        const on = shopDay(due?.at as UtcMs, shop.zone);
        expect(on >= addDays(shopDay(ready as UtcMs, shop.zone), 3)).toBe(true);
        expect(openingOf(on, shop)?.from).toBe(due?.at);
      }),
    );
  });

  it('of a hold on the last day it is kept, not on the day it was asked for', () => {
    const hold = (dueOn: string) =>
      reminderOf(
        { kind: 'hold', state: 'ready', dueOn: dueOn as ShopDay, createdAt: at('2026-11-17T16:00Z'), readyAt: at('2026-11-17T16:00Z') },
        shop,
      );
    expect(hold('2026-11-17')).toBeNull();
    expect(hold('2026-11-19')).toEqual({ at: at('2026-11-19T14:00Z'), until: at('2026-11-19T23:00Z') });
    // the 26th is closed: the day before
    expect(hold('2026-11-26')).toEqual({ at: at('2026-11-25T14:00Z'), until: at('2026-11-25T23:00Z') });
  });

  it('is overdue once its day is past, or a week after it was ready', () => {
    const o = {
      kind: 'special-order',
      state: 'open',
      dueOn: '2026-11-17' as ShopDay,
      createdAt: at('2026-11-01T16:00Z'),
      readyAt: null,
    } as const;
    expect(standingOf(o, at('2026-11-18T04:00Z'), shop), 'still the 17th in New York').toBe('on-time');
    expect(standingOf(o, at('2026-11-18T06:00Z'), shop)).toBe('late');
    const ready = { ...o, state: 'ready', readyAt: at('2026-11-10T16:00Z') } as const;
    expect(standingOf(ready, (at('2026-11-17T16:00Z') - 13 * HOUR) as UtcMs, shop)).toBe('on-time');
    expect(standingOf(ready, at('2026-11-17T16:00Z'), shop)).toBe('uncollected');
  });

  it('is told in one message, in either language, with its number and how to stop', () => {
    for (const language of ['en', 'es'] as const)
      for (const kind of ORDER_KINDS)
        for (const about of ['ready', 'reminder'] as const) {
          const text = orderText({
            shop: 'Kowalski & Daughters Shoes',
            kind,
            what: 'Trail Runner in forest green, wide, with the long laces',
            size: '8½',
            ref: 'H7K4',
            about,
            until: null,
            today: '2026-11-17' as ShopDay,
            hours: 'Mon-Fri 9am-6pm, Sat 10am-4pm',
            language,
          });
          expect(text).toContain('H7K4');
          expect(text).toContain('STOP');
          expect(countSegments(text).segments, text).toBeLessThanOrEqual(2);
        }
  });
});
