import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { AppError } from '@domain/errors';
import { isAllowed, isSignIn, readLink, type SheetLink } from '@domain/sources/web-link';
import type { SheetAnswer, SheetRequest, WebSheet } from '@ports/web-sheet';
import { askPinned, type PinnedOptions } from './pinned';

export interface WebSheetOptions extends PinnedOptions {
  mostBytes?: number;
  /** Until the last byte. */
  wholeMs?: number;
}

const MOST_BYTES = 30_000_000;
const WHOLE_MS = 90_000;
const MOST_HOPS = 5;

/**
 * Lists on the web, over node's own http: no cookies, no credentials, no proxy settings, nothing kept between requests. The address is
 * looked up once, every one of its answers has to be public, and exactly what was checked is connected to: a name that points somewhere
 * else a moment later (DNS rebinding) finds no second look-up.
 */
export function makeWebSheet(options: WebSheetOptions = {}): WebSheet {
  const loopback = options.loopback === true;
  const read = (text: string) => readLink(text, { loopback });
  return {
    read,
    async fetch(request, signal) {
      const first = read(request.url);
      if (typeof first === 'string') throw new AppError('sheet.bad-link', { why: first });
      const deadline = AbortSignal.timeout(options.wholeMs ?? WHOLE_MS);
      const stop = signal ? AbortSignal.any([signal, deadline]) : deadline;
      try {
        return await follow(first, request, { ...options, loopback }, stop);
      } catch (error) {
        await rm(request.target, { force: true });
        signal?.throwIfAborted();
        throw deadline.aborted ? new AppError('sheet.too-slow') : told(error);
      }
    },
  };
}

/** Anything the network says, as one of a few expected troubles; its own words may hold the link and are dropped. */
function told(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'ENOSPC' || code === 'EDQUOT') return error; // the disk, not the net
  return new AppError('sheet.unreachable', { why: typeof code === 'string' ? code : 'error' });
}

const headersOf = (request: SheetRequest): Record<string, string> => ({
  accept: 'text/csv, text/plain;q=0.9, */*;q=0.1',
  'accept-encoding': 'identity',
  ...(request.etag !== null && { 'if-none-match': request.etag }),
  ...(request.modified !== null && { 'if-modified-since': request.modified }),
});

async function follow(first: SheetLink, request: SheetRequest, options: WebSheetOptions, stop: AbortSignal): Promise<SheetAnswer> {
  let link = first;
  for (let hop = 0; hop <= MOST_HOPS; hop++) {
    if (!isAllowed(link.host, request.hosts)) {
      if (hop > 0 && isSignIn(link.host)) throw new AppError('sheet.sign-in');
      return { kind: 'other-host', host: link.host };
    }
    const answer = await askPinned(link, headersOf(request), options, stop);
    const status = answer.statusCode ?? 0;
    const next = status >= 300 && status < 400 && status !== 304 ? answer.headers.location : undefined;
    if (next === undefined) return take(answer, request, options, stop);
    answer.destroy();
    const to = readLink(new URL(next, link.url).href, { loopback: options.loopback === true });
    if (to === 'edit-link') throw new AppError('sheet.sign-in');
    if (typeof to === 'string') throw new AppError(to === 'not-https' ? 'sheet.not-https' : 'sheet.refused-address', { host: '' });
    link = to;
  }
  throw new AppError('sheet.unreachable', { why: 'too-many-redirects' });
}

/** Zip (and so every workbook), PDF, old Excel, gzip, PNG, SQLite. */
const NO_TEXT = ['PK\x03\x04', '%PDF', '\xd0\xcf\x11\xe0', '\x1f\x8b', '\x89PNG', 'SQLite format'];

/** By its first bytes: a page to sign in, a workbook, a PDF. Whatever it calls itself, only text goes on. */
function refuseOther(head: string): void {
  if (/^(?:\xef\xbb\xbf)?\s*(<!doctype|<html|<head|<\?xml)/i.test(head)) throw new AppError('sheet.sign-in');
  if (NO_TEXT.some((first) => head.startsWith(first))) throw new AppError('sheet.not-csv');
}

/** What the place answered: the same as before, a file to look at, or the reason why not. */
async function take(answer: IncomingMessage, request: SheetRequest, options: WebSheetOptions, stop: AbortSignal): Promise<SheetAnswer> {
  const refuse = (error: AppError): never => {
    answer.destroy();
    throw error;
  };
  const status = answer.statusCode ?? 0;
  const type = (answer.headers['content-type'] ?? '').toLowerCase();
  const length = Number(answer.headers['content-length'] ?? 0);
  const most = options.mostBytes ?? MOST_BYTES;
  if (status === 304) {
    answer.destroy();
    return { kind: 'same' };
  }
  if (status === 401 || status === 403 || status === 407) refuse(new AppError('sheet.sign-in'));
  if (status === 404 || status === 410) refuse(new AppError('sheet.gone'));
  if (status !== 200) refuse(new AppError('sheet.unreachable', { why: String(status) }));
  if (/^(text\/html|application\/xhtml)/.test(type)) refuse(new AppError('sheet.sign-in'));
  if (!/^identity$/i.test(answer.headers['content-encoding'] ?? 'identity')) refuse(new AppError('sheet.not-csv'));
  if (/^(image|video|audio|font)\/|^application\/(pdf|zip|json|javascript)/.test(type)) refuse(new AppError('sheet.not-csv'));
  if (length > most) refuse(new AppError('sheet.too-big', { megabytes: Math.round(most / 1e6) }));
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(
    answer,
    async function* count(parts: AsyncIterable<Buffer>) {
      for await (const part of parts) {
        if (bytes === 0) refuseOther(part.toString('latin1', 0, 300));
        bytes += part.length;
        if (bytes > most) throw new AppError('sheet.too-big', { megabytes: Math.round(most / 1e6) });
        hash.update(part);
        yield part;
      }
    },
    createWriteStream(request.target, { mode: 0o600 }),
    { signal: stop },
  );
  if (bytes === 0) {
    await rm(request.target, { force: true });
    throw new AppError('sheet.not-csv');
  }
  const header = (name: 'etag' | 'last-modified') => answer.headers[name]?.slice(0, 500) ?? null;
  return { kind: 'new', hash: hash.digest('hex'), bytes, etag: header('etag'), modified: header('last-modified') };
}
