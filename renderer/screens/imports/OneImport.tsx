import type { ErrorCode } from '@domain/errors';
import { Button } from '@mantine/core';
import { taskShare } from '@renderer/api';
import { ApiError } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { ConfirmDialog, ErrorNote, Loaded, Note, Panel, ProgressLine, Screen, StateBadge, When } from '@renderer/ui';
import { useState } from 'react';
import { Figures, Months } from './Figures';
import { FileTrouble } from './FileTrouble';
import { type Report, useImportUi } from './import.ui';
import css from './imports.module.css';
import { Problems } from './Problems';
import { Questions } from './Questions';
import { Reading } from './Reading';
import { stateLooks } from './Start';
import { useImport } from './useImports';

type Working = ReturnType<typeof useImport>;

/** One import: what it would do, the button that does it, what came of it, and the way back. */
export function OneImport({ id }: { id: number }) {
  const w = useWords(catalogue);
  const work = useImport(id);
  const [asking, setAsking] = useState(false);
  const r = work.report.data;
  const leave = () => {
    useImportUi.getState().forget();
    go({ screen: 'import' });
  };
  const running = work.task?.state === 'running';
  const what = r ? broughtBy(r, w) : '';
  const anything = r?.counts != null && r.counts.sales.new + r.counts.sales.changed + r.counts.people.new + r.counts.people.changed > 0;
  const open = r?.state === 'previewed' && !running;
  return (
    <Screen
      title={r ? r.fileName : w.title}
      subtitle={r && (w.fromTill(r.till, r.title) || (r.kind === null ? undefined : w.byHand))}
      up={{ label: w.back, onClick: leave }}
      badge={r && <StateBadge state={r.state} states={stateLooks(w)} />}
      primary={
        open && anything ? (
          <Button onClick={() => void work.commit()} loading={work.busy} disabled={r.questions.length > 0 || !r.current}>
            {w.plan.import(what)}
          </Button>
        ) : r && !running && (r.state === 'done' || r.state === 'failed' || r.state === 'cancelled' || r.state === 'undone') ? (
          <Button onClick={leave}>{w.plan.another}</Button>
        ) : undefined
      }
      actions={
        open ? (
          <Button variant="default" onClick={() => void work.discard()}>
            {w.plan.discard}
          </Button>
        ) : r?.state === 'done' && !running ? (
          <Button variant="default" onClick={() => setAsking(true)}>
            {w.plan.undo}
          </Button>
        ) : undefined
      }
    >
      <ErrorNote error={work.error} />
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
        {w.plan.undoBody}
      </ConfirmDialog>
    </Screen>
  );
}

function broughtBy(r: Report, w: (typeof catalogue)['en']): string {
  const c = r.counts;
  return c ? w.plan.commit(c.sales.new + c.sales.changed, c.people.new + c.people.changed) : '';
}

function Body({ report: r, work }: { report: Report; work: Working }) {
  const w = useWords(catalogue);
  const { task } = work;
  const failed = task?.state === 'failed' && r.state !== 'previewed' && r.state !== 'done';
  if (task?.state === 'running' || (!failed && (r.state === 'previewing' || r.state === 'committing')))
    return <Progress work={work} state={r.state} />;
  if (failed) {
    const params = (task.result as { params?: Record<string, string | number | boolean> } | null)?.params ?? {};
    return <FileTrouble error={new ApiError((task.errorCode ?? 'bug') as ErrorCode, params)} />;
  }
  if (!r.counts || r.state === 'cancelled' || r.state === 'failed') return <Note>{w.states[r.state]}</Note>;
  return (
    <>
      {r.state === 'previewed' && <Before report={r} />}
      {r.state === 'done' && r.finishedAt !== null && (
        <Note tone="good" role="status" title={w.plan.done}>
          <p>
            <When at={r.finishedAt} />. {w.plan.brought(broughtBy(r, w))}
          </p>
        </Note>
      )}
      {r.state === 'undone' && <Undone report={r} />}
      <Figures report={r} />
      {r.state !== 'undone' && r.months.length > 0 && <Months report={r} />}
      <Problems key={`${r.id}-${r.state}`} report={r} />
      {r.state !== 'undone' && r.reading && <Reading report={r} />}
    </>
  );
}

function Before({ report: r }: { report: Report }) {
  const w = useWords(catalogue);
  const { sales, people } = r.counts ?? { sales: { new: 0, changed: 0 }, people: { new: 0, changed: 0 } };
  const nothing = sales.new + sales.changed + people.new + people.changed === 0;
  return (
    <>
      {!r.current && (
        <Note tone="warn" title={w.plan.outdated}>
          <p>{w.plan.outdatedBody}</p>
        </Note>
      )}
      {r.questions.length > 0 && <Questions report={r} />}
      {nothing && r.questions.length === 0 && (
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

function Undone({ report: r }: { report: Report }) {
  const w = useWords(catalogue);
  const kept = r.counts?.kept ?? [];
  return (
    <Note tone={kept.length ? 'warn' : 'good'} role="status" title={w.plan.undone}>
      <p>{w.plan.undoneBody}</p>
      {kept.length > 0 && (
        <>
          <p>{w.plan.kept(r.counts?.keptTotal ?? kept.length)}</p>
          <ul className={css.list}>
            {kept.slice(0, 20).map((k) => (
              <li key={`${k.what}${k.id}`}>
                {k.what === 'person' ? (
                  <Button variant="subtle" size="compact-sm" onClick={() => go({ screen: 'customers', id: k.id })}>
                    {`${w.plan.person} ${k.id}`}
                  </Button>
                ) : (
                  `${w.plan.sale} ${k.id}`
                )}
                {' · '}
                {w.plan.keptWhy[k.why] ?? k.why}
              </li>
            ))}
          </ul>
        </>
      )}
    </Note>
  );
}

function Progress({ work, state }: { work: Working; state: Report['state'] }) {
  const w = useWords(catalogue);
  const { task } = work;
  const kind = task?.kind === 'import.undo' ? 'undo' : task?.kind === 'import.commit' || state === 'committing' ? 'commit' : 'preview';
  const share = task ? taskShare(task) : null;
  return (
    <Panel
      action={
        kind !== 'undo' && task?.state === 'running' ? (
          <Button variant="default" onClick={work.stop}>
            {w.working.cancel}
          </Button>
        ) : undefined
      }
      title={w.working[kind]}
      hint={w.working[`${kind}Hint`]}
    >
      <ProgressLine share={share} label={w.working[kind]} />
    </Panel>
  );
}
