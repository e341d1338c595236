/**
 * The sender as a process of its own, to be killed: opens the shop in REGULARS_TEST_SHOP the way the backend does, on the carrier's
 * clock, and sends until nothing is open. Prints `ready`, then `done`. Run as a bundle (test/support/kill-lab.ts).
 */
import { join } from 'node:path';
import { connectRemoteClock } from '@adapters/clock/remote-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { openShop } from '@backend/open-shop';
import { startSender } from '@services/outbox/sender';

const dir = process.env['REGULARS_TEST_SHOP'] ?? '';
const carrier = process.env['REGULARS_TEST_CARRIER'] ?? '';

async function main(): Promise<void> {
  const clock = await connectRemoteClock(carrier);
  const secrets = new PassphraseVault(join(dir, 'vault.json'), 'test');
  const shop = await openShop({ dir, kind: 'real', secrets, clock, twilioUrl: carrier });
  if (shop.readOnly) throw new Error('somebody else holds the lock');
  const { db } = shop.ctx;
  const stop = new AbortController();
  const sending = startSender(shop.ctx, stop.signal);
  process.stdout.write('ready\n');
  const open = db.prepare(
    `SELECT (SELECT count(*) FROM campaign WHERE state IN ('staging', 'sending'))
       + (SELECT count(*) FROM outbox WHERE state IN ('waiting', 'sending') OR (state = 'uncertain' AND reconcile_at IS NOT NULL)) AS n`,
  );
  while ((open.get() as { n: number }).n > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  stop.abort();
  await sending;
  await shop.close();
  clock.close();
  process.stdout.write('done\n');
  process.exit(0);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
