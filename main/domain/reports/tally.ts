import { netAfterReturns, type SaleToCredit } from '../attribution/credit';
import type { CustomerId, SaleId, UtcMs } from '../kernel';
import { DAY } from '../kernel';
import { marginKept } from './margin';

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
  /** The text left (accepted by the carrier, or uncertain); null = it never did. */
  readonly leftAt: UtcMs | null;
  readonly delivered: boolean;
  /** Wrote back anything but a stop. */
  readonly replied: boolean;
  readonly stopped: boolean;
  readonly redeemed: boolean;
  /** "She's here" was noted at the counter inside the window. */
  readonly seen: boolean;
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

/** "Bought again" looks this far past the first visit. */
const AGAIN = 28 * DAY;

/**
 * Counts a campaign person by person. Everything but the comparison is counted over people whose text was delivered, after it
 * left; the comparison counts both groups over the same days, as drawn, whether or not the text arrived (rules.md §7).
 */
export class CampaignTally {
  private readonly f: TallyFigures = {
    people: 0,
    texted: 0,
    heldOut: 0,
    excluded: 0,
    left: 0,
    delivered: 0,
    replied: 0,
    stopped: 0,
    came: 0,
    redeemed: 0,
    again: 0,
    notComparable: 0,
    text: { n: 0, buyers: 0, list: 0, discounts: 0, margin: 0 },
    control: { n: 0, buyers: 0, list: 0, discounts: 0, margin: 0 },
  };

  /** `from`: the draw; `to`: last instant of the window; both included. */
  constructor(private readonly window: { readonly from: UtcMs; readonly to: UtcMs }) {}

  add(p: PersonFacts): void {
    const f = this.f;
    f.people++;
    if (p.arm === 'excluded') {
      f.excluded++;
      return;
    }
    if (p.arm === 'control') f.heldOut++;
    else this.texted(p);
    if (p.tillFixed) this.compare(p, p.arm === 'control' ? f.control : f.text);
    else f.notComparable++;
  }

  figures(): TallyFigures {
    return this.f;
  }

  private texted(p: PersonFacts): void {
    const f = this.f;
    f.texted++;
    if (p.leftAt !== null) f.left++;
    if (p.stopped) f.stopped++;
    if (p.replied) f.replied++;
    if (p.redeemed) f.redeemed++;
    if (!p.delivered || p.leftAt === null) return;
    f.delivered++;
    const { leftAt } = p;
    const bought = p.sales
      .filter((s) => s.kind === 'sale' && s.occurredAt >= leftAt)
      .map((s) => s.occurredAt)
      .sort((a, b) => a - b);
    const first = bought[0];
    const inWindow = first !== undefined && first <= this.window.to;
    if (inWindow || p.seen || p.redeemed) f.came++;
    if (inWindow && bought.some((at) => at >= first + DAY / 2 && at <= first + AGAIN)) f.again++;
  }

  private compare(p: PersonFacts, arm: ArmFigures): void {
    arm.n++;
    if (p.sales.length === 0) return;
    const kept = netAfterReturns(p.sales);
    let bought = false;
    for (const s of p.sales) {
      if (s.kind !== 'sale' || !s.fixed || s.occurredAt < this.window.from || s.occurredAt > this.window.to) continue;
      const left = kept.get(s.saleId as SaleId) ?? 0;
      if (left <= 0 || s.net <= 0) continue;
      bought = true;
      arm.list += Math.round((s.gross * left) / s.net);
      arm.discounts += Math.round((s.discount * left) / s.net);
      arm.margin = arm.margin === null || s.margin === null ? null : arm.margin + marginKept(s.margin, s.net, left);
    }
    if (bought) arm.buyers++;
  }
}
