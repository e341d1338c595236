import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { killDriven } from '../support/app-kill-lab';
import { openPractice } from '../support/launch';

const run = promisify(execFile);

/** The command line as a process of its own on the same shop. */
async function call(
  dataDir: string,
  channel: string,
  input: unknown = {},
): Promise<{ ok: boolean; value?: unknown; error?: { code: string } }> {
  const args = ['out/main/cli.js', channel, JSON.stringify(input), '--db', join(dataDir, 'practice/shop.sqlite')];
  const { stdout } = await run(process.execPath, args, { env: { ...process.env, REGULARS_PASSPHRASE: 'test' } }).catch(
    (e: { stdout: string }) => e,
  );
  return JSON.parse(stdout.split('\n')[0] ?? '{}') as Awaited<ReturnType<typeof call>>;
}

const EVERYBODY = { id: null, name: 'Everybody', rule: { all: [{ is: 'may-text', value: true }] } };

test('a second process only reads while the app is open, and the lock is free the moment the app is killed', async () => {
  test.setTimeout(120_000);
  const app = await openPractice();
  expect(await call(app.dataDir, 'customers/counts')).toMatchObject({ ok: true });
  expect(await call(app.dataDir, 'segments/save', EVERYBODY)).toMatchObject({
    ok: false,
    error: { code: 'shop.locked-by-other' },
  });
  expect(await call(app.dataDir, 'restore/standing')).toMatchObject({ ok: true, value: { readOnly: 'other' } });
  await killDriven(app);
  expect(await call(app.dataDir, 'restore/standing')).toMatchObject({ ok: true, value: { readOnly: null } });
  expect(await call(app.dataDir, 'segments/save', EVERYBODY)).toMatchObject({ ok: true });
});
