import { DONE } from '@contract/primitives';
import type { tasks } from '@contract/tasks';
import { listTasks } from '@db/queries/tasks';
import type { HandlersFor } from '../handler';

export const tasksHandlers = {
  'tasks/list': (ctx) => ctx.tasks.current(listTasks(ctx.db, 50)),
  'tasks/cancel': (ctx, { id }) => {
    ctx.tasks.cancel(id);
    return DONE;
  },
} satisfies HandlersFor<typeof tasks>;
