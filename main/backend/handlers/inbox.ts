import type { inbox } from '@contract/inbox';
import type { HandlersFor } from '../handler';

export const inboxHandlers = {} satisfies HandlersFor<typeof inbox>;
