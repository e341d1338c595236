import { dispatch } from '@backend/dispatch';
import { insertCustomer, storedCustomer } from '@db/queries/customers';
import { memberByNumber } from '@db/queries/membership';
import { liveRedemption } from '@db/queries/redemptions';
import { addDays, localTime, shopDay } from '@domain/calendar';
import { memberNumber } from '@domain/customers/member-number';
import { type CampaignId, type CustomerId, DAY, HOUR, MINUTE, type PhoneE164, type UtcMs, type Zone } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { currentWording, evidenceOf, marketingState, recordStop, withConsent } from '@services/consent/index';
import { issueCodes } from '@services/offers/codes';
import { saveOffer } from '@services/offers/offers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const ZONE = 'America/New_York' as Zone;
const E164 = '+12125550123' as PhoneE164;
/** The smallest thing that begins as a JPEG does. */
const PHOTO = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200, 7), Buffer.from([0xff, 0xd9])]).toString('base64');

/** Three people with a code each, given out ten days ago and good for a week. */
function aShop(people = 3) {
  const ctx = aCtx();
  const ids = ctx.db.tx((trx) =>
    Array.from({ length: people }, (_, i) => insertCustomer(trx, { firstName: `P${i}` }, (NOON - 20 * DAY) as UtcMs)),
  ) as CustomerId[];
  const offer = saveOffer(ctx, owner, { id: null, name: '15 % off', kind: 'percent', percent: 15, codeMode: 'personal', validDays: 7 });
  ctx.clock.set((NOON - 10 * DAY) as UtcMs);
  const codes = ctx.db.tx((trx) =>
    issueCodes(ctx, trx, { offerId: offer.id, campaignId: 7 as CampaignId, customerIds: ids, expiresAt: (NOON - 3 * DAY) as UtcMs }),
  );
  ctx.clock.set(NOON);
  return { ctx, codes: [...codes.values()] };
}
/** A moment as the batch says it: a shop day and minutes on the clock. */
const said = (at: UtcMs) => {
  const t = localTime(at, ZONE);
  return { day: shopDay(at, ZONE), minutes: t.hour * 60 + t.minute };
};
const line = (ctx: TestCtx, at: UtcMs, code: string, amount: number | null = null) =>
  dispatch(ctx, clerk, 'catch-up/line', { ...said(at), code, amount, receiptNo: null }) as Promise<{
    ok: boolean;
    value: { ok: boolean; code?: string; at?: number; discount?: number };
  }>;

