import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import type { IncomingMessage, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isPublicAddress } from '@adapters/web-sheet/addresses';
import { makeWebSheet, type WebSheetOptions } from '@adapters/web-sheet/web-sheet';
import { placeOf, readLink } from '@domain/sources/web-link';
import type { SheetRequest } from '@ports/web-sheet';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, page, startWebServer } from '../support/web-server';

let server: Server;
let base: string;
let answer: Answer;
let asked: IncomingMessage[] = [];
beforeAll(async () => {
  ({ server, base } = await startWebServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }));
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
const signIn = page('<!doctype html><title>Sign in</title>');

describe('a link', () => {
  it.each([
    ['https://docs.google.com/spreadsheets/d/e/2PACX-1v/pub?gid=0&single=true&output=csv', 'docs.google.com'],
    ['  https://Example.ORG./people.csv#top ', 'example.org'],
    ['https://example.org:443/x', 'example.org'],
  ])('%s is read', (text, host) => expect(readLink(text)).toMatchObject({ host }));

  it.each([
    ['http://example.org/x.csv', 'not-https'],
    ['file:///etc/passwd', 'bad-link'],
    ['ftp://example.org/x.csv', 'bad-link'],
    ['https://me:secret@example.org/x.csv', 'bad-link'],
    ['https://example.org@evil.example/x', 'bad-link'],
    ['https://example.org:8443/x', 'bad-link'],
    ['https://127.0.0.1/x', 'bad-link'],
    ['https://2130706433/x', 'bad-link'],
    ['https://0x7f.1/x', 'bad-link'],
    ['https://[::1]/x', 'bad-link'],
    ['https://localhost/x', 'bad-link'],
    ['https://nas.local/x', 'bad-link'],
    ['https://router/x', 'bad-link'],
    ['https://gооgle.com/x', 'bad-link'],
    ['people.csv', 'bad-link'],
    ['', 'bad-link'],
    ['https://docs.google.com/spreadsheets/d/abc/edit#gid=0', 'edit-link'],
    ['https://www.dropbox.com/s/abc/people.csv?dl=0', 'edit-link'],
  ])('%s is refused', (text, why) => expect(readLink(text)).toBe(why));

  it('of any text never throws, and what it lets through is one https host', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.string().map((s) => `https://${s}`),
        ),
        (text) => {
          const read = readLink(text);
          if (typeof read === 'string') return;
          const url = new URL(read.url);
          expect([url.protocol, url.hostname, url.port, url.username]).toEqual(['https:', read.host, '', '']);
        },
      ),
    );
  });

  it('of a published sheet may hand over to whichever machine holds it, and nothing else shares an approval', () => {
    expect(placeOf('doc-08-4c-sheets.googleusercontent.com')).toBe('doc-…-sheets.googleusercontent.com');
    expect(placeOf('evil-doc-08-sheets.googleusercontent.com')).toBe('evil-doc-08-sheets.googleusercontent.com');
    expect(placeOf('a.example.org')).toBe('a.example.org');
  });
});

it.each([
  ['8.8.8.8', true],
  ['2607:f8b0:4004:c07::8b', true],
  ...[
    '127.0.0.1',
    '10.1.2.3',
    '172.20.0.1',
    '192.168.1.10',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
  ].map((a) => [a, false] as const),
  ...[
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
  ].map((a) => [a, false] as const),
  ['localhost', false],
] as const)('%s is on the public internet: %s', (address, want) => expect(isPublicAddress(address)).toBe(want));

