import { type DrillFilter, type DrillRow, drillPeople } from '@db/queries/drill';
import { startedCampaign, toldCurrency } from '@db/queries/reports';
import { audit } from '@db/queries/staff';
import { shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { csvCell } from '@domain/imports/cells';
import { minorDigits } from '@domain/imports/money';
import type { CampaignId } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { resultsUpToDate } from '../results/keeper';

const AT_ONCE = 500;

interface Monies {
  /** The shop's, with as many decimals as it has. */
  readonly shop: string;
  /** What the texts were charged in. */
  readonly texts: string;
  readonly decimal: (minor: number) => string;
}

/** Sums as plain decimals a spreadsheet adds up, each row with the money it speaks in. */
const COLUMNS: readonly (readonly [name: string, value: (p: DrillRow, m: Monies) => string | number | null])[] = [
  ['person', (p) => p.customerId],
  ['last_name', (p) => p.lastName],
  ['first_name', (p) => p.firstName],
  ['company', (p) => p.company],
  ['side', (p) => (p.arm === 'text' ? 'texted' : p.arm === 'control' ? 'held back' : 'left out')],
  ['part', (p) => p.part],
  ['wording', (p) => p.words],
  ['came', (p) => (p.came ? 'yes' : 'no')],
  ['used_code', (p) => (p.redeemed ? 'yes' : 'no')],
  ['with_code', (p, m) => m.decimal(p.direct)],
  ['after_text', (p, m) => m.decimal(p.influenced)],
  ['compared_list_price', (p, m) => m.decimal(p.list)],
  ['currency', (_, m) => m.shop],
  ['text_price', (p) => String(p.cost / 1_000_000)],
  ['text_currency', (_, m) => m.texts],
  ['why', (p) => p.why],
];

/**
 * The people of a figure as CSV, all of them. It carries no number and no address: it is to count and look with; whoever wants to reach
 * them makes a group, which knows who said stop. Written down in the activity log, like every list that leaves.
 */
export async function peopleFile(
  ctx: Ctx,
  session: Session,
  input: DrillFilter & { campaignId: CampaignId },
): Promise<{ name: string; text: string; people: number }> {
  const { campaignId, ...filter } = input;
  const head = startedCampaign(ctx.db, campaignId);
  if (!head) throw new AppError('report.not-found');
  await resultsUpToDate(ctx, { campaignId });
  const { shop, texting } = ctx.settings();
  const digits = minorDigits(shop.currency);
  const monies: Monies = {
    shop: shop.currency,
    texts: toldCurrency(ctx.db, campaignId) ?? texting.priceCurrency,
    decimal: (minor) => (minor / 10 ** digits).toFixed(digits),
  };
  const lines = [COLUMNS.map(([name]) => name).join(',')];
  for (let after = Number.MIN_SAFE_INTEGER; ; ) {
    const rows = drillPeople(ctx.db, campaignId, filter, { after, limit: AT_ONCE });
    for (const p of rows) lines.push(COLUMNS.map(([, value]) => csvCell(value(p, monies))).join(','));
    const last = rows.at(-1);
    if (!last || rows.length < AT_ONCE) break;
    after = last.customerId;
    await nextTurn();
  }
  const now = ctx.clock.now();
  const people = lines.length - 1;
  ctx.db.tx((trx) =>
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'campaign.people-saved',
      subject: String(campaignId),
      detail: { name: head.name, figure: input.figure, people },
    }),
  );
  const slug = head.name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const file = `${slug || 'campaign'}-${input.figure}-${shopDay(now, ctx.settings().shop.zone)}.csv`;
  return { name: file, text: `\ufeff${lines.join('\r\n')}\r\n`, people };
}