describe('codes of a busy day, written down afterwards', () => {
  it('count from when they were shown: a code that has run out since is honoured, the audit has both times', async () => {
    const { ctx, codes } = aShop();
    const then = (NOON - 5 * DAY) as UtcMs;
    expect(await line(ctx, then, codes[0] ?? '', 4500)).toMatchObject({ value: { ok: true, at: then, discount: 675 } });
    expect(liveRedemption(ctx.db, codes[0] ?? '')?.at).toBe(then);
    const row = ctx.db.raw.prepare("SELECT at, json_extract(detail, '$.happenedAt') h FROM audit WHERE action = 'offer.redeemed'").get();
    expect(row).toEqual({ at: NOON, h: then });
    // the same code now, at the counter: no
    expect(
      await dispatch(ctx, clerk, 'counter/redeem', { code: codes[1], how: 'code', customerId: null, amount: null, receiptNo: null }),
    ).toMatchObject({
      ok: false,
      error: { code: 'offer.code-expired' },
    });
  });

  it('written down wrong today, a clerk takes it back today, though it happened on another day; tomorrow only the owner', async () => {
    const { ctx, codes } = aShop();
    const then = (NOON - 5 * DAY) as UtcMs;
    const done = (await line(ctx, then, codes[0] ?? '')) as unknown as { value: { redemptionId: number } };
    const undo = (who: typeof clerk, redemptionId: number) => dispatch(ctx, who, 'counter/undo-redeem', { redemptionId });
    expect(await undo(clerk, done.value.redemptionId)).toMatchObject({ ok: true });
    const again = (await line(ctx, then, codes[0] ?? '')) as unknown as { value: { redemptionId: number } };
    ctx.clock.advance(DAY);
    expect(await undo(clerk, again.value.redemptionId)).toMatchObject({ ok: false, error: { code: 'offer.not-undoable' } });
    expect(await undo(owner, again.value.redemptionId)).toMatchObject({ ok: true });
  });

  it('a wrong line is an answer, and mended it goes through; nothing else of the batch is touched', async () => {
    const { ctx, codes } = aShop();
    const then = (NOON - 5 * DAY) as UtcMs;
    const typo = `${(codes[0] ?? '').slice(0, -1)}${(codes[0] ?? '').endsWith('A') ? 'B' : 'A'}`;
    expect(await line(ctx, then, typo)).toMatchObject({ ok: true, value: { ok: false } });
    expect(await line(ctx, then, codes[0] ?? '')).toMatchObject({ value: { ok: true } });
    expect(await line(ctx, then, codes[0] ?? '')).toMatchObject({ value: { ok: false, code: 'offer.code-used' } });
    expect(await line(ctx, (NOON + HOUR) as UtcMs, codes[1] ?? '')).toMatchObject({ value: { ok: false, code: 'future' } });
  });

  it('thirty lines are taken in far less than a minute', async () => {
    const { ctx, codes } = aShop(30);
    const began = performance.now();
    for (const code of codes) expect((await line(ctx, (NOON - 5 * DAY) as UtcMs, code)).value.ok).toBe(true);
    expect(performance.now() - began).toBeLessThan(10_000);
  });

  it('is redeemed exactly when it was given out, had not run out and was not in the future; and happened is never after recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: -15 * 24 * 60, max: 48 * 60 }), async (minutesFromNow) => {
        const { ctx, codes } = aShop(1);
        const at = (NOON + minutesFromNow * MINUTE) as UtcMs;
        const answer = await line(ctx, at, codes[0] ?? '');
        const good = at >= NOON - 10 * DAY && at < NOON - 3 * DAY;
        expect(answer.value.ok).toBe(good);
        const rows = ctx.db.raw.prepare('SELECT at FROM redemption').all() as { at: number }[];
        expect(rows.every((r) => r.at <= ctx.clock.now())).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('a signed paper form', () => {
  const form = (ctx: TestCtx, change: Record<string, unknown> = {}) => ({
    phone: '(212) 555-0123',
    firstName: 'Ana',
    birthday: '',
    signedOn: shopDay((ctx.clock.now() - 6 * DAY) as UtcMs, ZONE),
    wordingHash: currentWording(ctx, 'sign-up', 'en', 4).hash,
    language: 'en',
    promiseMax: 4,
    topics: ['news'],
    photo: PHOTO,
    device: 'paper',
    laterId: null,
    ...change,
  });
  const record = (ctx: TestCtx, change: Record<string, unknown> = {}) => dispatch(ctx, clerk, 'sign-up/paper', form(ctx, change));

  it('happened when it was signed, is recorded now, with its photo and its words as evidence', async () => {
    const ctx = aCtx();
    expect(await record(ctx)).toMatchObject({ ok: true, value: { outcome: 'in' } });
    const [e] = evidenceOf(ctx, E164);
    expect(e).toMatchObject({
      device: 'paper',
      hasPhoto: true,
      staffName: 'Clara',
      event: { method: 'paper', recordedAt: NOON, topics: ['news'] },
    });
    expect(shopDay(e?.event.occurredAt as UtcMs, ZONE)).toBe('2026-11-11');
    expect(localTime(e?.event.occurredAt as UtcMs, ZONE).hour).toBe(12);
  });

  it('may carry an older wording, the one printed on it, but none that nobody was ever shown', async () => {
    const ctx = aCtx();
    expect(await record(ctx)).toMatchObject({ ok: true });
    const old = currentWording(ctx, 'sign-up', 'en', 4).hash;
    ctx.db.raw.prepare("UPDATE setting SET value = json_set(value, '$.phone', '+12125550199') WHERE key = 'shop'").run();
    const now = currentWording(ctx, 'sign-up', 'en', 4).hash;
    expect(now).not.toBe(old);
    const list = (await dispatch(ctx, clerk, 'sign-up/paper-form', {})) as unknown as {
      value: { wordings: { hash: string; current: boolean }[] };
    };
    expect(list.value.wordings.map((w) => [w.hash, w.current])).toEqual(
      expect.arrayContaining([
        [now, true],
        [old, false],
      ]),
    );
    expect(await record(ctx, { phone: '212 555 0155', wordingHash: old })).toMatchObject({ ok: true, value: { outcome: 'in' } });
    expect(await record(ctx, { phone: '212 555 0156', wordingHash: 'f'.repeat(64) })).toMatchObject({ ok: false });
  });

  it('needs a photo that is one, and a date that can be', async () => {
    const ctx = aCtx();
    expect(await record(ctx, { photo: Buffer.alloc(200).toString('base64') })).toMatchObject({
      ok: false,
      error: { params: { field: 'photo' } },
    });
    for (const signedOn of ['2026-11-18', '2024-01-01'])
      expect(await record(ctx, { signedOn })).toMatchObject({ ok: false, error: { params: { field: 'signedOn' } } });
    expect(marketingState(ctx, E164)).toBe('never');
  });

  it('never lifts a stop said after the day it was signed, whatever is written down when', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }), fc.boolean(), async (signed, stopped, late) => {
        const ctx = aCtx();
        const signedOn = addDays(shopDay(NOON, ZONE), -signed);
        const stopAt = (NOON - stopped * DAY - 30 * MINUTE) as UtcMs;
        const stop = () =>
          withConsent(ctx, (trx) =>
            recordStop(ctx, trx, { phone: E164, occurredAt: stopAt, method: 'counter', reason: 'said', carrierStop: false }),
          );
        if (!late) stop();
        const answer = (await record(ctx, { signedOn })) as unknown as { ok: boolean; value: { outcome: string } };
        if (late) stop();
        expect(answer.ok).toBe(true);
        const events = evidenceOf(ctx, E164).map((e) => e.event);
        for (const e of events) expect(e.occurredAt).toBeLessThanOrEqual(e.recordedAt);
        const form = events.find((e) => e.kind === 'signed-up');
        // written down late or not: a yes counts only when it was given after the no
        if (late || (form?.occurredAt ?? 0) < stopAt) expect(marketingState(ctx, E164)).not.toBe('in');
        else expect(marketingState(ctx, E164)).toBe('in');
        if (!late && (form?.occurredAt ?? 0) < stopAt) expect(answer.value.outcome).toBe('overtaken');
      }),
      { numRuns: 60 },
    );
  });
});

