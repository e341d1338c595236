import type { ConsentState } from '@domain/consent/status';
import type { PhoneE164 } from '@domain/kernel';
import { verifyLedger } from '@services/consent/index';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTS, type Act, ConsentShop, NUMBERS, type Step } from '../support/consent-model';

/**
 * Every way in and out, in any order, through the real services on real SQLite: imports, merges, staff, owner, replies, erasure, copies
 * brought back. `SOAK=consent SOAK_RUNS=2000` for the long run; SOAK_SEED repeats one.
 */
const soak = process.env['SOAK'] === 'consent';
const RUNS = soak ? Number(process.env['SOAK_RUNS'] ?? 2000) : 25;
const SEED = Number(process.env['SOAK_SEED'] ?? (soak ? Math.floor(Math.random() * 2 ** 31) : 20261117));
const MOST = soak ? 40 : 18;

const acts = Object.keys(ACTS) as Act[];
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...acts),
  who: fc.integer({ min: 0, max: NUMBERS.length - 1 }),
  how: fc.integer({ min: 0, max: 11 }),
});

/** Kept beside the shop, from what people did and nothing else: who said no and has not come back by themselves since. */
class Said {
  private readonly no = new Set<PhoneE164>();
  private readonly yes = new Set<PhoneE164>();

  hear(s: Step, phone: PhoneE164, after: ConsentState): void {
    switch (s.act) {
      case 'texts STOP':
      case 'texts that they want no more':
      case 'clerk writes a stop':
      case 'owner decides it was a stop':
      case 'carrier refuses the number':
      case 'file says no':
      case 'stop list':
      case 'person is erased':
      case 'number has a new holder':
        if (after === 'out' || after === 'pending') this.no.add(phone);
        break;
      case 'signs up on the screen':
      case 'texts JOIN':
      case 'texts START':
      case 'texts Y':
        if (after === 'in') {
          this.no.delete(phone);
          this.yes.add(phone);
        } else if (after === 'never') this.no.delete(phone); // START with nothing to bring back: their no is over, a yes it is not
        break;
      case 'file says yes and the owner vouches':
        if (after === 'in' && !this.no.has(phone)) this.yes.add(phone);
        break;
      default:
        break;
    }
  }

  /** Nobody who said no may be reached, and nobody who never said yes. */
  mayBeIn = (phone: PhoneE164): boolean => this.yes.has(phone) && !this.no.has(phone);
}

async function play(steps: readonly Step[]): Promise<Record<ConsentState, number>> {
  const shop = new ConsentShop();
  const said = new Said();
  const seen: Record<ConsentState, number> = { in: 0, out: 0, pending: 0, never: 0, hold: 0, paused: 0 };
  try {
    const before = new Map<PhoneE164, ConsentState>(NUMBERS.map((p) => [p, 'never']));
    for (const s of steps) {
      await shop.step(s);
      const actor = NUMBERS[s.who % NUMBERS.length] as PhoneE164;
      said.hear(s, actor, shop.state(actor));
      for (const phone of NUMBERS) {
        const state = shop.state(phone);
        seen[state]++;
        const was = before.get(phone) as ConsentState;
        const open = shop.openPurposes(phone);
        if (state === 'in' || open.length > 0) expect(said.mayBeIn(phone), `${phone} ${state} [${open}] after: ${s.act}`).toBe(true);
        if (was === 'out' && state !== 'out') {
          // a form while the carrier blocks the number waits for START and reaches nobody
          expect(ACTS[s.act].own && phone === actor, `${phone} ${was} → ${state} by: ${s.act}`).toBe(true);
        }
        if (state === 'in' && was !== 'in' && phone !== actor) {
          expect.fail(`${phone} came in by what happened to another: ${s.act}`);
        }
        before.set(phone, state);
      }
    }
    const { ctx } = shop;
    const check = await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() });
    expect(check.faults).toEqual([]);
  } finally {
    shop.close();
  }
  return seen;
}

describe('no way back but their own', () => {
  it('holds for any sequence of imports, merges, staff, owner, restores and replies', async () => {
    const seen: Record<string, number> = {};
    const result = await fc.check(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: MOST }), async (steps) => {
        for (const [state, n] of Object.entries(await play(steps))) seen[state] = (seen[state] ?? 0) + n;
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: false },
    );
    if (result.failed) {
      const [steps] = (result.counterexample ?? [[]]) as [Step[]];
      throw new Error(
        `SOAK_SEED=${result.seed} path=${result.counterexamplePath}\n${steps.map((s) => `  ${NUMBERS[s.who]} ${s.act} (${s.how})`).join('\n')}\n${String(result.errorInstance)}`,
      );
    }
    // a walk that never gets anybody in proves nothing
    for (const state of ['in', 'out', 'pending', 'hold'] as const) expect(seen[state] ?? 0, state).toBeGreaterThan(10);
  }, 7_200_000);

  it('goes through every act, each from a stop', async () => {
    for (const act of acts) {
      if (ACTS[act].own) continue;
      const joins: Step = { act: 'texts JOIN', who: 0, how: 0 };
      const steps: Step[] = [
        joins,
        { act: 'file says yes and the owner vouches', who: 0, how: 1 },
        { act: 'file says yes and the owner vouches', who: 1, how: 1 },
        { act: 'copy is made', who: 0, how: 0 },
        { act: 'texts that they want no more', who: 0, how: 0 },
        { act, who: 0, how: 0 },
        { act, who: 0, how: 1 },
        { act: 'file says yes and the owner vouches', who: 0, how: 2 },
        { act: 'backup is brought back', who: 0, how: 0 },
      ];
      await play(steps);
    }
  }, 60_000);
});
