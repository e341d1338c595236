import { mulberry32 } from '@domain/attribution/means';
import type { OfferId, Zone } from '@domain/kernel';
import { DAY, HOUR } from '@domain/kernel';
import { saveOffer } from '@services/offers/offers';
import { ResultsShop, START } from './results-shop';
import { aCtx, NOON, owner } from './test-ctx';

/**
 * A shop where everything is crooked, and what its rows come to, counted row by row by the sentences of the guide and none of the app's own
 * code: campaigns that overlap, a follow-up, two groups, several tills, tax, returns of every kind, void receipts, codes used twice, typed
 * late or by nobody known, prices told, quoted and missing in millionths.
 */
interface Sale {
  id: number;
  kind: 'sale' | 'refund';
  status: string;
  at: number;
  day: string;
  timeKnown: number;
  who: number | null;
  gross: number;
  discount: number;
  net: number;
  tax: number;
  refunded: number;
}
interface Text {
  campaign: number;
  who: number;
  at: number;
  state: string;
  price: number | null;
  quoted: number | null;
  segments: number;
}
interface Use {
  id: number;
  campaign: number;
  who: number | null;
  at: number;
  sale: number | null;
  amount: number | null;
  discount: number | null;
}
interface Head {
  id: number;
  from: number;
  to: number;
}
const PEOPLE = 240;
const EACH = 8300;

/** Everything crooked. `random` decides, the same every time. */
export async function messyShop(currency: string): Promise<ResultsShop> {
  const ctx = aCtx({
    settings: {
      money: { marginPercent: 37 },
      shop: { name: 'Corner Shoes', currency, zone: 'America/New_York' as Zone },
      texting: { pricePerSegment: EACH as never },
    },
  });
  const shop = new ResultsShop(ctx);
  const random = mulberry32(20261122);
  const int = (n: number) => Math.floor(random() * n);
  const offer = (name: string): OfferId =>
    saveOffer(ctx, owner, { id: null, name, kind: 'percent', percent: 15, codeMode: 'personal', validDays: 30 }).id;
  const [boots, suits] = [offer('Boots'), offer('Suits')];
  shop.people(1, PEOPLE);
  const some = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);
  // they overlap in days and people; the last ends last week
  shop.campaign(1, { text: some(1, 120), control: some(121, 180), offer: boots });
  shop.campaign(2, { text: some(60, 200), control: some(1, 59), at: START + 5 * DAY, offer: suits, days: 30 });
  shop.campaign(3, { text: some(1, 80), at: START + 9 * DAY, offer: null });
  shop.campaign(4, { text: some(30, PEOPLE), control: some(1, 29), at: NOON - 24 * DAY, offer: boots });
  shop.run("INSERT INTO ladder (root_id, state, updated_at) VALUES (2, 'ended', 0)");
  shop.run(
    "INSERT INTO ladder_step (campaign_id, root_id, parent_id, reaction, after_days, at_minute) VALUES (3, 2, 2, 'nothing', 4, 600)",
  );
  shop.run('UPDATE campaign_person SET part = 2 WHERE campaign_id = 4 AND customer_id > 150');
  shop.run(
    "INSERT INTO campaign_part (campaign_id, position, name, segment_id, offer_id, body) VALUES (4, 2, 'Others', NULL, ?, 'x')",
    suits,
  );
  const odd = [8300, 8305, 15_850, 1_005_000, 425_000, 7915];
  for (const { id } of shop.all<{ id: number }>('SELECT id FROM outbox ORDER BY id')) {
    const of = int(12);
    if (of < 3) shop.run('UPDATE outbox SET price = NULL, quoted_price = ? WHERE id = ?', odd[int(6)] ?? 0, id);
    else if (of === 3) shop.run('UPDATE outbox SET price = NULL, quoted_price = NULL, segments = 2 WHERE id = ?', id);
    else if (of < 9) shop.run('UPDATE outbox SET price = ?, carrier_segments = 3 WHERE id = ?', odd[int(6)] ?? 0, id);
    const state = ['undelivered', 'sent', 'uncertain', 'skipped', 'rejected'][int(50)];
    if (state) shop.run('UPDATE outbox SET state = ? WHERE id = ?', state, id);
  }
  ctx.db.tx(() => {
    for (let i = 0; i < 1100; i++) {
      const who = int(6) === 0 ? null : 1 + int(PEOPLE);
      const at = START - 30 * DAY + int(150 * 24) * HOUR + int(3600) * 1000;
      const net = int(30) === 0 ? 0 : 1 + int(20_000);
      const discount = int(4) === 0 ? int(3000) : 0;
      const tax = Math.round(net * 0.08875);
      const refund = int(9) === 0;
      const id = shop.sold(who, {
        at: Math.min(at, NOON - DAY),
        net,
        discount: refund ? 0 : discount,
        tax: refund ? -tax : tax,
        kind: refund ? 'refund' : 'sale',
        timeKnown: int(8) !== 0,
        ...(int(7) === 0 && !refund ? { refunded: int(net + tax + 500), status: 'partially-refunded' } : {}),
        ...(int(25) === 0 ? { status: 'void' } : {}),
        receipt: `R${i}`,
      });
      shop.run(
        'UPDATE sale SET register = ?, staff_name = ? WHERE id = ?',
        ['Counter', 'Back', null][int(3)] ?? null,
        ['Dana', null][int(2)] ?? null,
        id,
      );
    }
    let code = 0;
    for (const s of shop.all<{ id: number; who: number | null; at: number }>(
      "SELECT id, customer_id AS who, occurred_at AS at FROM sale WHERE kind = 'sale' ORDER BY id",
    )) {
      if (int(9) !== 0) continue;
      for (let twice = int(6) === 0 ? 2 : 1; twice > 0; twice--) {
        const campaign = [1, 2, 4][int(3)] as number;
        const word = `K${++code}`;
        const given = int(3) === 0 ? null : int(3000);
        const of = campaign === 2 ? suits : boots;
        shop.run(
          "INSERT INTO offer_code (code, offer_id, campaign_id, customer_id, state, issued_at, expires_at) VALUES (?, ?, ?, ?, 'redeemed', 0, ?)",
          word,
          of,
          campaign,
          s.who,
          NOON,
        );
        shop.run(
          "INSERT INTO redemption (code, offer_id, campaign_id, customer_id, at, how, amount, discount, sale_id, reversed_at) VALUES (?, ?, ?, ?, ?, 'code', ?, ?, ?, ?)",
          word,
          of,
          campaign,
          s.who,
          s.at - int(60) * 1000,
          int(2) === 0 ? null : int(9000),
          given,
          int(5) === 0 ? null : s.id,
          int(12) === 0 ? s.at + HOUR : null,
        );
      }
    }
  });
  // what was typed at a counter stays without a sale: nothing else of these people lies near
  shop.run("DELETE FROM credit_todo WHERE what = 'code'");
  shop.run('UPDATE redemption SET customer_id = NULL WHERE sale_id IS NULL');
  await shop.settle();
  return shop;
}

