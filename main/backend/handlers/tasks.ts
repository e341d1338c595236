import type { tasks } from '@contract/tasks';
import type { HandlersFor } from '../handler';

export const tasksHandlers = {} satisfies HandlersFor<typeof tasks>;
