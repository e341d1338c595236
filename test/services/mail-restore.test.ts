import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { mailCounts } from '@db/queries/mail';
import { readSettings, saveSettings } from '@db/queries/settings';
import { HOUR, MINUTE } from '@domain/kernel';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { goOn, onHold } from '@services/backups/on-hold';
import { sendDue } from '@services/mail/sender';
import { afterEach, describe, expect, it } from 'vitest';
import { aMail, aReader, countingMailer } from '../support/mail-shop';
import { aRestoreLab, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import type { TestCtx } from '../support/test-ctx';

let lab: RestoreLab;
afterEach(() => lab.close());

const mailer = countingMailer();
const CAMPAIGN = 1;

/** The shop's own post office, whatever process of it runs. */
const connected = (): TestCtx => {
  const { ctx } = lab;
  Object.assign(ctx.mail, { mailer: async () => mailer });
  return ctx as TestCtx;
};
const states = () =>
  Object.fromEntries(
    mailCounts(lab.ctx.db, { kind: 'campaign', id: String(CAMPAIGN) }).map((r) => [
      r.reason === null ? r.state : `${r.state}/${r.reason}`,
      r.count,
    ]),
  );

/** A shop without any texting account; four mails wait, two have left before the copy, one after it. */
async function restoredInTheMiddle(journal: boolean): Promise<void> {
  mailer.took.length = 0;
  lab = await aRestoreLab();
  await setUp(lab, { mode: 'none' });
  lab.ctx.db.prepare("DELETE FROM meta WHERE key = 'account_sid'").run();
  const ctx = connected();
  const { shop, mail } = readSettings(ctx.db);
  const now = ctx.clock.now();
  saveSettings(ctx.db, 'shop', { ...shop, street: '12 Main St', city: 'Springfield', region: 'NY', postalCode: '12345' }, now);
  saveSettings(
    ctx.db,
    'mail',
    { ...mail, mode: 'smtp', host: 'localhost', user: 'u', fromAddress: 'hello@corner-shoes.example', dailyLimit: 99 },
    now,
  );
  ctx.journal.append([{ kind: 'campaign-started', at: now, row: { id: CAMPAIGN } }]);
  ctx.db
    .prepare("INSERT INTO campaign (id, name, state, created_at, updated_at, started_at) VALUES (?, 'Boots', 'sending', ?, ?, ?)")
    .run(CAMPAIGN, now, now, now);
  for (const n of [1, 2, 3, 4]) {
    aReader(ctx, { email: `p${n}@example.com` });
    aMail(ctx, `p${n}@example.com`, { campaign: CAMPAIGN });
  }
  expect(await sendDue(ctx, 2)).toBe(2);
  const { path } = await makeBackup(ctx);
  lab.advance(10 * MINUTE);
  expect(await sendDue(ctx, 1)).toBe(1);
  lab.advance(5 * MINUTE);
  if (!journal) rmSync(join(lab.dir, 'journal.log'), { force: true });
  await restoreBackup(ctx, nobody, path);
  await lab.shop.close();
  await lab.reopen();
  connected();
}
const to = () => mailer.took.map((m) => m.to).sort();

describe('a copy of a shop that only writes mails', () => {
  it('is not held up by a list of texts there never was; what did not leave goes on at the owner’s word, each once', async () => {
    await restoredInTheMiddle(true);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', HOUR);
    expect(onHold(lab.ctx)).toMatchObject({
      look: 'proven',
      connected: true,
      campaigns: [{ id: CAMPAIGN, left: 3, notLeft: 1, unsure: 0 }],
    });
    // nothing of it leaves by itself
    expect(await sendDue(lab.ctx)).toBe(0);
    await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, CAMPAIGN as never, false));
    lab.advance(MINUTE);
    expect(await sendDue(lab.ctx)).toBe(1);
    expect(to()).toEqual([1, 2, 3, 4].map((n) => `p${n}@example.com`));
    expect(Object.values(states()).reduce((a, b) => a + b, 0)).toBe(4);
  });

  it('without its journal nobody knows what left since: each such mail waits for the owner’s own look', async () => {
    await restoredInTheMiddle(false);
    await lab.run(() => onHold(lab.ctx)?.look === 'proven', HOUR);
    await lab.ctx.tasks.finished(goOn(lab.ctx, nobody, CAMPAIGN as never, false));
    lab.advance(MINUTE);
    expect(await sendDue(lab.ctx)).toBe(0);
    expect(states()).toEqual({ sent: 2, 'uncertain/restored': 2 });
    expect(new Set(to()).size).toBe(to().length);
  });
});
