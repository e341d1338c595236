import { mulberry32 } from '@domain/attribution/means';
import { type CampaignId, type Cents, DAY, HOUR, MINUTE, type OfferId, type PhoneE164, type SegmentId, type UtcMs } from '@domain/kernel';
import type { TallyFigures } from '@domain/reports/tally';
import { saveDraft } from '@services/campaigns/drafts';
import { review } from '@services/campaigns/review';
import { startCampaign } from '@services/campaigns/start';
import { confirmLink } from '@services/links/links';
import { saveOffer } from '@services/offers/offers';
import { redeem } from '@services/offers/redeem';
import { listGroups } from '@services/segments/segments';
import { aFile, importFile, squareItems } from './imports';
import { mayBeTexted } from './people';
import { aCtx, clerk, NOON, owner, type TestCtx } from './test-ctx';

/** One receipt of the months that are made up; cents. Amounts are all different, so that a return finds its sale. */
interface Receipt {
  readonly no: string;
  readonly person: number;
  readonly at: UtcMs;
  readonly gross: number;
  readonly discount: number;
  /** Brought back as a whole, some days later. */
  readonly returnedAt: UtcMs | null;
  /** The personal code shown with it. */
  readonly code: string | null;
}

export interface KnownCampaign {
  readonly id: CampaignId;
  /** What the comparison must be fed with, from what was made up alone. */
  readonly figures: Pick<TallyFigures, 'texted' | 'heldOut' | 'notComparable' | 'text' | 'control'>;
  readonly messageCents: number;
  readonly percent: number;
  readonly direct: { sales: number; net: number };
  readonly influenced: { sales: number; net: number };
  readonly redeemed: number;
}

export const MARGIN = 50;
const PRICE = 7900; // millionths a text

/**
 * A shop whose two overlapping campaigns went through the app itself (draw, codes, redemptions, two till files, receipts that tie people to
 * the till), and what truly happened in it, counted from the made-up receipts without a line of the app's own counting.
 */
export async function aKnownShop(seed: number): Promise<{ ctx: TestCtx; campaigns: KnownCampaign[] }> {
  const random = mulberry32(seed);
  const people = 280 + Math.floor(random() * 160);
  const known = random() < 0.3 ? 0.3 : 0.6 + random() * 0.4;
  const usual = 0.08 + random() * 0.25;
  const effect = seed % 2 === 0 ? 0 : 0.1 + random() * 0.2;
  const ctx = aCtx({
    settings: {
      texting: { mode: 'practice', sender: { kind: 'number', number: '+12125559999' as PhoneE164 }, senderApproved: true },
      money: { marginPercent: MARGIN },
    },
  });
  ctx.hmacKey.set(new TextEncoder().encode(`shop-secret-${String(seed % 1000).padStart(3, '0')}`.slice(0, ctx.hmacKey.length)));
  const fixed = settle(ctx, people, () => random() < known);
  const offer = saveOffer(ctx, owner, {
    id: null,
    name: '15 % off boots',
    kind: 'percent',
    percent: 15,
    codeMode: 'personal',
    validDays: 14,
  });
  const first = await start(ctx, offer.id, random() < 0.5 ? 'half' : 'auto');
  ctx.clock.advance(6 * DAY);
  const second = await start(ctx, null, 'auto');
  const campaigns = [first, second].map((id) => campaignOf(ctx, id));
  ctx.clock.advance(19 * DAY);
  const receipts = shopping(random, people, campaigns, { usual, effect });
  const codes = receipts.filter((r) => r.code !== null);
  for (const r of codes) {
    const amount = (r.gross - r.discount) as Cents;
    redeem(ctx, clerk, { code: r.code ?? '', how: 'code', amount, receiptNo: r.no, occurredAt: (r.at + 2 * MINUTE) as UtcMs });
  }
  await importFile(ctx, aFile(squareItems(receipts.flatMap(rowsOf)), 'items.csv'));
  // the clerk looks at the receipts that were typed: whoever the till did not know is tied to it now, after the draws
  const linked = new Set<number>();
  const waiting = ctx.db.raw.prepare("SELECT id, receipt_no AS no FROM receipt_link WHERE state = 'waiting'").all() as {
    id: number;
    no: string;
  }[];
  for (const link of waiting) {
    const sale = ctx.db.raw.prepare('SELECT id FROM sale WHERE source_sale_id = ?').pluck().get(`T-${link.no}`);
    confirmLink(ctx, clerk, { linkId: link.id, saleId: sale } as Parameters<typeof confirmLink>[2]);
  }
  for (const r of codes) linked.add(r.person);
  return { ctx, campaigns: campaigns.map((c) => truthOf(c, campaigns, receipts, fixed, linked)) };
}

