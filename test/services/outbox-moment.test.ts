import { enqueue } from '@db/queries/outbox';
import { instantOf } from '@domain/calendar';
import { DAY, HOUR, MINUTE, type OutboxId, type PhoneE164, SECOND, type UtcMs, type Zone } from '@domain/kernel';
import type { SendRequest } from '@ports/sms-gateway';
import { afterEach, describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import {
  aMarketingDraft,
  aNewYorker,
  aSendingCampaign,
  aSendingShop,
  givePermission,
  type SendingShop,
  stateOf,
} from '../support/sending-shop';

const NY = 'America/New_York' as Zone;
let shop: SendingShop | undefined;
afterEach(async () => {
  await shop?.close();
  shop = undefined;
});
/** A shop whose POSTs are remembered with the instant each began. */
async function open(o: Parameters<typeof aSendingShop>[0] = {}) {
  const posts: { at: number; request: SendRequest }[] = [];
  let now = () => 0;
  const s = await aSendingShop({
    ...o,
    wrap: (g) => ({
      ...g,
      send: (request) => {
        posts.push({ at: now(), request });
        return g.send(request);
      },
    }),
  });
  now = () => s.ctx.clock.now();
  shop = s;
  return { s, posts };
}
const lastMoment = (p: { at: number; request: SendRequest } | undefined) => (p ? p.at + p.request.validitySeconds * SECOND : Number.NaN);

describe('nothing leaves after its time', () => {
  it('with less than five seconds to closing it waits for the next day instead of being tried', async () => {
    const closing = instantOf(NY, 2026, 11, 17, 18, 55);
    const { s, posts } = await open({ now: (closing - 4 * SECOND) as UtcMs });
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    await s.drain();
    expect(posts).toEqual([]);
    s.advance(5 * SECOND);
    await s.drain();
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'waiting', reason: 'quiet-hours' });
    await s.run(() => posts.length > 0, DAY);
    expect(posts[0]?.at).toBeGreaterThanOrEqual(instantOf(NY, 2026, 11, 18, 10));
  });

  it('the carrier keeps it neither beyond closing time nor beyond its own end', async () => {
    const closing = instantOf(NY, 2026, 11, 17, 18, 55);
    const { s, posts } = await open({ now: (closing - 30 * SECOND) as UtcMs });
    aSendingCampaign(s.ctx, { people: 2 });
    s.ctx.db.prepare('UPDATE outbox SET expires_at = ? WHERE id = 2').run(closing - 20 * SECOND);
    await s.drain();
    expect(posts.map((p) => lastMoment(p)).sort()).toEqual([closing - 20 * SECOND, closing].sort());
  });

  it('one whose own end is seconds away is left out, not sent late', async () => {
    const { s, posts } = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.db.prepare('UPDATE outbox SET expires_at = ?').run(s.ctx.clock.now() + 3 * SECOND);
    await s.run(() => stateOf(s.ctx, outbox[0] as OutboxId).state === 'skipped', HOUR);
    expect(stateOf(s.ctx, outbox[0] as OutboxId).reason).toBe('expired');
    expect(posts).toEqual([]);
  });

  const aReply = (s: SendingShop, phone: PhoneE164, over: Partial<Parameters<typeof enqueue>[1]> = {}) =>
    s.ctx.db.tx(
      (trx) =>
        enqueue(trx, {
          ...aMarketingDraft(phone, s.ctx.clock.now()),
          cause: { kind: 'reply', id: 'r1' },
          messageClass: 'reply',
          body: 'Yes, size 9 is here',
          ...over,
        }) as OutboxId,
    );

  it('an answer at night may be kept by the carrier only until fifteen minutes after their message', async () => {
    const night = instantOf(NY, 2026, 11, 17, 23);
    const { s, posts } = await open({ now: night });
    const phone = aNewYorker(1);
    givePermission(s.ctx, [phone]);
    s.carrier.sim.inbound({ from: phone, to: SENDER, body: 'do you have size 9?' });
    s.advance(4 * MINUTE);
    await s.run(() => s.ctx.db.prepare('SELECT count(*) FROM inbound').pluck().get() === 1, 5 * MINUTE);
    aReply(s, phone);
    await s.drain();
    const wrote = s.ctx.db.prepare('SELECT received_at FROM inbound').pluck().get() as number;
    expect(posts).toHaveLength(1);
    expect(lastMoment(posts[0])).toBeLessThanOrEqual(wrote + 15 * MINUTE);
    expect(posts[0]?.request.validitySeconds).toBeGreaterThan(60);
  });

  it('an answer the owner lets leave at night may be kept fifteen minutes from their word, no longer', async () => {
    const night = instantOf(NY, 2026, 11, 17, 23);
    const { s, posts } = await open({ now: night });
    const phone = aNewYorker(1);
    givePermission(s.ctx, [phone]);
    const id = aReply(s, phone);
    await s.drain();
    expect(posts).toEqual([]);
    const saidAt = s.ctx.clock.now();
    s.ctx.db.prepare("INSERT INTO reply_anyway (outbox_id, said_at, local_time) VALUES (?, ?, '23:00')").run(id, saidAt);
    s.ctx.db.prepare('UPDATE outbox SET retry_at = NULL').run();
    s.advance(5 * MINUTE);
    await s.drain();
    expect(posts).toHaveLength(1);
    expect(lastMoment(posts[0])).toBe(saidAt + 15 * MINUTE);
  });

  it('an answer written just before closing has its fifteen minutes, and one by day the rest of the day', async () => {
    const closing = instantOf(NY, 2026, 11, 17, 18, 55);
    const { s, posts } = await open({ now: (closing - 2 * MINUTE) as UtcMs });
    const phone = aNewYorker(1);
    givePermission(s.ctx, [phone]);
    s.carrier.sim.inbound({ from: phone, to: SENDER, body: 'do you have size 9?' });
    s.advance(SECOND);
    await s.run(() => s.ctx.db.prepare('SELECT count(*) FROM inbound').pluck().get() === 1, 90 * SECOND);
    const wrote = s.ctx.db.prepare('SELECT received_at FROM inbound').pluck().get() as number;
    aReply(s, phone);
    await s.drain();
    expect(lastMoment(posts[0])).toBeGreaterThan(closing);
    expect(lastMoment(posts[0])).toBeLessThanOrEqual(wrote + 15 * MINUTE);
  });
});

