import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aCampaignKilled, killEverything } from '../support/kill-campaign';
import { judge, judgeSteps } from '../support/kill-judge';
import { buildPrograms, type Programs } from '../support/kill-lab';
import { aShopToKill, type KillShop } from '../support/kill-shop';
import { KillTally, tellTally } from '../support/kill-tally';

/**
 * `SOAK=outbox-kill SOAK_RUNS=500` (npm run soak -- outbox-kill) kills the backend 500 times; without it a small slice runs with every
 * test run. SOAK_SEED repeats a campaign: the seed stands in every failure. It decides about the line, the acts and the deaths; on
 * which instruction a death from outside falls is the machine's affair.
 */
const soak = process.env['SOAK'] === 'outbox-kill';
const KILLS = soak ? Number(process.env['SOAK_RUNS'] ?? 500) : 12;
/** A campaign is large enough to be killed about so often while it is being sent. */
const KILLS_PER_CAMPAIGN = soak ? 20 : 6;
const SEED = Number(process.env['SOAK_SEED'] ?? 1);
const PEOPLE = soak ? 240 : 90;
/** A long run goes on after a failed campaign: its other seeds tell more than one. */
const MOST_FAILURES = soak ? 10 : 1;

describe('killed at any moment', () => {
  let programs: Programs | undefined;
  let template: KillShop | undefined;
  beforeAll(async () => {
    programs = await buildPrograms();
    template = await aShopToKill(PEOPLE);
  }, 60_000);
  afterAll(() => {
    killEverything();
    programs?.remove();
  });

  it(
    `nobody gets two texts, nobody is forgotten, nobody is texted after STOP: ${KILLS} kills`,
    async () => {
      const tally = new KillTally();
      const failures: string[] = [];
      let seed = SEED;
      for (; tally.kills < KILLS && failures.length < MOST_FAILURES; seed++) {
        const kills = Math.min(KILLS_PER_CAMPAIGN, KILLS - tally.kills);
        let left = '';
        try {
          const { shop, carrier, diary, done } = await aCampaignKilled(programs as Programs, template as KillShop, { seed, kills, tally });
          left = ` (left in ${shop.dir})`;
          await judge(shop, carrier, diary, tally);
          judgeSteps(shop.dir, seed);
          done();
        } catch (error) {
          const failure = `SOAK_SEED=${seed}${left}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
          console.error(failure);
          failures.push(failure);
          killEverything();
        }
      }
      tellTally([`seeds ${SEED}–${seed - 1}, ${failures.length} failed`, ...tally.lines()]);
      expect(failures).toEqual([]);
      expect(tally.kills).toBe(KILLS);
    },
    60_000 + KILLS * 8000,
  );
});
