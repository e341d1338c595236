import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { LinkMark, LinkRead, LinkSource, RawClick } from '@ports/link-source';
import { guessDelimiterBy } from '../csv/delimiter';
import { firstRecords } from '../csv/tokenize';

/** Read at once; the file may be years of clicks. */
const PIECE = 1 << 20;
/** The first bytes tell a new file from a longer one. */
const HEAD = 256;
const LF = 10;

const NAMES = {
  code: ['code', 'linkcode', 'link', 'slug', 'token', 'id', 'path', 'uri', 'url', 'page', 'request'],
  time: ['time', 'timestamp', 'datetime', 'clickedat', 'clicktime', 'clicked', 'at', 'when', 'createdat', 'date'],
  agent: ['useragent', 'agent', 'ua', 'browser', 'httpuseragent'],
} as const;

interface Columns {
  code: number;
  time: number;
  /** Where day and time of day stand apart. */
  day: number | null;
  agent: number | null;
}

const KNOWN: ReadonlySet<string> = new Set(Object.values(NAMES).flat());

const key = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');

/** Which column is what, by its name in the first row; null when code or time is missing. */
function columnsOf(header: readonly string[]): Columns | null {
  const keys = header.map(key);
  const find = (names: readonly string[]): number | null => {
    for (const name of names) if (keys.includes(name)) return keys.indexOf(name);
    return null;
  };
  const [code, time] = [find(NAMES.code), find(NAMES.time)];
  if (code === null || time === null) return null;
  const day = keys.indexOf('date');
  return { code, time, day: day >= 0 && day !== time && keys[time] === 'time' ? day : null, agent: find(NAMES.agent) };
}

async function bytesAt(file: FileHandle, from: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, from);
  return buffer.subarray(0, bytesRead);
}

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex').slice(0, 16);
const textOf = (bytes: Buffer) => bytes.toString('utf8').replace(/^\uFEFF/, '');

async function readFrom(file: FileHandle, from: LinkMark | null): Promise<LinkRead> {
  const stat = await file.stat();
  const head = await bytesAt(file, 0, HEAD);
  const same = from !== null && stat.size >= from.offset && hashOf(head.subarray(0, Math.min(HEAD, from.offset))) === from.head;
  const offset = same ? from.offset : 0;
  // Its last row has no line break yet: it may still be written. When nothing changed since the last look, it is done.
  const finished = from !== null && from.size === stat.size && from.modifiedAt === stat.mtimeMs;
  const first = await bytesAt(file, 0, 1 << 16);
  const endOfHeader = first.indexOf(LF);
  if (endOfHeader < 0 && !finished) {
    const mark = { size: stat.size, modifiedAt: stat.mtimeMs, head: hashOf(Buffer.alloc(0)), offset: 0 };
    return { state: 'fine', clicks: [], mark, more: false };
  }
  const header = textOf(endOfHeader < 0 ? first : first.subarray(0, endOfHeader + 1));
  const delimiter = guessDelimiterBy(textOf(first), KNOWN);
  const columns = columnsOf(firstRecords(header, delimiter, 1)[0] ?? []);
  if (!columns) return { state: 'no-columns' };
  const start = Math.max(offset, endOfHeader < 0 ? stat.size : endOfHeader + 1);
  const piece = await bytesAt(file, start, PIECE);
  const toEnd = start + piece.length >= stat.size;
  // a row longer than a piece is none
  const upTo = toEnd && finished ? piece.length : piece.lastIndexOf(LF) + 1 || (toEnd ? 0 : piece.length);
  const clicks: RawClick[] = [];
  for (const line of textOf(piece.subarray(0, upTo)).split(/\r?\n/)) {
    if (line.trim() === '') continue;
    const row = firstRecords(line, delimiter, 1)[0] ?? [];
    const time = row[columns.time] ?? '';
    clicks.push({
      code: row[columns.code] ?? '',
      time: columns.day === null ? time : `${row[columns.day] ?? ''} ${time}`,
      agent: columns.agent === null ? '' : (row[columns.agent] ?? ''),
    });
  }
  const end = start + upTo;
  const mark = { size: stat.size, modifiedAt: stat.mtimeMs, head: hashOf(head.subarray(0, Math.min(HEAD, end))), offset: end };
  return { state: 'fine', clicks, mark, more: !toEnd && upTo > 0 };
}

/** Clicks from a CSV that the shop's website or its host keeps writing: columns code, time and, if there is one, the user agent. */
export const linkCsv: LinkSource = {
  async read(path, from, signal) {
    let file: FileHandle;
    try {
      file = await open(path);
    } catch (error) {
      return { state: (error as { code?: string }).code === 'ENOENT' ? 'gone' : 'unreadable' };
    }
    try {
      signal?.throwIfAborted();
      return await readFrom(file, from);
    } catch (error) {
      if (signal?.aborted) throw error;
      return { state: 'unreadable' };
    } finally {
      await file.close();
    }
  },
};