/** The shop's rows, and what they come to. */
export class Rows {
  readonly sales: Sale[];
  readonly texts: Text[];
  readonly uses: Use[];
  readonly heads: Head[];
  constructor(private readonly shop: ResultsShop) {
    this.sales = shop.all(
      `SELECT id, kind, status, occurred_at AS at, shop_day AS day, time_known AS timeKnown, customer_id AS who, gross, discount, net, tax, refunded
       FROM sale WHERE status IN ('completed', 'partially-refunded', 'refunded') ORDER BY occurred_at, id`,
    );
    this.texts = shop.all(
      `SELECT CAST(cause_id AS INTEGER) AS campaign, customer_id AS who, left_at AS at, state, price, quoted_price AS quoted, segments FROM outbox
       WHERE cause_kind = 'campaign' AND state IN ('accepted', 'queued', 'sent', 'delivered', 'undelivered', 'uncertain')`,
    );
    this.uses = shop.all(
      'SELECT id, campaign_id AS campaign, customer_id AS who, at, sale_id AS sale, amount, discount FROM redemption WHERE reversed_at IS NULL ORDER BY at, id',
    );
    this.heads = shop.all('SELECT id, started_at AS "from", window_ends_at AS "to" FROM campaign ORDER BY id');
  }

  /** What is left of each sale of some rows: its own return first, then returns in rows of their own. */
  kept(sales: readonly Sale[]): Map<number, number> {
    const left = new Map<number, number>();
    for (const s of sales) {
      if (s.kind !== 'sale') continue;
      const paid = s.net + s.tax;
      left.set(s.id, s.refunded > 0 && paid > 0 ? Math.round((s.net * (paid - Math.min(paid, s.refunded))) / paid) : Math.max(0, s.net));
    }
    for (const back of sales) {
      if (back.kind !== 'refund' || back.who === null) continue;
      const before = sales
        .filter((s) => s.kind === 'sale' && s.who === back.who && s.at >= back.at - 60 * DAY && sales.indexOf(s) < sales.indexOf(back))
        .reverse();
      let sum = -back.net;
      const same = before.find((s) => left.get(s.id) === sum);
      for (const s of same ? [same] : before) {
        const take = Math.min(sum, left.get(s.id) ?? 0);
        left.set(s.id, (left.get(s.id) ?? 0) - take);
        sum -= take;
      }
    }
    return left;
  }

