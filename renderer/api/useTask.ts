import type { Out } from './client';
import { useQuery } from './useQuery';

export type TaskView = Out<'tasks/list'>[number];

/** Newest first; refetched as tasks report (at most ten times a second, calmed to five). */
export function useTasks(enabled = true): readonly TaskView[] {
  return useQuery('tasks/list', {}, { enabled }).data ?? [];
}

/** One long piece of work by the id a command answered; undefined until known. */
export function useTask(id: string | null | undefined): TaskView | undefined {
  const tasks = useTasks(id !== null && id !== undefined);
  return tasks.find((t) => t.id === id);
}

/** 0–1, or null when the total is not known (yet). */
export const taskShare = (t: Pick<TaskView, 'done' | 'total'>): number | null =>
  t.total && t.total > 0 ? Math.min(1, t.done / t.total) : null;

/** Milliseconds left at the pace so far; null while there is nothing to judge by. */
export function taskTimeLeft(t: Pick<TaskView, 'done' | 'total' | 'startedAt'>, now: number): number | null {
  const share = taskShare(t);
  const spent = now - t.startedAt;
  if (share === null || share < 0.02 || spent < 1500) return null;
  return (spent / share) * (1 - share);
}
