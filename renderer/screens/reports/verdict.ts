import type { Out } from '@renderer/api';
import type { ReportWords } from '@renderer/strings/reports';
import type { ChipTone } from '@renderer/ui';
import type { Say } from './format';

export type VerdictView = NonNullable<Out<'reports/overview'>['campaigns'][number]['verdict']>;

/** Signed people or money, for ranges that may cross zero. */
export function amount(v: Pick<VerdictView, 'measure'>, say: Say): (n: number) => string {
  return v.measure === 'profit' ? (n) => say.wholeMoney(n) : (n) => say.n(n);
}

/** The finding as one sentence (facts E5); `counts` are used where no range may be shown. */
export function verdictTitle(
  v: VerdictView,
  counts: { text: number; control: number; redeemed: number; came: number; hasOffer: boolean },
  w: ReportWords,
  say: Say,
): string {
  const t = w.verdict.title;
  const show = amount(v, say);
  const withUnit = (n: number) => (v.measure === 'profit' ? show(n) : w.verdict.extraPeople(show(n)));
  const r = v.range;
  switch (v.code) {
    case 'no-holdout':
      return counts.hasOffer
        ? t.noHoldout(say.n(counts.redeemed), counts.redeemed === 1)
        : t.noHoldoutNoCode(say.n(counts.came), counts.came === 1);
    case 'split-broken':
      return t.broken;
    case 'counts-only':
      return t.countsOnly(say.n(counts.text), say.n(counts.control));
    case 'made-money':
      return r ? (v.measure === 'profit' ? t.madeMoney : t.broughtPeople)(show(r.estimate), show(r.low), show(r.high)) : '';
    case 'lost':
      return r
        ? v.measure === 'profit'
          ? t.lostMoney(show(r.estimate), show(r.low), show(r.high))
          : t.fewerPeople(show(-r.estimate), show(-r.high), show(-r.low))
        : '';
    case 'leaning':
      return r ? (v.toward === 'loss' ? t.leaningNo : t.leaning)(show(r.low), withUnit(r.high)) : '';
    case 'too-early':
      return r ? t.tooEarly(show(r.low), withUnit(r.high)) : '';
  }
}

export function verdictChip(v: VerdictView, w: ReportWords): { label: string; tone: ChipTone } {
  const c = w.results.chips;
  if (v.code === 'leaning') return v.toward === 'loss' ? { label: c.leaningNo, tone: 'warn' } : { label: c.leaning, tone: 'info' };
  const tone: ChipTone = v.code === 'made-money' ? 'good' : v.code === 'lost' ? 'danger' : v.code === 'split-broken' ? 'warn' : 'neutral';
  return { label: c[v.code], tone };
}
