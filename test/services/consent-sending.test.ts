import { enqueue } from '@db/queries/outbox';
import { saveSettings } from '@db/queries/settings';
import { type CampaignId, DAY, MINUTE, type OutboxId, type PhoneE164 } from '@domain/kernel';
import { recordDoubleOptInAsked, recordSignUp, recordStop, releaseHold, sweepConsent, withConsent } from '@services/consent/index';
import { syncReplies } from '@services/inbox';
import { wakeSender } from '@services/outbox/sender-state';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SENDER } from '../support/carrier';
import { aMarketingDraft, aNewYorker, aSendingShop, type SendingShop } from '../support/sending-shop';

/*
 * Whatever happens in whatever order, no text reaches the carrier that the customer's own words forbid. The simulated carrier over real
 * HTTP says what left; what was allowed is kept here, from what people did and the rules as written.
 */
const PEOPLE = [aNewYorker(1), aNewYorker(2)];
const ACTS = [
  'signs up',
  'JOIN',
  'STOP',
  'take me off your list',
  'enough already',
  'START',
  'Y',
  'HELP',
  'hello',
  'asked',
  'told to stop',
  'released',
  'offer',
  'order',
  'approval',
  'no approval',
  'carrier fails',
  'minutes',
  'a day',
  'a week',
] as const;
type Step = { act: (typeof ACTS)[number]; who: number };
const who = fc.integer({ min: 0, max: 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ act: fc.constantFrom(...ACTS), who }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant('offer' as const), who }) },
);
/** Half of the stories begin with somebody who may be texted. */
const story: fc.Arbitrary<Step[]> = fc
  .tuple(fc.boolean(), fc.array(step, { minLength: 6, maxLength: 22 }))
  .map(([known, steps]) => (known ? [{ act: 'signs up' as const, who: 0 }, { act: 'a day' as const, who: 0 }, ...steps] : steps));

/** One person, as the rules see them. */
interface Known {
  /** Offers are theirs: signed up or answered Y, and has not said otherwise since. */
  yes: boolean;
  /** Had a yes once: START brings that back, and nothing else. */
  had: boolean;
  asked: boolean;
  held: boolean;
  out: boolean;
  /** The network itself blocks them until START. */
  blocked: boolean;
  offers: number[];
  questions: number[];
  confirmedAt: number | null;
  stopSaidAt: number;
}

class World {
  readonly known = new Map<PhoneE164, Known>(
    PEOPLE.map((p) => [
      p,
      {
        yes: false,
        had: false,
        asked: false,
        held: false,
        out: false,
        blocked: false,
        offers: [],
        questions: [],
        confirmedAt: null,
        stopSaidAt: 0,
      },
    ]),
  );
  approved = true;
  private unread: { p: PhoneE164; body: string; sid: string | null }[] = [];
  private seen = 0;
  private orders = 0;
  private campaigns = 0;
  constructor(readonly s: SendingShop) {}

  private k = (p: PhoneE164): Known => this.known.get(p) as Known;

  async do(act: (typeof ACTS)[number], p: PhoneE164): Promise<void> {
    const { ctx, carrier } = this.s;
    const k = this.k(p);
    const who = { phone: p, occurredAt: ctx.clock.now() };
    switch (act) {
      case 'signs up': {
        const { outcome } = withConsent(ctx, (trx) => recordSignUp(ctx, trx, { ...who, method: 'screen' }));
        if (outcome === 'in') Object.assign(k, { yes: true, had: true, held: false, out: false, asked: false });
        else k.had = true;
        break;
      }
      case 'asked':
        try {
          if (withConsent(ctx, (trx) => recordDoubleOptInAsked(ctx, trx, who)).outcome === 'asked') k.asked = true;
        } catch {
          // refused: they said stop
        }
        break;
      case 'told to stop':
        withConsent(ctx, (trx) => recordStop(ctx, trx, { ...who, method: 'counter', reason: '', carrierStop: false }));
        Object.assign(k, { yes: false, out: true, held: false, asked: false });
        break;
      case 'released':
        withConsent(ctx, (trx) => releaseHold(ctx, trx, { ...who, staffId: null, reason: 'read' }));
        k.held = false;
        break;
      case 'offer': {
        const id = ++this.campaigns as CampaignId;
        ctx.db.raw
          .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (?, 'B', 'sending', 0, 0, 0)")
          .run(id);
        ctx.db.tx(
          (trx) =>
            enqueue(trx, {
              ...aMarketingDraft(p, ctx.clock.now()),
              cause: { kind: 'campaign', id: String(id) },
              body: 'Corner Shoes: boots are in.',
            }) as OutboxId,
        );
        break;
      }
      case 'order':
        ctx.db.tx(
          (trx) =>
            enqueue(trx, {
              ...aMarketingDraft(p, ctx.clock.now()),
              cause: { kind: 'service', id: `order:A${++this.orders}/ready` },
              messageClass: 'service',
              body: 'Corner Shoes: order ready.',
            }) as OutboxId,
        );
        break;
      case 'approval':
      case 'no approval':
        this.approved = act === 'approval';
        saveSettings(ctx.db, 'texting', { ...ctx.settings().texting, senderApproved: this.approved }, ctx.clock.now());
        break;
      case 'carrier fails':
        carrier.faults.add({ method: 'GET', path: 'Messages', effect: { kind: 'status', status: 503 }, times: 6 });
        break;
      case 'minutes':
        this.s.advance(7 * MINUTE);
        break;
      case 'a day':
        this.s.advance(DAY + MINUTE);
        break;
      case 'a week':
        this.s.advance(8 * DAY);
        sweepConsent(ctx, true);
        break;
      default: {
        const sid = carrier.sim.inbound({ from: p, to: SENDER, body: act });
        if (/STOP|take me/.test(act)) k.stopSaidAt = ctx.clock.now();
        this.unread.push({ p, body: act, sid });
      }
    }
  }

