/** Results counted once (migration 410); all of it derived. */
export interface CampaignOutcomeTable {
  campaign_id: number;
  customer_id: number;
  arm: 'text' | 'control' | 'excluded';
  part: number;
  words: string;
  reached: number;
  delivered: number;
  linked: number;
  tapped: number;
  replied: number;
  stopped: number;
  redeemed: number;
  came: number;
  again: number;
  comparable: number;
  buyers: number;
  list: number;
  discounts: number;
  margin: number;
  unknown: number;
  buyers_28: number;
  list_28: number;
  discounts_28: number;
  margin_28: number;
  unknown_28: number;
  direct_sales: number;
  direct: number;
  influenced_sales: number;
  influenced: number;
  segments: number;
  cost: number;
}

export interface OutcomeTotalTable {
  campaign_id: number;
  part: number;
  words: string;
  arm: 'text' | 'control' | 'excluded';
  people: number;
  reached: number;
  delivered: number;
  linked: number;
  tapped: number;
  replied: number;
  stopped: number;
  redeemed: number;
  came: number;
  again: number;
  comparable: number;
  buyers: number;
  list: number;
  discounts: number;
  margin: number;
  unknown: number;
  buyers_28: number;
  list_28: number;
  discounts_28: number;
  margin_28: number;
  unknown_28: number;
  direct_sales: number;
  direct: number;
  influenced_sales: number;
  influenced: number;
  segments: number;
  cost: number;
}

export interface OutcomeStateTable {
  campaign_id: number;
  stamp: string;
  until_at: number;
  upto: number | null;
  counted_at: number;
}

export interface OutcomeTodoTable {
  customer_id: number;
  campaign_id: number;
  since: number;
}

export interface CampaignCostTable {
  campaign_id: number;
  texts: number;
  segments: number;
  known: number;
  quoted: number;
  unquoted: number;
  unpriced: number;
}

export interface DayFactTable {
  day: string;
  hour: number;
  sales: number;
  known: number;
  net: number;
  discounts: number;
  loose_refunds: number;
  loose_net: number;
}

export interface DayTodoTable {
  day: string;
}

/** What a campaign's result said when its days were first over and covered (migration 0440). */
export interface VerdictSaidTable {
  campaign_id: number;
  code: string;
  at: number;
}