describe('fetching', () => {
  const target = () => join(mkdtempSync(join(tmpdir(), 'regulars-web-')), 'list.csv');
  const get = (options: WebSheetOptions & Partial<SheetRequest> = {}) => {
    const { url, hosts, etag, modified, target: to, ...o } = options;
    return makeWebSheet({ loopback: true, ...o }).fetch({
      url: url ?? `${base}/people.csv`,
      hosts: hosts ?? ['127.0.0.1'],
      etag: etag ?? null,
      modified: modified ?? null,
      target: to ?? target(),
    });
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'fine',
      (e: { code?: string }) => e.code,
    );

  it('writes what came, with its hash and marks, and sends nothing along', async () => {
    answer = csv('name,phone\nAnn,1\n', { etag: '"v1"', 'last-modified': 'Mon, 16 Nov 2026 10:00:00 GMT', 'set-cookie': 'a=b' });
    const to = target();
    const got = await get({ target: to });
    expect(got).toEqual({
      kind: 'new',
      bytes: 17,
      hash: createHash('sha256').update('name,phone\nAnn,1\n').digest('hex'),
      etag: '"v1"',
      modified: 'Mon, 16 Nov 2026 10:00:00 GMT',
    });
    expect(readFileSync(to, 'utf8')).toBe('name,phone\nAnn,1\n');
    await get();
    for (const q of asked) {
      expect(q.method).toBe('GET');
      expect(Object.keys(q.headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
    }
  });

  it('asks whether it changed, and takes "no" for an answer', async () => {
    answer = (q, r) => {
      r.writeHead(q.headers['if-none-match'] === '"v1"' && q.headers['if-modified-since'] === 'then' ? 304 : 200);
      r.end();
    };
    expect(await get({ etag: '"v1"', modified: 'then' })).toEqual({ kind: 'same' });
  });

  it('goes only where it was allowed to', async () => {
    answer = (_q, r) => r.writeHead(302, { location: 'https://elsewhere.example/people.csv' }).end();
    expect(await get()).toEqual({ kind: 'other-host', host: 'elsewhere.example' });
    expect(await get({ hosts: ['another.example'] })).toEqual({ kind: 'other-host', host: '127.0.0.1' });
    expect(asked).toHaveLength(1); // the second never left
  });

  it('follows a redirect within an allowed host, a few times', async () => {
    answer = (q, r) => (q.url === '/people.csv' ? r.writeHead(307, { location: '/v2.csv' }).end() : csv('a\n1\n')(q, r));
    expect(await get()).toMatchObject({ kind: 'new', bytes: 4 });
    answer = (_q, r) => r.writeHead(302, { location: '/again.csv' }).end();
    expect(await codeOf(get())).toBe('sheet.unreachable');
    expect(asked.length).toBeLessThan(12);
  });

  it.each([
    ['https://accounts.google.com/ServiceLogin?continue=x', 'sheet.sign-in'],
    ['https://192.168.1.1/admin', 'sheet.refused-address'],
    ['https://user:pw@example.org/', 'sheet.refused-address'],
    ['file:///etc/passwd', 'sheet.refused-address'],
    ['https://docs.google.com/spreadsheets/d/abc/edit', 'sheet.sign-in'],
  ])('a redirect to %s ends it', async (location, code) => {
    answer = (_q, r) => r.writeHead(302, { location }).end();
    expect(await codeOf(get())).toBe(code);
  });

  it('a redirect back to plain http ends it, where plain http is not a test', async () => {
    const sheet = makeWebSheet({ resolve: async () => [{ address: '127.0.0.1', family: 4 }] });
    expect(await codeOf(sheet.fetch({ url: `${base}/x`, hosts: ['127.0.0.1'], etag: null, modified: null, target: target() }))).toBe(
      'sheet.bad-link',
    );
  });

  it.each([
    ['a sign-in page', signIn, 'sheet.sign-in'],
    ['a page that calls itself text', csv('  <!DOCTYPE html><html>'), 'sheet.sign-in'],
    ['a picture', csv('x', { 'content-type': 'image/png' }), 'sheet.not-csv'],
    ['a workbook squeezed', csv('x', { 'content-encoding': 'gzip' }), 'sheet.not-csv'],
    ['a workbook that calls itself text', csv('PK\x03\x04rest'), 'sheet.not-csv'],
    ['a PDF that calls itself text', csv('%PDF-1.7'), 'sheet.not-csv'],
    ['nothing', csv(''), 'sheet.not-csv'],
    ['403', ((_q, r) => r.writeHead(403).end()) as Answer, 'sheet.sign-in'],
    ['404', ((_q, r) => r.writeHead(404).end()) as Answer, 'sheet.gone'],
    ['500', ((_q, r) => r.writeHead(500).end()) as Answer, 'sheet.unreachable'],
    [
      'a line that breaks',
      ((_q, r) => r.writeHead(200, { 'content-length': '999' }).write('a,b\n', () => r.destroy())) as Answer,
      'sheet.unreachable',
    ],
  ])('%s leaves nothing behind', async (_name, what, code) => {
    answer = what;
    const to = target();
    expect(await codeOf(get({ target: to }))).toBe(code);
    expect(existsSync(to)).toBe(false);
  });

  it('stops at its limits of size and time, told or not', async () => {
    answer = csv('x'.repeat(2000), { 'content-length': '2000' });
    expect(await codeOf(get({ mostBytes: 1000 }))).toBe('sheet.too-big');
    answer = (_q, r) => {
      r.writeHead(200);
      const more = setInterval(() => r.write('a,b,c,d,e,f\n'.repeat(100)), 1);
      r.on('close', () => clearInterval(more));
    };
    expect(await codeOf(get({ mostBytes: 50_000 }))).toBe('sheet.too-big');
    answer = () => undefined;
    expect(await codeOf(get({ answerMs: 80 }))).toBe('sheet.too-slow');
    answer = (_q, r) => {
      r.writeHead(200);
      const drip = setInterval(() => r.write('a'), 20);
      r.on('close', () => clearInterval(drip));
    };
    expect(await codeOf(get({ wholeMs: 200 }))).toBe('sheet.too-slow');
  });

  it('asks no private address, whichever name it hides behind, and looks a name up once', async () => {
    let looked = 0;
    const to = (...addresses: string[]) => {
      looked = 0;
      const sheet = makeWebSheet({
        resolve: async () => {
          looked++;
          return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
        },
        answerMs: 50,
      });
      return codeOf(
        sheet.fetch({ url: 'https://list.example/x.csv', hosts: ['list.example'], etag: null, modified: null, target: target() }),
      );
    };
    for (const a of ['127.0.0.1', '10.0.0.5', '169.254.169.254', '::1', 'fd00::1', '::ffff:10.0.0.1'])
      expect(await to(a), a).toBe('sheet.refused-address');
    expect(await to('93.184.215.14', '10.0.0.5')).toBe('sheet.refused-address');
    expect(await to()).toBe('sheet.refused-address');
    expect(looked).toBe(1);
  });

  it('says unreachable when there is no net', async () => {
    const sheet = makeWebSheet({ resolve: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) });
    expect(
      await codeOf(sheet.fetch({ url: 'https://list.example/x', hosts: ['list.example'], etag: null, modified: null, target: target() })),
    ).toBe('sheet.unreachable');
  });

  it('a name that points somewhere else a moment later is not asked there: what was checked is connected to', async () => {
    answer = csv('a\n1\n');
    const { port } = server.address() as AddressInfo;
    const turns = [
      [{ address: '127.0.0.1', family: 4 }],
      [{ address: '10.9.9.9', family: 4 }], // the second answer of a rebinding name
    ];
    let n = 0;
    const sheet = makeWebSheet({ loopback: true, resolve: async () => turns[n++] ?? [] });
    const got = await sheet.fetch({
      url: `http://rebind.example:${port}/x`,
      hosts: ['rebind.example'],
      etag: null,
      modified: null,
      target: target(),
    });
    expect([got.kind, n]).toEqual(['new', 1]);
  });
});
