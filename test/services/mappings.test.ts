import { forgetStoredMapping, listMappings, saveStoredMapping } from '@services/sources/mappings';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview } from '../support/imports';
import { aCtx, owner } from '../support/test-ctx';

const csv = (n: number) => `when,bon,sum,vat\n2026-10-1${n},${n}1,10.00,0.80\n2026-10-1${n},${n}2,11.00,0.88\n`;
const mapping = { kind: 'sales' as const, till: 'Old till', columns: { date: [0], saleId: [1], total: [2] } };

describe('what the owner said columns mean', () => {
  it('is listed with its columns and when it was used, and used for the next file', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(csv(1), 'till.csv'), { mapping });
    expect(listMappings(ctx)).toMatchObject([
      { name: 'Old till', mapping, columnNames: ['when', 'bon', 'sum', 'vat'], lastFile: 'till.csv', imports: 1, usedAt: ctx.clock.now() },
    ]);
  });

  it('is changed for the next file; what was imported stays, and importing again corrects it without doubling', async () => {
    const ctx = aCtx();
    const file = aFile(csv(1));
    await importFile(ctx, file, { mapping });
    const stored = listMappings(ctx)[0];
    const tax = { ...mapping, columns: { ...mapping.columns, tax: [3] } };
    saveStoredMapping(ctx, owner, { fingerprint: stored?.fingerprint ?? '', name: 'Corner till', mapping: tax });
    const taxes = () => ctx.db.raw.prepare('SELECT tax FROM sale ORDER BY source_sale_id').pluck().all();
    expect(taxes()).toEqual([0, 0]);
    const again = await importFile(ctx, file, { mapping: listMappings(ctx)[0]?.mapping ?? null });
    expect(again.counts?.sales).toMatchObject({ new: 0, changed: 2 });
    expect(taxes()).toEqual([80, 88]);
    expect(listMappings(ctx)[0]?.name).toBe('Corner till'); // the name survives being used
  });

  it('cannot be made to mean nothing, or columns that are not there', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(csv(1)), { mapping });
    const fingerprint = listMappings(ctx)[0]?.fingerprint ?? '';
    const save =
      (columns: object, at = fingerprint) =>
      () =>
        saveStoredMapping(ctx, owner, { fingerprint: at, name: 'x', mapping: { ...mapping, columns: columns as never } });
    expect(save({ date: [0] })).toThrow('import.mapping-incomplete');
    expect(save({ date: [0], total: [9] })).toThrow('import.mapping-incomplete');
    expect(save({ date: [0], total: [2] }, 'other')).toThrow('source.not-found');
    expect(listMappings(ctx)[0]?.mapping).toEqual(mapping);
  });

  it('is forgotten: the next file asks again, past imports stay', async () => {
    const ctx = aCtx();
    await importFile(ctx, aFile(csv(1)), { mapping });
    const fingerprint = listMappings(ctx)[0]?.fingerprint ?? '';
    forgetStoredMapping(ctx, owner, fingerprint);
    expect(listMappings(ctx)).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(2);
    expect(() => forgetStoredMapping(ctx, owner, fingerprint)).toThrow('source.not-found');
    await preview(ctx, aFile(csv(2)), { mapping });
    expect(listMappings(ctx)).toHaveLength(1);
  });
});
