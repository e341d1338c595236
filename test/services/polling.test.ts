import { readPoll } from '@db/queries/outbox-results';
import { AppError } from '@domain/errors';
import { DAY, HOUR, MINUTE, type PhoneE164, SECOND, type UtcMs } from '@domain/kernel';
import { costOf } from '@domain/outbox/price';
import { accountTraffic } from '@services/numbers/traffic';
import { pollDeliveries } from '@services/outbox/poll';
import { senderTurn } from '@services/outbox/sender';
import { senderState } from '@services/outbox/sender-state';
import { wokeUp } from '@services/outbox/wake';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aPolledShop, DELIVERED, type PolledShop } from '../support/polled-shop';
import { aNewYorker } from '../support/sending-shop';
import { NOON } from '../support/test-ctx';

let s: PolledShop;
afterEach(() => s.ctx.db.close());
const trouble = () => {
  throw new AppError('sms.unreachable', { why: 'rate-limited', status: 429 });
};
const many = (n: number, o?: Parameters<PolledShop['left']>[0]) => s.ctx.db.tx(() => Array.from({ length: n }, () => s.left(o)));
const open = () => s.ctx.db.prepare("SELECT count(*) FROM outbox WHERE state IN ('accepted', 'queued', 'sent')").pluck().get() as number;

describe('reading the list', () => {
  it('new rows that arrive between pages push others down; nobody is missed', async () => {
    s = aPolledShop();
    const ours = many(2500);
    s.ctx.clock.advance(10 * SECOND);
    let more = 0;
    s.carrier.before = (what) => {
      if (what !== 'next') return;
      // somebody else's texts: a third of a page between every two pages
      for (let i = 0; i < 350; i++) {
        const sid = `SM9${String(++more).padStart(31, '0')}`;
        s.carrier.messages.push({
          sid,
          direction: 'outbound',
          from: SENDER,
          to: '+13105550000',
          body: 'x',
          createdAt: s.ctx.clock.now(),
          plan: DELIVERED,
        });
      }
    };
    await pollDeliveries(s.ctx);
    expect(more).toBeGreaterThan(600);
    expect(open()).toBe(0);
    expect(ours).toHaveLength(2500);
  });

  it('when the carrier fails in the middle, what was read is taken and the next look goes on from there', async () => {
    s = aPolledShop();
    many(4500);
    s.ctx.clock.advance(10 * SECOND);
    let pages = 0;
    s.carrier.before = () => {
      if (++pages === 4) trouble();
    };
    await expect(pollDeliveries(s.ctx)).rejects.toThrow('sms.unreachable');
    expect(open()).toBe(1500); // three pages were taken
    expect(readPoll(s.ctx.db, 'outbound').lastSuccessAt).toBeNull();
    s.carrier.before = null;
    const before = s.carrier.asked.length;
    s.ctx.clock.advance(30 * SECOND);
    await pollDeliveries(s.ctx);
    expect(open()).toBe(0);
    expect(s.carrier.asked.slice(before).map((a) => a.what)).toEqual(['next', 'next']); // not from the top again
  });

  it('a computer that dies in the middle goes on from the page it had reached; a place the carrier forgot is no dead end', async () => {
    s = aPolledShop();
    many(3500);
    s.ctx.clock.advance(10 * SECOND);
    const dead = new AbortController();
    let pages = 0;
    s.carrier.before = () => {
      if (++pages === 3) dead.abort();
    };
    await pollDeliveries(s.ctx, dead.signal);
    const rest = open();
    expect(rest).toBeGreaterThan(0);
    s.carrier.before = (what) => {
      if (what === 'next' && s.carrier.asked.filter((a) => a.what === 'next').length === 3) {
        throw new AppError('sms.rejected', { code: 20404, status: 404 });
      }
    };
    await pollDeliveries(s.ctx);
    expect(open()).toBe(0);
  });

  it('a text that left while an hour-old look stood still is found: nothing between two looks is skipped', async () => {
    s = aPolledShop();
    const first = s.left({ plan: [...DELIVERED.slice(0, 2), { afterMs: 50 * MINUTE, status: 'delivered' }] });
    await s.live(2 * MINUTE);
    await s.live(2 * HOUR);
    expect(s.stateOf(first)).toBe('delivered');
  });

  it('a list hours behind: the text is asked for by its id, and its end is believed', async () => {
    s = aPolledShop();
    const sid = s.left();
    s.carrier.hidden = () => true;
    await s.live(25 * MINUTE);
    expect(s.stateOf(sid)).toBe('accepted');
    await s.live(3 * HOUR);
    expect(s.stateOf(sid)).toBe('delivered');
    expect(s.carrier.asked.filter((a) => a.what === 'fetch')).toHaveLength(1);
  });

  it('many without an ending are looked for by list, each by its id only at the end, and then left as they are', async () => {
    s = aPolledShop();
    const sids = many(200, { plan: DELIVERED.slice(0, 2) });
    await s.live(74 * HOUR);
    const fetched = s.carrier.asked.filter((a) => a.what === 'fetch').length;
    expect(fetched).toBeLessThanOrEqual(sids.length);
    expect(new Set(sids.map(s.stateOf))).toEqual(new Set(['sent']));
    const before = s.carrier.asked.length;
    await s.live(6 * HOUR);
    expect(s.carrier.asked.slice(before).filter((a) => a.what === 'fetch')).toEqual([]);
  }, 30_000);

  it('a clock hours ahead does not end the reading after one page', async () => {
    s = aPolledShop();
    s.carrier.skewMs = 3 * HOUR;
    many(2500);
    s.ctx.clock.advance(10 * SECOND);
    await pollDeliveries(s.ctx);
    expect(open()).toBe(0);
  });
});

