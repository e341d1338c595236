import type { Db } from '@db/open';
import { mulberry32 } from '@domain/attribution/means';
import type { CustomerId, PhoneE164, ShopDay } from '@domain/kernel';
import type { OrderKind } from '@domain/orders/order';

/** Somebody of the shop, as the plan knows them: those of the first day by their id, newcomers by their number once they are there. */
export interface Member {
  phone: PhoneE164;
  name: string;
  till: string | null;
  id: CustomerId | null;
}

export interface Receipt {
  no: string;
  day: ShopDay;
  /** Minute of the shop's day. */
  minute: number;
  till: string;
  item: string;
  category: string;
  cents: number;
  /** Brought back as a whole on that day. */
  backOn: ShopDay | null;
}

export type Act =
  | { do: 'import'; weeks: number[]; undo?: true }
  | { do: 'sign-up'; who: Member; how: 'screen' | 'clerk' | 'join'; promise: number; birthday: string; topic: boolean }
  | { do: 'say'; who: Member; body: string }
  | { do: 'stop-at-counter'; who: Member }
  | { do: 'order'; key: string; who: Member; kind: OrderKind; ticked: boolean }
  | { do: 'order-step'; key: string; step: 'ready' | 'collected' | 'cancelled' }
  | { do: 'wish'; who: Member; item: string; size: string }
  | { do: 'delivery'; item: string; size: string }
  | { do: 'thing'; who: Member; dueOn: ShopDay }
  | { do: 'here'; who: Member }
  | { do: 'reward'; who: Member }
  | { do: 'redeem'; who: Member }
  | { do: 'adjust'; who: Member; points: number }
  | { do: 'campaign'; name: string; offer: boolean; mails: boolean }
  | { do: 'arrival'; what: string };

/** What happens on a day, in the morning before the shop opens or in the afternoon. */
export interface Day {
  day: ShopDay;
  morning: Act[];
  afternoon: Act[];
}

export interface Plan {
  days: Day[];
  receipts: Receipt[];
  members: Member[];
  /** Birthdays of people who were there before: leap day, ends of months. */
  born: { who: Member; day: string }[];
  /** Where a copy is made, and where it is brought back: positions in `days`. */
  copyAt: number;
  backAt: number;
}

const GOODS: readonly [string, string, number][] = [
  ['Chelsea Boot', 'Boots', 16800],
  ['Court Low', 'Sneakers', 8400],
  ['Ridge Runner', 'Sneakers', 11800],
  ['Wool Socks', 'Socks', 1800],
  ['Care Kit', 'Care', 2400],
  ['River Sandal', 'Sandals', 7800],
];
const ENDS = ['02-29', '01-31', '03-31', '05-31', '07-31', '08-31', '10-31', '12-31', '11-30', '02-28'];
const dayNo = (day: ShopDay): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const dayOfNo = (n: number): ShopDay => new Date(n * 86_400_000).toISOString().slice(0, 10) as ShopDay;
const weekday = (n: number): number => (n + 4) % 7;

/**
 * A year of a shop, written down before it begins: who comes when, which file is imported late, twice or taken back, who signs up, stops,
 * orders, wishes, answers. The same seed is the same year. In the days between `copyAt` and `backAt` nothing is typed that a copy cannot
 * know and no journal holds (wishes, dates of things, a new campaign): the owner would type it again, and that is another story.
 */
