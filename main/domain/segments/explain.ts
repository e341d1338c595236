import { type Condition, childrenOf, isCondition, type Rule } from './rule';

/** One condition of a rule and what it did for somebody. */
export interface Because {
  condition: Condition;
  /** Whether it is so for them. */
  holds: boolean;
  /** Whether it had to be so; false under "none of". */
  wanted: boolean;
}

export interface Explained {
  /** The same as `matches` says (test/domain/segments-explain.test.ts). */
  belongs: boolean;
  /**
   * The conditions that decided: as long as these stand as they do, nothing else in the rule could change the answer. Of somebody who
   * does not belong they are those that were not as wanted.
   */
  because: Because[];
}

/** Why somebody belongs, or not. `holds` answers one condition; every condition is asked once at most. */
export function explain(rule: Rule, holds: (c: Condition) => boolean, wanted = true): Explained {
  if (isCondition(rule)) {
    const so = holds(rule);
    return { belongs: so, because: [{ condition: rule, holds: so, wanted }] };
  }
  const inside = childrenOf(rule);
  if ('all' in rule) {
    const each = inside.map((r) => explain(r, holds, wanted));
    const failed = each.filter((e) => !e.belongs);
    return { belongs: failed.length === 0, because: (failed.length === 0 ? each : failed).flatMap((e) => e.because) };
  }
  if ('any' in rule) {
    const each: Explained[] = [];
    for (const r of inside) {
      const e = explain(r, holds, wanted);
      if (e.belongs) return e; // one is enough
      each.push(e);
    }
    return { belongs: inside.length === 0, because: each.flatMap((e) => e.because) };
  }
  const each = inside.map((r) => explain(r, holds, !wanted));
  const inIt = each.filter((e) => e.belongs);
  return { belongs: inIt.length === 0, because: (inIt.length === 0 ? each : inIt).flatMap((e) => e.because) };
}
