import { readReply } from '@domain/consent/reply';
import { stateOf } from '@domain/consent/status';
import { HOUR, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import { consentOf, currentWording, recordDoubleOptInAsked, recordSignUp, withConsent } from '@services/consent';
import { syncReplies, takeInbound } from '@services/inbox';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aNewYorker, aSendingShop } from '../support/sending-shop';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';

const SAID = [
  'STOP',
  'please stop texting me',
  'enough already',
  'START',
  'JOIN',
  'BAGCLUB',
  'less',
  'PREFS',
  'Preferencias',
  '1',
  '2',
  '3',
  'ana@example.com',
  'help me',
  'ayuda',
  'Do you have size 9?',
  'Liked “Sale. Reply STOP to end”',
  'Y',
  'no thanks',
  '👍',
];
const PEOPLE = [aNewYorker(701), aNewYorker(702), aNewYorker(703)];
type Said = { who: number; body: string; second: number };
const conversation = fc.array(
  fc.record({ who: fc.nat({ max: PEOPLE.length - 1 }), body: fc.constantFrom(...SAID), second: fc.nat({ max: 240 }) }),
  { minLength: 1, maxLength: 12 },
);

const settings = { replies: { afterHours: { on: true, en: '', es: '' } } };
/** One in, one asked, one nobody knows. */
function prepare(ctx: TestCtx): void {
  withConsent(ctx, (trx) => {
    recordSignUp(ctx, trx, {
      phone: PEOPLE[0] as PhoneE164,
      method: 'screen',
      occurredAt: (NOON - 48 * HOUR) as UtcMs,
      wordingHash: currentWording(ctx, 'sign-up', 'en').hash,
    });
    recordDoubleOptInAsked(ctx, trx, { phone: PEOPLE[1] as PhoneE164, occurredAt: NOON });
  });
}
/** Everything that must not depend on how the carrier lists: the ledger, what we answer, what we noted. */
function whole(ctx: TestCtx): unknown {
  const all = (sql: string) => ctx.db.raw.prepare(sql).all();
  return {
    ledger: all('SELECT id, purpose, kind, method, promise_max, topics, reason, device, occurred_at FROM consent_event ORDER BY id'),
    states: all('SELECT * FROM consent_state ORDER BY address_hmac, channel, purpose'),
    texts: all('SELECT cause_kind, cause_id, address, state, body FROM outbox ORDER BY id'),
    answers: all('SELECT * FROM auto_answer ORDER BY inbound_sid'),
    menus: all('SELECT * FROM reply_menu ORDER BY phone'),
    inbox: all('SELECT sid, meaning, rule, resolution, read_at FROM inbound ORDER BY sid'),
    reasons: all('SELECT * FROM stop_reason ORDER BY event_id'),
  };
}
const messages = (said: readonly Said[]): CarrierMessage[] =>
  said.map((s, i) => ({
    sid: `SM${String(i).padStart(32, '0')}`,
    direction: 'inbound',
    from: PEOPLE[s.who] as PhoneE164,
    to: SENDER,
    messagingServiceSid: null,
    body: s.body,
    status: 'received',
    errorCode: null,
    segments: 1,
    price: null,
    priceCurrency: null,
    createdAt: (NOON + s.second * 1000) as UtcMs,
    sentAt: (NOON + s.second * 1000) as UtcMs,
    updatedAt: NOON,
  }));
const aShop = () => {
  const ctx = aCtx({ settings });
  prepare(ctx);
  ctx.clock.set((NOON + 5 * MINUTE) as UtcMs);
  return ctx;
};

describe('replies in any order', () => {
  it('come to the same ledger and the same answers, each once, however often and in whatever order they are listed', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, fc.infiniteStream(fc.nat()), async (said, dice) => {
        const list = messages(said);
        const [plain, shuffled] = [aShop(), aShop()];
        await takeInbound(plain, list);
        const again = [...list, ...list.filter((_, i) => i % 2 === 0)];
        for (let i = again.length - 1; i > 0; i--) {
          const j = (dice.next().value as number) % (i + 1);
          [again[i], again[j]] = [again[j] as CarrierMessage, again[i] as CarrierMessage];
        }
        await takeInbound(shuffled, again);
        await takeInbound(shuffled, [...list].reverse());
        expect(whole(shuffled)).toEqual(whole(plain));
        // never two automatic answers to one message
        const texts = plain.db.raw
          .prepare(
            "SELECT count(*) AS n FROM outbox WHERE cause_kind IN ('reply', 'help', 'stop-confirmation') GROUP BY replace(cause_id, rtrim(cause_id, replace(cause_id, ':', '')), '')",
          )
          .all() as { n: number }[];
        expect(texts.every((t) => t.n === 1)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('stops whoever said stop last, whatever else arrived in the same second', async () => {
    const stops = SAID.filter((s) => readReply(s).meaning === 'opt-out');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...stops),
        fc.constantFrom('START', 'JOIN', 'BAGCLUB', 'Y', 'PREFS', '1'),
        fc.boolean(),
        async (stop, other, first) => {
          const ctx = aShop();
          const both = [
            { who: 0, body: stop, second: 10 },
            { who: 0, body: other, second: 10 },
          ];
          await takeInbound(ctx, messages(first ? both : both.reverse()));
          const states = consentOf(ctx.db, ctx.hmacKey, PEOPLE[0] as PhoneE164, ctx.clock.now());
          expect(stateOf(states, 'marketing')).toBe('out');
        },
      ),
      { numRuns: 40 },
    );
  });

  it('over the carrier: looked at once or after every message, with pages that repeat, it is the same', async () => {
    await fc.assert(
      fc.asyncProperty(conversation, async (said) => {
        const run = async (everyTime: boolean) => {
          const shop = await aSendingShop({ settings });
          try {
            prepare(shop.ctx);
            const inOrder = said.map((s, i) => ({ ...s, i })).sort((a, b) => a.second - b.second || a.i - b.i);
            let at = 0;
            for (const s of inOrder) {
              // a second each: the carrier's clock knows no less
              shop.advance(Math.max(0, s.second - at) * 1000 + 1000);
              at = Math.max(at, s.second);
              shop.carrier.sim.inbound({ from: PEOPLE[s.who] as PhoneE164, to: SENDER, body: s.body });
              if (everyTime) {
                await syncReplies(shop.ctx);
                await syncReplies(shop.ctx);
              }
            }
            await syncReplies(shop.ctx);
            const db = shop.ctx.db.raw;
            return {
              ledger: db
                .prepare('SELECT purpose, kind, method, promise_max, topics, device, occurred_at FROM consent_event ORDER BY id')
                .all(),
              inbox: db.prepare('SELECT from_address, body, meaning, rule FROM inbound ORDER BY received_at, body').all(),
              answers: db.prepare('SELECT phone, kind FROM auto_answer ORDER BY phone, kind').all(),
            };
          } finally {
            await shop.close();
          }
        };
        expect(await run(true)).toEqual(await run(false));
      }),
      { numRuns: 8 },
    );
  }, 60_000);
});