describe('the carrier’s log ends', () => {
  it('what is older than its 13 months is never asked for', async () => {
    s = aPolledShop();
    const sid = s.left({ listed: false });
    s.ctx.clock.advance(400 * DAY);
    await senderTurn(s.ctx);
    await s.live(HOUR);
    expect(s.carrier.asked.filter((a) => a.what === 'fetch')).toEqual([]);
    expect(s.stateOf(sid)).toBe('accepted');
    expect(s.ctx.db.prepare('SELECT reconcile_at FROM outbox WHERE sid = ?').pluck().get(sid)).toBeNull();
  });

  it('what was left open when the computer was switched off for two weeks is asked for', async () => {
    s = aPolledShop();
    const sid = s.left();
    s.ctx.clock.advance(14 * DAY);
    await s.live(MINUTE);
    expect(s.stateOf(sid)).toBe('delivered');
  });

  it('a price that never comes is the quoted one after ten days, marked as an estimate, and no longer looked for', async () => {
    s = aPolledShop();
    s.left();
    await s.live(10 * MINUTE);
    for (let day = 0; day < 11; day++) {
      s.ctx.clock.advance(DAY - 10 * MINUTE);
      await s.live(10 * MINUTE);
    }
    const row = s.ctx.db.prepare('SELECT price, quoted_price AS quotedPrice, left_at AS leftAt FROM outbox').get() as never;
    expect(costOf(row, (NOON + 9 * DAY) as UtcMs)).toEqual({ amount: 11_300, is: 'awaited' });
    expect(costOf(row, s.ctx.clock.now())).toEqual({ amount: 11_300, is: 'estimate' });
    const walks = s.carrier.asked.filter((a) => a.filter?.sentBefore !== undefined).length;
    expect(walks).toBe(3); // at one, three and seven days
  });

  it('a price that comes three days late is found, by reading only its days', async () => {
    s = aPolledShop();
    s.left({ pricedAfterMs: 60 * HOUR });
    await s.live(10 * MINUTE);
    s.ctx.clock.advance(4 * DAY);
    await s.live(HOUR);
    expect(s.ctx.db.prepare('SELECT price FROM outbox').pluck().get()).toBe(11_300);
  });
});

