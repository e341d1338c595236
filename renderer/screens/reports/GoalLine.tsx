import type { Out } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { wordsTests } from '@renderer/strings/words-tests';
import { Chip } from '@renderer/ui';
import type { Say } from './format';
import css from './reports.module.css';

type Goal = NonNullable<Out<'reports/campaign'>['goal']>;
const TONES = { reached: 'good', 'not-reached': 'neutral', 'cannot-tell': 'warn', running: 'info' } as const;

/** What the owner hoped for, before sending, and what came of it: judged once the days are over. */
export function GoalLine({ goal: g, say }: { goal: Goal; say: Say }) {
  const w = useWords(wordsTests).goal;
  const show = g.kind === 'profit' ? say.wholeMoney : say.n;
  return (
    <p className={css.more}>
      <Chip tone={TONES[g.verdict]} dot>
        {w.verdicts[g.verdict]}
      </Chip>{' '}
      {g.reached === null ? w.unknown(show(g.target)) : w.of[g.kind](show(g.reached), show(g.target))}
    </p>
  );
}
