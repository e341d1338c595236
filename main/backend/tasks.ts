import type { Topic } from '@contract/define';
import type { Db } from '@db/open';
import { finishTask, insertTask, interruptRunningTasks, saveTaskProgress } from '@db/queries/tasks';
import { AppError } from '@domain/errors';
import type { TaskId } from '@domain/kernel';
import type { Clock } from '@ports/clock';
import type { Log, TaskBody, Tasks } from '@services/ctx';

interface Running {
  kind: string;
  abort: AbortController;
  result: Promise<unknown>;
}

const REPORT_EVERY_MS = 100;

/** Long work of the backend: stored, cancellable, reported at most ten times a second. */
export function makeTasks(deps: {
  db: Db;
  clock: Clock;
  log: Log;
  changed: (...t: Topic[]) => void;
  newId: () => string;
  readOnly?: boolean;
}): Tasks & {
  /** Cancels everything and waits; at shutdown. */
  stop(): Promise<void>;
} {
  const { db, clock, log, changed } = deps;
  const running = new Map<TaskId, Running>();
  if (!deps.readOnly) interruptRunningTasks(db, clock.now());

  function start<R>(kind: string, title: string, body: TaskBody<R>, options: { exclusive?: boolean } = {}): TaskId {
    if (options.exclusive && [...running.values()].some((t) => t.kind === kind)) throw new AppError('task.already-running', { kind });
    const id = deps.newId() as TaskId;
    const abort = new AbortController();
    insertTask(db, { id, kind, title, startedAt: clock.now() });
    changed('tasks');
    let lastReport = 0;
    const report = (p: { done: number; total: number | null }) => {
      const t = performance.now();
      if (t - lastReport < REPORT_EVERY_MS) return;
      lastReport = t;
      saveTaskProgress(db, id, p.done, p.total);
      changed('tasks');
    };
    const result = (async () => body(report, abort.signal))().then(
      (value) => {
        finishTask(db, id, { state: 'done', result: value ?? null, errorCode: null, at: clock.now() });
        return value;
      },
      (error: unknown) => {
        const cancelled = abort.signal.aborted;
        const code = error instanceof AppError ? error.code : 'bug';
        if (!cancelled && code === 'bug') log.error(`task ${kind}`, error);
        finishTask(db, id, {
          state: cancelled ? 'cancelled' : 'failed',
          result: error instanceof AppError ? { params: error.params } : null,
          errorCode: cancelled ? 'task.cancelled' : code,
          at: clock.now(),
        });
        throw error;
      },
    );
    const settled = result
      .finally(() => {
        running.delete(id);
        changed('tasks');
      })
      .catch(() => undefined);
    running.set(id, { kind, abort, result });
    void settled;
    return id;
  }

  return {
    start,
    cancel(id) {
      running.get(id)?.abort.abort(new AppError('task.cancelled'));
    },
    async finished(id) {
      return running.get(id)?.result;
    },
    async stop() {
      const all = [...running.values()];
      for (const t of all) t.abort.abort(new AppError('task.cancelled'));
      await Promise.allSettled(all.map((t) => t.result));
    },
  };
}