export function planOf(db: Db, o: { seed: number; from: ShopDay; days: number }): Plan {
  const random = mulberry32(o.seed);
  const whole = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const first = dayNo(o.from);
  const known = db
    .prepare(
      `SELECT c.id, c.first_name AS name, c.phone, i.source_customer_id AS till,
         EXISTS (SELECT 1 FROM customer_permission p WHERE p.customer_id = c.id AND p.purpose = 'marketing' AND p.state = 'in') AS mayBeTexted,
         EXISTS (SELECT 1 FROM customer_permission p WHERE p.customer_id = c.id AND p.state = 'out') AS left
       FROM customer c LEFT JOIN customer_identity i ON i.customer_id = c.id
       WHERE c.phone IS NOT NULL AND c.weak = 0 AND c.phone_kind <> 'landline' GROUP BY c.phone ORDER BY c.id`,
    )
    .all() as (Member & { mayBeTexted: number; left: number })[];
  const members: Member[] = known.map(({ id, name, phone, till }) => ({ id, name, phone, till }));
  const mayBeTexted = new Set(known.flatMap((k, i) => (k.mayBeTexted ? [members[i] as Member] : [])));
  const free = known.flatMap((k, i) => (k.mayBeTexted || k.left ? [] : [members[i] as Member]));
  const days: Day[] = Array.from({ length: o.days }, (_, i) => ({ day: dayOfNo(first + i), morning: [], afternoon: [] }));
  const on = (i: number): Day => days[Math.max(0, Math.min(days.length - 1, i))] as Day;
  /** The owner does such things on Tuesdays, Thursdays and Saturdays: other days are nearly idle. */
  const afternoon = (i: number): Act[] => on([2, 4, 6].includes(weekday(first + i)) ? i : i + 1).afternoon;
  const copyAt = Math.floor(o.days * 0.47);
  const backAt = copyAt + 5;
  /** A day for something that only the file itself holds. */
  const later = (i: number): number => (i >= copyAt - 1 && i <= backAt ? backAt + 2 : i);

  // who comes when
  const receipts: Receipt[] = [];
  let n = 0;
  const coming = members.filter((m) => m.till !== null);
  coming.forEach((m, k) => {
    let gap = whole(8, 50);
    const away = k % 3 === 0 ? whole(40, o.days - 150) : null;
    const rises = k % 7 === 1 ? whole(120, o.days - 90) : null;
    for (let i = whole(0, gap); i < o.days; i += Math.max(1, Math.round(gap * (0.6 + random() * 0.8)))) {
      if (away !== null && i >= away && i < away + 130) {
        i = away + whole(130, 170);
        continue;
      }
      if (rises !== null && i > rises) gap = Math.min(gap, 9);
      if (weekday(first + i) === 0) i++;
      if (i >= o.days) break;
      const [item, category, cents] = pick(GOODS);
      const backOn = random() < 0.06 ? dayOfNo(first + i + (random() < 0.3 ? 0 : whole(1, 12))) : null;
      receipts.push({
        no: `R${++n}`,
        day: dayOfNo(first + i),
        minute: whole(10 * 60, 18 * 60),
        till: m.till as string,
        item,
        category,
        cents: cents + whole(0, 99),
        backOn,
      });
    }
  });

  // till files: each Monday the week before; some late and in the wrong order, some twice over, one taken back
  const weeks = Math.floor(o.days / 7);
  const late = new Set([5, 17, 31, 44].filter((w) => w < weeks));
  for (let w = 0; w < weeks; w++) {
    const i = (w + 1) * 7;
    if (i >= o.days || late.has(w)) continue;
    if (late.has(w - 1)) on(i).morning.push({ do: 'import', weeks: [w] }, { do: 'import', weeks: [w - 1] });
    else if (w % 9 === 4) on(i).morning.push({ do: 'import', weeks: [w - 1, w] });
    else if (w === 21) {
      on(i).morning.push({ do: 'import', weeks: [w], undo: true });
      on(i + 1).morning.push({ do: 'import', weeks: [w] });
    } else on(i).morning.push({ do: 'import', weeks: [w] });
  }

  // who signs up, and how
  let newcomers = 0;
  const signUp = (i: number, who: Member, how: 'screen' | 'clerk' | 'join') => {
    const birthday = random() < 0.5 ? `--${pick(ENDS)}` : '';
    afternoon(i).push({ do: 'sign-up', who, how, promise: whole(1, 4), birthday, topic: random() < 0.3 });
    if (how === 'clerk') on(i + 1).morning.push({ do: 'say', who, body: random() < 0.8 ? 'Y' : 'no thanks' });
    mayBeTexted.add(who);
  };
  free.forEach((who, k) => {
    signUp(whole(0, k % 2 === 0 ? 20 : o.days - 30), who, pick(['screen', 'screen', 'clerk', 'join'] as const));
  });
  for (let i = 10; i < o.days - 10; i += whole(9, 20)) {
    const who: Member = { id: null, name: `New${++newcomers}`, phone: `+1646555${3000 + newcomers}` as PhoneE164, till: null };
    members.push(who);
    signUp(i, who, pick(['screen', 'join'] as const));
  }
  const born = ENDS.flatMap((day, k) => {
    const who = [...mayBeTexted].filter((m) => m.id !== null)[k];
    return who === undefined ? [] : [{ who, day: `--${day}` }];
  });

  // who stops, and comes back; who answers
  const there = [...mayBeTexted].filter((m) => m.id !== null);
  for (let i = 25; i < o.days; i += whole(20, 35)) {
    const who = pick(there);
    const how = random();
    if (how < 0.3) afternoon(i).push({ do: 'stop-at-counter', who });
    else afternoon(i).push({ do: 'say', who, body: how < 0.8 ? 'STOP' : 'please stop texting me' });
    if (random() < 0.4) afternoon(i + whole(20, 60)).push({ do: 'say', who, body: 'START' });
  }
  for (let i = 4; i < o.days; i += whole(5, 12))
    afternoon(i).push({ do: 'say', who: pick(there), body: pick(['HOLD', 'Do you have size 9?', 'thank you!', 'HELP']) });

  // what people order, wish for and have
  for (let i = 3, k = 0; i < o.days - 3; i += whole(6, 12), k++) {
    const key = `O${k}`;
    const kind = pick(['special-order', 'hold', 'lay-away', 'repair'] as const);
    afternoon(i).push({ do: 'order', key, who: pick(members.filter((m) => m.id !== null)), kind, ticked: random() < 0.7 });
    const ready = i + whole(2, 9);
    if (kind !== 'hold') afternoon(ready).push({ do: 'order-step', key, step: 'ready' });
    afternoon(ready + (random() < 0.4 ? whole(18, 30) : whole(1, 8))).push({
      do: 'order-step',
      key,
      step: random() < 0.85 ? 'collected' : 'cancelled',
    });
  }
  for (let i = 6; i < o.days; i += whole(6, 10)) {
    const [item] = pick(GOODS);
    afternoon(later(i)).push({ do: 'wish', who: pick(there), item, size: pick(['8', '9']) });
  }
  for (let i = 20; i < o.days; i += whole(14, 24)) {
    const [item] = pick(GOODS);
    afternoon(later(i)).push({ do: 'delivery', item, size: pick(['8', '9']) });
  }
  for (let i = 8; i < o.days - 60; i += whole(10, 20))
    afternoon(later(i)).push({ do: 'thing', who: pick(there), dueOn: dayOfNo(first + i + whole(20, 55)) });
  for (let i = 9; i < o.days; i += whole(8, 16)) afternoon(later(i)).push({ do: 'here', who: pick(there) });

  // rewards and codes
  for (let i = 12; i < o.days; i += whole(2, 5)) afternoon(i).push({ do: 'reward', who: pick(coming) });
  for (let i = 12; i < o.days; i += whole(3, 6)) afternoon(i).push({ do: 'redeem', who: pick(coming) });
  for (let i = 15; i < o.days; i += whole(12, 25)) afternoon(i).push({ do: 'adjust', who: pick(coming), points: pick([40, 25, -15]) });

  // a campaign a month, the third by mail too; news for a club now and then
  for (let i = 9, k = 1; i < o.days - 5; i += 30, k++)
    on(later(i)).morning.push({ do: 'campaign', name: `Campaign ${k}`, offer: k % 2 === 0, mails: k % 3 === 0 });
  for (let i = 40; i < o.days; i += 75) on(later(i)).morning.push({ do: 'arrival', what: `News of day ${i}` });
  return { days, receipts, members, born, copyAt, backAt };
}
