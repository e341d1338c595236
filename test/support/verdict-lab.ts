import { mulberry32 } from '@domain/attribution/means';
import type { Cents, CustomerId, SaleId, UtcMs } from '@domain/kernel';
import { DAY } from '@domain/kernel';
import { type CampaignComparison, compare } from '@domain/reports/campaign';
import { CampaignTally, type PersonFacts, type SaleFact, type TallyFigures } from '@domain/reports/tally';

/** A made-up campaign of which the truth is known. Money in cents, shares 0…1. */
export interface World {
  readonly people: number;
  readonly heldOutPercent: 10 | 20 | 50;
  /** Share that comes anyway, and what the text adds to it. */
  readonly usual: number;
  readonly extra: number;
  /** Mean and spread (σ of the log) of a basket at list price. */
  readonly basket: number;
  readonly skew: number;
  readonly marginPercent: number;
  /** Baskets of texted buyers beside usual ones: 1 = alike, 0.75 = a quarter smaller. */
  readonly textedBasket: number;
  /** Discount a texted buyer's code gives, share of the basket, and how many of them use it. */
  readonly codeShare: number;
  readonly codeUse: number;
  /** What the shop gives everybody anyway, share of the basket. */
  readonly anyway: number;
  readonly messageCost: number;
  /** Share whose till identity stood before the draw; the others are linked by redeeming, if they do. */
  readonly known: number;
}

const FROM = Date.UTC(2026, 8, 1, 14) as UtcMs;
const TO = (FROM + 14 * DAY) as UtcMs;

/** A standard normal by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One person of a campaign and what they bought. */
export const personOf = (id: number, arm: 'text' | 'control', tillFixed: boolean, redeemed: boolean, sales: SaleFact[]): PersonFacts => ({
  customerId: id as CustomerId,
  arm,
  part: 1,
  words: '',
  tillFixed,
  leftAt: arm === 'text' ? FROM : null,
  delivered: arm === 'text',
  linked: false,
  tapped: false,
  replied: false,
  stopped: false,
  redeemed,
  seen: false,
  segments: 1,
  cost: 0,
  credits: { directSales: 0, direct: 0, influencedSales: 0, influenced: 0 },
  sales,
});

export interface Told {
  readonly figures: TallyFigures;
  readonly comparison: CampaignComparison;
  /** Expected extra profit after message cost, and extra buyers, among the texted people that are compared. */
  readonly truth: { readonly profit: number; readonly buyers: number };
  /** Buyers a naive count would find: everybody the till can name by now, redeeming included. */
  readonly naive: { readonly text: { x: number; n: number }; readonly control: { x: number; n: number } };
}

/** One campaign of that world, counted by the core from the facts of its people. */
export function tellOne(w: World, seed: number): Told {
  const random = mulberry32(seed);
  const heldOut = Math.round((w.people * w.heldOutPercent) / 100);
  const tally = new CampaignTally({ from: FROM, to: TO });
  const naive = { text: { x: 0, n: 0 }, control: { x: 0, n: 0 } };
  const quiet = { text: [0, 0], control: [0, 0] } satisfies Record<string, [number, number]>;
  const logMean = Math.log(w.basket) - w.skew ** 2 / 2;
  for (let i = 0; i < w.people; i++) {
    const arm = i < heldOut ? 'control' : 'text';
    const fixed = random() < w.known;
    const buys = random() < w.usual + (arm === 'text' ? w.extra : 0);
    naive[arm].n++;
    if (!buys) {
      quiet[arm][fixed ? 1 : 0]++;
      continue;
    }
    const redeems = arm === 'text' && random() < w.codeUse;
    const named = fixed || redeems; // redeeming ties the till's record to the person
    if (named) naive[arm].x++;
    const size = arm === 'text' ? w.textedBasket : 1;
    const gross = Math.max(1, Math.round(size * Math.exp(logMean + w.skew * normal(random))));
    const discount = Math.round(gross * (w.anyway + (redeems ? w.codeShare : 0)));
    const sale: SaleFact = {
      saleId: (i + 1) as SaleId,
      customerId: (i + 1) as CustomerId,
      kind: 'sale',
      occurredAt: (FROM + 1 + Math.floor(random() * 14 * DAY)) as UtcMs,
      timeKnown: true,
      net: (gross - discount) as Cents,
      tax: 0 as Cents,
      refunded: 0 as Cents,
      gross,
      discount,
      margin: Math.round((gross * w.marginPercent) / 100),
      fixed,
    };
    tally.add(personOf(i + 1, arm, fixed, redeems, named ? [sale] : []));
  }
  const figures = withQuiet(tally.figures(), quiet);
  const comparison = compare(figures, w.heldOutPercent, { marginPercent: w.marginPercent, messageCost: w.messageCost });
  const margin = w.basket * (w.marginPercent / 100 - w.anyway);
  const perTexted = (w.usual + w.extra) * w.textedBasket * (margin - w.basket * w.codeUse * w.codeShare);
  const truth = { profit: figures.text.n * (perTexted - w.usual * margin) - w.messageCost, buyers: figures.text.n * w.extra };
  return { figures, comparison, truth, naive };
}

/** People who bought nothing add to the counts of people and nothing else: added by number, since there are millions of them. */
function withQuiet(f: TallyFigures, quiet: Record<'text' | 'control', [number, number]>): TallyFigures {
  const add = (arm: 'text' | 'control') => ({ ...f[arm], n: f[arm].n + quiet[arm][1] });
  const sum = (arm: 'text' | 'control') => quiet[arm][0] + quiet[arm][1];
  return {
    ...f,
    people: f.people + sum('text') + sum('control'),
    texted: f.texted + sum('text'),
    heldOut: f.heldOut + sum('control'),
    notComparable: f.notComparable + quiet.text[0] + quiet.control[0],
    text: add('text'),
    control: add('control'),
  };
}
