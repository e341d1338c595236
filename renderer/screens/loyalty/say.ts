import type { Out } from '@renderer/api';
import { givesWords, type Saying, weekdayWords } from '@renderer/screens/offers/say';
import type { Say } from '@renderer/screens/reports/format';
import type { LoyaltyWords } from '@renderer/strings/loyalty';

export type View = Out<'loyalty/programme'>;
export type Terms = View['terms'];
export type Priced = View['rewards'][number];

/** 150 → "1.5×". */
export const times = (percent: number): string => `${percent / 100}×`;

/** "Tuesdays", "Nov 27 – Nov 29". */
export function specialWords(d: Terms['specialDays'][number], s: Saying, say: Say, w: LoyaltyWords): string {
  const days = d.weekdays === 127 ? '' : weekdayWords(d.weekdays, s.locale, 'long');
  const span = [d.fromDay, d.untilDay].map((x) => (x === null ? null : say.day(x)));
  const [from, until] = span;
  const range =
    from && until
      ? from === until
        ? from
        : `${from} – ${until}`
      : from
        ? `${w.form.from.toLowerCase()} ${from}`
        : until
          ? `${w.form.until.toLowerCase()} ${until}`
          : '';
  return [days, range].filter(Boolean).join(', ') || w.form.always;
}

/** What the shop promises, sentence by sentence, as it would say it at the counter. */
export function promiseOf(terms: Terms, rewards: readonly Priced[], w: LoyaltyWords, s: Saying, say: Say): string[] {
  const p = w.promise;
  const gives = (r: Priced) => givesWords(r.offer, s, r.name);
  const out: string[] = [];
  const [first] = rewards;
  if (terms.kind === 'points') {
    const one = terms.unit === 100 && say.wholeMoney(100).includes('$');
    out.push(
      one
        ? p.points(say.n(terms.perUnit), terms.perUnit === 1)
        : p.pointsOf(say.n(terms.perUnit), terms.perUnit === 1, say.wholeMoney(terms.unit)),
    );
    for (const r of rewards) out.push(p.reward(say.n(r.cost), gives(r)));
    for (const t of terms.times) out.push(p.times(t.category, t.percent === 0 ? p.nothing : times(t.percent)));
  } else if (first) {
    const things = [...terms.categories, ...terms.items].join(', ') || p.anything;
    out.push(
      terms.kind === 'visits'
        ? p.visits(say.n(first.cost), first.cost === 1, gives(first))
        : p.items(say.n(first.cost), gives(first), things),
    );
    if (terms.kind === 'visits' && terms.minSpend > 0) out.push(p.visitsFrom(say.cents(terms.minSpend)));
  }
  for (const d of terms.specialDays) out.push(p.special(times(d.percent), specialWords(d, s, say, w), terms.kind));
  for (const t of terms.tiers) {
    const least = terms.tierBy === 'spend' ? say.wholeMoney(t.least) : w.some(say.n(t.least), t.least === 1, 'visits');
    out.push(p.tier(t.name, least, terms.kind === 'points' && t.percent !== 100 ? times(t.percent) : null));
  }
  out.push(terms.joining === 'all' ? p.everybody : p.asked);
  out.push(
    terms.expiry.kind === 'never' ? p.never : terms.expiry.kind === 'earned' ? p.earned(terms.expiry.months) : p.idle(terms.expiry.months),
  );
  out.push(p.back);
  return out;
}
