/** What groups are asked of (migration 320); all but `segment_person` and `segment_day` is derived. */
export interface SegmentPersonTable {
  segment_id: number;
  customer_id: number;
}

export interface SegmentDayTable {
  segment_id: number;
  day: string;
  people: number;
  permitted: number;
}

export interface CustomerPermissionTable {
  purpose: string;
  state: string;
  customer_id: number;
}

export interface ArticleTable {
  id: number;
  what: 'item' | 'category';
  name: string;
}

export interface BoughtTable {
  article_id: number;
  customer_id: number;
  last_at: number;
}

export interface VisitDayTable {
  customer_id: number;
  day: number;
  visit: number;
  spend: number;
}

export interface HistoryTodoTable {
  customer_id: number;
}
