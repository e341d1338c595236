import type { Topic } from '@contract/define';
import type { Db } from '@db/open';
import { finishTask, insertTask, interruptRunningTasks, saveTaskProgress } from '@db/queries/tasks';
import { AppError, codeOfError, isDiskFull } from '@domain/errors';
import type { TaskId } from '@domain/kernel';
import type { Clock } from '@ports/clock';
import type { Log, TaskBody, Tasks } from '@services/ctx';

type Ending = Parameters<typeof finishTask>[2];

interface Running {
  kind: string;
  abort: AbortController;
  result: Promise<unknown>;
}

const REPORT_EVERY_MS = 100;
/** A full disk cannot take the ending of a task either; it is written as soon as there is room. */
const END_AGAIN_MS = 2000;

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
  const unwritten = new Map<TaskId, { ending: Ending; again: NodeJS.Timeout }>();
  if (!deps.readOnly) interruptRunningTasks(db, clock.now());

  /** Never throws for want of space: whatever the task answered must reach its asker. */
  function end(id: TaskId, ending: Ending): void {
    try {
      finishTask(db, id, ending);
      unwritten.delete(id);
    } catch (error) {
      if (!isDiskFull(error)) throw error;
      const again = setTimeout(() => end(id, ending), END_AGAIN_MS);
      again.unref();
      unwritten.set(id, { ending, again });
    }
  }

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
        end(id, { state: 'done', result: value ?? null, errorCode: null, at: clock.now() });
        return value;
      },
      (error: unknown) => {
        const cancelled = abort.signal.aborted;
        const code = codeOfError(error);
        if (!cancelled && code === 'bug') log.error(`task ${kind}`, error);
        end(id, {
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
    current(rows) {
      return rows.map((r) => {
        const ending = unwritten.get(r.id)?.ending;
        return ending ? { ...r, state: ending.state, result: ending.result, errorCode: ending.errorCode, finishedAt: ending.at } : r;
      });
    },
    async stop() {
      const all = [...running.values()];
      for (const t of all) t.abort.abort(new AppError('task.cancelled'));
      await Promise.allSettled(all.map((t) => t.result));
      for (const { again } of unwritten.values()) clearTimeout(again); // the next start marks them as cut off
      unwritten.clear();
    },
  };
}
