import type { Db } from '@db/open';
import type { CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import { number, pointsOf, sinceOf, wallDay } from './points';
import { type CHOSEN, REBUY } from './setup';

/** Somebody's visit days as the receipts in the shop say at this moment: something bought, and nothing brought back the same day. */
export function visitsOf(db: Db, id: CustomerId): ShopDay[] {
  const sales = db.prepare('SELECT kind, status, shop_day AS day FROM sale WHERE customer_id = ?').all(id) as {
    kind: string;
    status: string;
    day: ShopDay;
  }[];
  const real = sales.filter((s) => ['completed', 'refunded', 'partially-refunded'].includes(s.status));
  const back = new Set(real.filter((s) => s.kind === 'refund').map((s) => s.day));
  return [...new Set(real.filter((s) => s.kind === 'sale' && s.status !== 'refunded' && !back.has(s.day)).map((s) => s.day))].sort();
}

/** Days on which somebody was noted at the counter, or used a code. */
export const seenDays = (db: Db, id: CustomerId): ShopDay[] =>
  (
    db
      .prepare(
        'SELECT at FROM visit_note WHERE customer_id = ? UNION ALL SELECT at FROM redemption WHERE customer_id = ? AND reversed_at IS NULL',
      )
      .pluck()
      .all(id, id) as number[]
  ).map(wallDay);

const middle = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b);
  const m = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[m] as number) : ((sorted[m - 1] as number) + (sorted[m] as number)) / 2;
};

const gapsOf = (visits: readonly ShopDay[]): number[] => visits.slice(1).map((d, i) => number(d) - number(visits[i] as ShopDay));

/** The shop's days between visits: each gap of everybody stands for its person's median, and the one in the middle is it. */
export function shopGapOf(db: Db): number {
  const all = db.prepare('SELECT id FROM customer').pluck().all() as CustomerId[];
  const each = all.flatMap((id) => {
    const gaps = gapsOf(visitsOf(db, id));
    return gaps.map(() => middle(gaps));
  });
  each.sort((a, b) => a - b);
  return each[Math.ceil(each.length / 2) - 1] ?? 45;
}

/** Their own usual gap, drawn towards the shop's while there is little to go by (rules.md §5). */
export function usualOf(visits: readonly ShopDay[], shopGap: number): number {
  const gaps = gapsOf(visits);
  return (2 * shopGap + gaps.length * (gaps.length === 0 ? 0 : middle(gaps))) / (2 + gaps.length);
}

export interface Told {
  kind: keyof typeof CHOSEN;
  id: CustomerId;
  cause: string;
  at: UtcMs;
}

/** Shop days from one to another. */
const between = (from: string, to: string): number => number(to as ShopDay) - number(from as ShopDay);

/**
 * Why a cause that was just told is not true; null = it is. Asked right after it was told, of the receipts, dates and papers of the shop as
 * they are then, by none of the app's own rules.
 */
