import { isRemoteFileSystem, onNetworkShare, syncedPart } from '@domain/backups/synced';
import { describe, expect, it } from 'vitest';

describe('folders another program writes into', () => {
  it.each([
    ['C:\\Users\\Olga\\OneDrive\\Regulars', 'OneDrive'],
    ['C:\\Users\\Olga\\OneDrive - Corner Shoes Ltd\\Regulars', 'OneDrive - Corner Shoes Ltd'],
    ['C:\\Users\\Olga\\Dropbox (Personal)\\shop', 'Dropbox (Personal)'],
    ['C:/Users/Olga/iCloudDrive/shop', 'iCloudDrive'],
    ['G:\\My Drive\\shop', 'My Drive'],
    ['/Users/olga/Library/Mobile Documents/com~apple~CloudDocs/shop', 'Mobile Documents'],
    ['/Users/olga/Library/CloudStorage/GoogleDrive-olga@example.com/My Drive/shop', 'CloudStorage'],
    ['/Users/olga/Google Drive/shop', 'Google Drive'],
    ['/home/olga/Dropbox/shop', 'Dropbox'],
    ['/home/olga/Nextcloud2/shop', 'Nextcloud2'],
    ['/home/olga/Syncthing/shop', 'Syncthing'],
    ['/home/olga/pCloudDrive/shop', 'pCloudDrive'],
    ['/home/olga/MEGAsync/shop', 'MEGAsync'],
    ['/home/olga/ProtonDrive/shop', 'ProtonDrive'],
    ['/Users/olga/Box/shop', 'Box'],
  ])('%s', (path, part) => expect(syncedPart(path)).toBe(part));

  it.each([
    'C:\\Users\\Olga\\AppData\\Roaming\\Regulars\\shops\\real',
    '/Users/olga/Library/Application Support/Regulars/shops/real',
    '/home/olga/.config/Regulars/shops/real',
    '/home/olga/Dropboxes/shop',
    '/srv/megastore/shop',
    '/home/boxer/shop',
    '/home/olga/onedriver/shop',
    'D:\\Till\\Music Box\\shop',
  ])('%s is an ordinary folder', (path) => expect(syncedPart(path)).toBeNull());

  it('shares of another computer are told from folders of this one', () => {
    for (const p of ['\\\\server\\till\\shop', '//nas/till/shop', '\\\\?\\UNC\\server\\till\\shop'])
      expect(onNetworkShare(p), p).toBe(true);
    for (const p of ['C:\\till\\shop', '/srv/till', '\\\\?\\C:\\till\\shop', '\\\\.\\pipe\\x']) expect(onNetworkShare(p), p).toBe(false);
    for (const type of [0x6969, 0xff534d42, 0xfe534d42 | 0]) expect(isRemoteFileSystem(type)).toBe(true);
    for (const type of [0xef53, 0x9123683e, 0x01021994, 0x794c7630]) expect(isRemoteFileSystem(type)).toBe(false);
  });
});
