export interface SaleCreditTable {
  sale_id: number;
  campaign_id: number;
  customer_id: number | null;
  kind: 'direct' | 'influenced';
  net: number;
}