/** People 1…n who may be texted; those the till knows have an identity from long before. */
function settle(ctx: TestCtx, n: number, isKnown: () => boolean): Set<number> {
  const fixed = new Set<number>();
  ctx.db.tx((trx) => {
    for (let i = 1; i <= n; i++) {
      const phone = `+1212555${String(i).padStart(4, '0')}`;
      trx
        .prepare(
          "INSERT INTO customer (id, first_name, last_name, phone, phone_kind, created_at, updated_at) VALUES (?, 'Ana', 'G', ?, 'mobile', 0, 0)",
        )
        .run(i, phone);
      mayBeTexted(trx, phone);
      if (!isKnown()) continue;
      fixed.add(i);
      trx
        .prepare(
          "INSERT INTO customer_identity (source, source_customer_id, customer_id, linked_at, how) VALUES ('square', ?, ?, 0, 'import')",
        )
        .run(`c${i}`, i);
    }
  });
  return fixed;
}

async function start(ctx: TestCtx, offerId: OfferId | null, holdout: 'auto' | 'half'): Promise<CampaignId> {
  const id = saveDraft(ctx, null, {
    name: 'Boots week',
    segmentId: listGroups(ctx).find((g) => g.readyMade === 'everyone')?.id as SegmentId,
    body: offerId === null ? '{shop}: Hi {first name|there}, boots are in.' : '{shop}: Hi {first name|there}, boots 15% off with {code}.',
    offerId,
    addStopLine: true,
    holdout,
    goal: { kind: 'none', target: null },
    windowDays: 14,
  });
  const r = await review(ctx, id);
  await ctx.tasks.finished(await startCampaign(ctx, { id, quoteToken: r.quoteToken ?? '' }, owner));
  const at = ctx.clock.now();
  // one in twelve never arrived
  ctx.db.raw
    .prepare(
      `UPDATE outbox SET state = CASE WHEN id % 12 = 0 THEN 'undelivered' ELSE 'delivered' END, left_at = ?, price = ?, price_currency = 'USD'
       WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .run(at, PRICE, String(id));
  return id;
}

interface Drawn {
  readonly id: CampaignId;
  readonly from: UtcMs;
  readonly to: UtcMs;
  readonly percent: number;
  readonly arms: ReadonlyMap<number, 'text' | 'control'>;
  readonly delivered: ReadonlySet<number>;
  readonly codes: ReadonlyMap<number, string>;
  readonly texts: number;
}

/** What the app drew and sent: facts of the world, like receipts. */
function campaignOf(ctx: TestCtx, id: CampaignId): Drawn {
  const all = <T>(sql: string, ...args: (string | number)[]) => ctx.db.raw.prepare(sql).all(...args) as T[];
  const [c] = all<{ from: UtcMs; to: UtcMs; percent: number }>(
    'SELECT started_at AS "from", window_ends_at AS "to", holdout_percent AS percent FROM campaign WHERE id = ?',
    id,
  );
  if (!c) throw new Error('the campaign did not start');
  const arms = all<{ id: number; arm: 'text' | 'control' }>(
    "SELECT customer_id AS id, arm FROM campaign_person WHERE campaign_id = ? AND arm <> 'excluded'",
    id,
  );
  const texts = all<{ id: number; state: string }>(
    "SELECT customer_id AS id, state FROM outbox WHERE cause_kind = 'campaign' AND cause_id = ?",
    String(id),
  );
  const codes = all<{ id: number; code: string }>('SELECT customer_id AS id, code FROM offer_code WHERE campaign_id = ?', id);
  return {
    id,
    ...c,
    arms: new Map(arms.map((a) => [a.id, a.arm])),
    delivered: new Set(texts.filter((t) => t.state === 'delivered').map((t) => t.id)),
    codes: new Map(codes.map((x) => [x.id, x.code])),
    texts: texts.length,
  };
}

function shopping(random: () => number, people: number, [first, second]: Drawn[], w: { usual: number; effect: number }): Receipt[] {
  const out: Receipt[] = [];
  const buy = (person: number, from: number, to: number, code: string | null = null) => {
    const n = out.length;
    const gross = 2000 + 20 * (n + 1);
    const at = (from + HOUR + Math.floor((random() * (to - from - 2 * HOUR)) / MINUTE) * MINUTE) as UtcMs;
    const returned = code === null && random() < 0.08 && at < NOON + 20 * DAY;
    out.push({
      no: n.toString(36).toUpperCase().padStart(4, 'Q'),
      person,
      at,
      gross,
      discount: code !== null ? Math.round(gross * 0.075) * 2 : random() < 0.2 ? 200 : 0,
      returnedAt: returned ? ((at + 2 * DAY) as UtcMs) : null,
      code,
    });
  };
  if (!first || !second) return out;
  for (let i = 1; i <= people; i++) {
    if (random() < w.usual) buy(i, NOON - 5 * DAY, NOON);
    for (let week = 0; week < 3; week++) if (random() < w.usual / 2) buy(i, NOON + week * 7 * DAY, NOON + (week * 7 + 6) * DAY);
    const code = first.codes.get(i);
    const came = first.delivered.has(i) && random() < w.effect + 0.04;
    // the code holds for the days of the offer; some never show it
    if (came) buy(i, first.from, first.from + 10 * DAY, code !== undefined && random() < 0.6 ? code : null);
    if (second.delivered.has(i) && random() < w.effect / 2) buy(i, second.from, second.from + 8 * DAY);
  }
  buy(1, NOON + 24 * DAY, NOON + 24 * DAY + 4 * HOUR); // the file reaches past both windows
  return out;
}

const dollars = (cents: number) => `${cents < 0 ? '-' : ''}$${(Math.abs(cents) / 100).toFixed(2)}`;

function rowsOf(r: Receipt): Record<string, string>[] {
  const row = (at: number, sign: 1 | -1, no: string): Record<string, string> => {
    const local = new Date(at - 5 * HOUR).toISOString(); // November and December in New York
    return {
      Date: local.slice(0, 10),
      Time: local.slice(11, 19),
      'Gross Sales': dollars(sign * r.gross),
      Discounts: dollars(-sign * r.discount),
      'Net Sales': dollars(sign * (r.gross - r.discount)),
      Tax: '$0.00',
      Qty: sign === 1 ? '1.0' : '-1.0',
      'Transaction ID': `T-${no}`,
      'Payment ID': `${no}0000AAAABBBBCCCC`,
      'Customer ID': `c${r.person}`,
      'Event Type': sign === 1 ? 'Payment' : 'Refund',
    };
  };
  return [row(r.at, 1, r.no), ...(r.returnedAt === null ? [] : [row(r.returnedAt, -1, `${r.no}R`)])];
}

function truthOf(
  c: Drawn,
  all: readonly Drawn[],
  receipts: readonly Receipt[],
  fixed: ReadonlySet<number>,
  linked: ReadonlySet<number>,
): KnownCampaign {
  const side = () => ({ n: 0, buyers: 0, list: 0, discounts: 0, margin: 0 as number | null });
  const figures = { texted: 0, heldOut: 0, notComparable: 0, text: side(), control: side() };
  for (const [person, arm] of c.arms) {
    figures[arm === 'text' ? 'texted' : 'heldOut']++;
    if (!fixed.has(person)) {
      figures.notComparable++;
      continue;
    }
    const s = figures[arm];
    const bought = receipts.filter((r) => r.person === person && r.at >= c.from && r.at <= c.to && r.returnedAt === null);
    s.n++;
    if (bought.length > 0) s.buyers++;
    for (const r of bought) {
      s.list += r.gross;
      s.discounts += r.discount;
      s.margin = (s.margin ?? 0) + (r.gross * MARGIN) / 100;
    }
  }
  const direct = { sales: 0, net: 0 };
  const influenced = { sales: 0, net: 0 };
  let redeemed = 0;
  for (const r of receipts) {
    const net = r.returnedAt === null ? r.gross - r.discount : 0;
    const mine = r.code !== null && c.codes.get(r.person) === r.code;
    if (r.code !== null && !mine) continue;
    if (mine) redeemed++;
    const last = all.filter((x) => x.delivered.has(r.person) && x.from <= r.at && r.at <= x.to).sort((a, b) => b.from - a.from)[0];
    const known = fixed.has(r.person) || linked.has(r.person);
    const kind = mine ? direct : known && last?.id === c.id ? influenced : null;
    if (!kind) continue;
    kind.sales++;
    kind.net += net;
  }
  return { id: c.id, figures, messageCents: Math.round((c.texts * PRICE) / 10_000), percent: c.percent, direct, influenced, redeemed };
}
