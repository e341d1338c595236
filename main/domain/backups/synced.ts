/** Folders that services copy behind SQLite's back, as they are called on Windows, macOS and Linux. Whole names, any case. */
const NAMES: readonly RegExp[] = [
  /^dropbox( \(.+\))?$/i,
  /^onedrive( ?- .+| \(.+\)|-.+)?$/i, // "OneDrive - Company", "OneDrive-Personal" under CloudStorage
  /^google ?drive( \(.+\)|-.+)?$/i,
  /^googledrive-.+$/i,
  /^my drive$/i,
  /^icloud ?drive$/i,
  /^iclouddrive$/i,
  /^icloud(~.+)?$/i,
  /^mobile documents$/i,
  /^cloudstorage$/i, // macOS keeps every file provider here
  /^box( sync)?$/i,
  /^nextcloud\d*$/i,
  /^owncloud\d*$/i,
  /^pcloud ?drive$/i,
  /^pclouddrive$/i,
  /^mega(sync)?( downloads)?$/i,
  /^syncthing$/i,
  /^resilio( sync)?$/i,
  /^btsync$/i,
  /^seafile$/i,
  /^spideroak( hive)?$/i,
  /^tresorit( drive)?$/i,
  /^proton ?drive$/i,
  /^kdrive$/i,
  /^hidrive$/i,
  /^yandex\.?disk$/i,
  /^sugarsync.*$/i,
  /^creative cloud files.*$/i,
];
/** Left by a service in the root of what it copies. */
export const SYNC_MARKS: readonly string[] = [
  '.stfolder',
  '.dropbox',
  '.dropbox.cache',
  '.sync',
  '.nextcloudsync.log',
  '.owncloudsync.log',
  '.SeaDriveCache',
];

const partsOf = (path: string): string[] => path.split(/[\\/]+/).filter((p) => p !== '');

/** The folder of a path that a service copies; null when none does by its name. Knows paths of every system, whichever it runs on. */
export const syncedPart = (path: string): string | null => partsOf(path).find((p) => NAMES.some((n) => n.test(p))) ?? null;

/**
 * A share on another computer (`\\server\share`, `//server/share`): locks do not hold there and SQLite's log does not work, so two
 * computers could send from one file.
 */
export const onNetworkShare = (path: string): boolean =>
  /^(\\\\|\/\/)(?![?.][\\/])[^\\/]+[\\/]+[^\\/]+/.test(path) || /^\\\\\?\\UNC\\/i.test(path);

/** File systems (statfs numbers of Linux) that live on another computer: NFS, SMB, CIFS, SMB2, AFS, Ceph. 9P is how virtual machines mount their own disk. */
const REMOTE_TYPES: ReadonlySet<number> = new Set([0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x00c36400]);
export const isRemoteFileSystem = (type: number): boolean => REMOTE_TYPES.has(type >>> 0);
