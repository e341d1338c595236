import type { outbox } from '@contract/outbox';
import type { HandlersFor } from '../handler';

export const outboxHandlers = {} satisfies HandlersFor<typeof outbox>;
