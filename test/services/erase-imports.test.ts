import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stateOf } from '@domain/consent/status';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { consentOf, verifyLedger } from '@services/consent/index';
import { importProblems } from '@services/imports/report';
import { erasePerson } from '@services/privacy/erase';
import { describe, expect, it } from 'vitest';
import { aFile, importFile, preview, squareCustomers, squareItems, undo } from '../support/imports';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';
import { createDb } from '../support/test-db';

const ANA = {
  'Reference ID': 'REF1',
  'First Name': 'Quintessa',
  'Last Name': 'Verhoeven',
  'Email Address': 'q@verhoeven.example',
  'Phone Number': '+12125550123',
  'Square Customer ID': 'SQANA',
};
const BO = {
  ...ANA,
  'First Name': 'Bob',
  'Last Name': 'Smith',
  'Email Address': 'bo@b.example',
  'Phone Number': '+12125550124',
  'Square Customer ID': 'SQBO',
  'Reference ID': 'REF2',
};
const SALES = [
  {
    Date: '2026-10-01',
    Time: '10:00:00',
    'Time Zone': 'Eastern Time (US & Canada)',
    Item: 'Boots',
    'Transaction ID': 'T1',
    'Payment ID': 'P1',
    'Customer ID': 'SQANA',
    'Customer Name': 'Quintessa Verhoeven',
  },
  {
    Date: '2026-10-02',
    Time: '10:00:00',
    'Time Zone': 'Eastern Time (US & Canada)',
    Item: 'Laces',
    'Transaction ID': 'T2',
    'Payment ID': 'P2',
    'Customer ID': 'SQBO',
    'Customer Name': 'Bob Smith',
  },
];
const names = (ctx: TestCtx) => ctx.db.raw.prepare("SELECT first_name FROM customer WHERE first_name <> '' ORDER BY 1").pluck().all();
const traces = (ctx: TestCtx) => {
  const tables = ctx.db.raw
    .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'customer_search'")
    .pluck()
    .all() as string[];
  return tables.flatMap((t) => {
    const said = JSON.stringify(ctx.db.raw.prepare(`SELECT * FROM "${t}"`).all());
    return ['Quintessa', 'Verhoeven', '2125550123', 'SQANA'].filter((w) => said.includes(w)).map((w) => `${t}: ${w}`);
  });
};
const idOf = (ctx: TestCtx, name: string) =>
  ctx.db.raw.prepare('SELECT id FROM customer WHERE first_name = ?').pluck().get(name) as CustomerId;

describe('till files and somebody who was erased', () => {
  const filled = async () => {
    const ctx = aCtx({ db: createDb(join(mkdtempSync(join(tmpdir(), 'regulars-db-')), 'shop.sqlite')) });
    const people = await importFile(ctx, aFile(squareCustomers([ANA, BO]), 'customers.csv'));
    const sales = await importFile(ctx, aFile(squareItems(SALES), 'items.csv'));
    expect(names(ctx)).toEqual(['Bob', 'Quintessa']);
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: idOf(ctx, 'Quintessa') }).task);
    return { ctx, people, sales };
  };
  const whole = async (ctx: TestCtx) =>
    (await verifyLedger(ctx.db, { hmacKey: ctx.hmacKey, zone: ctx.settings().shop.zone, now: ctx.clock.now() })).faults;

  it('leave no name, number or till id behind, and the receipts stay', async () => {
    const { ctx } = await filled();
    expect(traces(ctx)).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale WHERE customer_id < 0').pluck().get()).toBe(1);
  });

  it('the same files again: the person is erased again by itself, receipts are not doubled, the stop holds', async () => {
    const { ctx } = await filled();
    await importFile(ctx, aFile(squareCustomers([ANA, BO]), 'customers.csv'));
    await importFile(ctx, aFile(squareItems(SALES), 'items.csv'));
    expect(names(ctx)).toEqual(['Bob']);
    expect(traces(ctx)).toEqual([]);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale').pluck().get()).toBe(2);
    expect(ctx.db.raw.prepare('SELECT count(*) FROM sale WHERE customer_id < 0').pluck().get()).toBe(1);
    expect(stateOf(consentOf(ctx.db, ctx.hmacKey, ANA['Phone Number'] as PhoneE164, ctx.clock.now()), 'marketing')).toBe('out');
    expect(ctx.db.raw.prepare("SELECT count(*) FROM audit WHERE action = 'privacy.brought-again'").pluck().get()).toBeGreaterThan(0);
    expect(await whole(ctx)).toEqual([]);
  });

  it('taking the imports back brings nobody back', async () => {
    const { ctx, people, sales } = await filled();
    const again = await importFile(ctx, aFile(squareCustomers([ANA, BO]), 'customers.csv'));
    for (const id of [again.id, sales.id, people.id]) await undo(ctx, id);
    expect(names(ctx)).not.toContain('Quintessa');
    expect(traces(ctx)).toEqual([]);
    expect(await whole(ctx)).toEqual([]);
  });

  it('a file that was being looked at is put away; rows that could not be read lose their cells', async () => {
    const ctx = aCtx({ db: createDb(join(mkdtempSync(join(tmpdir(), 'regulars-db-')), 'shop.sqlite')) });
    await importFile(ctx, aFile(squareCustomers([ANA, BO]), 'c.csv'));
    const broken = { ...SALES[0], 'Net Sales': 'ten', 'Transaction ID': 'T9', 'Payment ID': 'P9' } as Record<string, string>;
    const first = await importFile(ctx, aFile(squareItems([...(SALES as Record<string, string>[]), broken]), 'items.csv'));
    const cells = () =>
      JSON.stringify((['rejected', 'note'] as const).flatMap((k) => importProblems(ctx, first.id, k, { offset: 0, limit: 100 })));
    expect(cells()).toMatch(/SQANA/);
    const waiting = await preview(ctx, aFile(squareCustomers([ANA, BO]), 'customers.csv'));
    await ctx.tasks.finished(erasePerson(ctx, owner, { id: idOf(ctx, 'Quintessa') }).task);
    expect(ctx.db.raw.prepare('SELECT state FROM import WHERE id = ?').pluck().get(waiting.id)).toBe('cancelled');
    expect(cells()).not.toMatch(/SQANA/);
  });
});
