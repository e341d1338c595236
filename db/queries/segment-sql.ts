import { DAY, HOUR } from '@domain/kernel';
import { REACTION_WINDOW, type ShopFacts } from '@domain/segments/evaluate';
import type { RfmCuts } from '@domain/segments/rfm';
import { startOfToday } from '@domain/segments/rhythm';
import { birthdaysAhead, type Condition, childrenOf, cutoff, isCondition, type Rule } from '@domain/segments/rule';
import { COUNTED, SOLD, SPEND, VISIT } from './visit-sql';

type Param = string | number;

/**
 * A rule as a WHERE condition over `customer c`. Every leaf is 0 or 1, never NULL, so that negation means what it says.
 * Equal to @domain/segments/evaluate.ts on every customer: test/db/segment-parity.test.ts.
 */
export interface CompiledRule {
  where: string;
  params: Param[];
}

/** "Is in group X" must have been put in place first (`inlineGroups`). */
export function compileRule(rule: Rule, shop: ShopFacts): CompiledRule {
  const params: Param[] = [];
  const where = compile(rule, shop, params);
  return { where, params };
}

function compile(rule: Rule, shop: ShopFacts, params: Param[]): string {
  if (isCondition(rule)) return condition(rule, shop, params);
  const inside = childrenOf(rule).map((r) => compile(r, shop, params));
  if (inside.length === 0) return '1';
  if ('all' in rule) return `(${inside.join(' AND ')})`;
  if ('any' in rule) return `(${inside.join(' OR ')})`;
  return `NOT (${inside.join(' OR ')})`;
}

const yes = (wanted: boolean) => (wanted ? '' : 'NOT ');

/** Whole days since the last visit; the arithmetic of rhythm.ts `daysSince`. */
const DAYS_SINCE = `max(0, (CAST(? AS INTEGER) - c.last_visit_at - ${HOUR} + ${DAY - 1}) / ${DAY})`;
const daysSinceSql = (shop: ShopFacts, params: Param[]): string => {
  params.push(startOfToday(shop.now, shop.zone));
  return DAYS_SINCE;
};

/** Two look-ups per person; a set of all permitted numbers would be built anew for every small group. */
const PERMITTED = `EXISTS (SELECT 1 FROM address_book a CROSS JOIN consent_state cs ON cs.address_hmac = a.address_hmac
  WHERE a.address = c.phone AND cs.channel = 'sms' AND cs.purpose = ? AND cs.state = 'in')`;

function condition(c: Condition, shop: ShopFacts, params: Param[]): string {
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
      // People with no visit in the window are in no row here: "at least 0" and "at most n" are asked the other way round.
      const least = c.op === 'at-least' ? c.count : c.count + 1;
      if (least <= 0) return c.op === 'at-least' ? '1' : '0';
      add(since(c.days), least);
      return `(c.id ${yes(c.op === 'at-least')}IN (SELECT s.customer_id FROM sale s WHERE s.customer_id IS NOT NULL AND s.occurred_at >= ?
        AND ${VISIT} GROUP BY s.customer_id HAVING count(DISTINCT s.shop_day) >= ?))`;
    }
    case 'spend': {
      if (c.days === null) {
        add(c.amount);
        return `(c.spend ${c.op === 'at-least' ? '>=' : '<='} ?)`;
      }
      add(since(c.days), c.amount);
      const sums = (comparison: string) => `SELECT s.customer_id FROM sale s WHERE s.customer_id IS NOT NULL AND s.occurred_at >= ?
        AND ${COUNTED} GROUP BY s.customer_id HAVING sum(${SPEND}) ${comparison} ?`;
      // Somebody without sales in the window spent 0 and is in no row: ask for the rows that would break the rule.
      const zeroHolds = c.op === 'at-least' ? c.amount <= 0 : c.amount >= 0;
      if (c.op === 'at-least') return zeroHolds ? `(c.id NOT IN (${sums('<')}))` : `(c.id IN (${sums('>=')}))`;
      return zeroHolds ? `(c.id NOT IN (${sums('>')}))` : `(c.id IN (${sums('<=')}))`;
    }
    case 'bought': {
      add(c.name);
      const column = c.what === 'item' ? 'name' : 'category';
      let window = '';
      if (c.days !== null) {
        add(since(c.days));
        window = ' AND s.occurred_at >= ?';
      }
      return `(c.id ${yes(c.did)}IN (SELECT s.customer_id FROM sale_line l CROSS JOIN sale s ON s.id = l.sale_id
        WHERE l.${column} = ? COLLATE NOCASE${window} AND s.customer_id IS NOT NULL AND s.is_gift = 0 AND ${SOLD}))`;
    }
    case 'may-text':
      add('marketing');
      return c.value ? `(c.phone IS NOT NULL AND ${PERMITTED})` : `(c.phone IS NULL OR NOT ${PERMITTED})`;
    case 'topic':
      add(`topic:${c.topic}`);
      return `(c.phone IS NOT NULL AND ${PERMITTED})`;
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
      return `(${c.what === 'phone' ? 'c.phone' : 'c.email'} IS ${c.value ? 'NOT ' : ''}NULL)`;
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
      return reacted(c.campaignId, c.how, params);
    case 'rhythm':
      return rhythm(c.class, shop, params);
    case 'rfm':
      return rfm(c.class, shop, params);
    case 'group':
      throw new Error('groups are put in place before compiling a rule');
  }
}

type ReactedHow = Extract<Condition, { is: 'reacted' }>['how'];

function reacted(campaignId: number, how: ReactedHow, params: Param[]): string {
  switch (how) {
    case 'delivered':
      params.push(String(campaignId));
      return `(c.id IN (SELECT o.customer_id FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.state = 'delivered'
        AND o.customer_id IS NOT NULL))`;
    case 'replied':
      params.push(campaignId);
      return '(c.id IN (SELECT i.customer_id FROM inbound i WHERE i.campaign_id = ? AND i.customer_id IS NOT NULL))';
    case 'redeemed':
      params.push(campaignId);
      return '(c.id IN (SELECT r.customer_id FROM redemption r WHERE r.campaign_id = ? AND r.customer_id IS NOT NULL AND r.reversed_at IS NULL))';
    case 'came':
      params.push(String(campaignId), campaignId);
      return `(c.id IN (SELECT o.customer_id FROM outbox o CROSS JOIN sale s ON s.customer_id = o.customer_id
        WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.left_at IS NOT NULL AND s.occurred_at >= o.left_at
        AND s.occurred_at < coalesce((SELECT k.window_ends_at FROM campaign k WHERE k.id = ?), o.left_at + ${REACTION_WINDOW})
        AND ${VISIT}))`;
    case 'nothing': {
      params.push(String(campaignId));
      const left = `c.id IN (SELECT o.customer_id FROM outbox o WHERE o.cause_kind = 'campaign' AND o.cause_id = ? AND o.left_at IS NOT NULL
        AND o.customer_id IS NOT NULL)`;
      const others = (['replied', 'redeemed', 'came'] as const).map((h) => reacted(campaignId, h, params));
      return `(${left} AND NOT (${others.join(' OR ')}))`;
    }
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
