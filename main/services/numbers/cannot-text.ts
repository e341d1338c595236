import { type CannotFilter, cannotTextPage, countCannotText } from '@db/queries/numbers';
import { newlyMarked } from '@db/queries/phone-facts';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { type CannotWhy, isSoftMark, kindByRule, type LineKind, ruleFor } from '@domain/customers/line-type';
import { csvCell } from '@domain/imports/cells';
import { DAY, type UtcMs } from '@domain/kernel';
import { carrierError } from '@domain/outbox/twilio-errors';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';

/** "Newly": in the last week. */
const NEW_MS = 7 * DAY;
const CSV_PAGE = 500;
const KIND_OF: Partial<Record<CannotWhy, LineKind>> = { landline: 'landline', 'toll-free': 'toll-free', 'not-a-number': 'invalid' };

/** How many each reason holds; who said stop is counted with the permissions (`customers/counts`). */
export function countUntextable(ctx: Ctx) {
  const counts = countCannotText(ctx.db);
  const { 'no-number': _none, ...inNumbers } = counts;
  return {
    ...counts,
    numbers: Object.values(inNumbers).reduce((a, b) => a + b, 0),
    fresh: newlyMarked(ctx.db, (ctx.clock.now() - NEW_MS) as UtcMs),
  };
}

/** One page of people who cannot be texted, the best customers first, each with why and how that is known. */
export function listUntextable(ctx: Ctx, filter: CannotFilter, page: { offset: number; limit: number }) {
  const found = cannotTextPage(ctx.db, filter, page);
  const rows = found.rows.map((r) => {
    const { street: _s, city: _c, region: _r, postalCode: _p, problem, ...row } = r;
    // the digits of a toll-free line tell; of a landline of the United States they do not
    const byRule = row.how === null && row.phone !== null && kindByRule(ruleFor(row.phone)) === KIND_OF[row.why];
    return {
      ...row,
      how: byRule ? ('rule' as const) : row.how,
      errorTitle: problem === null ? null : carrierError(Number(problem)).title,
      soft: isSoftMark(problem),
    };
  });
  return { total: found.total, rows };
}

const HEADER = [
  'last_name',
  'first_name',
  'company',
  'phone',
  'why_no_texts',
  'email',
  'may_email',
  'street',
  'city',
  'state',
  'zip',
  'last_visit',
  'visits',
] as const;

/**
 * The list as CSV: for labels, for calling, for e-mails to those who said yes to them. Cells a spreadsheet would run as a formula begin
 * with an apostrophe. Written down in the activity log, like every list that leaves.
 */
export async function exportUntextable(
  ctx: Ctx,
  session: Session,
  filter: CannotFilter,
): Promise<{ name: string; text: string; people: number }> {
  const { zone } = ctx.settings().shop;
  const lines = [HEADER.join(',')];
  for (let offset = 0; ; offset += CSV_PAGE) {
    const page = cannotTextPage(ctx.db, filter, { offset, limit: CSV_PAGE }).rows;
    for (const r of page) {
      lines.push(
        [
          r.lastName,
          r.firstName,
          r.company,
          r.phone ?? r.phoneRaw,
          r.why,
          r.email,
          r.email === null ? '' : r.mayEmail ? 'yes' : 'no',
          r.street,
          r.city,
          r.region,
          r.postalCode,
          r.lastVisitAt === null ? '' : shopDay(r.lastVisitAt, zone),
          r.visits,
        ]
          .map(csvCell)
          .join(','),
      );
    }
    if (page.length < CSV_PAGE) break;
    await nextTurn();
  }
  const people = lines.length - 1;
  const now = ctx.clock.now();
  ctx.db.tx((trx) => audit(trx, { at: now, staffId: session.staffId, action: 'customer.cannot-text-list', detail: { filter, people } }));
  return { name: `no-texts-${filter}-${shopDay(now, zone)}.csv`, text: `${lines.join('\r\n')}\r\n`, people };
}
