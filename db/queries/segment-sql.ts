import { DAY, HOUR } from '@domain/kernel';
import type { ShopFacts } from '@domain/segments/evaluate';
import type { RfmCuts } from '@domain/segments/rfm';
import { startOfToday } from '@domain/segments/rhythm';
import { birthdaysAhead, type Condition, childrenOf, cutoff, isCondition, type Rule } from '@domain/segments/rule';
import { type Behind, boughtSql, spendSql, visitsSql } from './segment-history-sql';
import { reactedSql, reactedToLastSql } from './segment-reaction-sql';

type Param = string | number;

/**
 * A rule as a WHERE condition over `customer c`. Every leaf is 0 or 1, never NULL, so that negation means what it says.
 * Equal to @domain/segments/evaluate.ts on every customer: test/db/segment-parity.test.ts.
 */
export interface CompiledRule {
  where: string;
  params: Param[];
}

/** "Is in group X" must have been put in place first (`inlineGroups`). `behind`: whose purchases the small tables do not know yet. */
export function compileRule(rule: Rule, shop: ShopFacts, behind: Behind): CompiledRule {
  const params: Param[] = [];
  const where = compile(rule, shop, behind, params);
  return { where, params };
}

function compile(rule: Rule, shop: ShopFacts, behind: Behind, params: Param[]): string {
  if (isCondition(rule)) return condition(rule, shop, behind, params);
  const inside = childrenOf(rule).map((r) => compile(r, shop, behind, params));
  if (inside.length === 0) return '1';
  if ('all' in rule) return `(${inside.join(' AND ')})`;
  if ('any' in rule) return `(${inside.join(' OR ')})`;
  return `NOT (${inside.join(' OR ')})`;
}

const yes = (wanted: boolean) => (wanted ? '' : 'NOT ');

/** Whole days since the last visit; the arithmetic of rhythm.ts `daysSince`. */
export const DAYS_SINCE = `max(0, (CAST(? AS INTEGER) - c.last_visit_at - ${HOUR} + ${DAY - 1}) / ${DAY})`;
const daysSinceSql = (shop: ShopFacts, params: Param[]): string => {
  params.push(startOfToday(shop.now, shop.zone));
  return DAYS_SINCE;
};

/** Kept by triggers (migration 320) as the ledger says it for the number of each person. */
const PERMITTED = "c.id IN (SELECT p.customer_id FROM customer_permission p WHERE p.purpose = ? AND p.state = 'in')";
const UNMARKED = "(c.phone_kind IN ('unknown', 'mobile', 'voip') AND c.phone IS NOT NULL)";
const NUMBER: Record<Extract<Condition, { is: 'number' }>['state'], string> = {
  fine: `(${UNMARKED} AND c.phone_problem IS NULL)`,
  none: "(c.phone IS NULL AND c.phone_kind <> 'invalid')",
  landline: "(c.phone IS NOT NULL AND c.phone_kind IN ('landline', 'toll-free'))",
  bad: `(c.phone_kind = 'invalid' OR (${UNMARKED} AND c.phone_problem IS NOT NULL))`,
};
const HAS = { phone: 'c.phone IS NOT NULL', email: 'c.email IS NOT NULL', birthday: 'c.birthday IS NOT NULL', address: "c.street <> ''" };

function condition(c: Condition, shop: ShopFacts, behind: Behind, params: Param[]): string {
  const since = (days: number): number => cutoff(shop.now, shop.zone, days);
  const add = (...p: Param[]) => void params.push(...p);
  switch (c.is) {
    case 'last-visit':
    case 'first-visit': {
      const column = c.is === 'last-visit' ? 'c.last_visit_at' : 'c.first_visit_at';
      add(since(c.days));
      return `(${column} IS NOT NULL AND ${column} ${c.op === 'within' ? '>=' : '<'} ?)`;
    }
    case 'visits': {
      if (c.days === null) {
        add(c.count);
        return `(c.visits ${c.op === 'at-least' ? '>=' : '<='} ?)`;
      }
      return visitsSql({ ...c, days: c.days }, shop, behind, add);
    }
    case 'spend': {
      if (c.days === null) {
        add(c.amount);
        return `(c.spend ${c.op === 'at-least' ? '>=' : '<='} ?)`;
      }
      return spendSql({ ...c, days: c.days }, shop, behind, add);
    }
    case 'bought':
      return boughtSql(c, shop, behind, add);
    case 'may-text':
      add('marketing');
      return `(${yes(c.value)}${PERMITTED})`;
    case 'permission':
      if (c.state === 'never')
        return "(c.id NOT IN (SELECT p.customer_id FROM customer_permission p WHERE p.purpose = 'marketing' AND p.state <> 'never'))";
      add(c.state);
      return "(c.id IN (SELECT p.customer_id FROM customer_permission p WHERE p.purpose = 'marketing' AND p.state = ?))";
    case 'number':
      return NUMBER[c.state];
    case 'topic':
      add(`topic:${c.topic}`);
      return `(${PERMITTED})`;
    case 'tag':
      add(c.tag);
      return '(EXISTS (SELECT 1 FROM json_each(c.tags) t WHERE t.value = ? COLLATE NOCASE))';
    case 'language':
      add(c.language);
      return '(c.language = ?)';
    case 'links':
      add(c.capable);
      return '(c.link_capable = ?)';
    case 'birthday': {
      const days = birthdaysAhead(shop.now, shop.zone, c.days ?? 0);
      if (c.days === null) {
        add(days[0]?.slice(0, 2) ?? '');
        return '(c.birthday IS NOT NULL AND substr(c.birthday, -5, 2) = ?)';
      }
      add(JSON.stringify(days));
      return '(c.birthday IS NOT NULL AND substr(c.birthday, -5) IN (SELECT value FROM json_each(?)))';
    }
    case 'has':
      return `(${yes(c.value)}(${HAS[c.what]}))`;
    case 'lives':
      add(c.name);
      if (c.where === 'city') return '(c.city = ? COLLATE NOCASE)';
      add(c.name);
      return '(substr(c.postal_code, 1, length(?)) = ? COLLATE NOCASE)';
    case 'redeemed': {
      let extra = '';
      if (c.offerId !== null) {
        add(c.offerId);
        extra += ' AND r.offer_id = ?';
      }
      if (c.days !== null) {
        add(since(c.days));
        extra += ' AND r.at >= ?';
      }
      return `(c.id ${yes(c.did)}IN (SELECT r.customer_id FROM redemption r WHERE r.customer_id IS NOT NULL AND r.reversed_at IS NULL${extra}))`;
    }
    case 'reacted':
      return c.campaignId === null ? reactedToLastSql(c.how) : reactedSql(c.campaignId, c.how, add);
    case 'rhythm':
      return rhythm(c.class, shop, params);
    case 'rfm':
      return rfm(c.class, shop, params);
    case 'score':
      return score(c, shop, params);
    case 'on-list':
      add(c.listId);
      return '(c.id IN (SELECT l.customer_id FROM segment_person l WHERE l.segment_id = ?))';
    case 'group':
      throw new Error('groups are put in place before compiling a rule');
  }
}

