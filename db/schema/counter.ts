import type { Generated } from 'kysely';

export interface MemberCardTable {
  number: string;
  customer_id: number;
  issued_at: number;
  staff_id: number | null;
}

export interface LaterTable {
  id: Generated<number>;
  at: number;
  staff_id: number | null;
  name: Generated<string>;
  customer_id: number | null;
  state: Generated<'open' | 'done' | 'dropped'>;
  ended_at: number | null;
  ended_by: number | null;
  reason: string | null;
}
