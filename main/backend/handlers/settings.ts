import type { settings } from '@contract/settings';
import type { HandlersFor } from '../handler';

export const settingsHandlers = {} satisfies HandlersFor<typeof settings>;
