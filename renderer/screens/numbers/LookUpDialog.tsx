import { Button } from '@mantine/core';
import { type Out, taskShare, useCommand, useQuery, useShell, useTask } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { numbers as catalogue } from '@renderer/strings/numbers';
import { Dialog, ErrorNote, Loaded, MicroMoney, Note, ProgressLine } from '@renderer/ui';
import { count, micros, when } from '@renderer/ui/format';
import { useState } from 'react';
import css from './numbers.module.css';

type Quote = Out<'numbers/look-up-quote'>;
type Result = NonNullable<Quote['last']>;

/** What it costs first, then the question; while it runs it can be stopped, and what was answered stays. */
export function LookUpDialog({ onClose }: { onClose: () => void }) {
  const w = useWords(catalogue).lookUp;
  const { locale } = useShell();
  const quote = useQuery('numbers/look-up-quote', {}, { topics: ['customers', 'settings'] });
  const start = useCommand('numbers/look-up');
  const cancel = useCommand('tasks/cancel');
  const [taskId, setTaskId] = useState<string | null>(null);
  const task = useTask(taskId);
  const running = taskId !== null && (task === undefined || task.state === 'running');
  const failed = task?.state === 'failed' ? { code: task.errorCode ?? 'bug', params: {} } : null;
  const q = quote.data;
  const begin = async () => {
    const done = q && (await start.run({ token: q.token }));
    if (done) setTaskId(done.taskId);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title}
      actions={
        running ? (
          <Button variant="default" onClick={() => task && void cancel.run({ id: task.id })}>
            {w.stop}
          </Button>
        ) : taskId !== null || q?.count === 0 ? (
          <Button variant="default" onClick={onClose}>
            {w.close}
          </Button>
        ) : (
          <Button disabled={!q} loading={start.busy} onClick={() => void begin()}>
            {q ? w.confirm(micros(q.price, q.currency, locale)) : w.title}
          </Button>
        )
      }
    >
      <ErrorNote error={start.error ?? failed} />
      {running ? (
        <ProgressLine
          label={w.running}
          share={task ? taskShare(task) : null}
          detail={task?.total ? `${count(task.done, locale)} / ${count(task.total, locale)}` : undefined}
        />
      ) : (
        <Loaded query={quote} lines={5}>
          {(d) => <Price quote={d} />}
        </Loaded>
      )}
    </Dialog>
  );
}

function Price({ quote: q }: { quote: Quote }) {
  const w = useWords(catalogue).lookUp;
  const { locale } = useShell();
  return (
    <>
      {q.count === 0 ? (
        <p>{w.nothing}</p>
      ) : (
        <>
          <p>{w.about(count(q.count, locale), q.count === 1)}</p>
          <dl className={css.figures}>
            <dt>{w.count}</dt>
            <dd>{count(q.count, locale)}</dd>
            <dt>{w.each}</dt>
            <dd>
              <MicroMoney micros={q.perNumber} currency={q.currency} />
            </dd>
            <dt>{w.total}</dt>
            <dd data-total>
              <MicroMoney micros={q.price} currency={q.currency} />
            </dd>
            <dt>{w.balance}</dt>
            <dd>{q.balance ? <MicroMoney micros={q.balance.amount} currency={q.balance.currency} /> : w.unknownBalance}</dd>
          </dl>
          {q.balance && q.balance.currency === q.currency && q.balance.amount < q.price && <Note tone="warn">{w.tooLittle}</Note>}
          <p className={css.quiet}>{w.estimate}</p>
        </>
      )}
      {q.last && <Last result={q.last} />}
    </>
  );
}

function Last({ result: r }: { result: Result }) {
  const w = useWords(catalogue).lookUp;
  const { shop, locale } = useShell();
  const n = (x: number) => count(x, locale);
  const kinds = { mobile: r.mobile, landline: r.landline, voip: r.voip, other: r.tollFree + r.invalid, unknown: r.unknown };
  const found = (Object.keys(kinds) as (keyof typeof kinds)[]).filter((k) => kinds[k] > 0).map((k) => w.found[k](n(kinds[k])));
  return (
    <p className={`${css.quiet} ${css.last}`}>
      {w.last(when(r.at, 'short-day', shop.zone, locale, Date.now()))} {w.result(n(r.asked), found)}
    </p>
  );
}
