import type { Out } from '@renderer/api';
import type { ReportWords } from '@renderer/strings/reports';
import type { ChipTone } from '@renderer/ui';
import type { Say } from './format';

export type VerdictView = NonNullable<Out<'reports/overview'>['campaigns'][number]['verdict']>;

/** Signed people or money, for ranges that may cross zero. */
export function amount(v: Pick<VerdictView, 'measure'>, say: Say): (n: number) => string {
  return v.measure === 'profit' ? (n) => say.wholeMoney(n) : (n) => say.n(n);
}

export function verdictChip(v: VerdictView, w: ReportWords): { label: string; tone: ChipTone } {
  const c = w.results.chips;
  if (v.code === 'leaning') return v.toward === 'loss' ? { label: c.leaningNo, tone: 'warn' } : { label: c.leaning, tone: 'info' };
  const tone: ChipTone = v.code === 'made-money' ? 'good' : v.code === 'lost' ? 'danger' : v.code === 'split-broken' ? 'warn' : 'neutral';
  return { label: v.code === 'lost' && v.measure === 'profit' ? c.lostMoney : c[v.code], tone };
}
