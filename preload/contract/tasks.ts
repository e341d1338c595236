import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, EmptyZ, TaskIdZ, UtcMsZ } from './primitives';

export const TaskViewZ = z.object({
  id: TaskIdZ,
  kind: z.string(),
  title: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled', 'interrupted']),
  done: z.number().int(),
  total: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  /** What the task returned, e.g. `{ importId }`; its shape belongs to the task's kind. */
  result: z.unknown(),
  startedAt: UtcMsZ,
  finishedAt: UtcMsZ.nullable(),
});

export const tasks = {
  /** Newest first, at most 50. */
  'tasks/list': query({ role: 'staff', input: EmptyZ, output: z.array(TaskViewZ) }),
  'tasks/cancel': command({ role: 'owner', input: z.object({ id: TaskIdZ }), output: DoneZ, changes: ['tasks'] }),
} satisfies Contract;
