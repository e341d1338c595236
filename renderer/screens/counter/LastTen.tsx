import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { desk as catalogue } from '@renderer/strings/desk';
import { ErrorNote, Panel, SkeletonLines, toast, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import css from './counter.module.css';

type Entry = Out<'desk/log'>[number];

/** What was done today, newest first, so that a mistake can be taken back without looking anything up. */
export function LastTen() {
  const w = useWords(catalogue).log;
  const { data } = useQuery('desk/log', {});
  const undo = useCommand('desk/undo');
  const takeBack = async (e: Entry) => {
    if (await undo.run({ id: e.id }))
      toast({ title: w.undoneToast, body: `${w.what[e.what]}${e.words ? `: ${e.words}` : ''}`, tone: 'good' });
  };
  return (
    <Panel title={w.title}>
      <ErrorNote error={undo.error} />
      {data === undefined ? (
        <SkeletonLines lines={3} />
      ) : data.length === 0 ? (
        <p className={css.quiet}>{w.none}</p>
      ) : (
        <ul className={css.today} data-desk-log>
          {data.map((e) => (
            <Line key={e.id} entry={e} onUndo={() => void takeBack(e)} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Line({ entry: e, onUndo }: { entry: Entry; onUndo: () => void }) {
  const w = useWords(catalogue).log;
  const { shop, locale } = useShell();
  const what = w.what[e.what];
  return (
    <li data-undone={e.undone || undefined} data-what={e.what}>
      <span className={css.todayTime}>
        <When at={e.at} style="time" />
      </span>
      <span className={css.todayWords}>
        {e.name ? (
          <>
            <strong>{e.name}</strong> {what}
          </>
        ) : (
          <strong>{what}</strong>
        )}
        {e.words && `: ${e.words}`}
        {e.amount !== null && ` · ${money(e.amount, shop.currency, locale)}`}
        {!e.mine && e.by && <span className={css.todayBy}> · {e.by}</span>}
      </span>
      {e.undone ? (
        <span className={css.quiet}>{w.undone}</span>
      ) : (
        e.mayUndo && (
          <Button
            variant="default"
            size="md"
            className={css.touch ?? ''}
            onClick={onUndo}
            aria-label={`${w.undo}: ${e.name ?? ''} ${what} ${e.words}`}
          >
            {w.undo}
          </Button>
        )
      )}
    </li>
  );
}
