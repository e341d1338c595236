import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@adapters/clock/fixed-clock';
import { PassphraseVault } from '@adapters/disk/vault';
import { openShop } from '@backend/open-shop';
import { openDb } from '@db/open';
import { readSettings, saveSettings } from '@db/queries/settings';
import { HOUR } from '@domain/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildPrograms, type Programs } from '../support/kill-lab';
import { aMail, aReader } from '../support/mail-shop';
import { MAIL_PASSWORD, MAIL_USER, type PostOffice, startPostOffice, type Where } from '../support/smtp';
import { NOON, type TestCtx } from '../support/test-ctx';

const PEOPLE = ['ana@example.com', 'ben@example.com', 'cleo@example.com', 'dana@example.com'];

/**
 * The sender killed (-9) in the middle of what it says to a real post office: before it says for whom, while the words are under way, and
 * after the office has the mail but nobody heard its answer. Whatever falls where, nobody has a mail twice; what may have left is shown.
 */
describe('killed in the middle of a mail', () => {
  let programs: Programs;
  let office: PostOffice;
  let dir: string;
  beforeAll(async () => {
    programs = await buildPrograms({ mailer: 'test/support/mail-process.ts' });
    office = await startPostOffice();
    dir = mkdtempSync(join(tmpdir(), 'regulars-mail-kill-'));
    const secrets = new PassphraseVault(join(dir, 'vault.json'), 'test');
    const shop = await openShop({ dir, kind: 'real', secrets, clock: new FixedClock(NOON) });
    const ctx = shop.ctx as TestCtx;
    await secrets.set('mail-password', MAIL_PASSWORD);
    const { shop: own, mail } = readSettings(ctx.db);
    saveSettings(ctx.db, 'shop', { ...own, name: 'Corner Shoes', street: '12 Main St', city: 'Springfield', postalCode: '12345' }, NOON);
    const account = {
      mode: 'smtp',
      host: '127.0.0.1',
      port: office.port,
      security: 'tls',
      user: MAIL_USER,
      fromAddress: MAIL_USER,
    } as const;
    saveSettings(ctx.db, 'mail', { ...mail, ...account, imap: null, dailyLimit: 99 }, NOON);
    for (const email of PEOPLE) {
      aReader(ctx, { email });
      aMail(ctx, email);
    }
    await shop.close();
  }, 60_000);
  afterAll(async () => {
    await office.close();
    programs.remove();
  });

  /** One life of the process; `at`: where in the talk it dies. Resolves when it is over. */
  const life = (hour: number, at: Where | null) =>
    new Promise<'killed' | 'ended'>((resolve, reject) => {
      const child = spawn(process.execPath, [programs.path('mailer')], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: {
          ...process.env,
          REGULARS_TEST_SHOP: dir,
          REGULARS_TEST_NOW: String(NOON + hour * HOUR),
          NODE_EXTRA_CA_CERTS: join(process.cwd(), 'test/fixtures/mail/cert.pem'),
        },
      });
      office.mood = {};
      // only now: the end of a talk whose other side died is heard late
      child.stdout.once('data', () => {
        if (at !== null) office.mood = { reached: (where) => where === at && child.kill('SIGKILL') };
      });
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        signal === 'SIGKILL' ? resolve('killed') : code === 0 ? resolve('ended') : reject(new Error(`${code}`)),
      );
    });
  const states = (): Record<string, string> => {
    const db = openDb(join(dir, 'shop.sqlite'), { readonly: true });
    try {
      return Object.fromEntries(
        (db.raw.prepare('SELECT address, state FROM mail ORDER BY id').all() as { address: string; state: string }[]).map((m) => [
          m.address,
          m.state,
        ]),
      );
    } finally {
      db.close();
    }
  };

  it('nobody has one twice; whoever may have one is shown to the owner and never written to again by itself', async () => {
    expect(await life(0, 'recipient')).toBe('killed');
    expect(Object.values(states()).filter((s) => s === 'sending')).toHaveLength(1);
    expect(await life(1, 'words')).toBe('killed');
    expect(await life(2, 'taken')).toBe('killed');
    const cutOff = Object.values(states()).filter((s) => s === 'uncertain' || s === 'sending');
    expect(cutOff).toHaveLength(3);
    expect(await life(3, null)).toBe('ended');
    expect(Object.values(states()).sort()).toEqual(['sent', 'uncertain', 'uncertain', 'uncertain']);
    // and the next day, and the day after
    expect(await life(24, null)).toBe('ended');
    const got = office.arrived.map((m) => m.to[0]);
    expect(new Set(got).size).toBe(got.length);
    // a short mail may be whole before the killing is noticed
    expect(got.length).toBeGreaterThanOrEqual(2);
    expect(got.length).toBeLessThanOrEqual(3);
  }, 60_000);
});
