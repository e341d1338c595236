import type { Generated } from 'kysely';

export interface InboundTable {
  sid: string;
  from_address: string;
  to_address: string;
  body: string;
  received_at: number;
  fetched_at: number;
  meaning: 'opt-out' | 'hold' | 'help' | 'start' | 'join' | 'yes' | 'no' | 'reaction' | 'message';
  rule: Generated<string>;
  customer_id: number | null;
  campaign_id: number | null;
  handled: Generated<number>;
  resolution: string | null;
  hold_until: number | null;
  read_at: number | null;
}

export interface PollStateTable {
  name: string;
  cursor: Generated<string>;
  last_success_at: number | null;
  last_error: string | null;
}
