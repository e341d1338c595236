import { cancelWaiting, enqueue, outboxById } from '@db/queries/outbox';
import type { OutboxId, UtcMs } from '@domain/kernel';
import { takeReports } from '@services/outbox/poll';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMarketingDraft, aNewYorker, PRICE } from '../support/sending-shop';
import { aCtx, NOON } from '../support/test-ctx';

describe('reports of the carrier', () => {
  it('in any order, repeated and stale, end in the furthest state with the price', () => {
    const statuses = fc.constantFrom('queued', 'sending', 'sent', 'delivered') as fc.Arbitrary<'queued' | 'sending' | 'sent' | 'delivered'>;
    const rank = { queued: 2, sending: 2, sent: 3, delivered: 4 };
    fc.assert(
      fc.property(fc.array(fc.record({ status: statuses, priced: fc.boolean() }), { minLength: 1, maxLength: 12 }), (reports) => {
        const ctx = aCtx();
        const id = ctx.db.tx((trx) => enqueue(trx, aMarketingDraft(aNewYorker(1)))) as OutboxId;
        ctx.db.prepare("UPDATE outbox SET state = 'accepted', sid = 'SM1', left_at = ? WHERE id = ?").run(NOON, id);
        for (const [i, r] of reports.entries()) {
          takeReports(ctx, [
            {
              sid: 'SM1',
              direction: 'outbound',
              from: '+1',
              to: aNewYorker(1),
              messagingServiceSid: null,
              body: 'x',
              status: r.status,
              errorCode: null,
              segments: 1,
              price: r.priced ? PRICE : null,
              priceCurrency: r.priced ? 'USD' : null,
              createdAt: NOON,
              sentAt: NOON,
              updatedAt: (NOON + i) as UtcMs,
            },
          ]);
        }
        const row = outboxById(ctx.db, id);
        const best = Math.max(...reports.map((r) => rank[r.status]));
        expect(row?.state).toBe(best === 4 ? 'delivered' : best === 3 ? 'sent' : 'queued');
        expect(row?.price).toBe(reports.some((r) => r.priced) ? PRICE : null);
        ctx.db.close();
      }),
      { numRuns: 60 },
    );
  });
});

describe('the queue', () => {
  it('takes one text per cause and number, and a stop takes back what has not left', () => {
    const ctx = aCtx();
    const phone = aNewYorker(3);
    const ids = ctx.db.tx((trx) => [
      enqueue(trx, aMarketingDraft(phone)),
      enqueue(trx, aMarketingDraft(phone)),
      enqueue(trx, { ...aMarketingDraft(phone), cause: { kind: 'campaign', id: '2' }, staged: true }),
      enqueue(trx, { ...aMarketingDraft(phone), cause: { kind: 'campaign', id: '3' } }),
    ]);
    expect(ids[1]).toBeNull();
    ctx.db.prepare("UPDATE outbox SET state = 'sending' WHERE id = ?").run(ids[3]);
    expect(ctx.db.tx((trx) => cancelWaiting(trx, phone, 'opted-out', NOON))).toBe(2);
    expect(outboxById(ctx.db, ids[3] as OutboxId)?.state).toBe('sending');
  });
});
