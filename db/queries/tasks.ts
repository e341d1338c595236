import type { TaskId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

export interface TaskRow {
  id: TaskId;
  kind: string;
  title: string;
  state: 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';
  done: number;
  total: number | null;
  errorCode: string | null;
  result: unknown;
  startedAt: UtcMs;
  finishedAt: UtcMs | null;
}

export function insertTask(db: Db, t: { id: TaskId; kind: string; title: string; startedAt: UtcMs }): void {
  db.run(db.q.insertInto('task').values({ id: t.id, kind: t.kind, title: t.title, state: 'running', started_at: t.startedAt }));
}

export function saveTaskProgress(db: Db, id: TaskId, done: number, total: number | null): void {
  db.run(db.q.updateTable('task').set({ done, total }).where('id', '=', id));
}

export function finishTask(
  db: Db,
  id: TaskId,
  end: { state: 'done' | 'failed' | 'cancelled'; result: unknown; errorCode: string | null; at: UtcMs },
): void {
  db.run(
    db.q
      .updateTable('task')
      .set({ state: end.state, result: JSON.stringify(end.result ?? null), error_code: end.errorCode, finished_at: end.at })
      .where('id', '=', id),
  );
}

/** At start: whatever still says "running" was cut off by a crash. */
export function interruptRunningTasks(db: Db, at: UtcMs): number {
  return db.run(db.q.updateTable('task').set({ state: 'interrupted', finished_at: at }).where('state', '=', 'running')).changes;
}

/** Newest first. */
export function listTasks(db: Db, limit: number): TaskRow[] {
  return db.all(db.q.selectFrom('task').selectAll().orderBy('started_at', 'desc').orderBy('id').limit(limit)).map((r) => ({
    id: r.id as TaskId,
    kind: r.kind,
    title: r.title,
    state: r.state,
    done: r.done,
    total: r.total,
    errorCode: r.error_code,
    result: r.result === null ? null : (JSON.parse(r.result) as unknown),
    startedAt: r.started_at as UtcMs,
    finishedAt: r.finished_at as UtcMs | null,
  }));
}

/** Whether a task whose kind begins so is under way (or its ending could not be written yet). */
export const taskRuns = (db: Db, kind: string): boolean =>
  db.one(db.q.selectFrom('task').select('id').where('state', '=', 'running').where('kind', 'like', `${kind}%`)) !== undefined;
