import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import type { UtcMs } from '@domain/kernel';
import { openShop } from './open-shop';
import { fillSampleShop } from './sample-shop';

/**
 * Development: `seed --dir DIR [--people N] [--lines N] [--seed N] [--now ISO]` makes a sample shop in a folder and tells its
 * figures, truth included, as one JSON line.
 */
async function main(): Promise<void> {
  const argv = process.argv.slice(2);
  const value = (name: string) => (argv.includes(`--${name}`) ? argv[argv.indexOf(`--${name}`) + 1] : undefined);
  const number = (name: string) => (value(name) === undefined ? undefined : Number(value(name)));
  const dir = value('dir');
  if (!dir) throw new Error('--dir is missing');
  const now = Date.parse(value('now') ?? '') as UtcMs;
  const shop = await openShop({
    dir,
    kind: 'real',
    secrets: new PassphraseVault(join(dir, 'vault.json'), process.env['REGULARS_PASSPHRASE'] ?? 'development'),
    ...(Number.isNaN(now) ? {} : { clock: new FixedClock(now) }),
  });
  const [people, lines, seed] = [number('people'), number('lines'), number('seed')];
  const seeded = await fillSampleShop(shop.ctx, {
    ...(people === undefined ? {} : { people }),
    ...(lines === undefined ? {} : { lines }),
    ...(seed === undefined ? {} : { seed }),
  });
  await shop.close();
  process.stdout.write(`${JSON.stringify(seeded)}\n`);
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
