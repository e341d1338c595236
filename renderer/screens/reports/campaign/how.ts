import type { PeopleFigure } from '@domain/reports/figures';
import type { Out } from '@renderer/api';
import type { CampaignResultWords } from '@renderer/strings/campaign-results';
import type { ExplainWords, FigureFacts } from '@renderer/strings/explain';
import type { Explained } from '@renderer/ui';
import type { Say } from '../format';

type Report = Out<'reports/campaign'>;

/** What explanations may name of this campaign; a step of its path has days of its own. */
export function factsOf(r: Report, figure: PeopleFigure, until: string, say: Say): FigureFacts {
  const arm = figure === 'bought-held-out' ? r.comparison?.control : r.comparison?.text;
  return { until, compared: say.n(arm?.n ?? 0) };
}

/** How a verdict came about, with this campaign's numbers. */
export function verdictLines(r: Report, e: ExplainWords, say: Say, shopCurrency: string): string[] {
  const h = e.verdict;
  const c = r.comparison;
  const lines: string[] = [];
  if (r.people.heldOut > 0) {
    lines.push(h.heldBack(say.share(r.head.percentHeldOut / 100), say.n(r.people.texted + r.people.heldOut)));
    if (c) lines.push(h.fixed(say.n(c.notComparable)));
  } else lines.push(h.noHeldBack);
  if (r.recognised.of > 0) lines.push(h.recognised(say.share(r.recognised.sales / r.recognised.of)));
  lines.push(h.ranges, h.oneLook);
  if (c && c.marginPercent !== null) {
    lines.push(h.profit(say.share(c.marginPercent / 100)));
    if (r.pathCost !== null) lines.push(h.path(say.micros(r.pathCost, r.cost.currency)));
  }
  // before the verdict, and where nobody was held out, there is nothing profit could be told of
  else if (c && r.people.heldOut > 0) lines.push(r.cost.currency === shopCurrency ? h.noMargin : h.otherCurrency(r.cost.currency));
  if (c?.visibleRise != null && r.people.heldOut > 0) lines.push(h.visible(say.share(c.visibleRise)));
  return lines;
}

/** That the result was another when its days were first over; null where it was the same. */
export const changedSince = (r: Pick<Report, 'firstSaid'>, e: ExplainWords, say: Say): string | null =>
  r.firstSaid && e.verdict.firstSaid(say.date(r.firstSaid.at), e.verdict.said[r.firstSaid.code]);

/** What some figures of people count, with their numbers; those without anybody are left out. */
export function figureLines(
  r: Report,
  counts: readonly { figure: PeopleFigure; n: number; share?: { estimate: number; low: number; high: number } | null }[],
  words: { e: ExplainWords; w: Pick<CampaignResultWords, 'figures'> },
  say: Say,
): Explained[] {
  return counts.flatMap(({ figure, n, share }) => {
    if (n === 0) return [];
    const says = words.e.figures[figure](say.n(n), n === 1, factsOf(r, figure, say.day(r.window.endsOn), say));
    const range = share ? ` ${words.e.share(say.share(share.estimate), say.share(share.low), say.share(share.high))}` : '';
    return [{ figure: words.w.figures[figure], says: says + range }];
  });
}

/** How takings and cost of a campaign are counted, with its numbers. */
export function moneyLines(
  r: Report,
  e: ExplainWords,
  names: Readonly<Record<'direct' | 'influenced' | 'provisional' | 'discount' | 'cost', string>>,
  say: Say,
): (string | Explained)[] {
  const { takings: t, cost } = r;
  const m = e.money;
  return [
    { figure: names.direct, says: m.direct(say.n(t.direct.sales), t.direct.sales === 1) },
    { figure: names.influenced, says: m.influenced(say.n(t.influenced.sales), t.influenced.sales === 1, say.day(r.window.endsOn)) },
    ...(t.provisional.redemptions > 0
      ? [{ figure: names.provisional, says: m.provisional(say.n(t.provisional.redemptions), t.provisional.redemptions === 1) }]
      : []),
    ...(t.discounts > 0 ? [{ figure: names.discount, says: m.discounts }] : []),
    {
      figure: names.cost,
      says: [
        m.cost(say.n(cost.texts), say.n(cost.segments), say.micros(cost.known, cost.currency)),
        ...(cost.unpriced > 0 ? [m.costOpen(say.n(cost.unpriced), say.micros(cost.expected, cost.currency))] : []),
      ].join(' '),
    },
    m.net,
  ];
}
