import type { SaleToCredit } from '../attribution/credit';
import type { CustomerId, UtcMs } from '../kernel';
import { noSums, OUTCOME_SUMS, type OutcomeTotal, personOutcome } from './outcome';

/** A sale in or after the window of one campaign, by one of its people. */
export interface SaleFact extends SaleToCredit {
  /** Before discounts, cents; negative on refunds. */
  readonly gross: number;
  readonly discount: number;
  /** What the list price earns (services/results/margins.ts), cents; null = no margin was typed for it. */
  readonly margin: number | null;
  /** The till identity on it was known before the draw: only such sales are compared. */
  readonly fixed: boolean;
}

/** What is known of one person of a campaign. */
export interface PersonFacts {
  readonly customerId: CustomerId;
  readonly arm: 'text' | 'control' | 'excluded';
  readonly tillFixed: boolean;
  /** The campaign's part they are in, and the wording they read ('' = none). */
  readonly part: number;
  readonly words: string;
  /** The text left (accepted by the carrier, or uncertain); null = it never did. */
  readonly leftAt: UtcMs | null;
  readonly delivered: boolean;
  /** They had a link of their own, and opened it. */
  readonly linked: boolean;
  readonly tapped: boolean;
  /** Wrote back anything but a stop. */
  readonly replied: boolean;
  readonly stopped: boolean;
  readonly redeemed: boolean;
  /** "She's here" was noted at the counter inside the window. */
  readonly seen: boolean;
  /** Of a text that left: what it was sent in, and what it cost (told, else quoted), millionths. */
  readonly segments: number;
  readonly cost: number;
  /** Their sales credited to this campaign, after returns. */
  readonly credits: {
    readonly directSales: number;
    readonly direct: number;
    readonly influencedSales: number;
    readonly influenced: number;
  };
  /** Their sales and refunds from 60 days before the start on, so that returns find what they take back. */
  readonly sales: readonly SaleFact[];
}

/** One side of the comparison: people whose till identity stood before the draw. Money in cents over all their purchases in the window. */
export interface ArmFigures {
  n: number;
  buyers: number;
  /** List price of what they kept, before discounts. */
  list: number;
  discounts: number;
  /** What that list price earns; null as soon as one sale has no margin. */
  margin: number | null;
}

export interface TallyFigures {
  people: number;
  texted: number;
  heldOut: number;
  excluded: number;
  left: number;
  delivered: number;
  /** Had a link of their own, and opened it. */
  linked: number;
  tapped: number;
  replied: number;
  stopped: number;
  came: number;
  redeemed: number;
  again: number;
  /** Texted or held out, but without a till identity before the draw: not compared. */
  notComparable: number;
  text: ArmFigures;
  control: ArmFigures;
}

/**
 * Counts a campaign person by person over one window, from the draw to its last instant; both included. What a campaign's kept rows
 * must add up to (domain/reports/outcome.ts).
 */
export class CampaignTally {
  private readonly totals = new Map<string, OutcomeTotal>();

  constructor(private readonly window: { readonly from: UtcMs; readonly to: UtcMs }) {}

  add(p: PersonFacts): void {
    const o = personOutcome(p, { ...this.window, late: this.window.to });
    const key = `${o.arm}/${o.part}/${o.words}`;
    const t = this.totals.get(key) ?? { part: o.part, words: o.words, arm: o.arm, people: 0, ...noSums() };
    this.totals.set(key, t);
    t.people++;
    for (const k of OUTCOME_SUMS) t[k] += o[k];
  }

  figures(): TallyFigures {
    return figuresOf([...this.totals.values()]).window;
  }
}

/** A campaign's figures from its sums, over the window and, for the comparison, over 28 days. */
export function figuresOf(totals: readonly OutcomeTotal[]): { window: TallyFigures; after28: TallyFigures } {
  const sum = (key: Parameters<typeof add>[1], arm?: OutcomeTotal['arm']) => add(totals, key, arm);
  const drawn = sum('people', 'text') + sum('people', 'control');
  const side = (arm: 'text' | 'control', late: '' | '28'): ArmFigures => ({
    n: sum('comparable', arm),
    buyers: sum(`buyers${late}`, arm),
    list: sum(`list${late}`, arm),
    discounts: sum(`discounts${late}`, arm),
    margin: sum(`unknown${late}`, arm) > 0 ? null : sum(`margin${late}`, arm),
  });
  const of = (late: '' | '28'): TallyFigures => ({
    people: sum('people'),
    texted: sum('people', 'text'),
    heldOut: sum('people', 'control'),
    excluded: sum('people', 'excluded'),
    left: sum('reached'),
    delivered: sum('delivered'),
    linked: sum('linked'),
    tapped: sum('tapped'),
    replied: sum('replied'),
    stopped: sum('stopped'),
    came: sum('came'),
    redeemed: sum('redeemed'),
    again: sum('again'),
    notComparable: drawn - sum('comparable'),
    text: side('text', late),
    control: side('control', late),
  });
  return { window: of(''), after28: of('28') };
}

const add = (totals: readonly OutcomeTotal[], key: keyof Omit<OutcomeTotal, 'part' | 'words' | 'arm'>, arm?: OutcomeTotal['arm']): number =>
  totals.reduce((n, t) => (arm === undefined || t.arm === arm ? n + t[key] : n), 0);
