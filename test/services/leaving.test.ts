import { dispatch } from '@backend/dispatch';
import { contract } from '@contract/index';
import { keepAddress } from '@db/queries/consent';
import { addressHmac } from '@domain/consent/hmac';
import { DAY, type UtcMs } from '@domain/kernel';
import { applyRemedy, undoRemedy, whyPeopleLeft } from '@services/inbox/reasons';
import { describe, expect, it } from 'vitest';
import { aNewYorker } from '../support/sending-shop';
import { aCtx, clerk, NOON, owner, type TestCtx } from '../support/test-ctx';

let n = 0;

describe('why people left, and whether the remedy helped', () => {
  /** Texts that left, every so often one followed by a stop two days later with its reason. */
  function history(ctx: TestCtx, o: { first: number; texts: number; everyNth: number; at: number; reason?: string }): void {
    ctx.db.raw
      .prepare(
        "INSERT OR IGNORE INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (1, 'Boots', 'finished', 0, 0, 0)",
      )
      .run();
    ctx.db.tx((trx) => {
      for (let i = 0; i < o.texts; i++) {
        const phone = aNewYorker(o.first + i);
        const hmac = addressHmac(ctx.hmacKey, phone);
        keepAddress(trx, phone, hmac);
        trx
          .prepare(
            `INSERT INTO outbox (cause_kind, cause_id, channel, address, message_class, priority, state, body, segments, not_before, left_at, created_at, updated_at)
             VALUES ('campaign', '1', 'sms', ?, 'marketing', 10, 'delivered', 'b', 1, 0, ?, 0, 0)`,
          )
          .run(phone, o.at);
        if (i % o.everyNth !== 0) continue;
        const event = (kind: string, method: string, at: number) =>
          Number(
            trx
              .prepare(
                `INSERT INTO consent_event (address_hmac, channel, purpose, kind, method, occurred_at, recorded_at, prev_hash, hash) VALUES (?, 'sms', ?, ?, ?, ?, ?, '0', ?)`,
              )
              .run(hmac, kind === 'stopped' ? 'all' : 'marketing', kind, method, at, at, `h${++n}`).lastInsertRowid,
          );
        event('signed-up', 'screen', o.at - 100 * DAY);
        const stop = event('stopped', 'reply', o.at + 2 * DAY);
        event('stopped', 'reply', o.at + 3 * DAY); // said again: the same person has left once
        if (o.reason)
          trx
            .prepare("INSERT INTO stop_reason (event_id, reason, via, stop_event_id, said_at) VALUES (?, ?, 'reply', ?, ?)")
            .run(stop, o.reason, stop, o.at);
      }
    });
  }

  it('counts who left once, by month, campaign and reason', () => {
    const ctx = aCtx();
    history(ctx, { first: 0, texts: 100, everyNth: 10, at: NOON - 30 * DAY, reason: 'too-many' });
    history(ctx, { first: 200, texts: 50, everyNth: 10, at: NOON - 40 * DAY });
    const d = whyPeopleLeft(ctx);
    expect(d.recent).toEqual({ left: 15, texts: 150, reasons: { 'too-many': 10, 'not-for-me': 0, other: 0, none: 5 } });
    expect(d.campaigns).toMatchObject([{ name: 'Boots', texts: 150, left: 15 }]);
    expect(d.months).toHaveLength(12);
    expect(d.months.reduce((sum, m) => sum + m.reasons['too-many'] + m.reasons.none, 0)).toBe(15);
    expect(d.offers.map((o) => [o.kind, o.before, o.after])).toEqual([
      ['longer-spacing', 5, 7],
      ['lower-promise', 4, 3],
    ]);
  });

  it('changes the setting in one step, only from what was on screen, and puts it back', async () => {
    const ctx = aCtx();
    expect(() => applyRemedy(ctx, owner, { kind: 'longer-spacing', before: 3 })).toThrow('input.invalid');
    const { id } = applyRemedy(ctx, owner, { kind: 'longer-spacing', before: 5 });
    expect(ctx.settings().courtesy.spacingDays).toBe(7);
    expect(whyPeopleLeft(ctx).done).toMatchObject([
      { id, before: '5', after: '7', mayUndo: true, doneBy: 'Olga', effect: { code: 'nothing-before' } },
    ]);
    undoRemedy(ctx, owner, id);
    expect(ctx.settings().courtesy.spacingDays).toBe(5);
    expect(() => undoRemedy(ctx, owner, id)).toThrow('input.invalid');
    const again = applyRemedy(ctx, owner, { kind: 'longer-spacing', before: 5 }).id;
    applyRemedy(ctx, owner, { kind: 'longer-spacing', before: 7 });
    expect(() => undoRemedy(ctx, owner, again)).toThrow('input.invalid'); // another value stands now
    expect(
      await dispatch(ctx, clerk, 'inbox/remedy', contract['inbox/remedy'].input.parse({ kind: 'lower-promise', before: 4 })),
    ).toMatchObject({
      error: { code: 'session.owner-only' },
    });
  });

  it('says that it helped only when the numbers do, and waits until a text’s week is over', () => {
    const ctx = aCtx({ now: (NOON - 60 * DAY) as UtcMs });
    history(ctx, { first: 0, texts: 600, everyNth: 12, at: NOON - 80 * DAY }); // 8.3 per 100 before
    applyRemedy(ctx, owner, { kind: 'longer-spacing', before: 5 });
    const effect = () => whyPeopleLeft(ctx).done[0]?.effect;
    ctx.clock.set(NOON);
    expect(effect()).toMatchObject({ code: 'waiting', after: { x: 0, n: 0 } });
    history(ctx, { first: 1000, texts: 60, everyNth: 20, at: NOON - 20 * DAY }); // 5 per 100 since, of few
    expect(effect()).toMatchObject({ code: 'too-early', before: { x: 50, n: 600 }, after: { x: 3, n: 60 } });
    expect(effect()?.difference?.low).toBeLessThan(0);
    expect(effect()?.difference?.high).toBeGreaterThan(0);
    expect(effect()?.moreTexts).toBeGreaterThan(100);
    history(ctx, { first: 2000, texts: 900, everyNth: 90, at: NOON - 10 * DAY }); // about 1 per 100
    expect(effect()).toMatchObject({ code: 'fewer', after: { x: 13, n: 960 } });
    const settled = effect()?.after.n;
    history(ctx, { first: 4000, texts: 100, everyNth: 2, at: NOON - 3 * DAY }); // its week is not over
    expect(effect()?.after.n).toBe(settled);
  });
});
