import { listJson, metaListJson } from './render';
import type { SimRequest } from './routes';
import { SimRefusal } from './types';

export const API_HOST = 'api.twilio.com';
export const ACCOUNT_PATH = '/2010-04-01/Accounts/AC[0-9a-fA-F]{32}';

export const ok = (body: object) => ({ status: 200, body });
export const missing = () => new SimRefusal(404, 20404, 'The requested resource was not found');
export const opt = (p: URLSearchParams, name: string): string | undefined => p.get(name) ?? undefined;

export function pageSizeOf(query: URLSearchParams): number {
  const asked = query.get('PageSize');
  if (asked === null) return 50;
  const n = Number(asked);
  if (!Number.isInteger(n) || n < 1 || n > 1000) throw new SimRefusal(400, 20001, 'PageSize must be between 1 and 1000');
  return n;
}

/** The slice of `rows` a request asks for, and whether there is more. */
function slice<T>(rows: readonly T[], query: URLSearchParams): { rows: T[]; page: number; pageSize: number; more: boolean } {
  const pageSize = pageSizeOf(query);
  const page = Math.max(0, Number(query.get('Page') ?? 0) || 0);
  const from = page * pageSize;
  return { rows: rows.slice(from, from + pageSize), page, pageSize, more: rows.length > from + pageSize };
}

/** One page of a list of the classic API. */
export function classicPage(key: string, all: readonly object[], r: SimRequest) {
  const { rows, page, pageSize, more } = slice(all, r.query);
  return ok(listJson(key, rows, r.path, r.query, more ? String(page + 1) : null, pageSize));
}

/** One page of a list of the newer APIs. */
export function newerPage(key: string, all: readonly object[], r: SimRequest) {
  const { rows, page, pageSize, more } = slice(all, r.query);
  return ok(metaListJson(key, rows, `https://${r.host}${r.path}`, r.query, page, pageSize, more));
}
