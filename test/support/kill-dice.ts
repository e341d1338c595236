export type Random = () => number;

/** Numbers in [0, 1) from a seed. */
export function seeded(seed: number): Random {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
export const oneOf = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

/** How one life ends. */
export type Death = { by: 'own hand'; at: string; nth: number } | { by: 'us, early'; after: number } | { by: 'us'; after: number };

/** The first lives of a campaign end while it is being prepared. */
export function aDeath(random: Random, preparing: boolean): Death {
  const dice = random();
  if (preparing && dice < 0.7) {
    if (dice < 0.2) return { by: 'us', after: random() * 60 };
    return { by: 'own hand', at: oneOf(random, ['changed', 'journal>', 'journal<']), nth: 1 + Math.floor(random() * 2) };
  }
  if (dice < 0.08) return { by: 'us, early', after: 50 + random() * 500 };
  if (dice < 0.45) return { by: 'us', after: random() * 600 };
  const at = oneOf(random, [
    'post>',
    'post>',
    'post>',
    'post<',
    'post<',
    'post<',
    'settled',
    'replies<',
    'poll<',
    'reconcile<',
    'journal>',
    'journal<',
    'open',
  ]);
  const most = at.startsWith('post') || at === 'settled' ? 30 : at === 'open' ? 1 : 3;
  return { by: 'own hand', at, nth: 1 + Math.floor(random() * most) };
}
