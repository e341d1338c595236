import { audienceFacts } from '@db/queries/campaign-audience';
import { insertCustomer } from '@db/queries/customers';
import { topicState } from '@domain/consent/purposes';
import { type CampaignId, type CustomerId, DAY, HOUR, type PhoneE164, type UtcMs } from '@domain/kernel';
import { consentOf, recordPreferences, recordSignUp, withConsent } from '@services/consent';
import { mayLeave } from '@services/outbox/may-leave';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshAt } from '../support/fresh';
import { aSendingShop, givePermission, stateOf } from '../support/sending-shop';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const TOPICS = ['offers', 'news', 'events'] as const;
const LONG_AGO = (NOON - 60 * DAY) as UtcMs;

function aPerson(
  ctx: TestCtx,
  n: number,
  o: { ticked: readonly string[]; left?: readonly string[] },
): { id: CustomerId; phone: PhoneE164 } {
  const phone = `+1646555${String(1000 + n)}` as PhoneE164;
  const id = ctx.db.tx((trx) => insertCustomer(trx, { firstName: `P${n}`, phone }, NOON));
  withConsent(ctx, (trx) => {
    recordSignUp(ctx, trx, { phone, occurredAt: LONG_AGO, method: 'screen', customerId: id, topics: o.ticked });
    if (o.left?.length) {
      recordPreferences(ctx, trx, { phone, occurredAt: (LONG_AGO + HOUR) as UtcMs, method: 'reply', topics: { add: [], remove: o.left } });
    }
  });
  ctx.db.raw.prepare("UPDATE outbox SET state = 'delivered', left_at = ?").run(LONG_AGO);
  return { id, phone };
}

/** Said a second time: chosen ones only; none chosen = all that were not left. */
const wants = (o: { ticked: readonly string[]; left: readonly string[] }, topic: string): boolean => {
  const chosen = o.ticked.filter((t) => !o.left.includes(t));
  if (o.left.includes(topic)) return false;
  return chosen.length === 0 || chosen.includes(topic);
};

describe('people get what they chose', () => {
  it('the list, the ledger and the sender say the same for every choice', async () => {
    const some = fc.subarray([...TOPICS]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ ticked: some, left: some }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(...TOPICS),
        async (people, topic) => {
          const ctx = aCtx({ settings: { texting: { senderApproved: true } } });
          const made = people.map((p, i) => aPerson(ctx, i, p));
          ctx.db.raw
            .prepare("INSERT INTO campaign (id, name, state, topic, created_at, updated_at) VALUES (7, 'k', 'sending', ?, 0, 0)")
            .run(topic);
          const facts = audienceFacts(
            ctx.db,
            made.map((m) => m.id),
            { since: 0 as UtcMs, now: NOON, campaignId: 7 as CampaignId, topic },
          );
          const fresh = await freshAt(ctx, NOON);
          people.forEach((p, i) => {
            const { id, phone } = made[i] as (typeof made)[number];
            const expected = wants(p, topic);
            expect(facts.find((f) => f.id === id)?.offTopic, JSON.stringify(p)).toBe(!expected);
            expect(topicState(consentOf(ctx.db, ctx.hmacKey, phone, NOON), topic) === 'in').toBe(expected);
            const row = {
              id: 1,
              address: phone,
              customerId: id,
              messageClass: 'marketing',
              expiresAt: null,
              leftAt: null,
              causeKind: 'campaign',
              causeId: '7',
            };
            expect(mayLeave(ctx, row as never, NOON, fresh).kind === 'send').toBe(expected);
          });
          ctx.db.close();
        },
      ),
      { numRuns: 40 },
    );
  });

  it('somebody who leaves a topic while their text waits does not get it', async () => {
    const shop = await aSendingShop();
    const { ctx } = shop;
    const { id, phone } = aPerson(ctx, 1, { ticked: ['offers', 'events'] });
    ctx.db.raw
      .prepare(
        "INSERT INTO campaign (id, name, state, topic, created_at, updated_at, started_at) VALUES (1, 'k', 'sending', 'events', 0, 0, 0)",
      )
      .run();
    const { lastInsertRowid } = ctx.db.raw
      .prepare(
        `INSERT INTO outbox (cause_kind, cause_id, channel, address, customer_id, message_class, priority, body, segments, state, not_before, created_at, updated_at)
         VALUES ('campaign', '1', 'sms', ?, ?, 'marketing', 10, 'Corner Shoes: a party. STOP to end', 1, 'waiting', 0, 0, 0)`,
      )
      .run(phone, id);
    withConsent(ctx, (trx) =>
      recordPreferences(ctx, trx, { phone, occurredAt: NOON, method: 'reply', topics: { add: [], remove: ['events'] } }),
    );
    await shop.run(() => stateOf(ctx, Number(lastInsertRowid) as never).state === 'skipped');
    expect(shop.carrier.sim.messages().filter((v) => v.m.to === phone)).toEqual([]);
    await shop.close();
  });

  it('a number nobody keeps a record of has no topics either', () => {
    const ctx = aCtx();
    expect(topicState(consentOf(ctx.db, ctx.hmacKey, '+16465559999' as PhoneE164, NOON), 'offers')).toBe('never');
  });
});

describe('days some states ban', () => {
  const SUNDAY = Date.UTC(2026, 10, 22, 19) as UtcMs; // 13:00 in Birmingham, Alabama

  it('are closed until the owner typed a reason, and then only for that campaign', async () => {
    const ctx = aCtx({ now: SUNDAY, settings: { texting: { senderApproved: true } } });
    const phone = '+12055550123' as PhoneE164;
    givePermission(ctx, [phone]);
    const campaign = ctx.db.raw.prepare(
      "INSERT INTO campaign (id, name, state, day_reason, created_at, updated_at) VALUES (?, 'k', 'sending', ?, 0, 0)",
    );
    campaign.run(1, '');
    campaign.run(2, 'They all asked for the Sunday market reminder');
    const row = (causeId: string) =>
      ({
        id: 1,
        address: phone,
        customerId: null,
        messageClass: 'marketing',
        expiresAt: null,
        leftAt: null,
        causeKind: 'campaign',
        causeId,
      }) as never;
    const fresh = await freshAt(ctx, SUNDAY);
    expect(mayLeave(ctx, row('1'), SUNDAY, fresh)).toMatchObject({ kind: 'wait', reason: 'quiet-hours' });
    expect(mayLeave(ctx, row('2'), SUNDAY, fresh)).toMatchObject({ kind: 'send' });
  });
});
