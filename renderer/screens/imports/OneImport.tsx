import type { ErrorCode } from '@domain/errors';
import { Button } from '@mantine/core';
import { ApiError } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { ConfirmDialog, ErrorNote, Loaded, Note, Screen, StateBadge, When } from '@renderer/ui';
import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { Attest } from './Attest';
import { Examples } from './Examples';
import { Figures, Months } from './Figures';
import { FileTrouble } from './FileTrouble';
import { FirstRows } from './FirstRows';
import { Headline } from './Headline';
import type { Report } from './import.ui';
import { stateLooks } from './PastImports';
import { Prefer } from './Prefer';
import { Progress } from './Progress';
import { Questions } from './Questions';
import { Reading } from './Reading';
import { type Step, Steps } from './Steps';
import { oneIn, shortName } from './say';
import { Undone } from './Undone';
import { nextOf, useFile, useImport } from './useImports';
import css from './wizard.module.css';

type Working = ReturnType<typeof useImport>;

/** One import: what it would do, the button that does it, what came of it, and the way back. */
export function OneImport({ id }: { id: number }) {
  const w = useWords(catalogue);
  const work = useImport(id);
  const [asking, setAsking] = useState(false);
  const r = work.report.data;
  const line = useLine(id, r);
  const running = work.task?.state === 'running';
  const anything = r !== undefined && brings(r);
  const open = r?.state === 'previewed' && !running;
  const over = r && !running && (r.state === 'done' || r.state === 'failed' || r.state === 'cancelled' || r.state === 'undone');
  const discard = async () => {
    if (!(await work.discard())) return;
    line.over('left');
    line.leave();
  };
  return (
    <Screen
      title={r ? r.fileName : w.title}
      subtitle={line.place}
      up={{ label: line.mine ? w.queue.back : w.back, onClick: line.leave }}
      badge={r && <StateBadge state={r.state} states={stateLooks(w)} />}
      primary={
        open && anything ? (
          <Button onClick={() => void work.commit()} loading={work.busy} disabled={r.questions.length > 0 || !r.current}>
            {w.plan.import(broughtBy(r, w))}
          </Button>
        ) : line.next && (over || open) ? (
          <Button onClick={line.goOn} title={line.next.name}>
            {w.queue.next(shortName(line.next.name))}
          </Button>
        ) : over ? (
          <Button onClick={line.leave}>{line.mine ? w.queue.back : w.plan.another}</Button>
        ) : undefined
      }
      actions={
        open ? (
          <Button variant="default" onClick={() => void discard()}>
            {line.mine ? w.plan.leave : w.plan.discard}
          </Button>
        ) : r?.state === 'done' && !running ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {w.plan.undo}
          </Button>
        ) : undefined
      }
    >
      <Steps at={stepOf(r, running)} />
      <ErrorNote error={work.error ?? line.error} />
      <Loaded query={work.report} lines={8}>
        {(report) => <Body report={report} work={work} />}
      </Loaded>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.plan.undoTitle}
        confirm={w.plan.undo}
        onConfirm={() => {
          setAsking(false);
          void work.undo();
        }}
      >
        <p>{w.plan.undoBody}</p>
        {r !== undefined && r.alsoToldBy.length > 0 && <p>{w.plan.alsoTold(r.alsoToldBy)}</p>}
      </ConfirmDialog>
    </Screen>
  );
}

/** This file among those dropped together: where it stands, which comes next. */
function useLine(id: number, r: Report | undefined) {
  const w = useWords(catalogue).queue;
  const file = useFile();
  const { queue, importId, path } = file.ui;
  const at = importId === id && path !== null ? queue.findIndex((f) => f.path === path) : -1;
  const mine = at >= 0 || (queue.length > 0 && importId === id);
  const usable = queue.filter((f) => f.state !== 'wrong');
  const over = (state: 'done' | 'left') => path !== null && importId === id && file.ui.over(path, state);
  const settle = () => {
    if (r?.state === 'done') over('done');
    else if (r?.state === 'previewed' && r.counts && !brings(r)) over('done'); // nothing in it is new
  };
  const next = mine ? nextOf(queue, path) : undefined;
  return {
    mine,
    next,
    error: file.error,
    place: mine && at >= 0 && usable.length > 1 ? w.place(usable.findIndex((f) => f.path === path) + 1, usable.length) : undefined,
    over,
    goOn: () => {
      settle();
      if (next) void file.take(next);
    },
    leave: () => {
      settle();
      file.ui.forget();
      go({ screen: 'import' });
    },
  };
}

