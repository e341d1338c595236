import type { Db } from '@db/open';
import type { CustomerId, ShopDay, UtcMs } from '@domain/kernel';

/** What the demo shop promises (backend/sample-shop.ts), said once more here. */
const DOUBLE_WEEKDAY = 2;
const GOLD = { least: 60_000, percent: 150 };
const MONTHS = 6;

const DAY_MS = 86_400_000;
export const number = (day: ShopDay): number => Date.parse(`${day}T00:00:00Z`) / DAY_MS;
export const dayOf = (n: number): ShopDay => new Date(n * DAY_MS).toISOString().slice(0, 10) as ShopDay;
/** The day as the wall of the shop says it. */
export const wallDay = (t: number): ShopDay =>
  new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York', year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    t,
  ) as ShopDay;

/** So many calendar months later, on the last day of a shorter month. */
function monthsLater(day: ShopDay, months: number): ShopDay {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const length = new Date(Date.UTC(y, m - 1 + months + 1, 0)).getUTCDate();
  return dayOf(Date.UTC(y, m - 1 + months, Math.min(d, length)) / DAY_MS);
}

interface Sale {
  key: string;
  kind: 'sale' | 'refund';
  status: string;
  day: ShopDay;
  at: number;
  net: number;
  tax: number;
  refunded: number;
  lines: string;
}
interface Part {
  item: string;
  left: number;
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Points and what lapses next, from the receipts alone, day by day, as somebody with paper and pencil would come to it. */
export function pointsOf(db: Db, id: CustomerId, since: ShopDay, now: UtcMs): { balance: number; next: ShopDay | null } {
  const sales = (
    db
      .prepare(
        `SELECT 'sale:' || s.source || ' ' || s.source_sale_id AS key, s.kind, s.status, s.shop_day AS day, s.occurred_at AS at, s.net, s.tax, s.refunded,
           (SELECT json_group_array(json_object('item', trim(l.name || ' ' || l.variant), 'net', l.net)) FROM sale_line l WHERE l.sale_id = s.id) AS lines
         FROM sale s WHERE s.customer_id = ? AND s.status IN ('completed', 'refunded', 'partially-refunded')`,
      )
      .all(id) as Sale[]
  ).sort((a, b) => order(a.day, b.day) || order(b.kind, a.kind) || a.at - b.at || order(a.key, b.key));
  const notes = db
    .prepare("SELECT uid, day, points FROM loyalty_note WHERE customer_id = ? AND kind = 'adjust' AND undone_at IS NULL")
    .all(id) as { uid: string; day: ShopDay; points: number }[];
  const rewards = (
    db
      .prepare(
        `SELECT r.code, r.at, r.cost, c.state, c.expires_at AS expires FROM loyalty_reward r JOIN offer_code c ON c.code = r.code WHERE r.customer_id = ?`,
      )
      .all(id) as { code: string; at: number; cost: number; state: string; expires: number }[]
  )
    // a code that ran out unused cost nothing
    .filter((r) => r.state === 'redeemed' || ((r.state === 'issued' || r.state === 'reversed') && r.expires > now))
    .map((r) => ({ ...r, day: wallDay(r.at) }));

  const lots: { key: string; day: ShopDay; given: number; left: number; lapsed: number; taken: number }[] = [];
  const bought: { key: string; parts: Part[]; percent: number; gave: number }[] = [];
  const spent = new Map<ShopDay, number>();
  let balance = 0;
  let owed = 0;
  const use = (n: number, first?: (typeof lots)[number]) => {
    let need = n;
    for (const l of [...(first ? [first] : []), ...lots]) {
      const take = Math.min(l.left, need);
      l.left -= take;
      need -= take;
    }
    owed += need;
    balance -= n;
  };
  const give = (key: string, day: ShopDay, n: number) => {
    if (n <= 0) return;
    const paid = Math.min(owed, n);
    owed -= paid;
    lots.push({ key, day, given: n, left: n - paid, lapsed: 0, taken: 0 });
    balance += n;
  };
  const sum = (parts: readonly Part[]) => parts.reduce((n, p) => n + p.left, 0);
  const worth = (cents: number, percent: number) => Math.floor((cents / 100) * (percent / 100) + 1e-9);

  const today = wallDay(now);
  const days = new Set<ShopDay>([...sales.map((s) => s.day), ...notes.map((n) => n.day), ...rewards.map((r) => r.day)]);
  const lapse = (day: ShopDay) => {
    for (const l of lots) {
      if (monthsLater(l.day, MONTHS) >= day) continue;
      l.lapsed += l.left;
      balance -= l.left;
      l.left = 0;
    }
  };
  for (const day of [...days].sort()) {
    if (day > today) break;
    lapse(day);
    const year = [...spent].reduce((n, [d, cents]) => (d >= dayOf(number(day) - 365) && d < day ? n + cents : n), 0);
    const percent =
      ((new Date(`${day}T00:00:00Z`).getUTCDay() === DOUBLE_WEEKDAY ? 200 : 100) * (year >= GOLD.least ? GOLD.percent : 100)) / 100;
    const of = sales.filter((s) => s.day === day);
    const gifts: { key: string; points: number }[] = [];
    for (const n of notes) if (n.day === day && n.points > 0) gifts.push({ key: `note:${n.uid}`, points: n.points });
    for (const s of of) {
      if (s.kind !== 'sale') continue;
      const gone = s.status === 'refunded' ? 1 : s.net + s.tax > 0 ? Math.min(1, s.refunded / (s.net + s.tax)) : 0;
      const lines = (JSON.parse(s.lines) as { item: string; net: number }[]).filter((l) => l.net > 0);
      const bare = s.net - lines.reduce((n, l) => n + l.net, 0);
      const parts = [...lines, ...(bare > 0 ? [{ item: '', net: bare }] : [])].map((l) => ({
        item: l.item,
        left: Math.round(l.net * (1 - gone)),
      }));
      const gave = day >= since ? worth(sum(parts), percent) : 0;
      bought.push({ key: s.key, parts, percent, gave });
      gifts.push({ key: s.key, points: gave });
    }
    for (const g of gifts.sort((a, b) => order(a.key, b.key))) give(g.key, day, g.points);
    const takes: (() => void)[] = [];
    for (const s of of) {
      if (s.kind !== 'refund') continue;
      const touched = new Set<(typeof bought)[number]>();
      // the last one bought before others
      const back = (cents: number, fits: (p: Part) => boolean): number => {
        let rest = cents;
        for (const b of [...bought].reverse()) {
          for (const p of b.parts) {
            if (!fits(p)) continue;
            const n = Math.min(p.left, rest);
            if (n > 0) touched.add(b);
            p.left -= n;
            rest -= n;
          }
        }
        return rest;
      };
      const lines = (JSON.parse(s.lines) as { item: string; net: number }[]).filter((l) => l.net < 0);
      // the same thing first; what is found nowhere comes off anything
      const open = lines.reduce((n, l) => n + back(-l.net, (p) => p.item !== '' && p.item === l.item), 0);
      const unsaid = Math.max(0, -s.net + lines.reduce((n, l) => n + l.net, 0));
      back(open + unsaid, () => true);
      for (const b of touched) {
        const lost = b.gave - (b.gave === 0 ? 0 : worth(sum(b.parts), b.percent));
        if (lost <= 0) continue;
        b.gave -= lost;
        const lot = lots.find((l) => l.key === b.key);
        if (!lot) continue;
        takes.push(() => {
          const m = Math.min(lost, lot.given - lot.lapsed - lot.taken);
          lot.taken += m;
          use(m, lot);
        });
      }
    }
    for (const n of notes) if (n.day === day && n.points < 0) use(-n.points);
    for (const t of takes) t();
    for (const r of rewards) if (r.day === day) use(r.cost);
    spent.set(
      day,
      of.reduce((n, s) => n + s.net, 0),
    );
  }
  lapse(today);
  const next =
    lots
      .filter((l) => l.left > 0)
      .map((l) => monthsLater(l.day, MONTHS))
      .sort()[0] ?? null;
  return { balance, next };
}

export const sinceOf = (db: Db): ShopDay => db.prepare('SELECT min(from_day) FROM loyalty_version').pluck().get() as ShopDay;
