import type { backups } from '@contract/backups';
import { DONE } from '@contract/primitives';
import { backupState, restoreBackup, setSecondPlace, startBackup } from '@services/backups/backups';
import type { HandlersFor } from '../handler';

export const backupsHandlers = {
  'backups/list': (ctx) => backupState(ctx),
  'backups/make': (ctx) => startBackup(ctx),
  'backups/second-place': (ctx, { path }, session) => {
    setSecondPlace(ctx, session, path);
    return DONE;
  },
  'backups/restore': (ctx, { path }, session) => restoreBackup(ctx, session, path),
} satisfies HandlersFor<typeof backups>;