/** Whether carrying it out would change anything. */
const brings = ({ counts: c }: Report): boolean => c !== null && c.sales.new + c.sales.changed + c.people.new + c.people.changed > 0;

function stepOf(r: Report | undefined, running: boolean): Step {
  if (r?.state === 'done' || r?.state === 'undone') return running ? 'import' : 'done';
  if (r?.state === 'committing') return 'import';
  return r?.state === 'failed' ? 'file' : 'check';
}

function broughtBy(r: Report, w: (typeof catalogue)['en']): string {
  const c = r.counts;
  return c ? w.plan.commit(c.sales.new + c.sales.changed, c.people.new + c.people.changed) : '';
}

/** What was new and what was known before and changed, each in words; '' = none. */
function newAndChanged({ counts: c }: Report, w: (typeof catalogue)['en']): [string, string] {
  const say = (sales: number, people: number) => (sales + people > 0 ? w.plan.commit(sales, people) : '');
  return c ? [say(c.sales.new, c.people.new), say(c.sales.changed, c.people.changed)] : ['', ''];
}

function TaskTrouble({ task }: { task: NonNullable<Working['task']> }) {
  const params = (task.result as { params?: Record<string, string | number | boolean> } | null)?.params ?? {};
  return <FileTrouble error={new ApiError((task.errorCode ?? 'bug') as ErrorCode, params)} />;
}

function Body({ report: r, work }: { report: Report; work: Working }) {
  const w = useWords(catalogue);
  const { task } = work;
  const failed = task?.state === 'failed' && r.state !== 'previewed' && r.state !== 'done';
  if (task?.state === 'running' || (!failed && (r.state === 'previewing' || r.state === 'committing')))
    return <Progress task={task} state={r.state} onStop={work.stop} />;
  if (failed) return <TaskTrouble task={task} />;
  if (!r.counts || r.state === 'cancelled' || r.state === 'failed') return <Note>{w.states[r.state]}</Note>;
  return (
    <>
      {/* it could not even begin, or not be undone: everything is as it was, and the reason is told */}
      {task?.state === 'failed' && <TaskTrouble task={task} />}
      <Headline report={r}>
        {r.state === 'done' && r.finishedAt !== null && (
          <p role="status" className={css.came}>
            <IconCheck size={18} stroke={2} aria-hidden />
            <span>
              {w.plan.done} <When at={r.finishedAt} near />. {w.plan.brought(...newAndChanged(r, w))}
            </span>
          </p>
        )}
      </Headline>
      {r.state === 'previewed' && <Before report={r} />}
      {r.state === 'undone' && <Undone report={r} />}
      {r.state === 'previewed' && <FirstRows report={r} />}
      {r.state === 'previewed' && <Prefer importId={r.id} />}
      {r.state === 'done' && <Attest importId={r.id} />}
      {r.state !== 'undone' && r.months.length > 0 && <Months report={r} />}
      <Figures report={r} />
      <Examples key={`${r.id}-${r.state}`} report={r} />
      {r.state === 'done' && r.reading && <Reading report={r} />}
    </>
  );
}

/** What one should know or say before anything is imported. */
function Before({ report: r }: { report: Report }) {
  const w = useWords(catalogue);
  const file = useFile();
  const { path } = r;
  const c = r.counts;
  if (!c) return null;
  const nothing = !brings(r);
  const wrong = oneIn(c.rejected, c.rows);
  return (
    <>
      {!r.current && (
        <Note
          tone="warn"
          title={w.plan.outdated}
          action={
            path !== null && (
              <Button size="xs" variant="default" loading={file.busy} onClick={() => void file.check(path, r.mapping, r.decisions)}>
                {w.plan.again}
              </Button>
            )
          }
        >
          <p>{path === null ? w.plan.outdatedBody : w.plan.outdatedAgain}</p>
        </Note>
      )}
      {r.questions.length > 0 && <Questions report={r} />}
      {wrong !== null && (
        <Note tone={wrong <= 3 ? 'danger' : 'warn'} role="status" title={w.share.wrong(wrong)}>
          <p>{r.mapping ? w.share.wrongBody : w.share.wrongTill}</p>
        </Note>
      )}
      {nothing && c.sales.same + c.people.same > 0 && r.questions.length === 0 && (
        <Note tone="good" role="status" title={w.plan.nothing}>
          <p>{w.plan.nothingBody}</p>
        </Note>
      )}
      {r.sameFileAt !== null && (
        <Note title={w.plan.sameFile}>
          <p>
            <When at={r.sameFileAt} />
          </p>
        </Note>
      )}
    </>
  );
}
