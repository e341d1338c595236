import type { IncomingMessage } from 'node:http';
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { codeOfError } from '@domain/errors';
import type { PageTrouble } from '@domain/registration/page-check';
import { readLink, type SheetLink } from '@domain/sources/web-link';
import type { LinkCheck, PageLook } from '@ports/link-check';
import { askPinned, type PinnedOptions } from '../web-sheet/pinned';

export interface LinkCheckOptions extends PinnedOptions {
  mostBytes?: number;
  /** Until the last byte. */
  wholeMs?: number;
}

const MOST_BYTES = 2_000_000;
const WHOLE_MS = 30_000;
/** www to bare or back; reviewers' tools follow no chains either (carriers ask for one at the most). */
const MOST_HOPS = 1;
const HEADERS = { accept: 'text/html, text/plain;q=0.9, */*;q=0.1', 'accept-encoding': 'identity' } as const;

const trouble = (why: PageTrouble): PageLook => ({ kind: 'trouble', why });

/** The shop's own pages, over the same pinned request as lists on the web: no cookies, nothing about the shop, public addresses only. */
export function makeLinkCheck(options: LinkCheckOptions = {}): LinkCheck {
  const read = (text: string) => readLink(text, { loopback: options.loopback === true });
  return {
    async look(url) {
      const first = read(url);
      if (first === 'not-https') return trouble('not-https');
      if (typeof first === 'string') return trouble('bad-link');
      const stop = AbortSignal.timeout(options.wholeMs ?? WHOLE_MS);
      try {
        return await follow(first, read, options, stop);
      } catch (error) {
        if (stop.aborted || codeOfError(error) === 'sheet.too-slow') return trouble('too-slow');
        return trouble(codeOfError(error) === 'sheet.refused-address' ? 'refused-address' : 'unreachable');
      }
    },
  };
}

async function follow(
  first: SheetLink,
  read: (text: string) => ReturnType<typeof readLink>,
  options: LinkCheckOptions,
  stop: AbortSignal,
): Promise<PageLook> {
  let link = first;
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    const answer = await askPinned(link, HEADERS, options, stop);
    const status = answer.statusCode ?? 0;
    const next = status >= 300 && status < 400 ? answer.headers.location : undefined;
    if (next === undefined) return await take(answer, status, options);
    answer.destroy();
    if (!URL.canParse(next, link.url)) return trouble('unreachable');
    const to = read(new URL(next, link.url).href);
    if (to === 'not-https') return trouble('not-https');
    if (typeof to === 'string') return trouble('refused-address');
    link = to;
  }
  return trouble('redirects');
}

async function take(answer: IncomingMessage, status: number, options: LinkCheckOptions): Promise<PageLook> {
  const refuse = (why: PageTrouble): PageLook => {
    answer.destroy();
    return trouble(why);
  };
  const most = options.mostBytes ?? MOST_BYTES;
  if (status === 401 || status === 403 || status === 407) return refuse('sign-in');
  if (status === 404 || status === 410) return refuse('gone');
  if (status !== 200) return refuse('unreachable');
  const type = (answer.headers['content-type'] ?? 'text/html').toLowerCase();
  if (!/^(text\/(html|plain)|application\/xhtml)/.test(type)) return refuse('not-a-page');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > most) return refuse('too-big');
    parts.push(part);
  }
  const raw = Buffer.concat(parts);
  const html = unpack(raw, answer.headers['content-encoding'] ?? '', most);
  return html === null ? trouble('not-a-page') : { kind: 'page', html };
}

/** Some servers squeeze pages whatever was asked for. Unpacked no further than a page may be large. */
function unpack(raw: Buffer, encoding: string, most: number): string | null {
  const limit = { maxOutputLength: most };
  try {
    switch (encoding.trim().toLowerCase()) {
      case '':
      case 'identity':
        return raw.toString('utf8');
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(raw, limit).toString('utf8');
      case 'deflate':
        return inflateSync(raw, limit).toString('utf8');
      case 'br':
        return brotliDecompressSync(raw, limit).toString('utf8');
      default:
        return null;
    }
  } catch {
    return null;
  }
}
