import { type Out, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { betweenMore } from '@renderer/strings/count';
import { type WordsTestWords, wordsTests } from '@renderer/strings/words-tests';
import { Panel } from '@renderer/ui';
import type { Say } from './format';

type Quarter = Out<'tests/quarters'>[number];

/** '2026-Q3' → "Jul to Sep 2026". */
function quarterName(quarter: string, say: Pick<Say, 'month'>): string {
  const [year, q] = quarter.split('-Q').map(Number);
  if (!year || !q) return quarter;
  const month = (m: number) => say.month(`${year}-${String(m).padStart(2, '0')}-15`);
  return `${month(3 * q - 2).replace(/ \d+$/, '')} to ${month(3 * q)}`;
}

function sentence(q: Quarter, w: WordsTestWords['quarter'], say: Say): string {
  const name = quarterName(q.quarter, say);
  if (q.window.state === 'running') return w.running(name, w.campaigns(q.campaigns), say.day(q.window.endsOn));
  if (q.window.state === 'waiting-for-till' || !q.result) return w.waiting(name, say.day(q.window.endsOn));
  const { texted, held, verdict: v } = q.result;
  if (v.code === 'split-broken') return w.broken(name);
  if (!v.range) return w.counts(name, say.n(texted.x), say.n(texted.n), say.n(held.x), say.n(held.n));
  if (v.code === 'made-money') return w.better(name, say.n(v.range.estimate), say.n(v.range.low), say.n(v.range.high));
  if (v.code === 'lost') return w.fewer(name, say.n(-v.range.estimate), say.n(-v.range.high), say.n(-v.range.low));
  return w.unclear(name, betweenMore(v.range.low, v.range.high, say.n));
}

/** One verdict a quarter on the group no campaign texts; nothing where that was never switched on. */
export function QuarterPanel({ say }: { say: Say }) {
  const w = useWords(wordsTests).quarter;
  const query = useQuery('tests/quarters', {});
  if (!query.data || query.data.length === 0) return null;
  return (
    <Panel title={w.title}>
      {query.data.map((q) => (
        <p key={q.quarter}>{sentence(q, w, say)}</p>
      ))}
    </Panel>
  );
}
