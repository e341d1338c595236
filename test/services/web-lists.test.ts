import { existsSync, readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { sourcesWaiting, webSheet } from '@db/queries/sources';
import { commitImport } from '@services/imports/commit';
import {
  addSheet,
  allowHost,
  changeSheet,
  checkDailySheets,
  leaveSheet,
  refreshSheet,
  removeSheet,
  sheetsView,
} from '@services/sources/sheets';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { aFile, preview, squareCustomers, squareItems } from '../support/imports';
import { aCtx, owner, type TestCtx } from '../support/test-ctx';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;
let server: Server;
let base: string;
let answer: Answer;
let asked: IncomingMessage[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const csv =
  (text: string, headers: Record<string, string> = {}): Answer =>
  (_q, r) => {
    r.writeHead(200, { 'content-type': 'text/csv', ...headers });
    r.end(text);
  };
const page: Answer = (_q, r) => {
  r.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
  r.end('<!doctype html><title>Sign in</title>');
};

describe('a list on the web', () => {
  const people = (...names: string[]) =>
    squareCustomers(names.map((n) => ({ 'Square Customer ID': n, 'First Name': n, 'Email Address': `${n.toLowerCase()}@x.example` })));
  const refresh = async (ctx: TestCtx, id: number) => ctx.tasks.finished(refreshSheet(ctx, owner, id).task).then(() => sheetsView(ctx)[0]);
  const add = (ctx: TestCtx) => addSheet(ctx, owner, { url: `${base}/people.csv`, name: 'Book club' }).id;
  const known = (ctx: TestCtx) => ctx.db.raw.prepare('SELECT count(*) FROM customer').pluck().get() as number;

  it('is fetched, previewed, and imported only when the owner says so; then its file is gone', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    expect(asked).toHaveLength(0); // adding a link asks nothing
    answer = csv(people('Ann', 'Bo'), { etag: '"v1"' });
    const view = await refresh(ctx, id);
    expect(view).toMatchObject({ name: 'Book club', host: '127.0.0.1', state: 'new', error: null });
    expect(known(ctx)).toBe(0);
    expect(sourcesWaiting(ctx.db)).toBe(1);
    await ctx.tasks.finished(commitImport(ctx, owner, { id: view?.importId as never }).task);
    expect(known(ctx)).toBe(2);
    expect(sheetsView(ctx)[0]).toMatchObject({ state: 'same', importId: null, path: null });
    expect(sourcesWaiting(ctx.db)).toBe(0);
    // the marks count from now on
    answer = (q, r) => r.writeHead(q.headers['if-none-match'] === '"v1"' ? 304 : 500).end();
    expect(await refresh(ctx, id)).toMatchObject({ state: 'same' });
    expect(readdirSync(join(ctx.dir, 'web-lists'))).toEqual([]);
  });

  it('asks about each version anew, and does not hide one that nobody decided about', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = csv(people('Ann'), { etag: '"v1"' });
    const first = await refresh(ctx, id);
    expect(await refresh(ctx, id)).toMatchObject({ state: 'new', importId: first?.importId });
    expect(asked[1]?.headers['if-none-match']).toBeUndefined();
    answer = csv(people('Ann', 'Bo'), { etag: '"v2"' });
    const second = await refresh(ctx, id);
    expect(second?.importId).not.toBe(first?.importId);
    leaveSheet(ctx, id);
    expect(sheetsView(ctx)[0]).toMatchObject({ state: 'same' });
    expect(await refresh(ctx, id)).toMatchObject({ state: 'same' }); // left: the same content is not offered again
    expect(known(ctx)).toBe(0);
  });

  it('that says what is known already changes nothing and asks nothing', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = csv(people('Ann'));
    const view = await refresh(ctx, id);
    await ctx.tasks.finished(commitImport(ctx, owner, { id: view?.importId as never }).task);
    answer = csv(`${people('Ann')}\n`);
    expect(await refresh(ctx, id)).toMatchObject({ state: 'same', importId: null });
    expect(existsSync(join(ctx.dir, 'web-lists', String(id)))).toBe(false);
  });

  it('with unknown columns is opened in the wizard, and remembered columns are read next time', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = csv('who,call\nAnn Lee,212 555 0142\n');
    const view = await refresh(ctx, id);
    expect(view).toMatchObject({ state: 'new', importId: null });
    const path = view?.path ?? '';
    expect(path.endsWith('Book club.csv')).toBe(true);
    const mapping = { kind: 'customers' as const, till: '', columns: { fullName: [0], phone: [1] } };
    const report = await preview(ctx, path, { mapping });
    await ctx.tasks.finished(commitImport(ctx, owner, { id: report.id }).task);
    expect(sheetsView(ctx)[0]).toMatchObject({ state: 'same' });
    answer = csv('who,call\nAnn Lee,212 555 0142\nBo Ray,212 555 0199\n');
    expect((await refresh(ctx, id))?.importId).toBeTypeOf('number');
  });

  it('leads on only to a host that was shown and allowed', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = (_q, r) => r.writeHead(302, { location: 'https://doc-0k-14-sheets.googleusercontent.com/pub' }).end();
    expect(await refresh(ctx, id)).toMatchObject({ state: 'other-host', askHost: 'doc-…-sheets.googleusercontent.com' });
    expect(() => allowHost(ctx, owner, { id, host: 'evil.example' })).toThrow('source.not-found');
    allowHost(ctx, owner, { id, host: 'doc-…-sheets.googleusercontent.com' });
    expect(sheetsView(ctx)[0]).toMatchObject({ also: ['doc-…-sheets.googleusercontent.com'], askHost: null });
  });

  it('says kindly what is wrong, and nothing is changed', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = page;
    await expect(refresh(ctx, id)).rejects.toMatchObject({ code: 'sheet.sign-in' });
    expect(sheetsView(ctx)[0]).toMatchObject({ state: 'failed', error: 'sheet.sign-in' });
    answer = csv(squareItems([{ 'Transaction ID': 'A' }]));
    await expect(refresh(ctx, id)).rejects.toMatchObject({ code: 'sheet.not-people' });
    expect(readdirSync(join(ctx.dir, 'web-lists'))).toEqual([]);
    answer = csv(people('Ann'));
    expect(await refresh(ctx, id)).toMatchObject({ state: 'new', error: null });
  });

  it('leaves alone the preview somebody has open', async () => {
    const ctx = aCtx();
    const mine = await preview(ctx, aFile(people('Cy')));
    answer = csv(people('Ann'));
    await refresh(ctx, add(ctx));
    expect(ctx.db.raw.prepare('SELECT state FROM import WHERE id = ?').pluck().get(mine.id)).toBe('previewed');
  });

  it('is looked at every day where the owner wants it, which only prepares and tells', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    const { signal } = new AbortController();
    answer = csv(people('Ann'));
    await checkDailySheets(ctx, signal);
    expect(asked).toHaveLength(0);
    changeSheet(ctx, { id, name: 'Club', daily: true });
    await checkDailySheets(ctx, signal);
    await checkDailySheets(ctx, signal);
    expect([asked.length, known(ctx), ctx.noticed]).toEqual([1, 0, [{ kind: 'list-waits', name: 'Club' }]]);
    ctx.clock.advance(21 * 3_600_000);
    await checkDailySheets(ctx, signal);
    expect([asked.length, ctx.noticed.length]).toEqual([2, 1]); // still the same news
    answer = (_q, r) => r.destroy();
    ctx.clock.advance(21 * 3_600_000);
    await checkDailySheets(ctx, signal);
    expect(sheetsView(ctx)[0]?.error ?? webSheet(ctx.db, id)?.outcome).toBe('sheet.unreachable');
  });

  it('removed is forgotten; its people stay', async () => {
    const ctx = aCtx();
    const id = add(ctx);
    answer = csv(people('Ann'));
    const view = await refresh(ctx, id);
    await ctx.tasks.finished(commitImport(ctx, owner, { id: view?.importId as never }).task);
    removeSheet(ctx, owner, id);
    expect([sheetsView(ctx), known(ctx)]).toEqual([[], 1]);
  });
});
