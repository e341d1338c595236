import type { Mapping } from '@domain/imports/fields';
import { attestImport } from '@services/consent/attest';
import { undoImport } from '@services/imports/undo';
import { expect, it } from 'vitest';
import { aFile, importFile } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

const MAPPING: Mapping = { kind: 'customers', till: 'list', columns: { firstName: [0], phone: [1], smsConsent: [2] } };

it('nobody may be texted because of a file that was taken back while its owner’s statement was still being written', async () => {
  const ctx = aCtx();
  const rows = Array.from({ length: 400 }, (_, i) => `P${i},212-55${5 + (i % 3)}-${String(1000 + i)},yes`);
  const { id } = await importFile(ctx, aFile(['name,phone,texts', ...rows, ''].join('\n')), { mapping: MAPPING });
  const statement = {
    method: 'paper' as const,
    detail: 'Club cards',
    fromDay: '2025-03-01' as never,
    toDay: '2026-02-28' as never,
    wording: 'Yes, text me offers from Corner Shoes. Reply STOP to end.',
  };
  const { task } = attestImport(ctx, owner, { importId: id, statement, signed: true });
  const attesting = ctx.tasks.finished(task).catch(() => undefined);
  let refused = false;
  try {
    await ctx.tasks.finished(undoImport(ctx, owner, { id }).task);
  } catch {
    refused = true;
  }
  await attesting;
  if (refused) await ctx.tasks.finished(undoImport(ctx, owner, { id }).task);
  const may = ctx.db.raw.prepare("SELECT count(*) FROM consent_state WHERE purpose = 'marketing' AND state = 'in'").pluck().get();
  expect(may).toBe(0);
});