  /** A turn of the sender; afterwards everything that left is held against what people said, as far as it could be read. */
  async send(): Promise<void> {
    await syncReplies(this.s.ctx).catch(() => undefined); // a carrier that fails is asked again by the sender itself
    wakeSender(this.s.ctx);
    await this.s.drain();
    await this.s.drain();
    const read = (sid: string | null) => this.s.ctx.db.prepare('SELECT 1 FROM inbound WHERE sid = ?').get(sid) !== undefined;
    for (const u of this.unread.filter((x) => read(x.sid))) this.heard(this.k(u.p), u.body);
    this.unread = this.unread.filter((x) => !read(x.sid));
    const all = this.s.carrier.sim.messages().filter((v) => v.m.direction !== 'inbound');
    for (const v of all.slice(this.seen)) this.left(v.m.to as PhoneE164, v.m.body);
    this.seen = all.length;
  }

  private heard(k: Known, body: string): void {
    if (body === 'STOP') Object.assign(k, { yes: false, out: true, blocked: true, held: false, asked: false });
    else if (body.startsWith('take me off')) Object.assign(k, { yes: false, out: true, held: false, asked: false });
    else if (body === 'enough already') k.held = !k.out;
    else if (body === 'START') Object.assign(k, { yes: k.had, out: false, blocked: false, held: false });
    else if (body === 'JOIN' && !k.blocked) Object.assign(k, { yes: true, had: true, out: false, held: false, asked: false });
    else if (body === 'JOIN') k.had = true;
    else if (body === 'Y' && k.asked && !k.out) Object.assign(k, { yes: true, had: true, asked: false, held: false });
  }

  private left(p: PhoneE164, body: string): void {
    const k = this.k(p);
    const now = this.s.ctx.clock.now();
    const hour = Number(new Intl.DateTimeFormat('en-US', { timeZone: 'America/New_York', hour: 'numeric', hourCycle: 'h23' }).format(now));
    const what = `${body} to ${p}`;
    expect(this.approved, what).toBe(true);
    expect(k.blocked, what).toBe(false);
    if (/boots/.test(body)) {
      expect({ yes: k.yes, held: k.held, out: k.out }, what).toEqual({ yes: true, held: false, out: false });
      expect(hour, what).toBeGreaterThanOrEqual(10);
      expect(hour, what).toBeLessThan(19);
      expect(now - (k.offers.at(-1) ?? 0), what).toBeGreaterThanOrEqual(5 * DAY);
      expect(k.confirmedAt === null ? 0 : now - k.confirmedAt, what).toBeGreaterThanOrEqual(DAY);
      k.offers.push(now);
    } else if (/order ready/.test(body)) {
      expect.fail(`nobody gave a permission for an order: ${what}`);
    } else if (/Reply Y/.test(body)) {
      expect(k.asked && !k.out && !k.held, what).toBe(true);
      expect(now - (k.questions.at(-1) ?? 0), what).toBeGreaterThanOrEqual(90 * DAY);
      k.questions.push(now);
    } else if (/signed up/.test(body)) {
      expect({ yes: k.yes, held: k.held }, what).toEqual({ yes: true, held: false });
      k.confirmedAt = now;
    } else if (/won't get any more/.test(body)) {
      // read late, a stop still wins over what was signed meanwhile, and is answered
      expect(k.out || now - k.stopSaidAt <= 5 * MINUTE, what).toBe(true);
    }
  }
}

describe('what reaches the carrier', () => {
  it('is never what the ledger forbids, whatever happens in whatever order', async () => {
    const runs = process.env['SOAK'] === 'consent' ? Number(process.env['SOAK_RUNS'] ?? 500) : 25;
    let offers = 0;
    const result = await fc.check(
      fc.asyncProperty(story, async (steps) => {
        const s = await aSendingShop({});
        try {
          const world = new World(s);
          for (const { act, who } of steps) {
            await world.do(act, PEOPLE[who] as PhoneE164);
            await world.send();
          }
          for (const k of world.known.values()) offers += k.offers.length;
        } finally {
          await s.close();
        }
      }),
      { numRuns: runs, seed: Number(process.env['SOAK_SEED'] ?? 20261118), endOnFailure: false },
    );
    if (result.failed) {
      const steps = result.counterexample?.[0] ?? [];
      throw new Error(
        `seed ${result.seed} path ${result.counterexamplePath}\n${steps.map((x) => `  ${x.who}: ${x.act}`).join('\n')}\n${String(result.errorInstance)}`,
      );
    }
    expect(offers).toBeGreaterThan(3);
  }, 7_200_000);
});
