import { DONE } from '@contract/primitives';
import type { tasks } from '@contract/tasks';
import { listTasks } from '@db/queries/tasks';
import type { HandlersFor } from '../handler';

export const tasksHandlers = {
  // Staff see that something runs, not what came of it.
  'tasks/list': (ctx, _input, session) =>
    ctx.tasks.current(listTasks(ctx.db, 50)).map((t) => (session.role === 'owner' ? t : { ...t, result: null })),
  'tasks/cancel': (ctx, { id }) => {
    ctx.tasks.cancel(id);
    return DONE;
  },
} satisfies HandlersFor<typeof tasks>;
