import { Button } from '@mantine/core';
import { type TaskView, taskShare, taskTimeLeft, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { Panel, ProgressLine } from '@renderer/ui';
import { count, duration } from '@renderer/ui/format';
import type { Report } from './import.ui';

/** Checking, importing or taking back: how far it is, how long it still takes, and the way out. */
export function Progress({ task, state, onStop }: { task: TaskView | undefined; state: Report['state']; onStop: () => void }) {
  const w = useWords(catalogue).working;
  const { locale } = useShell();
  const kind = task?.kind === 'import.undo' ? 'undo' : task?.kind === 'import.commit' || state === 'committing' ? 'commit' : 'preview';
  const left = task ? taskTimeLeft(task, Date.now()) : null;
  // a preview counts bytes, which say nothing to anybody
  const rows = kind === 'commit' && task?.total ? w.of(count(task.done, locale), count(task.total, locale)) : '';
  const detail = [rows, left !== null && w.left(duration(left, locale))].filter(Boolean).join(' · ');
  return (
    <Panel
      action={
        kind !== 'undo' && task?.state === 'running' ? (
          <Button variant="default" onClick={onStop}>
            {w.cancel}
          </Button>
        ) : undefined
      }
      title={w[kind]}
      hint={w[`${kind}Hint`]}
    >
      <ProgressLine share={task ? taskShare(task) : null} label={w[kind]} detail={detail || undefined} titled />
    </Panel>
  );
}
