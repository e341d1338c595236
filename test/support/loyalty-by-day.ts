import { addDays } from '@domain/calendar';
import type { ShopDay } from '@domain/kernel';
import type { LoyaltyFacts, NoteFact } from '@domain/loyalty/account';
import type { SaleFact } from '@domain/loyalty/purchases';
import { type LoyaltyTerms, percentOn } from '@domain/loyalty/terms';
import { addMonths } from '@domain/privacy/retention';

/** The same, thought of in another way: day by day, each purchase's points on a heap of their own. */
export function balanceByDay(t: LoyaltyTerms, f: LoyaltyFacts, from: ShopDay, today: ShopDay): number {
  interface Heap {
    key: string;
    day: ShopDay;
    left: number;
    alive: number;
    net: number;
    rest: number;
  }
  const heaps: Heap[] = [];
  let debt = 0;
  const take = (points: number, first?: Heap) => {
    for (const h of [...(first ? [first] : []), ...heaps]) {
      const k = Math.min(h.left, points);
      h.left -= k;
      points -= k;
    }
    debt += points;
  };
  const give = (key: string, d: ShopDay, points: number, net: number) => {
    const paid = Math.min(debt, points);
    debt -= paid;
    heaps.push({ key, day: d, left: points - paid, alive: points, net, rest: net });
  };
  const sales = f.sales.filter((s) => s.kind === 'sale');
  const used = new Set<string>();
  const open = f.notes.filter((x) => x.kind === 'punch').sort((a, b) => a.at - b.at || (a.uid < b.uid ? -1 : 1));
  const gone = new Set<string>();
  for (;;) {
    let best: { u: NoteFact; s: SaleFact; by: number } | null = null;
    for (const u of open) {
      if (gone.has(u.uid)) continue;
      for (const s of [...sales].sort((a, b) => (a.key < b.key ? -1 : 1))) {
        if (s.day !== u.day || used.has(s.key)) continue;
        const by = Math.abs(s.net - (u.amount ?? 0));
        if (best === null || by < best.by) best = { u, s, by };
      }
    }
    if (!best) break;
    gone.add(best.u.uid);
    used.add(best.s.key);
  }
  for (let d = from; d <= today; d = addDays(d, 1)) {
    if (t.expiry.kind === 'earned') {
      for (const h of heaps) {
        if (addMonths(h.day, t.expiry.months) >= d) continue;
        h.alive -= h.left;
        h.left = 0;
      }
    }
    const pts = (net: number) => Math.floor((net * t.perUnit * (percentOn(t, d) / 100)) / 100 + 1e-9);
    const of = sales.filter((s) => s.day === d).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1));
    const typed = open.filter((u) => u.day === d && !gone.has(u.uid));
    const byHand = f.notes.filter((u) => u.kind === 'adjust' && u.day === d);
    const earned: [string, number, number][] = [
      ...of.map((s): [string, number, number] => [`sale:${s.key}`, pts(s.net), s.net]),
      ...typed.map((u): [string, number, number] => [`note:${u.uid}`, pts(u.amount ?? 0), 0]),
      ...byHand.filter((u) => u.points > 0).map((u): [string, number, number] => [`note:${u.uid}`, u.points, 0]),
      ...f.bonuses.filter((b) => b.day === d).map((b): [string, number, number] => [`bonus:${b.key}`, b.points, 0]),
    ];
    for (const [key, points, net] of earned.sort((a, b) => (a[0] < b[0] ? -1 : 1))) give(key, d, points, net);
    const lost: [string, () => void][] = byHand.filter((u) => u.points < 0).map((u) => [`note:${u.uid}`, () => take(-u.points)]);
    const order = sales
      .filter((s) => s.day <= d)
      .sort((a, b) => (a.day !== b.day ? (a.day < b.day ? -1 : 1) : a.at - b.at || (a.key < b.key ? -1 : 1)));
    for (const r of f.sales.filter((s) => s.kind === 'refund' && s.day === d).sort((a, b) => a.at - b.at || (a.key < b.key ? -1 : 1))) {
      let owed = -r.net;
      const parts: { h: Heap; was: number; now: number }[] = [];
      const pull = (fits: (s: SaleFact) => boolean) => {
        for (const s of [...order].reverse()) {
          const h = heaps.find((x) => x.key === `sale:${s.key}`);
          if (!h || owed === 0 || h.rest === 0 || !fits(s)) continue;
          const rate = (rest: number) => Math.floor((rest * t.perUnit * (percentOn(t, s.day) / 100)) / 100 + 1e-9);
          const was = rate(h.rest);
          const k = Math.min(h.rest, owed);
          h.rest -= k;
          owed -= k;
          parts.push({ h, was, now: rate(h.rest) });
        }
      };
      pull((s) => s.lines[0]?.item === r.lines[0]?.item);
      pull(() => true);
      lost.push([
        `sale:${r.key}`,
        () => {
          for (const p of parts) {
            const k = Math.min(p.was - p.now, p.h.alive);
            p.h.alive -= k;
            take(k, p.h);
          }
        },
      ]);
    }
    for (const [, run] of lost.sort((a, b) => (a[0] < b[0] ? -1 : 1))) run();
    for (const r of f.rewards.filter((x) => x.day === d && !x.back).sort((a, b) => (a.code < b.code ? -1 : 1))) take(r.cost);
  }
  return heaps.reduce((s, h) => s + h.left, 0) - debt;
}
