import type { CampaignId, Cents, OfferId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { GIVEN } from './discounts';

export const MEDIUM_KINDS = ['postcard', 'flyer', 'poster', 'radio', 'paper', 'online', 'other'] as const;
export type MediumKind = (typeof MEDIUM_KINDS)[number];

export interface MediumRow {
  id: number;
  campaignId: CampaignId | null;
  baseId: OfferId;
  offerId: OfferId;
  kind: MediumKind;
  name: string;
  code: string;
  givenOut: number | null;
  cost: Cents | null;
  /** Uses of its code that stand. */
  redeemed: number;
  /** Of the till's sale where one is tied, else as typed at the counter; minor units. */
  takings: Cents;
  discount: Cents;
  createdAt: UtcMs;
}

const ROWS = `SELECT m.id, m.campaign_id AS campaignId, m.base_id AS baseId, m.offer_id AS offerId, m.kind, m.name, coalesce(o.shared_code, '') AS code,
    m.given_out AS givenOut, m.cost, m.created_at AS createdAt, count(r.id) AS redeemed,
    coalesce(sum(coalesce(s.net, r.amount)), 0) AS takings, coalesce(sum(${GIVEN}), 0) AS discount
  FROM offer_medium m JOIN offer o ON o.id = m.offer_id LEFT JOIN redemption r ON r.offer_id = m.offer_id AND r.reversed_at IS NULL
    LEFT JOIN sale s ON s.id = r.sale_id`;

/** Media of one offer, or of one campaign, oldest first, with what became of their codes. */
export const mediaOf = (db: Db, of: { baseId: OfferId } | { campaignId: CampaignId }): MediumRow[] =>
  db
    .prepare(`${ROWS} WHERE ${'baseId' in of ? 'm.base_id' : 'm.campaign_id'} = ? GROUP BY m.id ORDER BY m.id`)
    .all('baseId' in of ? of.baseId : of.campaignId) as MediumRow[];

export const insertMedium = (
  trx: Trx,
  m: Pick<MediumRow, 'campaignId' | 'baseId' | 'offerId' | 'kind' | 'name' | 'givenOut' | 'cost' | 'createdAt'>,
): number =>
  Number(
    trx
      .prepare(
        `INSERT INTO offer_medium (campaign_id, base_id, offer_id, kind, name, given_out, cost, created_at)
         VALUES (@campaignId, @baseId, @offerId, @kind, @name, @givenOut, @cost, @createdAt)`,
      )
      .run(m).lastInsertRowid,
  );

export const countMedium = (trx: Trx, id: number, m: { givenOut: number | null; cost: Cents | null }): boolean =>
  trx.prepare('UPDATE offer_medium SET given_out = @givenOut, cost = @cost WHERE id = @id').run({ ...m, id }).changes === 1;