describe('after a sleep', () => {
  it('replies first, then deliveries as far back as it was, and nothing leaves before', async () => {
    s = aPolledShop();
    const sid = s.left({ plan: [...DELIVERED.slice(0, 2), { afterMs: 40 * MINUTE, status: 'delivered' }] });
    await s.live(10 * MINUTE);
    many(1500);
    await s.live(15 * SECOND);
    s.ctx.clock.advance(9 * HOUR);
    const before = s.carrier.asked.length;
    await senderTurn(s.ctx);
    const asked = s.carrier.asked.slice(before);
    expect(asked[0]?.filter?.to).toBe(SENDER);
    expect(asked[1]).toMatchObject({ what: 'list' });
    expect(asked[1]?.filter?.to).toBeUndefined();
    expect(s.stateOf(sid)).toBe('delivered');
    expect(senderState(s.ctx).asleepSince).toBeNull();
  });

  it('as long as the carrier cannot be asked it has not caught up, and the panel says why nothing leaves', async () => {
    s = aPolledShop();
    await senderTurn(s.ctx);
    s.ctx.clock.advance(HOUR);
    wokeUp(s.ctx);
    s.carrier.before = trouble;
    await senderTurn(s.ctx);
    expect(senderState(s.ctx).asleepSince).not.toBeNull();
    expect(senderState(s.ctx).block?.reason).toBe('replies-unread');
    s.carrier.before = (what) => (what === 'list' && s.carrier.asked.at(-1)?.filter?.to === undefined ? trouble() : undefined);
    s.left();
    s.ctx.clock.advance(MINUTE);
    await senderTurn(s.ctx);
    expect(senderState(s.ctx).asleepSince).not.toBeNull();
    s.carrier.before = null;
    s.ctx.clock.advance(MINUTE);
    await senderTurn(s.ctx);
    expect(senderState(s.ctx).asleepSince).toBeNull();
  });

  it('a second sleep while the first is caught up with is not forgotten', async () => {
    s = aPolledShop();
    await senderTurn(s.ctx);
    s.left();
    s.ctx.clock.advance(HOUR);
    s.carrier.before = (what) => {
      if (what !== 'list' || s.carrier.asked.at(-1)?.filter?.to !== undefined) return;
      s.carrier.before = null;
      wokeUp(s.ctx);
    };
    await senderTurn(s.ctx);
    expect(senderState(s.ctx).asleepSince).not.toBeNull();
    await senderTurn(s.ctx);
    expect(senderState(s.ctx).asleepSince).toBeNull();
  });
});

describe('a clock that is set', () => {
  it('back by a day: nothing freezes until yesterday is over', async () => {
    s = aPolledShop();
    const slow = s.left({ plan: [...DELIVERED.slice(0, 2), { afterMs: 100 * MINUTE, status: 'delivered' }] });
    await s.live(40 * MINUTE); // polling has slowed down to many minutes, the straggler's next look is two hours away
    s.ctx.clock.advance(-DAY);
    s.carrier.skewMs = -DAY; // the carrier's time went on
    const before = s.carrier.asked.length;
    await s.live(3 * HOUR);
    expect(s.carrier.asked.length - before).toBeGreaterThan(10);
    expect(s.stateOf(slow)).toBe('delivered');
    expect(accountTraffic(s.ctx).days[0]?.asked).toBeGreaterThan(0);
  });

  it('replies that came while it was ahead are not jumped over', async () => {
    s = aPolledShop();
    s.ctx.clock.advance(DAY);
    s.carrier.skewMs = DAY;
    await s.live(5 * MINUTE);
    s.ctx.clock.advance(-DAY);
    s.carrier.skewMs = 0;
    const from = aNewYorker(7) as PhoneE164;
    s.carrier.messages.push({
      sid: `SM${'7'.repeat(32)}`,
      direction: 'inbound',
      from,
      to: SENDER,
      body: 'STOP',
      createdAt: s.ctx.clock.now(),
      plan: [{ afterMs: 0, status: 'received' }],
    });
    await s.live(10 * MINUTE);
    expect(s.ctx.db.prepare('SELECT count(*) FROM inbound').pluck().get()).toBe(1);
  });
});
