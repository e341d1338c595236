import { useCommand, useQuery, useTasks } from '@renderer/api';
import { bridge, call } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useCallback, useState } from 'react';
import { canTake, type Decisions, type Look, type Mapping, type QueuedFile, useImportUi } from './import.ui';

const nameIn = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;

/** Picking, looking at and checking files. */
export function useFile() {
  const ui = useImportUi();
  const preview = useCommand('imports/preview');
  const [looking, setLooking] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();

  const check = useCallback(
    async (path: string, mapping: Mapping | null, decisions: Decisions) => {
      const started = await preview.run({ path, mapping, decisions });
      if (!started) return;
      useImportUi.getState().started(started.id, started.taskId, path);
      go({ screen: 'import', id: started.id });
    },
    [preview.run],
  );

  /** Looks at one file; a till's export is checked at once, of any other the owner says what its columns mean. */
  const open = useCallback(
    async (path: string, decisions: Decisions = {}) => {
      setError(undefined);
      setLooking(nameIn(path));
      try {
        const look: Look = await call('imports/inspect', { path, decisions });
        useImportUi.getState().take(path, look);
        useImportUi.getState().decide(decisions);
        if (look.profile) await check(path, null, decisions);
        else go({ screen: 'import' });
      } catch (e) {
        setError(e);
      } finally {
        setLooking(null);
      }
    },
    [check],
  );

  /** Several files: each is looked at, none is checked yet. */
  const openAll = useCallback(
    async (paths: readonly string[]) => {
      const [only] = paths;
      if (only !== undefined && paths.length === 1) return open(only);
      setError(undefined);
      useImportUi.getState().forget();
      useImportUi.getState().line([...new Set(paths)].map((path) => ({ path, name: nameIn(path) })));
      for (const path of paths) {
        setLooking(nameIn(path));
        await call('imports/inspect', { path, decisions: {} }).then(
          (look) => useImportUi.getState().looked(path, { look }),
          (e: unknown) => useImportUi.getState().looked(path, { error: e }),
        );
      }
      setLooking(null);
    },
    [open],
  );

  /** Takes one of the files dropped together. */
  const take = useCallback(
    async (file: QueuedFile) => {
      if (!file.look) return;
      setError(undefined);
      useImportUi.getState().take(file.path, file.look);
      if (file.look.profile) await check(file.path, null, {});
      else go({ screen: 'import' });
    },
    [check],
  );

  const pick = useCallback(async () => {
    const files = await call('shell/pick-files', {}).catch(() => []);
    if (files.length) await openAll(files.map((f) => f.path));
  }, [openAll]);

  const drop = useCallback(
    (files: readonly File[]) => {
      const paths = files.map((f) => bridge().pathOf?.(f) ?? '').filter(Boolean);
      if (paths.length) void openAll(paths);
    },
    [openAll],
  );

  return { ui, looking, error: error ?? preview.error, busy: preview.busy, open, openAll, take, pick, drop, check };
}

/** The file to take after the one in hand, of those dropped together. */
export const nextOf = (queue: readonly QueuedFile[], path: string | null): QueuedFile | undefined =>
  queue.find((f) => canTake(f) && f.path !== path);

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
    /** Throws the plan away; false when that failed. */
    discard: async (): Promise<boolean> => (await discard.run({ id: id as never })) !== undefined,
  };
}

/** Saves the refused rows with reasons in the words on screen. */
export async function saveRejected(id: number, words: Record<string, string>): Promise<boolean> {
  const { name, text } = await call('imports/rejected', { id: id as never, words });
  return (await call('shell/save-text', { name, text })) !== null;
}
