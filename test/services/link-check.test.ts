import type { IncomingMessage, Server } from 'node:http';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type LinkCheckOptions, makeLinkCheck } from '@adapters/link-check/link-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, page, startWebServer } from '../support/web-server';

let server: Server;
let base: string;
let port: number;
let answer: Answer;
let asked: IncomingMessage[] = [];
beforeAll(async () => {
  ({ server, base, port } = await startWebServer((q, r) => {
    asked.push(q);
    answer(q, r);
  }));
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const TERMS = '<!doctype html><h1>Corner Shoes text terms</h1>';
const look = (url = `${base}/terms`, options: LinkCheckOptions = {}) => makeLinkCheck({ loopback: true, ...options }).look(url);
const why = async (work: Promise<{ kind: string }>) => {
  const found = (await work) as { kind: string; why?: string };
  return found.kind === 'page' ? 'fine' : found.why;
};

describe('a look at a page', () => {
  it('asks once, sends nothing along, and gives the page back', async () => {
    answer = page(TERMS, { 'set-cookie': 'a=b' });
    expect(await look()).toEqual({ kind: 'page', html: TERMS });
    await look();
    expect(asked.map((q) => [q.method, q.url])).toEqual([
      ['GET', '/terms'],
      ['GET', '/terms'],
    ]);
    for (const q of asked) expect(Object.keys(q.headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host']);
  });

  it('follows one redirect and no second one', async () => {
    answer = (q, r) => (q.url === '/terms' ? r.writeHead(301, { location: '/terms/' }).end() : page(TERMS)(q, r));
    expect(await look()).toEqual({ kind: 'page', html: TERMS });
    answer = (q, r) => r.writeHead(302, { location: `${q.url}x` }).end();
    asked = [];
    expect(await why(look())).toBe('redirects');
    expect(asked).toHaveLength(2);
  });

  it.each([
    ['https://192.168.1.1/admin', 'refused-address'],
    ['https://nas.local/terms', 'refused-address'],
    ['file:///etc/passwd', 'refused-address'],
    ['https://user:pw@example.org/', 'refused-address'],
    ['http://[::1', 'unreachable'],
  ])('a redirect to %s ends it', async (location, want) => {
    answer = (_q, r) => r.writeHead(302, { location }).end();
    expect(await why(look())).toBe(want);
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['http://cornershoes.com/terms', 'not-https'],
    ['cornershoes', 'bad-link'],
    ['https://127.0.0.1/terms', 'bad-link'],
    ['https://localhost/terms', 'bad-link'],
    ['https://me:secret@cornershoes.com/', 'bad-link'],
    ['', 'bad-link'],
  ])('%s is not asked', async (url, want) => {
    expect(await why(makeLinkCheck().look(url))).toBe(want);
  });

  it('asks no private address, whichever name it hides behind, and looks the name up once', async () => {
    for (const address of ['10.0.0.5', '127.0.0.1', '169.254.169.254', 'fd00::1']) {
      let looked = 0;
      const check = makeLinkCheck({
        resolve: async () => {
          looked++;
          return [
            { address: '93.184.215.14', family: 4 },
            { address, family: address.includes(':') ? 6 : 4 },
          ];
        },
      });
      expect(await why(check.look('https://cornershoes.com/terms')), address).toBe('refused-address');
      expect(looked).toBe(1);
    }
  });

  it('a name that points home a moment later is not asked there', async () => {
    answer = page(TERMS);
    const turns = [[{ address: '127.0.0.1', family: 4 }], [{ address: '10.9.9.9', family: 4 }]];
    let n = 0;
    expect(await why(look(`http://rebind.example:${port}/terms`, { resolve: async () => turns[n++] ?? [] }))).toBe('fine');
    expect(n).toBe(1);
  });

  it.each([
    ['401', ((_q, r) => r.writeHead(401).end()) as Answer, 'sign-in'],
    ['404', ((_q, r) => r.writeHead(404).end()) as Answer, 'gone'],
    ['500', ((_q, r) => r.writeHead(500).end()) as Answer, 'unreachable'],
    ['a picture', page('x', { 'content-type': 'image/png' }), 'not-a-page'],
    ['a PDF', page('%PDF-1.7', { 'content-type': 'application/pdf' }), 'not-a-page'],
    ['squeezed in a way we do not know', page('x', { 'content-encoding': 'zstd' }), 'not-a-page'],
    [
      'a line that breaks',
      ((_q, r) => r.writeHead(200, { 'content-length': '999' }).write('<h1>', () => r.destroy())) as Answer,
      'unreachable',
    ],
  ])('%s', async (_name, what, want) => {
    answer = what;
    expect(await why(look())).toBe(want);
  });

  it('unpacks what a server squeezes anyway, no further than a page may be large', async () => {
    const packed =
      (body: Buffer, encoding: string): Answer =>
      (_q, r) => {
        r.writeHead(200, { 'content-type': 'text/html', 'content-encoding': encoding });
        r.end(body);
      };
    answer = packed(gzipSync(TERMS), 'gzip');
    expect(await look()).toEqual({ kind: 'page', html: TERMS });
    answer = packed(brotliCompressSync(TERMS), 'br');
    expect(await look()).toEqual({ kind: 'page', html: TERMS });
    answer = packed(gzipSync(Buffer.alloc(50_000_000)), 'gzip');
    expect(await why(look())).toBe('not-a-page');
  });

  it('stops at its limits of size and time', async () => {
    answer = page('x'.repeat(5000));
    expect(await why(look(undefined, { mostBytes: 1000 }))).toBe('too-big');
    answer = () => undefined;
    expect(await why(look(undefined, { answerMs: 60 }))).toBe('too-slow');
    answer = (_q, r) => {
      r.writeHead(200, { 'content-type': 'text/html' });
      const drip = setInterval(() => r.write('a'), 10);
      r.on('close', () => clearInterval(drip));
    };
    expect(await why(look(undefined, { wholeMs: 150 }))).toBe('too-slow');
  });

  it('says unreachable when there is no net', async () => {
    const check = makeLinkCheck({ resolve: async () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })) });
    expect(await why(check.look('https://cornershoes.com/terms'))).toBe('unreachable');
  });
});
