import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';

/** Everything that marks an address. */
export const mailProblem = (db: Db, address: string): { why: 'bad-address' | 'came-back'; at: UtcMs } | undefined =>
  db.prepare('SELECT why, at FROM mail_problem WHERE address = ?').get(address) as
    | { why: 'bad-address' | 'came-back'; at: UtcMs }
    | undefined;

export const markAddress = (trx: Trx, p: { address: string; why: 'bad-address' | 'came-back'; code: number | null; at: UtcMs }): boolean =>
  trx
    .prepare('INSERT INTO mail_problem (address, why, smtp_code, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
    .run(p.address, p.why, p.code, p.at).changes === 1;

export const forgiveAddress = (trx: Trx, address: string): boolean =>
  trx.prepare('DELETE FROM mail_problem WHERE address = ?').run(address).changes === 1;

/** Addresses that take no mail, with whose they are, the latest first. */
export function problemAddresses(
  db: Db,
  page: { offset: number; limit: number },
): {
  rows: { address: string; why: 'bad-address' | 'came-back'; at: UtcMs; customerId: CustomerId | null; name: string }[];
  total: number;
} {
  return {
    rows: db
      .prepare(
        `SELECT p.address, p.why, p.at, c.id AS customerId, coalesce(trim(c.first_name || ' ' || c.last_name), '') AS name
         FROM mail_problem p LEFT JOIN customer c ON c.id = (SELECT min(id) FROM customer WHERE email = p.address)
         ORDER BY p.at DESC, p.address LIMIT ? OFFSET ?`,
      )
      .all(page.limit, page.offset) as never,
    total: db.prepare('SELECT count(*) FROM mail_problem').pluck().get() as number,
  };
}

/** How many of the last mails to an address that have an ending came back, counted from the newest. */
export function cameBackInARow(db: Db, address: string): number {
  const ends = db
    .prepare("SELECT state FROM mail WHERE address = ? AND state IN ('sent', 'bounced', 'rejected') ORDER BY id DESC LIMIT 10")
    .pluck()
    .all(address) as string[];
  const kept = ends.indexOf('sent');
  return kept === -1 ? ends.length : kept;
}

/** Of one campaign's mails: how many left or were refused, and how many of those hit a dead address or a refusal of us. */
export function mailEndings(db: Db, id: CampaignId): { ended: number; bad: number; refusedUs: number } {
  return db
    .prepare(
      `SELECT coalesce(sum(state IN ('sent', 'bounced', 'rejected')), 0) AS ended,
         coalesce(sum(state IN ('bounced', 'rejected') AND reason = 'bad-address'), 0) AS bad,
         coalesce(sum(state IN ('bounced', 'rejected') AND reason = 'refused-us'), 0) AS refusedUs
       FROM mail WHERE cause_kind = 'campaign' AND cause_id = ?`,
    )
    .get(String(id)) as { ended: number; bad: number; refusedUs: number };
}
