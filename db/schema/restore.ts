import type { Generated } from 'kysely';

export interface RestoreTable {
  id: Generated<number>;
  epoch: number;
  how: 'restored' | 'mended' | 'moved' | 'taken-back' | 'other-computer';
  at: number;
  copy_at: number;
  knows_until: number;
  brought: Generated<string>;
  journal: Generated<string>;
  found: Generated<string>;
  cursor: string | null;
  looks: Generated<number>;
  look_at: number | null;
  done_at: number | null;
}
