import type { Generated } from 'kysely';

/** Texts an owner keeps for another time (migration 0370). */
export interface CampaignTemplateTable {
  id: Generated<number>;
  name: string;
  body: string;
  body_es: Generated<string>;
  /** JSON: the reply words of the campaign it was kept from. */
  reply_words: Generated<string>;
  created_at: number;
}
