import type { offers } from '@contract/offers';
import type { HandlersFor } from '../handler';

export const offersHandlers = {} satisfies HandlersFor<typeof offers>;
