import type { PhoneE164, SegmentId } from '@domain/kernel';
import { recordStop, withConsent } from '@services/consent/index';
import { exportReach, labelsOf, reviewReach } from '@services/outreach/outreach';
import { listGroups } from '@services/segments/segments';
import { expect, it } from 'vitest';
import { aCtx, NOON, owner } from '../support/test-ctx';

/*
 * Story: the list for the cards was made on Monday. On Tuesday Ana texted STOP. On Wednesday the printer had paper again, the labels of
 * Monday's list were opened once more and printed, and Ana had a card in her box two days after she had asked for silence.
 */
it('labels that are printed later leave out who said stop, or may have, since the list was made', async () => {
  const ctx = aCtx();
  const phones = [1, 2, 3].map((n) => `+1646555000${n}` as PhoneE164);
  for (const [i, phone] of phones.entries())
    ctx.db
      .prepare(
        `INSERT INTO customer (id, first_name, last_name, phone, phone_kind, street, city, region, postal_code, created_at, updated_at)
         VALUES (?, 'Ana', ?, ?, 'mobile', ?, 'New York', 'NY', '10001', 0, 0)`,
      )
      .run(i + 1, `Ruiz ${i}`, phone, `${i} Main St`);
  const order = {
    channel: 'post' as const,
    source: { segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId },
  };
  const { id } = await exportReach(ctx, owner, { ...order, token: (await reviewReach(ctx, order)).token });
  const labels = () => labelsOf(ctx, id, { offset: 0, limit: 10 });
  expect(labels()).toMatchObject({ total: 3, rows: [{ id: 1 }, { id: 2 }, { id: 3 }] });
  withConsent(ctx, (trx) =>
    recordStop(ctx, trx, { phone: phones[0] as PhoneE164, method: 'counter', reason: 'said', carrierStop: false, occurredAt: NOON }),
  );
  expect(labels()).toMatchObject({ total: 2, rows: [{ id: 2 }, { id: 3 }] });
  ctx.db.prepare("UPDATE consent_state SET state = 'hold' WHERE state = 'out'").run();
  expect(labels().total).toBe(2);
});
