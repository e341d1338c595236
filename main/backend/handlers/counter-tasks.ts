import type { counterTasks } from '@contract/counter-tasks';
import { DONE } from '@contract/primitives';
import { closeTask, makeTask, openAtCounter, ownersTasks, reopenTaskAtCounter } from '@services/counter-tasks';
import type { HandlersFor } from '../handler';

export const counterTasksHandlers = {
  'counter-tasks/open': (ctx) => openAtCounter(ctx),
  'counter-tasks/close': (ctx, input, session) => {
    closeTask(ctx, session, input);
    return DONE;
  },
  'counter-tasks/reopen': (ctx, { id }, session) => {
    reopenTaskAtCounter(ctx, session, id);
    return DONE;
  },
  'counter-tasks/list': (ctx, page) => ownersTasks(ctx, page),
  'counter-tasks/make': (ctx, input, session) => makeTask(ctx, session, input),
} satisfies HandlersFor<typeof counterTasks>;
