import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import { accountTraffic } from '@services/numbers/traffic';
import { expect, it } from 'vitest';
import type { ListedMessage } from '../support/list-gateway';
import { aPolledShop, DELIVERED } from '../support/polled-shop';
import { NOON } from '../support/test-ctx';

const LATE: ListedMessage['plan'] = [...DELIVERED.slice(0, 2), { afterMs: 3 * HOUR, status: 'delivered' }];
const NEVER: ListedMessage['plan'] = DELIVERED.slice(0, 2);
const LOST: ListedMessage['plan'] = [...DELIVERED.slice(0, 2), { afterMs: 20 * SECOND, status: 'undelivered', errorCode: 30003 }];

/** 10 texts a second, as a small registered sender: of a hundred 3 end late, 3 never, 4 are lost. */
const planOf = (n: number) => (n % 100 < 3 ? LATE : n % 100 < 6 ? NEVER : n % 100 < 10 ? LOST : DELIVERED);

it('the day of a campaign to 10,000 people costs a few hundred questions, not one for each text', async () => {
  const s = aPolledShop();
  const ends = new Map<string, string>();
  let sent = 0;
  const leave = () => {
    const due = Math.min(10_000, Math.floor((s.ctx.clock.now() - NOON) / 100));
    s.ctx.db.tx(() => {
      for (; sent < due; sent++) {
        const plan = planOf(sent);
        ends.set(
          s.left({ plan, pricedAfterMs: sent % 50 === 0 ? 20 * HOUR : MINUTE }),
          plan === LOST ? 'undelivered' : plan === NEVER ? 'sent' : 'delivered',
        );
      }
    });
  };
  await s.live(20 * MINUTE, leave);
  expect(sent).toBe(10_000);
  const whileSending = s.carrier.asked.length;
  await s.live(DAY - 20 * MINUTE);
  const asked = s.carrier.asked.length;
  const fetched = s.carrier.asked.filter((a) => a.what === 'fetch').length;
  expect(whileSending).toBeLessThan(300);
  expect(asked).toBeLessThan(1000);
  expect(fetched).toBeLessThan(320); // at most one look of its own for each that never ends
  const wrong = [...ends].filter(([sid, end]) => s.stateOf(sid) !== end);
  expect(wrong).toEqual([]);
  // what was asked is counted, and can be shown
  const days = accountTraffic(s.ctx).days;
  expect(days[0]!.asked + days[1]!.asked).toBeGreaterThan(asked * 0.97);
  expect(days[0]!.asked + days[1]!.asked).toBeLessThanOrEqual(asked);
  // the prices that came in the night are read in one walk the day after
  const before = s.carrier.asked.length;
  await s.live(8 * HOUR);
  expect(s.ctx.db.prepare('SELECT count(*) FROM outbox WHERE price IS NULL').pluck().get()).toBe(0);
  expect(s.carrier.asked.length - before).toBeLessThan(250);
  s.ctx.db.close();
}, 120_000);

it('a day on which nothing happens costs next to nothing, and less at night', async () => {
  const s = aPolledShop();
  s.left();
  await s.live(10 * MINUTE);
  s.ctx.clock.advance(5 * DAY);
  await s.live(HOUR);
  const before = s.carrier.asked.length;
  await s.live(DAY);
  const day = s.carrier.asked.length - before;
  expect(day).toBeGreaterThan(24); // replies are still read
  expect(day).toBeLessThan(150);
  const night = async (from: number, hours: number) => {
    const at = s.ctx.clock.now();
    s.ctx.clock.advance(((from - (at % DAY) + DAY) % DAY) as UtcMs);
    const n = s.carrier.asked.length;
    await s.live(hours * HOUR);
    return s.carrier.asked.length - n;
  };
  s.left();
  s.ctx.clock.advance(30 * HOUR);
  await s.live(HOUR);
  expect(await night(8 * HOUR, 4)).toBeLessThan(await night(15 * HOUR, 4)); // 3–7 and 10–14 in New York
  s.ctx.db.close();
}, 60_000);
