import type { Out } from '@renderer/api/client';
import { wordsOf } from '@renderer/strings';
import { reports } from '@renderer/strings/reports';
import { wordsTests } from '@renderer/strings/words-tests';
import type { Say } from '../screens/reports/format';

type Report = Out<'reports/campaign'>;

/** What the owner hoped for and what came of it, as one line. */
export function goalSentence(g: NonNullable<Report['goal']>, say: Say): string {
  const w = wordsOf(wordsTests, 'en').goal;
  const show = g.kind === 'profit' ? say.wholeMoney : say.n;
  return `${w.verdicts[g.verdict]}. ${g.reached === null ? w.unknown(show(g.target)) : w.of[g.kind](show(g.reached), show(g.target))}`;
}

/** How every figure of a campaign's page is counted, with its own numbers filled in; `currency` is the till's. */
export function howCounted(r: Report, currency: string, say: Say): string[] {
  const h = wordsOf(reports, 'en').how.lines;
  const c = r.comparison;
  const lines: string[] = [h.sent, h.came(say.day(r.window.endsOn)), h.direct, h.net];
  if (r.people.heldOut > 0) {
    lines.push(h.heldBack(say.share(r.head.percentHeldOut / 100), say.n(r.people.texted + r.people.heldOut)));
    if (c) lines.push(h.fixed(say.n(c.notComparable)));
  } else lines.push(h.noHeldBack);
  if (r.recognised.of > 0) lines.push(h.recognised(say.share(r.recognised.sales / r.recognised.of)));
  lines.push(h.intervals, h.oneLook);
  if (c && c.marginPercent !== null) lines.push(h.profit(say.share(c.marginPercent / 100)));
  else if (c && r.people.heldOut > 0) lines.push(r.cost.currency === currency ? h.noMargin : h.otherCurrency(r.cost.currency));
  if (c?.visibleRise != null && r.people.heldOut > 0) lines.push(h.visible(say.share(c.visibleRise)));
  return lines;
}
