import type { session } from '@contract/session';
import type { HandlersFor } from '../handler';

export const sessionHandlers = {} satisfies HandlersFor<typeof session>;
