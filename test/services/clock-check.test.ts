import { enqueue } from '@db/queries/outbox';
import { HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { runSchedules } from '@services/campaigns/schedule-run';
import { addNote, awayNotes, dismissNotes } from '@services/desktop/away';
import { checkClock, clockState } from '@services/desktop/clock';
import { awayState } from '@services/desktop/state';
import { haltOf } from '@services/outbox/halt';
import { afterEach, describe, expect, it } from 'vitest';
import { aSendingCampaign, aSendingShop, countStates, type SendingShop } from '../support/sending-shop';
import { aWatchedShop as watched } from '../support/watched-clock';

let shop: SendingShop | undefined;
afterEach(() => shop?.close());

const aWatchedShop = async () => {
  const s = await watched();
  shop = s;
  return s;
};

/** Both the shop's time and the counter move on, as they do. */
function pass(s: { advance(ms: number): void; steady: { ms: number } }, ms: number): void {
  s.advance(ms);
  s.steady.ms += ms;
}

describe('the clock of this computer', () => {
  it('is held against the carrier’s, and texts leave while they agree', async () => {
    const s = await aWatchedShop();
    aSendingCampaign(s.ctx, { people: 3 });
    await s.drain();
    expect(countStates(s.ctx)).toEqual({ queued: 3 });
    expect(clockState(s.ctx)).toEqual({ verdict: 'right', skewMs: 0 });
    expect(s.carrier.gateway.clockReading?.()).toBeNull(); // the plain one does not compare
  });

  it('set two hours ahead: nothing leaves at the wrong hour, the owner is told, and it goes on once it is set right', async () => {
    const s = await aWatchedShop();
    await checkClock(s.ctx, true);
    pass(s, MINUTE);
    aSendingCampaign(s.ctx, { people: 5 });
    s.ctx.clock.advance(2 * HOUR); // the owner's hand; neither the carrier nor the counter moved
    expect(haltOf(s.ctx)).toBe('clock-unchecked');
    await s.drain();
    expect(countStates(s.ctx)).toEqual({ waiting: 5 });
    expect(haltOf(s.ctx)).toBe('clock-wrong');
    const told = awayState(s.ctx).clock;
    expect(told.verdict).toBe('wrong');
    expect(Math.abs((told.skewMs ?? 0) - 2 * HOUR)).toBeLessThan(2000);

    s.ctx.clock.set((s.ctx.clock.now() - 2 * HOUR) as UtcMs);
    expect(haltOf(s.ctx)).toBe('clock-unchecked');
    await checkClock(s.ctx, true);
    expect(haltOf(s.ctx)).toBeNull();
    await s.drain();
    expect(countStates(s.ctx)).toEqual({ queued: 5 });
    expect(awayNotes(s.ctx)).toMatchObject([{ kind: 'clock-changed', byMs: -2 * HOUR }]);
  });

  it('behind from the very first answer: campaigns wait, the answer to HELP leaves', async () => {
    const s = await aWatchedShop();
    s.carrier.sim.changeClock({ advance: 20 * MINUTE });
    const { phones } = aSendingCampaign(s.ctx, { people: 2 });
    s.ctx.db.tx((trx) =>
      enqueue(trx, {
        cause: { kind: 'help', id: 'IN1' },
        address: phones[0] as PhoneE164,
        customerId: null,
        messageClass: 'help',
        body: 'Corner Shoes: call (212) 555-0100. Reply STOP to end.',
        segments: 1,
        quotedPrice: null,
        notBefore: s.ctx.clock.now(),
        expiresAt: null,
        now: s.ctx.clock.now(),
      }),
    );
    await s.drain();
    expect(countStates(s.ctx)).toMatchObject({ waiting: 2 });
    expect(s.ctx.db.prepare("SELECT state FROM outbox WHERE message_class = 'help'").pluck().get()).not.toBe('waiting');
    expect(awayState(s.ctx).clock.skewMs).toBeLessThan(-19 * MINUTE);
  });

  it('a sleep nobody told us of looks like a jump; the carrier’s time shows that it was none', async () => {
    const s = await aWatchedShop();
    aSendingCampaign(s.ctx, { people: 4 });
    await checkClock(s.ctx, true);
    s.advance(2 * HOUR); // time went on, the counter stood still
    expect(haltOf(s.ctx)).toBe('clock-unchecked');
    await s.drain();
    expect(haltOf(s.ctx)).toBeNull();
    expect(countStates(s.ctx)).toEqual({ queued: 4 });
    expect(awayNotes(s.ctx)).toMatchObject([{ kind: 'slept', at: s.ctx.clock.now(), from: s.ctx.clock.now() - 2 * HOUR }]);
  });

  it('small corrections and time that just passes are no jump', async () => {
    const s = await aWatchedShop();
    await checkClock(s.ctx, true);
    pass(s, 8 * HOUR);
    expect(haltOf(s.ctx)).toBeNull();
    s.advance(30_000);
    expect(haltOf(s.ctx)).toBeNull();
  });

  it('a carrier that cannot be asked leaves it in doubt, and texts wait', async () => {
    const s = await aWatchedShop();
    await checkClock(s.ctx, true);
    aSendingCampaign(s.ctx, { people: 1 });
    s.ctx.clock.advance(3 * HOUR);
    s.carrier.faults.add({ effect: { kind: 'status', status: 503 } });
    await expect(checkClock(s.ctx, true)).rejects.toThrow();
    expect(haltOf(s.ctx)).toBe('clock-unchecked');
    await s.drain();
    expect(countStates(s.ctx)).toEqual({ waiting: 1 });
  });
});

describe('what happened meanwhile', () => {
  it('is kept until it was read', async () => {
    const s = await aSendingShop();
    shop = s;
    addNote(s.ctx, { kind: 'crashed', at: s.ctx.clock.now(), checking: 3 });
    const [note] = awayNotes(s.ctx);
    expect(note).toMatchObject({ kind: 'crashed', checking: 3 });
    dismissNotes(s.ctx, [note?.id ?? 0]);
    expect(awayNotes(s.ctx)).toEqual([]);
  });

  it('is forgotten after a fortnight, as a copy brought back would tell old news', async () => {
    const s = await aSendingShop();
    shop = s;
    addNote(s.ctx, { kind: 'crashed', at: s.ctx.clock.now(), checking: 0 });
    s.advance(15 * 24 * HOUR);
    expect(awayNotes(s.ctx)).toEqual([]);
  });
});

describe('a planned campaign', () => {
  const plan = (s: SendingShop, at: number, policy: 'skip' | 'ask') =>
    s.ctx.db
      .prepare(
        `INSERT INTO campaign (id, name, state, created_at, updated_at, scheduled_at, late_policy, ceiling_people, ceiling_price)
         VALUES (7, 'Boots', 'scheduled', ?, ?, ?, ?, 10, 1000000)`,
      )
      .run(at - HOUR, at - HOUR, at, policy);
  const planned = (s: SendingShop) => s.ctx.db.prepare('SELECT state, pause_reason FROM campaign WHERE id = 7').get();

  it('is neither skipped nor asked about because a clock was set a day ahead', async () => {
    const s = await aWatchedShop();
    await checkClock(s.ctx, true);
    plan(s, s.ctx.clock.now() + 2 * HOUR, 'skip');
    s.ctx.clock.advance(26 * HOUR);
    await runSchedules(s.ctx);
    expect(planned(s)).toEqual({ state: 'scheduled', pause_reason: null });
    await checkClock(s.ctx, true).catch(() => undefined);
    await runSchedules(s.ctx);
    expect(planned(s)).toEqual({ state: 'scheduled', pause_reason: null });
    // once the clock is right again its time has simply not come
    s.ctx.clock.set((s.ctx.clock.now() - 26 * HOUR) as UtcMs);
    await checkClock(s.ctx, true);
    expect(haltOf(s.ctx)).toBeNull();
    await runSchedules(s.ctx);
    expect(planned(s)).toEqual({ state: 'scheduled', pause_reason: null });
  });
});
