import { join } from 'node:path';
import { allWordings, evidenceFor, ledgerHead, ledgerPage } from '@db/queries/consent';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { HASHED_FIELDS } from '@domain/consent/chain';
import { csvCell } from '@domain/imports/cells';
import type { TaskId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { fileName, LineFile, newFolder } from './files';

const PAGE = 500;
/** Columns of the CSV, in order. */
const COLUMNS = [
  'event',
  'happened',
  'recorded',
  'channel',
  'number_or_email',
  'code_name',
  'purpose',
  'what',
  'how',
  'promised_per_month',
  'topics',
  'language',
  'name',
  'wording_hash',
  'reason',
  'their_words',
  'message_id',
  'photo',
  'staff',
  'where',
  'proof',
  'hash',
] as const;

const README = (shop: string, zone: string, events: number): string =>
  [
    `Permission records of ${shop || 'the shop'}: ${events} events, oldest first.`,
    '',
    'permission-records.csv    for a spreadsheet; one event a row.',
    'permission-records.jsonl  for checking; one JSON object a line:',
    '  {"type":"ledger", …}    first line: format, shop, when it was made',
    '  {"type":"wording", …}   exact words people were shown, by their SHA-256',
    '  {"type":"event", …}     "row" holds exactly what is hashed, "hash" the hash, "evidence" what stands beside it',
    '  {"type":"head", …}      last line: number and hash of the newest event',
    '',
    'How to check: for each event, SHA-256 of the UTF-8 text of the JSON array',
    `  ["regulars-consent-1", ${HASHED_FIELDS.map((h) => `row.${h}`).join(', ')}]`,
    'without blanks between its parts is its "hash"; prev_hash is the hash of the event before (64 zeros for the first).',
    '',
    `Times: happened and recorded are those of ${zone} in the CSV, milliseconds since 1970 (UTC) in the JSON.`,
    'number_or_email is empty for people who were erased and where proof was kept long enough: there only code_name is left,',
    'HMAC-SHA256 of the number under the shop’s own key. proof says: kept, locked (erased) or gone (kept long enough).',
    'Cells a spreadsheet would run as a formula begin with an apostrophe.',
    '',
  ].join('\r\n');

/**
 * The whole ledger into a new folder where the owner chose, as a task: CSV and JSON lines with hashes, and a page that explains both.
 * Plain numbers only where they are still kept.
 * @throws AppError privacy.no-place | task.already-running
 */
export function exportLedger(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { folder: string }): { task: TaskId; folder: string } {
  const { shop } = ctx.settings();
  const at = ctx.clock.now();
  const day = shopDay(at, shop.zone);
  const folder = newFolder(input.folder, fileName(`Permission records ${day}`));
  const last = ledgerHead(ctx.db);
  const staff = new Map(ctx.db.all(ctx.db.q.selectFrom('staff').select(['id', 'name'])).map((s) => [s.id, s.name]));
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: shop.zone, dateStyle: 'short', timeStyle: 'medium' });
  const task = ctx.tasks.start(
    'privacy.export-ledger',
    'Saving the permission records',
    async (report, signal) => {
      const csv = new LineFile(join(folder, 'permission-records.csv'));
      const json = new LineFile(join(folder, 'permission-records.jsonl'));
      const readme = new LineFile(join(folder, 'README.txt'));
      try {
        csv.line(`\ufeff${COLUMNS.join(',')}`);
        json.line(
          JSON.stringify({
            type: 'ledger',
            format: 'regulars-consent-1',
            shop: shop.name,
            zone: shop.zone,
            madeAt: at,
            events: last?.id ?? 0,
          }),
        );
        for (const w of allWordings(ctx.db)) json.line(JSON.stringify({ type: 'wording', ...w }));
        let done = 0;
        for (let after = 0; after < (last?.id ?? 0); ) {
          signal.throwIfAborted();
          const page = ledgerPage(ctx.db, after, PAGE).filter((r) => r.id <= (last?.id ?? 0));
          const [first, end] = [page[0], page.at(-1)];
          if (!first || !end) break;
          const proofs = evidenceFor(ctx.db, first.id, end.id);
          const locked = lockedIn(ctx, first.id, end.id);
          for (const row of page) {
            const e = proofs.get(row.id);
            const proof = e === undefined || e.sealed_at !== null ? (locked.has(row.id) ? 'locked' : 'gone') : 'kept';
            csv.line(
              [
                row.id,
                clock.format(row.occurred_at),
                clock.format(row.recorded_at),
                row.channel,
                e?.address ?? '',
                row.address_hmac,
                row.purpose,
                row.kind,
                row.method,
                row.promise_max,
                (JSON.parse(row.topics) as string[]).join(' '),
                row.language,
                e?.name ?? '',
                row.wording_hash,
                row.reason,
                e?.inbound_text ?? '',
                e?.inbound_sid ?? '',
                e?.photo ? 'yes' : '',
                row.staff_id === null ? '' : (staff.get(row.staff_id) ?? String(row.staff_id)),
                row.device,
                proof,
                row.hash,
              ]
                .map(csvCell)
                .join(','),
            );
            const { hash, ...hashed } = row;
            const evidence =
              e && e.sealed_at === null
                ? { address: e.address, name: e.name, inboundSid: e.inbound_sid, inboundText: e.inbound_text, photo: e.photo !== null }
                : null;
            json.line(JSON.stringify({ type: 'event', row: hashed, hash, evidence, proof }));
            done++;
          }
          after = end.id;
          report({ done, total: last?.id ?? 0 });
          await nextTurn();
        }
        json.line(JSON.stringify({ type: 'head', id: last?.id ?? 0, hash: last?.hash ?? null }));
        readme.line(README(shop.name, shop.zone, done));
        for (const file of [csv, json, readme]) file.done();
        audit(ctx.db, { at, staffId: session.staffId, action: 'privacy.ledger-exported', detail: { events: done } });
        return { folder, events: done };
      } catch (error) {
        for (const file of [csv, json, readme]) file.drop();
        throw error;
      }
    },
    { exclusive: true },
  );
  return { task, folder };
}

const lockedIn = (ctx: Ctx, from: number, to: number): Set<number> =>
  new Set(
    ctx.db
      .all(ctx.db.q.selectFrom('consent_sealed').select('event_id').where('event_id', '>=', from).where('event_id', '<=', to))
      .map((r) => r.event_id),
  );
