import { FixedClock } from '@adapters/clock/fixed-clock';
import type { Fault } from '@adapters/practice-carrier/faults';
import { SimClock } from '@adapters/practice-carrier/sim-clock';
import { Db } from '@db/open';
import { HOUR } from '@domain/kernel';
import type { SmsGateway } from '@ports/sms-gateway';
import { recoverSending } from '@services/outbox/reconcile';
import { senderTurn } from '@services/outbox/sender';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { aCarrier, SENDER, type TestCarrier } from '../support/carrier';
import { aSendingCampaign } from '../support/sending-shop';
import { aCtx, NOON, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

/** `SOAK=outbox-crash SOAK_RUNS=2000` for the full count. */
const RUNS = process.env['SOAK'] === 'outbox-crash' ? Number(process.env['SOAK_RUNS'] ?? 2000) : 25;

/** One life of the process: every call of the carrier is a place to die, before it and after it. */
interface Life {
  points: number;
  dieAt: number;
  died: Promise<'died'>;
}

const never = <T>(): Promise<T> => new Promise<T>(() => {});

/** A carrier as seen by a process that stops for good at its nth await: what was under way then is never heard of again. */
function mortal(gateway: SmsGateway, dieAt: number): { life: Life; gateway: SmsGateway } {
  let dead = false;
  let die: (word: 'died') => void = () => {};
  const life: Life = {
    points: 0,
    dieAt,
    died: new Promise((resolve) => {
      die = resolve;
    }),
  };
  const pass = () => {
    if (dead) return false;
    life.points++;
    if (life.points !== dieAt) return true;
    dead = true;
    die('died');
    return false;
  };
  const call =
    <A extends unknown[], R>(fn: (...a: A) => Promise<R>) =>
    async (...a: A): Promise<R> => {
      if (!pass()) return never<R>();
      try {
        const r = await fn(...a);
        return pass() ? r : await never<R>();
      } catch (error) {
        if (!pass()) return never<R>();
        throw error;
      }
    };
  return {
    life,
    gateway: {
      ...gateway,
      send: call((r) => gateway.send(r)),
      list: call((f) => gateway.list(f)),
      nextPage: call((n) => gateway.nextPage(n)),
      fetch: call((s) => gateway.fetch(s)),
    },
  };
}

const finishedDb = (db: Db) =>
  (
    db
      .prepare(
        `SELECT (SELECT count(*) FROM campaign WHERE state = 'sending')
           + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') OR (state = 'uncertain' AND reconcile_at IS NOT NULL)) AS n`,
      )
      .get() as { n: number }
  ).n === 0;

let carrier: TestCarrier | undefined;
afterEach(async () => {
  await carrier?.close();
  carrier = undefined;
});

/** Sends a campaign through as many deaths as `deaths` says, each at its nth await. Returns how often it died. */
async function sendThrough(o: { people: number; deaths: readonly number[]; faults: readonly Fault[]; seed: number }) {
  const clock = new FixedClock(NOON);
  const c = await aCarrier({
    seed: o.seed,
    clock: new SimClock({ now: NOON, rate: 1 }, () => clock.now()),
    timeouts: { postMs: 100, getMs: 1000 },
  });
  carrier = c;
  for (const f of o.faults) c.faults.add(f);
  const { raw } = createDb();
  const settings = {
    texting: {
      mode: 'twilio' as const,
      accountSid: c.gateway.accountSid,
      sender: { kind: 'number' as const, number: SENDER },
      numbers: [SENDER],
      segmentsPerSecond: 1000,
      senderApproved: true,
    },
  };
  let first = true;
  let died = 0;
  let points = 0;
  for (const dieAt of [...o.deaths, 0]) {
    const { life, gateway } = mortal(c.gateway, dieAt);
    const ctx: TestCtx = aCtx({ db: new Db(raw), now: clock.now(), gateway, settings });
    if (first) aSendingCampaign(ctx, { people: o.people });
    first = false;
    recoverSending(ctx);
    const end = clock.now() + 6 * HOUR;
    while (!finishedDb(ctx.db) && clock.now() < end) {
      const again = await Promise.race([senderTurn(ctx), life.died]);
      if (again === 'died') break;
      const ms = Math.max(50, again - clock.now());
      clock.advance(ms);
      ctx.clock.advance(ms);
    }
    points = life.points;
    if (dieAt === 0 || life.points < dieAt) {
      expect(finishedDb(ctx.db), 'everything is settled').toBe(true);
      break;
    }
    died++;
    clock.advance(1000); // the computer comes up again
  }
  judge(new Db(raw), c, o.people);
  const answer = { died, points };
  await c.close();
  carrier = undefined;
  return answer;
}

function judge(db: Db, c: TestCarrier, people: number): void {
  const rows = db.prepare('SELECT address, state, reason, sid FROM outbox').all() as {
    address: string;
    state: string;
    reason: string | null;
    sid: string | null;
  }[];
  expect(rows).toHaveLength(people);
  const tallies = c.sim.assertions();
  for (const r of rows) {
    const created = tallies[r.address]?.created ?? 0;
    const what = `${r.state} ${r.reason} ${r.sid}`;
    expect(created, what).toBeLessThanOrEqual(1);
    if (r.sid) {
      expect(created, what).toBe(1);
      expect(c.sim.fetch(r.sid)?.m.to, what).toBe(r.address);
    } else if (created === 0) {
      if (r.state !== 'rejected') expect([r.state, r.reason], what).toEqual(['uncertain', 'not-confirmed']);
    } else expect([r.state, r.reason], what).toEqual(['uncertain', 'not-confirmed']);
  }
}

describe('the sender dies in the middle', () => {
  it('at every single await of a small campaign: one text each, all adopted', async () => {
    let dieAt = 1;
    for (; dieAt < 200; dieAt++) {
      const { died } = await sendThrough({ people: 8, deaths: [dieAt], faults: [], seed: 7 });
      if (died === 0) break;
    }
    expect(dieAt).toBeGreaterThan(10); // it did have that many places to die
    expect(dieAt).toBeLessThan(200);
  }, 60_000);

  const share = fc.constantFrom(0, 0, 0.1, 0.3);
  const fault = (effect: Fault['effect'], when: 'before' | 'after') =>
    share.map((probability): Fault => ({ method: 'POST', path: 'Messages.json', when, probability, effect }));
  const badLine = fc.tuple(
    fault({ kind: 'reset' }, 'before'),
    fault({ kind: 'reset' }, 'after'),
    fault({ kind: 'status', status: 500 }, 'after'),
    fault({ kind: 'status', status: 503 }, 'before'),
    fault({ kind: 'status', status: 429, retryAfter: '3' }, 'before'),
    fault({ kind: 'truncated' }, 'after'),
    fault({ kind: 'cut' }, 'after'),
    fault({ kind: 'empty' }, 'after'),
    fault({ kind: 'html', status: 502 }, 'before'),
    share.map((probability): Fault => ({ method: 'GET', path: 'Messages.json', when: 'before', probability, effect: { kind: 'reset' } })),
  );

  it('again and again, on a bad line: never two texts, nobody forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          people: fc.integer({ min: 1, max: 40 }),
          deaths: fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 6 }),
          faults: badLine.map((list) => list.filter((f) => f.probability !== 0)),
          seed: fc.nat(1_000_000),
        }),
        async (o) => {
          await sendThrough(o);
        },
      ),
      { numRuns: RUNS, seed: Number(process.env['SOAK_SEED'] ?? 20_261_117), endOnFailure: true },
    );
  }, 7_200_000);
});
