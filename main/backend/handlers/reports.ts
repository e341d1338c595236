import type { reports } from '@contract/reports';
import type { HandlersFor } from '../handler';

export const reportsHandlers = {} satisfies HandlersFor<typeof reports>;
