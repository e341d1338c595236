import { Button } from '@mantine/core';
import { useQuery, useShell } from '@renderer/api';
import { Panel, SkeletonLines, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import css from './counter.module.css';
import type { CounterWords } from './words';

/** What was redeemed today, so that a mistake can be taken back without looking anything up. */
export function Today({ words: w, onUndo }: { words: CounterWords; onUndo: (id: number) => void }) {
  const { shop, locale } = useShell();
  const { data } = useQuery('counter/recent', {});
  return (
    <Panel title={w.today.title}>
      {data === undefined ? (
        <SkeletonLines lines={3} />
      ) : data.length === 0 ? (
        <p className={css.quiet}>{w.today.none}</p>
      ) : (
        <ul className={css.today}>
          {data.map((r) => (
            <li key={r.id} data-undone={r.undone || undefined}>
              <span className={css.todayTime}>
                <When at={r.at} style="time" />
              </span>
              <span className={css.todayWords}>
                <strong>{r.name ?? w.today.nobody}</strong> {r.offerName}
                {r.amount !== null && ` · ${money(r.amount, shop.currency, locale)}`}
              </span>
              {r.undone ? (
                <span className={css.quiet}>{w.today.undone}</span>
              ) : (
                r.mayUndo && (
                  <Button variant="default" size="md" className={css.touch ?? ''} onClick={() => onUndo(r.id)}>
                    {w.today.undo}
                  </Button>
                )
              )}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
