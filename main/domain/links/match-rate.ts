/** Sales counted together: how many, and how many are tied to a known person. */
export interface Share {
  sales: number;
  matched: number;
}

/** One day's sales of one till, register and clerk. */
export interface MatchCount extends Share {
  /** Monday of the week, YYYY-MM-DD. */
  week: string;
  source: string;
  register: string | null;
  staff: string | null;
  /** How many of them carry any customer of the till's own, tied or not. */
  named: number;
}

export type MatchGroup = 'source' | 'register' | 'staff';

export interface MatchRow extends Share {
  group: MatchGroup;
  name: string;
  /** One per week of the period, oldest first. */
  weeks: Share[];
  advice: MatchAdvice | null;
}

/**
 * The next step in the shop's own figures, or nothing. `ask` = far below the others: ask for the number. `best` = the one to learn
 * from. `no-customers` = this till's files name nobody: only receipt numbers help. `tie` = the till names customers that nobody is
 * tied to: bring in its customer list.
 */
export type MatchAdvice = { kind: 'ask'; others: number } | { kind: 'best' } | { kind: 'no-customers' } | { kind: 'tie'; named: number };

export interface MatchRate extends Share {
  weeks: ({ week: string } & Share)[];
  rows: MatchRow[];
}

/** Fewer sales say nothing about anybody. */
export const ENOUGH_SALES = 20;

const add = (a: Share, b: Share): void => {
  a.sales += b.sales;
  a.matched += b.matched;
};
const rate = (s: Share): number => (s.sales === 0 ? 0 : s.matched / s.sales);

/**
 * Match rate per till, register and clerk over some weeks, with the next action. A clerk or register is told to ask only when they
 * have 20 sales, reach less than half of the median of the others like them, and chance alone does not explain it (two standard
 * errors); compared with this shop's own people, never with a number from elsewhere.
 */
export function matchRate(counts: readonly MatchCount[], weeks: readonly string[]): MatchRate {
  const total: MatchRate = { sales: 0, matched: 0, weeks: weeks.map((week) => ({ week, sales: 0, matched: 0 })), rows: [] };
  const at = new Map(weeks.map((w, i) => [w, i]));
  const rows = new Map<string, MatchRow & { named: number }>();
  for (const c of counts) {
    const week = at.get(c.week);
    if (week === undefined) continue;
    add(total, c);
    add(total.weeks[week] as Share, c);
    for (const group of ['source', 'register', 'staff'] as const) {
      const name = c[group];
      if (name === null || name === '') continue;
      const key = `${group}\u001f${name}`;
      let row = rows.get(key);
      if (!row) {
        row = { group, name, sales: 0, matched: 0, named: 0, weeks: weeks.map(() => ({ sales: 0, matched: 0 })), advice: null };
        rows.set(key, row);
      }
      add(row, c);
      add(row.weeks[week] as Share, c);
      row.named += c.named;
    }
  }
  const all = [...rows.values()];
  for (const row of all) row.advice = adviceFor(row, all);
  const order: readonly MatchGroup[] = ['source', 'register', 'staff'];
  all.sort((a, b) => order.indexOf(a.group) - order.indexOf(b.group) || b.sales - a.sales || (a.name < b.name ? -1 : 1));
  total.rows = all.map(({ named: _, ...row }) => row);
  return total;
}

function adviceFor(row: MatchRow & { named: number }, all: readonly MatchRow[]): MatchAdvice | null {
  if (row.sales < ENOUGH_SALES) return null;
  if (row.group === 'source') {
    if (row.named === 0) return row.matched * 10 < row.sales ? { kind: 'no-customers' } : null;
    const untied = row.named - row.matched;
    return untied * 4 > row.named ? { kind: 'tie', named: untied } : null;
  }
  const others = all.filter((r) => r.group === row.group && r !== row && r.sales >= ENOUGH_SALES).map(rate);
  if (others.length === 0) return null;
  const usual = median(others);
  const mine = rate(row);
  if (mine * 2 < usual && mine + 2 * Math.sqrt((usual * (1 - usual)) / row.sales) < usual) return { kind: 'ask', others: usual };
  return mine > Math.max(...others) && mine >= 0.2 && mine > usual * 1.25 ? { kind: 'best' } : null;
}

function median(xs: readonly number[]): number {
  const sorted = [...xs].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}