function rhythm(wanted: Extract<Condition, { is: 'rhythm' }>['class'], shop: ShopFacts, params: Param[]): string {
  if (wanted === 'never') return '(c.last_visit_at IS NULL)';
  const gap = () => {
    params.push(shop.medianGapDays);
    return '((2.0 * ? + c.gap_count * coalesce(c.median_gap_days, 0.0)) / (2.0 + c.gap_count))';
  };
  const lapsed = () => `(${daysSinceSql(shop, params)} > 3.0 * ${gap()} AND ${daysSinceSql(shop, params)} > 30)`;
  const late = () => `(${daysSinceSql(shop, params)} > 2.0 * ${gap()})`;
  const came = 'c.last_visit_at IS NOT NULL';
  if (wanted === 'lapsed') return `(${came} AND ${lapsed()})`;
  if (wanted === 'later') return `(${came} AND ${late()} AND NOT ${lapsed()})`;
  return `(${came} AND NOT ${late()} AND NOT ${lapsed()})`;
}

function rfm(wanted: Extract<Condition, { is: 'rfm' }>['class'], shop: ShopFacts, params: Param[]): string {
  if (wanted === 'none') return '(c.last_visit_at IS NULL)';
  const score = (cuts: RfmCuts['frequency'], least: number) => cuts[least - 2] as number;
  /** Score at least `least` (1–6): 1 always holds, 6 never does. */
  const f = (least: number): string => {
    if (least <= 1) return '1';
    const cut = least > 5 ? Infinity : score(shop.rfm.frequency, least);
    if (cut === Infinity) return '0';
    params.push(cut);
    return '(c.visits_365 >= ?)';
  };
  const r = (least: number): string => {
    if (least <= 1) return '1';
    const cut = least > 5 ? -Infinity : score(shop.rfm.recency, least);
    if (cut === -Infinity) return '0';
    const days = daysSinceSql(shop, params);
    params.push(cut);
    return `(${days} <= ?)`;
  };
  const between = (axis: (least: number) => string, low: number, high: number) => `(${axis(low)} AND NOT ${axis(high + 1)})`;
  const active = 'c.last_visit_at IS NOT NULL AND c.visits_365 <> 0';
  // In the order of rfm.ts `rfmClass`: each class is its cell of the grid minus those named before it.
  const cells: Record<string, () => string> = {
    champions: () => `(${r(4)} AND ${f(4)})`,
    loyal: () => `(${r(3)} AND ${f(3)})`,
    new: () => `(${r(4)} AND ${between(f, 1, 1)})`,
    'at-risk': () => `(${between(r, 1, 2)} AND ${f(3)})`,
    lapsed: () => `(${between(r, 1, 1)} AND ${between(f, 1, 2)})`,
  };
  const order = Object.keys(cells);
  const at = wanted === 'occasional' ? order.length : order.indexOf(wanted);
  const own = wanted === 'occasional' ? '1' : (cells[wanted] as () => string)();
  const before = order.slice(0, at).map((k) => ` AND NOT ${(cells[k] as () => string)()}`);
  const inGrid = `(${active} AND ${own}${before.join('')})`;
  return wanted === 'lapsed' ? `(${inGrid} OR (c.last_visit_at IS NOT NULL AND c.visits_365 = 0))` : inGrid;
}

/** Whoever did not come within the year was not ranked. */
function score(c: Extract<Condition, { is: 'score' }>, shop: ShopFacts, params: Param[]): string {
  const cut = shop.rfm[c.of][c.least - 2] as number;
  if (!Number.isFinite(cut)) return '0';
  const value = c.of === 'recency' ? daysSinceSql(shop, params) : c.of === 'frequency' ? 'c.visits_365' : 'c.spend_365';
  params.push(cut);
  return `(c.last_visit_at IS NOT NULL AND c.visits_365 <> 0 AND ${value} ${c.of === 'recency' ? '<=' : '>='} ?)`;
}
