/** Suggestions the owner put off (migration 0430). */
export interface SuggestionPutOffTable {
  key: string;
  people: number;
  like_id: number | null;
  at: number;
  until_at: number;
}

/** Campaigns that began as a suggestion. */
export interface SuggestionTakenTable {
  campaign_id: number;
  key: string;
  people: number;
  at: number;
}
