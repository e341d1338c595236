import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tellTally } from '../support/kill-tally';
import { OutboxWorld } from '../support/outbox-model';
import { ACTS, aModelTemplate, MID_ACTS, type Step } from '../support/outbox-template';

/*
 * Outbox, carrier and owner in any order. The real backend on a real file talks real HTTP to the practice carrier; what may leave is
 * told by an oracle of its own (test/support/outbox-oracle.ts), asked at each text the carrier takes and after each step.
 * `SOAK=outbox-model SOAK_RUNS=2000` for the full count; SOAK_SEED and SOAK_PATH repeat a story.
 */
const soak = process.env['SOAK'] === 'outbox-model';
const RUNS = soak ? Number(process.env['SOAK_RUNS'] ?? 2000) : 40;
const SEED = Number(process.env['SOAK_SEED'] ?? 20_261_122);

const n = fc.integer({ min: 0, max: 200 });
const anything: fc.Arbitrary<Step> = fc.record({ act: fc.constantFrom(...ACTS), n, mid: fc.constant(null) });
const midway: fc.Arbitrary<Step> = fc.record({ act: fc.constantFrom(...MID_ACTS), n, mid: fc.integer({ min: 1, max: 14 }) });
const sending: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom('campaign' as const, 'two campaigns' as const, 'minutes' as const, 'days' as const, 'resume' as const),
  n,
  mid: fc.constant(null),
});
/** Something is nearly always being sent, and much happens while it is. */
const story = fc.array(fc.oneof({ weight: 4, arbitrary: anything }, { weight: 2, arbitrary: midway }, { weight: 3, arbitrary: sending }), {
  minLength: 5,
  maxLength: 18,
});

const told = (steps: readonly Step[]) => steps.map((s) => `  ${s.act} ${s.n}${s.mid === null ? '' : ` at request ${s.mid}`}`).join('\n');

describe('outbox, carrier and owner', () => {
  it('whatever happens in whatever order, what leaves is what the rules let leave, and nobody is lost', async () => {
    const template = await aModelTemplate();
    let texts = 0;
    const did: Record<string, number> = {};
    const path = process.env['SOAK_PATH'];
    const result = await fc.check(
      fc.asyncProperty(story, fc.nat(1000), async (steps, seed) => {
        const world = await OutboxWorld.open(template, seed);
        try {
          await world.step({ act: 'campaign', n: 0, mid: null });
          for (const s of steps) await world.step(s);
          await world.toTheEnd();
        } finally {
          texts += world.oracle.texts;
          for (const [k, v] of Object.entries(world.desk.did)) did[k] = (did[k] ?? 0) + v;
          await world.close();
        }
      }),
      {
        numRuns: RUNS,
        seed: SEED,
        endOnFailure: false,
        ...(path === undefined ? {} : { path }),
        interruptAfterTimeLimit: soak ? 7_000_000 : 50_000,
      },
    );
    tellTally([`${result.numRuns} stories, ${texts} texts`, JSON.stringify(did)]);
    if (result.failed) {
      const [steps = []] = result.counterexample ?? [];
      throw new Error(`SOAK_SEED=${result.seed} SOAK_PATH=${result.counterexamplePath}\n${told(steps)}\n${String(result.errorInstance)}`);
    }
    // A machine with no time left for it stops early, and has judged what it did.
    expect(texts).toBeGreaterThan(result.numRuns);
  }, 7_200_000);
});
