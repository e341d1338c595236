import type { Out } from '@renderer/api/client';
import { wordsOf } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { reports } from '@renderer/strings/reports';
import { wordsTests } from '@renderer/strings/words-tests';
import { changedSince, figureLines, moneyLines, verdictLines } from '../screens/reports/campaign/how';
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
  const words = { e: wordsOf(explain, 'en'), w: wordsOf(campaignResults, 'en') };
  const count = (name: Report['funnel'][number]['name']) => r.funnel.find((f) => f.name === name)?.count ?? 0;
  const figures = (['texted', 'delivered', 'came', 'redeemed', 'again'] as const).map((figure) => ({ figure, n: count(figure) }));
  const counted = [...figureLines(r, figures, words, say), ...moneyLines(r, words.e, wordsOf(reports, 'en').campaign.money, say)];
  const changed = changedSince(r, words.e, say);
  return [
    ...counted.map((l) => (typeof l === 'string' ? l : `${l.figure}: ${l.says}`)),
    ...verdictLines(r, words.e, say, currency),
    ...(changed === null ? [] : [changed]),
  ];
}
