import { DAY, MINUTE } from '@domain/kernel';
import { drawNow, drawRecord, getDraw } from '@services/draws/draws';
import { expect, it } from 'vitest';
import { anOpenDraw } from '../support/draws';
import { refusal } from '../support/refusal';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: Ana texted WIN two minutes before midnight. The carrier's list, which shows new messages late, was read right after midnight
 * without hers; "all replies are read", so the draw was held at once, and a minute later her answer was there.
 */
it('a draw waits until the carrier’s list has had time to show what was written before its end', () => {
  const ctx = aCtx({ settings: { texting: { mode: 'practice' } } });
  const id = anOpenDraw(ctx, { winners: 2, alternates: 0 });
  const ends = NOON + 3 * DAY + 13 * 60 * MINUTE; // midnight in New York
  const reply = (from: string, at: number) =>
    ctx.db
      .prepare(
        "INSERT INTO inbound (sid, from_address, to_address, body, received_at, fetched_at, meaning) VALUES ('SM' || ?, ?, '+12125559999', 'Win', ?, ?, 'message')",
      )
      .run(from, from, at, at);
  const read = () =>
    ctx.db
      .prepare(
        "INSERT INTO poll_state (name, last_success_at) VALUES ('inbound', ?) ON CONFLICT (name) DO UPDATE SET last_success_at = excluded.last_success_at",
      )
      .run(ctx.clock.now());
  reply('+12125550101', NOON + DAY);
  ctx.clock.advance(ends - NOON + MINUTE);
  read();
  expect(getDraw(ctx, id)).toMatchObject({ phase: 'over', repliesRead: false });
  expect(refusal(() => drawNow(ctx, owner, id))).toBe('draw.replies-unread');
  reply('+12125550102', ends - 2 * MINUTE); // shown late
  ctx.clock.advance(10 * MINUTE);
  read();
  expect(getDraw(ctx, id).repliesRead).toBe(true);
  drawNow(ctx, owner, id);
  expect(drawRecord(ctx, id).picks).toHaveLength(2);
});