describe('a text about somebody who did not come', () => {
  const LAPSED = JSON.stringify({ all: [{ is: 'last-visit', op: 'over', days: 90 }] });
  const importUpTo = (s: SendingShop, last: number, ran: number) =>
    s.ctx.db
      .prepare(
        `INSERT INTO import (file_name, file_hash, file_size, profile, source, plan, state, created_at, finished_at, last_sale_at)
         VALUES ('till.csv', '', 1, 'square-items', 'square', '{}', 'done', ?, ?, ?)`,
      )
      .run(ran, ran, last);

  it('waits for the sales of the last open day, says so, and leaves when the till file came', async () => {
    const { s, posts } = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 2 });
    s.ctx.db.prepare('UPDATE campaign SET rule = ?').run(LAPSED);
    await s.drain();
    expect(outbox.map((id) => stateOf(s.ctx, id).reason)).toEqual(['stale-sales', 'stale-sales']);
    await s.run(() => false, 3 * HOUR);
    expect(posts).toEqual([]);
    // Tuesday 14:00; sales through Monday evening, fetched this morning
    importUpTo(s, instantOf(NY, 2026, 11, 16, 17), instantOf(NY, 2026, 11, 17, 9));
    s.advance(10 * SECOND);
    await s.run(() => posts.length === 2, 10 * MINUTE);
    expect(posts).toHaveLength(2);
  });

  it('is not sent to whoever came meanwhile, however it became known', async () => {
    const { s, posts } = await open();
    importUpTo(s, instantOf(NY, 2026, 11, 16, 17), instantOf(NY, 2026, 11, 17, 9));
    const { outbox, phones } = aSendingCampaign(s.ctx, { people: 3 });
    s.ctx.db.prepare('UPDATE campaign SET rule = ?').run(LAPSED);
    s.advance(MINUTE);
    const idOf = (i: number) => s.ctx.db.prepare('SELECT id FROM customer WHERE phone = ?').pluck().get(phones[i]) as number;
    s.ctx.db.prepare('INSERT INTO visit_note (customer_id, at) VALUES (?, ?)').run(idOf(0), s.ctx.clock.now());
    s.ctx.db.prepare('UPDATE customer SET last_visit_at = ? WHERE id = ?').run(s.ctx.clock.now(), idOf(1));
    await s.drain();
    expect(outbox.map((id) => stateOf(s.ctx, id).reason)).toEqual(['came-since', 'came-since', null]);
    expect(posts.map((p) => p.request.to)).toEqual([phones[2]]);
  });

  it('is dropped after seven days without the file', async () => {
    const { s, posts } = await open();
    const { outbox } = aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.db.prepare('UPDATE campaign SET rule = ?').run(LAPSED);
    for (let day = 1; day <= 9 && stateOf(s.ctx, outbox[0] as OutboxId).state === 'waiting'; day++) {
      await s.drain();
      s.advance(DAY);
    }
    expect(stateOf(s.ctx, outbox[0] as OutboxId)).toMatchObject({ state: 'skipped', reason: 'stale-sales' });
    expect(s.ctx.clock.now() - Date.UTC(2026, 10, 17, 16)).toBeGreaterThanOrEqual(7 * DAY);
    expect(posts).toEqual([]);
  });

  it('a group that has nothing to do with staying away waits for no file', async () => {
    const { s, posts } = await open();
    aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.db.prepare('UPDATE campaign SET rule = ?').run(JSON.stringify({ all: [{ is: 'last-visit', op: 'within', days: 90 }] }));
    await s.drain();
    expect(posts).toHaveLength(1);
  });
});
