import { MINUTE } from '@domain/kernel';
import { runLadders } from '@services/campaigns/ladder-run';
import fc from 'fast-check';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { tellTally } from '../support/kill-tally';
import { aLadderShop, aStep, begin, type LadderShop, percentOff, wrote } from '../support/ladder-shop';

type Act = { day: number; who: number; do: 'redeem' | 'come' | 'write' | 'stop' };
const PEOPLE = 6;
const DAYS = 15;

/** `npm run soak -- ladders` for the full count; SOAK_SEED repeats a run. */
const soak = process.env['SOAK'] === 'ladders';
const RUNS = soak ? Number(process.env['SOAK_RUNS'] ?? 200) : 2;
vi.setConfig({ testTimeout: soak ? 7_200_000 : 120_000 });
const given = process.env['SOAK_SEED'];
const SEED = given !== undefined || soak ? { seed: Number(given ?? Math.floor(Math.random() * 2 ** 31)) } : {};
/** What came to pass, so that a run in which nothing died is seen for what it is. */
const seen = { paths: 0, deaths: 0, texts: 0, moves: 0, stops: 0 };

/** The process dies while follow-ups are being written: after so many statements, the transaction under way is gone. */
async function diesAfter(s: LadderShop, statements: number): Promise<void> {
  const { raw } = s.ctx.db;
  const prepare = s.ctx.db.prepare.bind(s.ctx.db);
  let left = statements;
  Object.assign(s.ctx.db, {
    prepare(sql: string) {
      const statement = prepare(sql);
      if (!/^\s*(INSERT|UPDATE|DELETE)/i.test(sql)) return statement;
      if (--left < 0) throw new Error('power cut');
      return statement;
    },
  });
  await runLadders(s.ctx).catch((e: unknown) => {
    if (!(e instanceof Error) || e.message !== 'power cut') throw e;
    seen.deaths++;
  });
  Object.assign(s.ctx.db, { prepare });
  expect(raw.inTransaction).toBe(false);
}

afterAll(() => {
  if (!soak) return;
  const { paths, deaths, texts, moves, stops } = seen;
  tellTally([
    `SOAK_SEED=${SEED.seed}: ${deaths} deaths in ${paths} paths of ${DAYS} days; ${texts} texts, ${moves} moves, ${stops} people stopped`,
  ]);
});

describe('whatever people do, whenever the power fails', () => {
  it('nobody gets a step twice or two steps of one kind, whoever stopped gets nothing, every move has its text', async () => {
    const act = fc.record({
      day: fc.integer({ min: 2, max: DAYS - 1 }),
      who: fc.integer({ min: 0, max: PEOPLE - 1 }),
      do: fc.constantFrom<Act['do']>('redeem', 'come', 'write', 'stop'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(act, { maxLength: 12 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 3, maxLength: 8 }),
        async (acts, cuts) => {
          const s = await aLadderShop({
            people: PEOPLE,
            settleMs: MINUTE,
            steps: (ctx) => [
              aStep({
                key: 'fifteen',
                reaction: 'nothing',
                afterDays: 6,
                offerId: percentOff(ctx, 15),
                body: '{shop}: {code}. Reply SUIT.',
              }),
              aStep({ key: 'twenty', parent: 'fifteen', reaction: 'nothing', afterDays: 6, body: '{shop}: best one. Reply SUIT.' }),
              aStep({ key: 'thanks', reaction: 'redeemed', afterDays: 5, body: '{shop}: thanks. Reply CALL.' }),
              aStep({
                key: 'late-thanks',
                parent: 'fifteen',
                reaction: 'redeemed',
                afterDays: 5,
                body: '{shop}: thanks, late. Reply CALL.',
              }),
              aStep({ key: 'came', reaction: 'came', afterDays: 5, body: '{shop}: next time. Reply SUIT.' }),
            ],
          });
          try {
            await begin(s, () => diesAfter(s, cuts[0] as number));
            const stoppedOn = new Map<number, number>();
            const redeemed = new Set<number>();
            for (let day = 2; day <= DAYS; day++) {
              for (const a of acts.filter((x) => x.day === day)) {
                if (a.do === 'come') s.sold(a.who, 'Shirt', (s.ctx.clock.now() - MINUTE) as never);
                else if (a.do === 'write') wrote(s, a.who, 'which colours?');
                else if (a.do === 'stop') {
                  wrote(s, a.who, 'STOP');
                  if (!stoppedOn.has(a.who)) stoppedOn.set(a.who, day);
                } else if (!redeemed.has(a.who)) {
                  redeemed.add(a.who);
                  s.redeem(a.who, s.root);
                }
              }
              // steps are due at eleven: that is when there is something to write
              s.wake(day, 11, 1);
              await diesAfter(s, cuts[day % cuts.length] as number);
              await diesAfter(s, cuts[(day + 1) % cuts.length] as number);
              await s.to(day, 11, 2);
            }
            for (let who = 0; who < PEOPLE; who++) {
              const story = s.story(who);
              expect(new Set(story).size, `${who}: ${story}`).toBe(story.length);
              expect(story[0]).toBe('root');
              // one branch of the first text, one of the second
              expect(story.filter((t) => ['fifteen', 'thanks', 'came'].includes(t)).length).toBeLessThanOrEqual(1);
              expect(story.filter((t) => ['twenty', 'late-thanks'].includes(t)).length).toBeLessThanOrEqual(1);
              if (!story.includes('fifteen')) expect(story).not.toContain('twenty');
            }
            const { db } = s.ctx;
            // a move to a step and the text of it exist together, or not at all
            const lonely = db
              .prepare(
                `SELECT count(*) FROM ladder_move m WHERE m.outcome = 'text' AND NOT EXISTS (
                 SELECT 1 FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = CAST(m.to_id AS TEXT) AND o.customer_id = m.customer_id)`,
              )
              .pluck()
              .get();
            const unexplained = db
              .prepare(
                `SELECT count(*) FROM ladder_step t JOIN outbox o ON o.cause_kind = 'campaign' AND o.cause_id = CAST(t.campaign_id AS TEXT)
               WHERE NOT EXISTS (SELECT 1 FROM ladder_move m WHERE m.to_id = t.campaign_id AND m.customer_id = o.customer_id AND m.outcome = 'text')`,
              )
              .pluck()
              .get();
            expect([lonely, unexplained]).toEqual([0, 0]);
            // five days lie between any two texts to one number
            const gaps = db
              .prepare(
                'SELECT min(b.left_at - a.left_at) FROM outbox a JOIN outbox b ON b.address = a.address AND b.left_at > a.left_at WHERE a.message_class = ? AND b.message_class = ?',
              )
              .pluck()
              .get('marketing', 'marketing') as number | null;
            if (gaps !== null) expect(gaps).toBeGreaterThanOrEqual(5 * 24 * 3600_000);
            for (const [who, day] of stoppedOn) {
              const late = db
                .prepare("SELECT count(*) FROM outbox WHERE customer_id = ? AND message_class = 'marketing' AND left_at > ?")
                .pluck()
                .get(s.people[who]?.id, Date.UTC(2026, 10, 1 + day, 17));
              expect(late).toBe(0);
            }
            const count = (of: string) => db.prepare(`SELECT count(*) FROM ${of}`).pluck().get() as number;
            seen.paths++;
            seen.stops += stoppedOn.size;
            seen.texts += count("outbox WHERE cause_kind = 'campaign' AND left_at IS NOT NULL");
            seen.moves += count('ladder_move');
          } finally {
            await s.close();
          }
        },
      ),
      { numRuns: RUNS, ...SEED },
    );
  });
});