describe('a membership card', () => {
  it('is still theirs after a copy from before it was given out was brought back', async () => {
    const ctx = aCtx();
    const made = (await dispatch(ctx, clerk, 'sign-up/member', { firstName: 'Bea', language: 'en' })) as unknown as {
      value: { customerId: CustomerId; number: string };
    };
    const old = createDb();
    old.tx((trx) => replayJournal(trx, ctx.hmacKey, ctx.journalled, NOON));
    expect(memberByNumber(old, made.value.number)).toBe(made.value.customerId);
    expect(storedCustomer(old, made.value.customerId)).toMatchObject({ first_name: 'Bea', phone: null });
  });

  it('draws another number when one is taken', async () => {
    const ctx = aCtx();
    const bytes = [new Uint8Array([0, 0, 0, 5]), new Uint8Array([0, 0, 0, 5]), new Uint8Array([0, 0, 0, 6])];
    const drawn = { ...ctx, randomBytes: () => bytes.shift() ?? new Uint8Array([1, 2, 3, 4]) };
    const a = await dispatch(drawn, clerk, 'sign-up/member', { language: 'en' });
    const b = await dispatch(drawn, clerk, 'sign-up/member', { language: 'en' });
    expect([a, b]).toMatchObject([{ value: { number: memberNumber(5) } }, { value: { number: memberNumber(6) } }]);
  });
});
