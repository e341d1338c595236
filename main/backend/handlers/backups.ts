import type { backups } from '@contract/backups';
import type { HandlersFor } from '../handler';

export const backupsHandlers = {} satisfies HandlersFor<typeof backups>;