export function untrue(db: Db, t: Told, shopGap: () => number): string | null {
  const [name, what = ''] = [t.cause.slice(0, t.cause.indexOf(':')), t.cause.slice(t.cause.indexOf(':') + 1)];
  const today = wallDay(t.at);
  const row = <T>(sql: string, ...p: unknown[]) => db.prepare(sql).get(...(p as never[])) as T | undefined;
  const visits = visitsOf(db, t.id);
  const within = (days: number, least: number, most: number) => (days >= least && days <= most ? null : `${days} days`);
  const person = row<{ birthday: string | null; phone: string }>('SELECT birthday, phone FROM customer WHERE id = ?', t.id);
  switch (t.kind) {
    case 'welcome-sign-up': {
      const first = row<{ at: number }>(
        `SELECT min(e.occurred_at) AS at FROM consent_event e JOIN address_book a ON a.address_hmac = e.address_hmac
         WHERE a.address = ? AND e.channel = 'sms' AND e.purpose = 'marketing' AND e.kind IN ('signed-up', 'agreed') AND e.method <> 'import'`,
        person?.phone,
      );
      return first?.at == null ? 'never signed up' : within(between(wallDay(first.at), today), 1, 15);
    }
    case 'welcome-purchase':
      return visits[0] === undefined ? 'never bought' : within(between(visits[0], today), 3, 17);
    case 'thank-you': {
      const day = number(what as ShopDay);
      if (!visits.includes(what as ShopDay)) return 'no visit';
      const days = visits.map(number);
      const rises = (d: number) => {
        const recent = days.filter((x) => x <= d && x > d - 90).length;
        const before = days.filter((x) => x <= d - 90 && x > d - 360).length;
        const first = days[0] as number;
        const usual = (before * 90) / Math.min(270, d - 90 - first + 1);
        return d - first >= 180 && before > 0 && recent >= 3 && recent >= 1.5 * usual && recent >= usual + 2;
      };
      if (!rises(day)) return 'does not rise';
      const last = days.filter((x) => x < day).at(-1);
      if (last !== undefined && rises(last)) return 'rose before';
      return within(between(what, today), 3, 17);
    }
    case 'late':
    case 'lapsed': {
      // last bought, or at the counter for something else since
      const last = [visits.at(-1) ?? '', ...seenDays(db, t.id)].sort().at(-1);
      if (last !== what) return `last there ${last}`;
      const usual = usualOf(visits, shopGap());
      const away = between(what, today);
      if (t.kind === 'lapsed') return away > 3 * usual && away > 30 ? null : `away ${away} of ${usual}`;
      return away > 2 * usual && away >= 14 && !(away > 3 * usual && away > 30) ? null : `away ${away} of ${usual}`;
    }
    case 'birthday': {
      const md = (person?.birthday ?? '').slice(-5);
      const leap = new Date(Date.UTC(Number(what), 1, 29)).getUTCMonth() === 1;
      const day = `${what}-${md === '02-29' && !leap ? '02-28' : md}`;
      return md === '' ? 'no birthday' : within(between(today, day), -1, 7);
    }
    case 'anniversary': {
      const first = visits[0];
      if (first === undefined || Number(what) <= Number(first.slice(0, 4))) return 'not a year';
      return within(between(`${what}${first.slice(4)}`, today), 0, 7);
    }
    case 'review': {
      const spend = row<{ cents: number }>(
        'SELECT sum(net + tax - refunded) AS cents FROM sale WHERE customer_id = ? AND shop_day = ?',
        t.id,
        what,
      );
      if (!visits.includes(what as ShopDay) || (spend?.cents ?? 0) < 5000) return 'nothing to ask about';
      return within(between(what, today), 3, 10);
    }
    case 'bought-not':
    case 're-buy': {
      const item = t.kind === 'bought-not' ? 'l.name = ?' : 'l.category = ?';
      const last = row<{ day: ShopDay | null }>(
        `SELECT max(s.shop_day) AS day FROM sale s JOIN sale_line l ON l.sale_id = s.id
         WHERE s.customer_id = ? AND s.kind = 'sale' AND s.status IN ('completed', 'partially-refunded') AND l.net > 0 AND ${item}`,
        t.id,
        t.kind === 'bought-not' ? 'Chelsea Boot' : REBUY.category,
      );
      const day = t.cause.split(':').at(-1) ?? '';
      if (last?.day !== day) return `last bought ${last?.day}`;
      if (t.kind === 're-buy') return within(between(day, today), REBUY.days, REBUY.days + 30);
      const other = row(
        "SELECT 1 FROM sale s JOIN sale_line l ON l.sale_id = s.id WHERE s.customer_id = ? AND s.kind = 'sale' AND l.name = 'Care Kit' AND s.status IN ('completed', 'partially-refunded')",
        t.id,
      );
      return other !== undefined ? 'has the other' : within(between(day, today), 14, 44);
    }
    case 'code-expiring': {
      const code = row<{ who: number; state: string; ends: number }>(
        'SELECT customer_id AS who, state, expires_at AS ends FROM offer_code WHERE code = ?',
        what,
      );
      if (code?.who !== t.id || code.state !== 'issued' || code.ends <= t.at) return `code ${JSON.stringify(code)}`;
      return within(between(today, wallDay(code.ends - 1)), 0, 3);
    }
    case 'new-arrival': {
      const told = row<{ at: number }>('SELECT at FROM automation_arrival WHERE id = ?', Number(what));
      return told === undefined ? 'not told' : within(between(wallDay(told.at), today), 0, 7);
    }
    case 'not-collected': {
      const o = row<{ state: string; ready: number; who: number }>(
        'SELECT state, ready_at AS ready, customer_id AS who FROM customer_order WHERE ref = ?',
        what,
      );
      if (o?.state !== 'ready' || o.who !== t.id) return `order ${JSON.stringify(o)}`;
      return within(between(wallDay(o.ready), today), 10, 24);
    }
    case 'thing-due': {
      const [id, due = ''] = what.split(':');
      const thing = row<{ due: string; who: number; done: number | null }>(
        'SELECT due_on AS due, customer_id AS who, done_at AS done FROM customer_thing WHERE id = ?',
        Number(id),
      );
      if (thing?.due !== due || thing.who !== t.id || thing.done !== null) return `thing ${JSON.stringify(thing)}`;
      return within(between(today, due), 0, 14);
    }
    case 'wish-in': {
      const wish = row<{ who: number; told: number }>(
        `SELECT w.customer_id AS who, (SELECT max(d.told_at) FROM delivery_wish x JOIN delivery d ON d.id = x.delivery_id
           WHERE x.wish_id = w.id AND x.outcome = 'left-out') AS told FROM customer_wish w WHERE w.id = ? AND w.state = 'open'`,
        Number(what),
      );
      return wish?.who !== t.id || wish.told == null ? 'nothing came' : within(between(wallDay(wish.told), today), 0, 7);
    }
    case 'reward-near':
    case 'reward-ready': {
      const given = row<{ n: number; cost: number }>(
        'SELECT count(*) AS n, coalesce(sum(r.cost), 0) AS cost FROM loyalty_reward r WHERE customer_id = ? AND at = ?',
        t.id,
        t.at,
      );
      const { balance } = pointsOf(db, t.id, sinceOf(db), t.at);
      // the code of the text took its points already
      const had = balance + (given?.cost ?? 0);
      if (t.kind === 'reward-ready') return had >= 200 ? null : `has ${had}`;
      return balance >= 180 && balance < 200 ? null : `has ${balance}`;
    }
    case 'points-expiring': {
      const { next } = pointsOf(db, t.id, sinceOf(db), t.at);
      return next !== what ? `next ${next}` : within(between(today, what), 0, 14);
    }
    default:
      return `unknown ${name}`;
  }
}
