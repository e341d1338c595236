import { compare } from '@domain/reports/campaign';
import { campaignReport } from '@services/reports/campaign';
import { describe, expect, it } from 'vitest';
import { tellTally } from '../support/kill-tally';
import { aKnownShop, MARGIN } from '../support/known-shop';

/**
 * Whole shops of which everything is known: what the report says must be what the core says of the truth, to the cent. One shop here;
 * `npm run soak -- shops` for thirty and more. SOAK_SEED repeats a run.
 */
const soak = process.env['SOAK'] === 'shops';
const RUNS = soak ? Number(process.env['SOAK_RUNS'] ?? 40) : 1;
const SEED = Number(process.env['SOAK_SEED'] ?? 20_261_122);

describe('whole shops with the truth known', () => {
  it.each(Array.from({ length: RUNS }, (_, i) => SEED + i))('the report repeats the core, shop %i', async (seed) => {
    const { ctx, campaigns } = await aKnownShop(seed);
    for (const c of campaigns) {
      const r = await campaignReport(ctx, c.id);
      const said = `seed ${seed}, campaign ${c.id}`;
      expect(r.window.state, said).toBe('closed');
      expect({ direct: r.takings.direct, influenced: r.takings.influenced }, said).toEqual({ direct: c.direct, influenced: c.influenced });
      expect(r.funnel.find((f) => f.name === 'redeemed')?.count, said).toBe(c.redeemed);
      expect(r.takings.provisional.redemptions, said).toBe(0);
      const core = compare({ ...blank, ...c.figures }, c.percent, { marginPercent: MARGIN, messageCost: c.messageCents });
      expect(r.comparison, said).toEqual(core);
      if (soak)
        tellTally([
          `${said}: ${core.verdict.code}, ${core.text.buyers}/${core.text.n} against ${core.control.buyers}/${core.control.n}, the same on the page`,
        ]);
    }
  });
});

/** What a comparison does not look at. */
const blank = {
  people: 0,
  excluded: 0,
  left: 0,
  delivered: 0,
  replied: 0,
  stopped: 0,
  came: 0,
  redeemed: 0,
  again: 0,
  linked: 0,
  tapped: 0,
};
