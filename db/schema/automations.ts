import type { AutomationKind } from '@domain/automations/kinds';
import type { Generated } from 'kysely';

/** What runs by itself (migration 0500). */
export interface AutomationTable {
  id: Generated<number>;
  kind: AutomationKind;
  name: string;
  state: Generated<'off' | 'on' | 'paused'>;
  held: string | null;
  terms: Generated<string>;
  pattern_id: number;
  priority: number;
  on_since: number | null;
  inside: Generated<number>;
  wait_days: Generated<number>;
  at_minute: Generated<number>;
  most_per_day: number | null;
  stop_came: Generated<number>;
  stop_replied: Generated<number>;
  stop_redeemed: Generated<number>;
  stop_what: 'item' | 'category' | null;
  stop_name: Generated<string>;
  unless_texted_days: number | null;
  sealed: string | null;
  walk_after: number | null;
  basis: Generated<string>;
  created_at: number;
  updated_at: number;
}

/** A month of an automation, as a campaign. */
export interface AutomationEditionTable {
  campaign_id: number;
  automation_id: number;
  month: string;
  sealed: string;
}

/** Somebody and a cause: taken once. */
export interface AutomationEventTable {
  automation_id: number;
  customer_id: number;
  cause: string;
  due_at: number;
  outcome: 'waiting' | 'text' | 'control' | 'left-out' | 'expired' | 'already';
  reason: string | null;
  campaign_id: number | null;
  again_at: number | null;
  at: number;
}

/** Derived: whose day comes when. */
export interface AutomationDueTable {
  automation_id: number;
  customer_id: number;
  cause: string;
  due_at: number;
  until_at: number;
}

/** Something new the owner said to tell a club about (migration 0510). */
export interface AutomationArrivalTable {
  id: Generated<number>;
  automation_id: number;
  what: Generated<string>;
  at: number;
  staff_id: number | null;
}

export interface AutomationTodoTable {
  customer_id: Generated<number>;
}
