import { join } from 'node:path';
import { whoGoes } from '@db/queries/erase';
import { PERSONAL, personalRows, photosOf, type Whose } from '@db/queries/personal';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { addressHmac } from '@domain/consent/hmac';
import { AppError } from '@domain/errors';
import { csvCell } from '@domain/imports/cells';
import type { CustomerId, Zone } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { fileName, newFolder, write } from './files';
import { imageType } from './image';

export interface PersonExport {
  folder: string;
  /** Parts with something in them, and how many rows. */
  parts: { part: string; rows: number }[];
  photos: number;
}

const INSTANT = /(^|_)(at|since|until)$|_at$/;

/** A cell as people read it: instants with date, time and zone; everything else as it is stored. */
function shown(column: string, value: unknown, zone: Zone): string | number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number' && INSTANT.test(column) && value > 1e11) {
    const when = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(value);
    return `${when} ${zone}`;
  }
  return typeof value === 'number' ? value : String(value);
}

/**
 * Everything held about one person, in a folder: `everything.json` (all parts, instants as milliseconds and ISO text), a CSV per part,
 * photographed forms, and a page that says what is what. Records merged into this one are included.
 * @throws AppError customer.not-found | privacy.no-place
 */
export function exportPerson(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { id: CustomerId; folder: string }): PersonExport {
  const who = input.id > 0 ? whoGoes(ctx.db, input.id) : null;
  if (!who) throw new AppError('customer.not-found');
  const { shop } = ctx.settings();
  const now = ctx.clock.now();
  const day = shopDay(now, shop.zone);
  const addresses = [...who.phones, ...who.emails, ...who.shared.map((s) => s.value)];
  const whose: Whose = { ids: who.ids.map((i) => i.id), addresses, hmacs: addresses.map((a) => addressHmac(ctx.hmacKey, a)) };
  const name = `${who.record['first_name'] ?? ''} ${who.record['last_name'] ?? ''}`.trim() || String(who.record['company'] || 'customer');
  const folder = newFolder(input.folder, `Everything about ${name} ${day}`);
  const parts: PersonExport['parts'] = [];
  const everything: Record<string, unknown> = {};
  const readme: string[] = [];
  for (const t of PERSONAL) {
    const rows = personalRows(ctx.db, t, whose);
    everything[t.part] = rows.map(readable);
    if (rows.length === 0) continue;
    parts.push({ part: t.part, rows: rows.length });
    const columns = Object.keys(rows[0] ?? {});
    const lines = [columns.join(','), ...rows.map((r) => columns.map((c) => csvCell(shown(c, r[c], shop.zone))).join(','))];
    write(join(folder, `${t.part}.csv`), `\ufeff${lines.join('\r\n')}\r\n`);
    readme.push(`${t.part}: ${t.about} (${rows.length})`);
  }
  const photos = photosOf(ctx.db, whose.hmacs);
  for (const p of photos) write(join(folder, fileName(`signed-form-${p.eventId}.${imageType(p.photo).extension}`)), p.photo);
  const head = { format: 'regulars-person-export', version: 1, shop: shop.name, zone: shop.zone, exportedAt: new Date(now).toISOString() };
  write(join(folder, 'everything.json'), `${JSON.stringify({ ...head, ...everything }, null, 2)}\n`);
  write(
    join(folder, 'README.txt'),
    [
      `Everything ${shop.name || 'the shop'} holds about ${name}, on ${day}.`,
      '',
      'Each part is a CSV for a spreadsheet; everything.json holds the same, all parts together.',
      `Times in the CSVs are those of ${shop.zone}. Amounts of money are in hundredths, prices of texts in millionths.`,
      'Numbers somebody else in the family uses too are listed with their own part only.',
      ...(photos.length ? [`Photographed forms: ${photos.length}.`] : []),
      '',
      ...readme,
      '',
    ].join('\r\n'),
  );
  audit(ctx.db, {
    at: now,
    staffId: session.staffId,
    action: 'customer.exported',
    subject: String(input.id),
    detail: { parts: parts.length },
  });
  return { folder, parts, photos: photos.length };
}

/** Instants twice: the number, and as text. JSON kept as text in the file is opened. */
function readable(row: Record<string, unknown>): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [k, v] of Object.entries(row)) {
    out[k] = typeof v === 'string' && /^[[{]/.test(v) ? opened(v) : v;
    if (typeof v === 'number' && INSTANT.test(k) && v > 1e11) out[`${k}_iso`] = new Date(v).toISOString();
  }
  return out;
}

function opened(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
