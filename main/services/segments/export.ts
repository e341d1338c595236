import { type ExportRow, exportRows } from '@db/queries/segment-export';
import { membersOf } from '@db/queries/segments';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { csvCell } from '@domain/imports/cells';
import { minorDigits } from '@domain/imports/money';
import type { ShopDay } from '@domain/kernel';
import { checkRule, type Rule } from '@domain/segments/rule';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { factsNow, resolveRule } from './segments';

/**
 * What a list is saved for: `figures` to count with (no name, no way to reach anybody), `contact` to reach people by hand. Lists for
 * labels, e-mails and advertisements have their own ways out, with their own rules.
 */
export const EXPORT_FOR = ['figures', 'contact'] as const;
export type ExportFor = (typeof EXPORT_FOR)[number];

const AT_ONCE = 500;

type Column = readonly [
  name: string,
  value: (p: ExportRow, day: (at: number | null) => ShopDay | '', money: (minor: number) => string) => string | number | null,
];
const FIGURES: readonly Column[] = [
  ['person', (p) => p.id],
  ['town', (p) => p.city],
  ['language', (p) => p.language],
  ['first_visit', (p, day) => day(p.firstVisitAt)],
  ['last_visit', (p, day) => day(p.lastVisitAt)],
  ['visits', (p) => p.visits],
  ['spent', (p, _, money) => money(p.spend)],
  ['may_text', (p) => (p.permission === 'in' ? 'yes' : 'no')],
];
/** A number whose owner said stop is left empty: a list to reach people must not carry it on. */
const CONTACT: readonly Column[] = [
  ['last_name', (p) => p.lastName],
  ['first_name', (p) => p.firstName],
  ['company', (p) => p.company],
  ['phone', (p) => (p.permission === 'out' || p.permission === 'hold' ? '' : p.phone)],
  ['may_text', (p) => (p.permission === 'in' ? 'yes' : 'no')],
  ['email', (p) => (p.email !== null && p.emailState === 'out' ? '' : p.email)],
  ['may_email', (p) => (p.email === null ? '' : p.emailState === 'in' ? 'yes' : 'no')],
  ['street', (p) => p.street],
  ['city', (p) => p.city],
  ['state', (p) => p.region],
  ['zip', (p) => p.postalCode],
  ...FIGURES.slice(2, 7),
];

/**
 * A group as CSV. Cells a spreadsheet would run as a formula begin with an apostrophe. Written down in the activity log, like every list
 * that leaves.
 */
export async function exportGroup(
  ctx: Ctx,
  session: Session,
  group: { name: string; rule: Rule },
  purpose: ExportFor,
): Promise<{ name: string; text: string; people: number }> {
  const { zone, currency } = ctx.settings().shop;
  const ids = membersOf(ctx.db, resolveRule(ctx.db, checkRule(group.rule)), factsNow(ctx));
  const columns = purpose === 'figures' ? FIGURES : CONTACT;
  const day = (at: number | null) => (at === null ? '' : shopDay(at as never, zone));
  const digits = minorDigits(currency);
  const money = (minor: number) => (minor / 10 ** digits).toFixed(digits);
  const lines = [columns.map(([name]) => name).join(',')];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    for (const p of exportRows(ctx.db, ids.slice(i, i + AT_ONCE)))
      lines.push(columns.map(([, value]) => csvCell(value(p, day, money))).join(','));
    await nextTurn();
  }
  const now = ctx.clock.now();
  const people = lines.length - 1;
  ctx.db.tx((trx) =>
    audit(trx, { at: now, staffId: session.staffId, action: 'segment.exported', detail: { name: group.name, for: purpose, people } }),
  );
  const file = group.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return { name: `${file || 'group'}-${shopDay(now, zone)}.csv`, text: `\ufeff${lines.join('\r\n')}\r\n`, people };
}