  /** One credit a sale at most: the code on it, else the last text before it in whose days it lies. */
  credits(): { sale: Sale; campaign: number; who: number | null; kind: 'direct' | 'influenced'; net: number }[] {
    const byPerson = new Map<number | null, Sale[]>();
    for (const s of this.sales) byPerson.set(s.who, [...(byPerson.get(s.who) ?? []), s]);
    const out: ReturnType<Rows['credits']> = [];
    for (const [who, sales] of byPerson) {
      const texts = this.texts.filter((t) => t.who === who && t.state === 'delivered');
      const codes = this.uses.filter((u) => u.sale !== null && sales.some((s) => s.id === u.sale));
      // returns are looked at from sixty days before the first text, or the day before the first code, on
      const since = Math.min(...texts.map((t) => t.at), ...codes.map((c) => c.at - DAY)) - 60 * DAY;
      const kept = this.kept(who === null ? sales.map((s) => ({ ...s })) : sales.filter((s) => s.at >= since));
      for (const sale of sales) {
        if (sale.kind !== 'sale') continue;
        const net = kept.get(sale.id) ?? sale.net;
        const code = codes.filter((c) => c.sale === sale.id).sort((a, b) => a.at - b.at || a.campaign - b.campaign)[0];
        if (code) {
          out.push({ sale, campaign: code.campaign, who: who ?? code.who, kind: 'direct', net });
          continue;
        }
        const before = sale.at - (sale.timeKnown ? 0 : DAY);
        const last = texts
          .filter((t) => t.at <= before && sale.at <= (this.heads.find((h) => h.id === t.campaign)?.to ?? 0))
          .sort((a, b) => b.at - a.at || b.campaign - a.campaign)[0];
        if (last) out.push({ sale, campaign: last.campaign, who, kind: 'influenced', net });
      }
    }
    return out;
  }

  /** What standing codes of a campaign gave away: the receipt knows best, once. */
  discounts(campaign: number): number {
    let sum = 0;
    for (const u of this.uses.filter((x) => x.campaign === campaign)) {
      const s = this.shop.all<Sale>('SELECT id, discount, status FROM sale WHERE id = ?', u.sale)[0];
      if (!s || s.discount <= 0) sum += u.discount ?? 0;
      else if (s.status !== 'refunded' && !this.uses.some((o) => o.sale === u.sale && o.id < u.id)) sum += s.discount;
    }
    return sum;
  }

  /** Told, else quoted, else so many parts at the list price; and of some texts only. */
  cost(of: (t: Text) => boolean): number {
    return this.texts.filter(of).reduce((n, t) => n + (t.price ?? t.quoted ?? t.segments * EACH), 0);
  }

  /** One side of a comparison. */
  arm(h: Head, arm: string, days: number | null): { n: number; buyers: number; list: number; discounts: number; margin: number } {
    const to = days === null ? h.to : Math.max(h.from + days * DAY, h.to);
    const ids = this.shop.all<{ id: number }>('SELECT customer_id AS id FROM campaign_person WHERE campaign_id = ? AND arm = ?', h.id, arm);
    const sums = { n: ids.length, buyers: 0, list: 0, discounts: 0, margin: 0 };
    const until = Math.max(h.from + 28 * DAY, h.to, h.to + 28 * DAY) + 60 * DAY;
    for (const { id } of ids) {
      const mine = this.sales.filter((s) => s.who === id && s.at >= h.from - 60 * DAY && s.at <= until);
      const kept = this.kept(mine);
      const bought = mine.filter((s) => s.kind === 'sale' && s.at >= h.from && s.at <= to && s.net > 0 && (kept.get(s.id) ?? 0) > 0);
      if (bought.length > 0) sums.buyers++;
      for (const s of bought) {
        const left = kept.get(s.id) ?? 0;
        sums.list += Math.round((s.gross * left) / s.net);
        sums.discounts += Math.round((s.discount * left) / s.net);
        const whole = even(s.gross * 3700, 10_000);
        sums.margin += left >= s.net ? whole : even(whole * left, s.net);
      }
    }
    return sums;
  }

  takings(first: string, last: string): number {
    return this.sales
      .filter((s) => s.day >= first && s.day <= last)
      .reduce((n, s) => {
        const paid = s.net + s.tax;
        if (s.kind !== 'sale' || s.refunded <= 0 || paid <= 0) return n + s.net;
        return n + Math.round((s.net * (paid - Math.min(s.refunded, paid))) / paid);
      }, 0);
  }
}
/** To the nearest, halves to the even one. */
function even(a: number, b: number): number {
  const down = Math.floor(a / b);
  const rest = a - down * b;
  return rest * 2 === b ? down + (down % 2) : Math.round(a / b);
}
