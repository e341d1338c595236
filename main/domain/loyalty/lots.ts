import { addDays } from '../calendar';
import type { ShopDay } from '../kernel';
import { addMonths } from '../privacy/retention';
import type { LoyaltyFacts, Movement } from './account';
import type { Earned, TakenBack } from './earn';
import { type Expiry, type LoyaltyVersion, thatHeld, versionOn } from './terms';

/** What was earned under one cause: how much of it is left, and what became of the rest. */
interface Lot {
  readonly cause: string;
  readonly day: ShopDay;
  readonly rule: Expiry;
  given: number;
  left: number;
  expired: number;
  taken: number;
  /** What one of its points has become by changes of the programme. */
  scale: number;
}

export interface Lots {
  readonly movements: readonly Movement[];
  readonly expiring: { readonly day: ShopDay; readonly points: number } | null;
}

interface Step {
  readonly day: ShopDay;
  readonly rank: number;
  readonly cause: string;
  run(): void;
}

const NEVER = '9999-12-31' as ShopDay;

/**
 * What was earned, used, taken back and lapsed, in the order of days: the oldest is used first; what is taken back comes out of what its
 * own purchase had given, then out of anything, then it is owed. Nothing lapses sooner than was promised when it was earned, nor than the
 * terms of the day say.
 */
export function lotsOf(versions: readonly LoyaltyVersion[], earned: Earned, facts: LoyaltyFacts, today: ShopDay): Lots {
  const lots: Lot[] = [];
  const byCause = new Map<string, Lot>();
  const movements = new Map<string, Movement>();
  let owed = 0;
  let active: ShopDay | null = null;

  const move = (m: Movement) => {
    const had = movements.get(m.cause);
    movements.set(m.cause, had ? { ...had, points: had.points + m.points } : m);
  };
  const ends = (rule: Expiry, lot: Lot): ShopDay =>
    rule.kind === 'never'
      ? NEVER
      : addMonths(rule.kind === 'earned' ? lot.day : active !== null && active > lot.day ? active : lot.day, rule.months);
  const lastDay = (lot: Lot, current: Expiry): ShopDay => {
    const [a, b] = [ends(lot.rule, lot), ends(current, lot)];
    return a > b ? a : b;
  };
  const expireBefore = (day: ShopDay) => {
    const current = versionOn(versions, addDays(day, -1))?.terms.expiry ?? { kind: 'never' };
    for (const lot of lots) {
      if (lot.left <= 0) continue;
      const last = lastDay(lot, current);
      if (last >= day) continue;
      const on = addDays(last, 1);
      move({ cause: `expired:${on}`, kind: 'expire', day: on, points: -lot.left });
      lot.expired += lot.left;
      lot.left = 0;
    }
  };
  const use = (points: number, first: Lot | undefined) => {
    let need = points;
    const take = (lot: Lot) => {
      const n = Math.min(lot.left, need);
      lot.left -= n;
      need -= n;
    };
    if (first) take(first);
    for (const lot of lots) if (need > 0) take(lot);
    owed += need;
  };
  const earn = (cause: string, kind: Movement['kind'], day: ShopDay, points: number, isActivity: boolean) => {
    if (isActivity && (active === null || day > active)) active = day;
    if (points <= 0) return;
    const paid = Math.min(owed, points);
    owed -= paid;
    const lot: Lot = {
      cause,
      day,
      rule: versionOn(versions, day)?.terms.expiry ?? { kind: 'never' },
      given: points,
      left: points - paid,
      expired: 0,
      taken: 0,
      scale: 1,
    };
    lots.push(lot);
    byCause.set(cause, lot);
    move({ cause, kind, day, points });
  };
  const giveBack = (r: TakenBack) => {
    for (const { cause, points } of r.of) {
      const lot = byCause.get(cause);
      if (!lot) continue;
      // what has lapsed is gone already
      const n = Math.min(Math.round(points * lot.scale), lot.given - lot.expired - lot.taken);
      if (n <= 0) continue;
      lot.taken += n;
      use(n, lot);
      move({ cause: r.cause, kind: 'refund', day: r.day, points: -n });
    }
  };
  const change = (v: LoyaltyVersion) => {
    let by = 0;
    for (const lot of lots) {
      by += lot.left * (v.carry - 1);
      for (const field of ['given', 'left', 'expired', 'taken', 'scale'] as const) lot[field] *= v.carry;
    }
    by -= owed * (v.carry - 1);
    owed *= v.carry;
    move({ cause: `change:${v.fromDay}`, kind: 'change', day: v.fromDay, points: by });
  };

  const steps: Step[] = [];
  const step = (day: ShopDay, rank: number, cause: string, run: () => void) => steps.push({ day, rank, cause, run });
  for (const v of thatHeld(versions)) {
    const before = versionOn(versions, addDays(v.fromDay, -1));
    const other = before !== null && before.terms.kind !== v.terms.kind;
    step(v.fromDay, 0, `v${v.id}`, () => other && change(v));
  }
  for (const e of earned.earnings) step(e.day, 1, e.cause, () => earn(e.cause, e.kind, e.day, e.points, e.kind === 'earn'));
  for (const b of facts.bonuses) {
    // points are no punches
    const v = versionOn(versions, b.day);
    if (v?.state !== 'on' || v.terms.kind !== 'points') continue;
    step(b.day, 1, `bonus:${b.key}`, () => earn(`bonus:${b.key}`, 'earn', b.day, b.points, true));
  }
  for (const n of facts.notes) {
    if (n.kind !== 'adjust') continue;
    const cause = `note:${n.uid}`;
    if (n.points > 0) step(n.day, 1, cause, () => earn(cause, 'adjust', n.day, n.points, false));
    else {
      step(n.day, 2, cause, () => {
        use(-n.points, undefined);
        move({ cause, kind: 'adjust', day: n.day, points: n.points });
      });
    }
  }
  for (const r of earned.returns) step(r.day, 2, r.cause, () => giveBack(r));
  for (const r of facts.rewards) {
    if (r.back) continue;
    step(r.day, 3, `code:${r.code}`, () => {
      if (active === null || r.day > active) active = r.day;
      use(r.cost, undefined);
      move({ cause: `code:${r.code}`, kind: 'spend', day: r.day, points: -r.cost });
    });
  }
  steps.sort((a, b) =>
    a.day !== b.day ? (a.day < b.day ? -1 : 1) : a.rank - b.rank || (a.cause < b.cause ? -1 : a.cause > b.cause ? 1 : 0),
  );
  for (const s of steps) {
    expireBefore(s.day);
    s.run();
  }
  expireBefore(today);
  const current = versionOn(versions, today)?.terms.expiry ?? { kind: 'never' };
  const next = lots.filter((l) => l.left > 0).map((l) => ({ day: lastDay(l, current), points: l.left }));
  const first = next.reduce<ShopDay>((a, n) => (n.day < a ? n.day : a), NEVER);
  const points = next.reduce((n, x) => (x.day === first ? n + x.points : n), 0);
  return { movements: [...movements.values()], expiring: first === NEVER ? null : { day: first, points } };
}
