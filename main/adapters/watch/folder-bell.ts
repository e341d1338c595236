import type { FolderBell } from '@ports/folder-bell';

/** A till that writes rings many times a second; one ring says it all. */
const GATHER_MS = 200;

/**
 * The system's own file watching through chokidar. It is loaded when the first folder is watched. Errors (too many watches, a drive
 * that does not ring) are no trouble: the folder is looked at now and then anyway.
 */
export const chokidarBell: FolderBell = {
  async hang(folder, ring) {
    const { watch } = await import('chokidar');
    let timer: NodeJS.Timeout | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        ring();
      }, GATHER_MS);
    };
    const watcher = watch(folder, { depth: 0, ignoreInitial: true, followSymlinks: false, ignorePermissionErrors: true });
    watcher.on('all', soon).on('error', soon);
    return {
      async close() {
        clearTimeout(timer);
        await watcher.close();
      },
    };
  },
};
