import type { counter } from '@contract/counter';
import type { HandlersFor } from '../handler';

export const counterHandlers = {} satisfies HandlersFor<typeof counter>;
