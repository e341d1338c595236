import type { campaigns } from '@contract/campaigns';
import type { HandlersFor } from '../handler';

export const campaignsHandlers = {} satisfies HandlersFor<typeof campaigns>;
