/**
 * The sender of mails as a process of its own, to be killed: opens the shop in REGULARS_TEST_SHOP the way the app does, at the hour
 * REGULARS_TEST_NOW, and sends what may leave by the account in its settings. Prints `ready`. Run as a bundle (test/support/kill-lab.ts).
 */
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { openShop } from '@backend/open-shop';
import type { UtcMs } from '@domain/kernel';
import { recoverMails, sendDue } from '@services/mail/sender';

const dir = process.env['REGULARS_TEST_SHOP'] ?? '';

async function main(): Promise<void> {
  const clock = new FixedClock(Number(process.env['REGULARS_TEST_NOW']) as UtcMs);
  const shop = await openShop({ dir, kind: 'real', secrets: new PassphraseVault(join(dir, 'vault.json'), 'test'), clock });
  process.stdout.write('ready\n');
  recoverMails(shop.ctx);
  const sent = await sendDue(shop.ctx);
  process.stdout.write(`sent ${sent}\n`);
  await shop.close();
  process.exit(0);
}

void main();
