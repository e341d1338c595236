import type { imports } from '@contract/imports';
import type { HandlersFor } from '../handler';

export const importsHandlers = {} satisfies HandlersFor<typeof imports>;
