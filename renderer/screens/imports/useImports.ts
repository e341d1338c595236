import { useCommand, useQuery, useTasks } from '@renderer/api';
import { bridge, call } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useCallback, useState } from 'react';
import { type Decisions, type Look, type Mapping, useImportUi } from './import.ui';

/** Picking, looking at and checking a file. */
export function useFile() {
  const ui = useImportUi();
  const preview = useCommand('imports/preview');
  const [looking, setLooking] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();

  const check = useCallback(
    async (path: string, mapping: Mapping | null, decisions: Decisions) => {
      const started = await preview.run({ path, mapping, decisions });
      if (!started) return;
      useImportUi.getState().started(started.id, started.taskId);
      go({ screen: 'import', id: started.id });
    },
    [preview.run],
  );

  const open = useCallback(
    async (path: string, decisions: Decisions = {}) => {
      setError(undefined);
      setLooking(path.split(/[\\/]/).at(-1) ?? path);
      try {
        const look: Look = await call('imports/inspect', { path, decisions });
        useImportUi.getState().take(path, look);
        useImportUi.getState().decide(decisions);
        if (look.profile) await check(path, null, decisions);
      } catch (e) {
        setError(e);
      } finally {
        setLooking(null);
      }
    },
    [check],
  );

  const pick = useCallback(async () => {
    const file = await call('shell/pick-file', { kind: 'csv' }).catch(() => null);
    if (file) await open(file.path);
  }, [open]);

  const drop = useCallback(
    (file: File) => {
      const path = bridge().pathOf?.(file);
      if (path) void open(path);
    },
    [open],
  );

  return { ui, looking, error: error ?? preview.error, busy: preview.busy, open, pick, drop, check };
}

/** One import with whatever is being done to it just now. */
export function useImport(id: number) {
  const report = useQuery('imports/report', { id: id as never }, { topics: ['imports'] });
  const tasks = useTasks();
  const [task, setTask] = useState<string | null>(null);
  const uiTask = useImportUi((s) => (s.importId === id ? s.task : null));
  const commit = useCommand('imports/commit');
  const undo = useCommand('imports/undo');
  const discard = useCommand('imports/cancel');
  const stop = useCommand('tasks/cancel');
  const running = tasks.find((t) => t.id === (task ?? uiTask));
  const start = async (run: Promise<{ taskId: string } | undefined>) => {
    const started = await run;
    if (started) setTask(started.taskId);
  };
  return {
    report,
    /** The task that works on it, or last did. */
    task: running,
    error: commit.error ?? undo.error ?? discard.error ?? stop.error,
    busy: commit.busy || undo.busy || discard.busy,
    commit: () => start(commit.run({ id: id as never })),
    undo: () => start(undo.run({ id: id as never })),
    stop: () => running && void stop.run({ id: running.id }),
    discard: async () => {
      if (await discard.run({ id: id as never })) {
        useImportUi.getState().forget();
        go({ screen: 'import' });
      }
    },
  };
}

/** Saves the refused rows with reasons in the words on screen. */
export async function saveRejected(id: number, words: Record<string, string>): Promise<boolean> {
  const { name, text } = await call('imports/rejected', { id: id as never, words });
  return (await call('shell/save-text', { name, text })) !== null;
}
