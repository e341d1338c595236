import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { type OpenOptions, type OpenShop, openShop } from '@backend/open-shop';
import { NOON } from './test-ctx';

/** A shop on disk, opened the way the backend does it. */
export async function aShopFolder(options: Partial<OpenOptions> = {}): Promise<OpenShop & { dir: string; clock: FixedClock }> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'regulars-shop-'));
  const clock = new FixedClock(NOON);
  const shop = await openShop({ dir, kind: 'real', secrets: new PassphraseVault(join(dir, 'vault.json'), 'test'), clock, ...options });
  return { ...shop, dir, clock };
}
