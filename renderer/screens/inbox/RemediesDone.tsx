import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import type { Say } from '@renderer/screens/reports/format';
import type { LeavingWords } from '@renderer/strings/leaving';
import { ErrorNote } from '@renderer/ui';
import { type Leaving, rate } from './LeavingPanel';
import css from './leaving.module.css';

type Done = Leaving['done'][number];
const NEEDED = 50;

/** 1.24 → "1.2"; a range's ends without their sign. */
const per100 = (n: number): string => String(Math.round(Math.abs(n) * 10) / 10);

/** Whether something that was done helped, in the words of its numbers. */
function effectWords({ effect: e }: Pick<Done, 'effect'>, w: LeavingWords, say: Say): string {
  const t = w.done.effect;
  const d = e.difference;
  switch (e.code) {
    case 'nothing-before':
      return t.nothing;
    case 'waiting':
      return t.waiting(say.n(e.after.n), e.after.n === 1, say.n(NEEDED));
    case 'fewer':
      return t.fewer(per100(d?.high ?? 0), per100(d?.low ?? 0));
    case 'more':
      return t.more(per100(d?.low ?? 0), per100(d?.high ?? 0));
    case 'too-early':
      return t.early(per100(d?.low ?? 0), per100(d?.high ?? 0), e.moreTexts === null ? null : say.n(e.moreTexts));
  }
}

/** What was changed because people left, and stops per 100 texts before and after. */
export function RemediesDone({ d, words: w, say }: { d: Leaving; words: LeavingWords; say: Say }) {
  const undo = useCommand('inbox/undo-remedy');
  if (d.done.length === 0) return <p className={css.quiet}>{w.done.none}</p>;
  const club = (slug: string) => d.topics.find((t) => t.slug === slug)?.name ?? slug;
  const what = (r: Done): string => {
    if (r.kind === 'ask-topics') return w.remedies['ask-topics'].done;
    return r.kind === 'topic-campaign' ? w.remedies['topic-campaign'].done(club(r.after)) : w.remedies[r.kind].done(r.before, r.after);
  };
  return (
    <div className={css.done}>
      <h3>{w.done.title}</h3>
      <ErrorNote error={undo.error} />
      <ul>
        {d.done.map((r) => (
          <li key={r.id}>
            <div className={css.doneHead}>
              <div>
                <strong>{what(r)}</strong>
                <p className={css.quiet}>
                  {w.done.since(say.date(r.doneAt), r.doneBy ?? '')}
                  {r.undoneAt !== null && `, ${w.done.undone(say.date(r.undoneAt))}`}
                </p>
              </div>
              {r.mayUndo && (
                <Button
                  size="xs"
                  variant="default"
                  className="rg-no-print"
                  disabled={undo.busy}
                  onClick={() => void undo.run({ id: r.id })}
                >
                  {w.done.undo}
                </Button>
              )}
            </div>
            <p>{effectWords(r, w, say)}</p>
            {r.effect.before.n > 0 && (
              <p className={css.quiet}>
                {w.done.before}: {w.done.rate(rate(r.effect.before.x, r.effect.before.n), say.n(r.effect.before.n))} · {w.done.after}:{' '}
                {w.done.rate(rate(r.effect.after.x, r.effect.after.n), say.n(r.effect.after.n))}
              </p>
            )}
            {r.effect.difference && (
              <IntervalWhisker
                range={r.effect.difference}
                inner={null}
                show={(n) => `${n < 0 ? '−' : n > 0 ? '+' : ''}${per100(n)}`}
                label={effectWords(r, w, say)}
              />
            )}
          </li>
        ))}
      </ul>
      <p className={css.quiet}>{w.done.effectNote}</p>
    </div>
  );
}
