import { enqueue } from '@db/queries/outbox';
import { MINUTE, type PhoneE164 } from '@domain/kernel';
import { comesBack, goesToSleep } from '@services/desktop/power';
import { awayState } from '@services/desktop/state';
import { haltOf } from '@services/outbox/halt';
import { whatIsLeaving } from '@services/outbox/leaving';
import { holdAtCarrier, pauseAll, resumeAll } from '@services/outbox/pause-all';
import { afterEach, describe, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let shop: SendingShop | undefined;
afterEach(() => shop?.close());

/** The answer owed to somebody who wrote STOP, as the inbox queues it. */
function oweAnswer(s: SendingShop, to: PhoneE164): void {
  const { ctx } = s;
  ctx.db.tx((trx) =>
    enqueue(trx, {
      cause: { kind: 'help', id: 'IN1' },
      address: to,
      customerId: null,
      messageClass: 'help',
      body: 'Corner Shoes: call (212) 555-0100. Reply STOP to end.',
      segments: 1,
      quotedPrice: null,
      notBefore: ctx.clock.now(),
      expiresAt: null,
      now: ctx.clock.now(),
    }),
  );
}
const left = (s: SendingShop) => s.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound').length;

describe('everything paused', () => {
  it('lets no text of any campaign leave, survives a restart, and goes on only when resumed', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    aSendingCampaign(ctx, { people: 12 });
    pauseAll(ctx, owner.staffId);
    await shop.drain();
    expect(countStates(ctx)).toEqual({ waiting: 12 });
    expect(left(shop)).toBe(0);
    expect(whatIsLeaving(ctx)).toMatchObject({ pausedSince: ctx.clock.now() });
    expect(awayState(ctx).pausedSince).toBe(ctx.clock.now());
    // the file itself remembers it
    expect(ctx.db.prepare("SELECT value FROM meta WHERE key = 'sending-paused'").pluck().get()).toBe(String(ctx.clock.now()));

    shop.advance(5 * MINUTE);
    resumeAll(ctx, owner.staffId);
    await shop.drain();
    expect(countStates(ctx)).toEqual({ queued: 12 });
    const said = ctx.db.prepare("SELECT action FROM audit WHERE action LIKE 'outbox.%' ORDER BY id").pluck().all();
    expect(said).toEqual(['outbox.pause-all', 'outbox.resume-all']);
  });

  it('still answers whoever asks for help', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    const { phones } = aSendingCampaign(ctx, { people: 3 });
    pauseAll(ctx, null);
    oweAnswer(shop, phones[0] as PhoneE164);
    await shop.drain();
    expect(countStates(ctx)).toMatchObject({ waiting: 3 });
    expect(ctx.db.prepare("SELECT state FROM outbox WHERE message_class = 'help'").pluck().get()).not.toBe('waiting');
  });

  it('is said once, however often somebody presses', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    pauseAll(ctx, owner.staffId);
    const since = whatIsLeaving(ctx).pausedSince;
    shop.advance(MINUTE);
    pauseAll(ctx, owner.staffId);
    expect(whatIsLeaving(ctx).pausedSince).toBe(since);
    resumeAll(ctx, owner.staffId);
    resumeAll(ctx, owner.staffId);
    expect(ctx.db.prepare("SELECT count(*) FROM audit WHERE action LIKE 'outbox.%'").pluck().get()).toBe(2);
  });
});

describe('texts the carrier holds for later', () => {
  it('are called back by a pause of everything, and their campaign goes on with the rest', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    const { outbox, id } = aSendingCampaign(ctx, { people: 2 });
    const at = ctx.clock.now() + 20 * 60 * MINUTE;
    ctx.db.prepare('UPDATE campaign SET via_carrier = 1, scheduled_at = ? WHERE id = ?').run(at, id);
    ctx.db.prepare(`UPDATE outbox SET state = 'scheduled', send_at = ?, sid = 'SM' || id WHERE id = ?`).run(at, outbox[0] as number);
    expect(whatIsLeaving(ctx).atCarrier).toEqual({ count: 1, next: at });
    const campaign = () => ctx.db.prepare('SELECT state, pause_reason FROM campaign WHERE id = ?').get(id);
    pauseAll(ctx, owner.staffId);
    expect(campaign()).toEqual({ state: 'paused', pause_reason: 'paused-all' });
    // let go on by itself meanwhile: everything stays paused
    ctx.db.prepare("UPDATE campaign SET state = 'sending', pause_reason = NULL WHERE id = ?").run(id);
    holdAtCarrier(ctx);
    expect(campaign()).toEqual({ state: 'paused', pause_reason: 'paused-all' });
    resumeAll(ctx, owner.staffId);
    expect(campaign()).toEqual({ state: 'sending', pause_reason: null });
  });

  it('a campaign the owner paused by itself stays paused when everything is resumed', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    aSendingCampaign(ctx, { people: 2 });
    ctx.db.prepare("UPDATE campaign SET state = 'paused', pause_reason = 'owner'").run();
    pauseAll(ctx, owner.staffId);
    resumeAll(ctx, owner.staffId);
    expect(ctx.db.prepare('SELECT state FROM campaign').pluck().get()).toBe('paused');
  });
});

describe('a computer that sleeps', () => {
  it('begins nothing between its two words, not even an answer, and reads replies before anything else afterwards', async () => {
    shop = await aSendingShop();
    const { ctx, carrier } = shop;
    const { phones } = aSendingCampaign(ctx, { people: 4 });
    goesToSleep(ctx);
    oweAnswer(shop, phones[0] as PhoneE164);
    await shop.drain();
    expect(haltOf(ctx)).toBe('asleep');
    expect(left(shop)).toBe(0);

    shop.advance(3 * 60 * MINUTE);
    carrier.sim.inbound({ from: phones[1] as string, to: ctx.settings().texting.numbers[0] as string, body: 'please stop texting me' });
    comesBack(ctx);
    expect(haltOf(ctx)).toBeNull();
    await shop.drain();
    const states = ctx.db.prepare("SELECT address, state FROM outbox WHERE cause_kind = 'campaign' ORDER BY id").all() as {
      address: string;
      state: string;
    }[];
    expect(states.find((s) => s.address === phones[1])?.state).not.toBe('queued');
    expect(states.filter((s) => s.state === 'queued')).toHaveLength(3);
  });

  it('tells the owner how long it was, when texts had to wait', async () => {
    shop = await aSendingShop();
    const { ctx } = shop;
    const from = ctx.clock.now();
    goesToSleep(ctx);
    shop.advance(3 * 60 * MINUTE);
    comesBack(ctx);
    expect(awayState(ctx).notes).toEqual([]); // nothing had to leave

    aSendingCampaign(ctx, { people: 4 });
    goesToSleep(ctx);
    const again = ctx.clock.now();
    shop.advance(2 * 60 * MINUTE);
    comesBack(ctx);
    expect(again).toBeGreaterThan(from);
    expect(awayState(ctx).notes).toMatchObject([{ kind: 'slept', from: again, at: ctx.clock.now() }]);
  });
});
