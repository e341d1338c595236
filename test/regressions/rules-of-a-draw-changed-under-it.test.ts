import { createHash } from 'node:crypto';
import { readSettings, saveSettings } from '@db/queries/settings';
import type { PhoneE164, Zone } from '@domain/kernel';
import { replayJournal } from '@services/backups/replay';
import { getDraw } from '@services/draws/draws';
import { expect, it } from 'vitest';
import { anOpenDraw } from '../support/draws';
import { aCtx, NOON } from '../support/test-ctx';

/*
 * Story: while the draw was open the shop got another number. From then on its official rules named that one, and the record printed
 * after the draw carried the hash of rules nobody could find any more: the page beside the till and the one in the folder disagreed.
 */
it('the rules of a draw are shown and printed as they were opened, whatever the shop changes since', () => {
  const ctx = aCtx({ settings: { texting: { numbers: ['+12125559999' as PhoneE164] } } });
  const id = anOpenDraw(ctx, { alternates: 1 });
  const opened = getDraw(ctx, id);
  expect(opened.rulesText.en.join(' ')).toContain('WIN to (212) 555-9999');
  const { shop, texting } = readSettings(ctx.db);
  saveSettings(ctx.db, 'texting', { ...texting, numbers: ['+16465550000' as PhoneE164] }, NOON);
  saveSettings(ctx.db, 'shop', { ...shop, zone: 'America/Los_Angeles' as Zone, currency: 'CAD' }, NOON);
  const copy = aCtx();
  copy.db.tx((trx) => replayJournal(trx, copy.hmacKey, ctx.journalled, NOON));
  for (const c of [ctx, copy]) {
    const { rulesText, rulesHash, rules } = getDraw(c, id);
    expect(rulesText).toEqual(opened.rulesText);
    expect(
      createHash('sha256')
        .update([...rulesText.en, '', ...rulesText.es].join('\n'))
        .digest('hex'),
    ).toBe(rulesHash);
    expect(rules).toEqual(opened.rules);
  }
});
