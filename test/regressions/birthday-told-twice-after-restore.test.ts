import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { shopDay } from '@domain/calendar';
import { DAY, HOUR, type UtcMs } from '@domain/kernel';
import { theAutomation } from '@services/automations/look';
import { runAutomations } from '@services/automations/run';
import { makeAutomation } from '@services/automations/save';
import { resumeAutomation, switchOn, switchOnQuote } from '@services/automations/switch';
import { makeBackup, restoreBackup } from '@services/backups/backups';
import { onHold } from '@services/backups/on-hold';
import { flushSent } from '@services/backups/sent-journal';
import { afterEach, expect, it } from 'vitest';
import { PATTERN } from '../support/automation-shop';
import { aRestoreLab, drain, nobody, type RestoreLab, setUp } from '../support/restore-lab';
import { aNewYorker, givePermission } from '../support/sending-shop';
import { owner } from '../support/test-ctx';

let lab: RestoreLab;
afterEach(() => lab.close());

/**
 * A copy of the night before knows nothing of the birthday text of this morning. What runs by itself must not say it again: with its
 * journal it knows the cause; without one, the text stands in the carrier's list.
 */
it.each(['with its journal', 'without a journal'])('a birthday is not told again by a copy that was brought back, %s', async (how) => {
  lab = await aRestoreLab();
  await setUp(lab);
  const { ctx } = lab;
  const phone = aNewYorker(1);
  givePermission(ctx, [phone]);
  const day = shopDay((ctx.clock.now() + DAY) as UtcMs, ctx.settings().shop.zone).slice(5);
  ctx.db
    .prepare("INSERT INTO customer (first_name, phone, phone_kind, birthday, created_at, updated_at) VALUES ('Ana', ?, 'mobile', ?, 0, 0)")
    .run(phone, `--${day}`);
  const id = makeAutomation(ctx, owner, 'birthday', { name: 'Birthday', terms: { daysBefore: 0, goodFor: 30 }, pattern: PATTERN });
  const quote = await switchOnQuote(ctx, id);
  await switchOn(ctx, owner, { id, quoteToken: quote.quoteToken ?? '', inside: false });
  const { path } = await makeBackup(ctx);

  lab.advance(DAY);
  await runAutomations(ctx);
  await drain(ctx);
  expect(lab.created()).toEqual({ [phone]: 1 });

  flushSent(lab.ctx);
  if (how === 'without a journal') rmSync(join(lab.dir, 'journal.log'), { force: true });
  await restoreBackup(lab.ctx, nobody, path);
  await lab.shop.close();
  await lab.reopen();
  // nothing runs by itself until the owner says so
  expect(theAutomation(lab.ctx, id)).toMatchObject({ state: 'paused', held: 'restored' });
  await runAutomations(lab.ctx);
  await lab.run(() => onHold(lab.ctx)?.look === 'proven', 3 * HOUR);
  await resumeAutomation(lab.ctx, owner, id);
  for (let n = 0; n < 8; n++) {
    await runAutomations(lab.ctx);
    await lab.run(() => false, 10 * 60_000);
    lab.advance(DAY);
  }
  expect(lab.created()).toEqual({ [phone]: 1 });
});
