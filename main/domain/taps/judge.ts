import { instantOf } from '../calendar';
import { MINUTE, SECOND, type UtcMs, type Zone } from '../kernel';

/** Why a click counts for nobody. */
export const DISCOUNTS = ['robot', 'preview', 'before-text'] as const;
export type Discount = (typeof DISCOUNTS)[number];

/** Programs that open links by themselves: search engines, previews in chats, security scanners, monitors, command lines. */
const ROBOTS =
  /(?<!\bcu)bot(?:\b|[/;_-])|crawl|spider|slurp|preview|facebookexternalhit|whatsapp|telegram|skype|slack|discord|twitter|embedly|scan|monitor|uptime|pingdom|headless|phantom|python|curl|wget|java\/|okhttp|go-http|httpclient|node-fetch|axios|libwww|proofpoint|mimecast|barracuda|safelinks|google-safety|googleimageproxy|lighthouse/i;

/** Phones and carriers look at a link as the text arrives; nobody has read it by then. */
export const PREVIEW_MS = 10 * SECOND;
/** Clocks of a website and of this computer differ; a click this long before its text left is still after it. */
const CLOCKS_DIFFER = 2 * MINUTE;

export interface ClickFacts {
  at: UtcMs;
  agent: string;
  /** When the text with this code left; null = it never did, as far as is known. */
  leftAt: UtcMs | null;
  /** When it arrived, as the carrier says; null = not known. */
  deliveredAt: UtcMs | null;
}

/** Whether a click is somebody's tap (null), and else why not. */
export function discountOf(c: ClickFacts): Discount | null {
  if (ROBOTS.test(c.agent)) return 'robot';
  if (c.leftAt === null || c.at < c.leftAt - CLOCKS_DIFFER) return 'before-text';
  if (c.at < c.leftAt + PREVIEW_MS) return 'preview';
  if (c.deliveredAt !== null && c.at >= c.deliveredAt && c.at < c.deliveredAt + PREVIEW_MS) return 'preview';
  return null;
}

const EARLIEST = Date.UTC(2015, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const inReason = (ms: number): UtcMs | null => (ms >= EARLIEST && ms < LATEST ? (Math.floor(ms) as UtcMs) : null);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * When a click was, as websites write it: seconds or milliseconds since 1970, `2026-11-17T16:00:00Z`, `2026-11-17 11:00:00` (the shop's
 * clock unless a zone is written), or a web server's `17/Nov/2026:11:00:00 -0500`. Null when it is none of them: a guess would be wrong.
 */
export function readClickTime(cell: string, zone: Zone): UtcMs | null {
  const text = cell.trim().replace(/^\[|\]$/g, '');
  if (/^\d{10}(\.\d+)?$/.test(text)) return inReason(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return inReason(Number(text));
  const iso = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/i.exec(text);
  if (iso) {
    const [, y, mo, d, h, mi, s = '0', fraction, offset] = iso;
    return instant([y, mo, d, h, mi, s].map(Number), fraction, offset, zone);
  }
  const log = /^(\d\d)\/([a-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)\s*([+-]\d{4})?$/i.exec(text);
  if (log) {
    const [, d, month = '', y, h, mi, s, offset] = log;
    const mo = MONTHS.indexOf(month.toLowerCase()) + 1;
    return instant([Number(y), mo, ...[d, h, mi, s].map(Number)], undefined, offset, zone);
  }
  return null;
}

function instant(parts: readonly number[], fraction: string | undefined, offset: string | undefined, zone: Zone): UtcMs | null {
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = parts;
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 60) return null;
  const ms = fraction ? Math.floor(Number(fraction) * 1000) : 0;
  if (offset === undefined) return inReason(instantOf(zone, y, mo, d, h, mi, s) + ms);
  const minutes = /^[+-]/.test(offset) ? Number(`${offset[0]}1`) * (Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))) : 0;
  return inReason(Date.UTC(y, mo - 1, d, h, mi, s) + ms - minutes * MINUTE);
}
