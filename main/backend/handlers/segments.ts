import type { segments } from '@contract/segments';
import type { HandlersFor } from '../handler';

export const segmentsHandlers = {} satisfies HandlersFor<typeof segments>;
