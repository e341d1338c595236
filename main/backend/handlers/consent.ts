import type { consent } from '@contract/consent';
import type { HandlersFor } from '../handler';

export const consentHandlers = {} satisfies HandlersFor<typeof consent>;
