import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db, Trx } from '../open';
import type { Move } from './ladders';
import { survivorOf } from './merges';

/**
 * Steps people took, lists they were on and links they hold, as the journal keeps them beside a shop file and writes them again into an
 * older copy. No number and no name: a copy knows those, or nobody has them any more.
 */

/** A person's leaving of a step, and as what they joined the next one; null = they joined none. */
export interface MoveFact extends Move {
  joined: {
    arm: 'text' | 'control' | 'excluded';
    reason: string | null;
    stratum: string;
    tillFixed: 0 | 1;
    drawnAt: UtcMs;
    words: string;
  } | null;
}

type Joined = { [K in keyof NonNullable<MoveFact['joined']>]: NonNullable<MoveFact['joined']>[K] | null };

/** What these people did at a step at one instant; those who left it otherwise are not among it. */
export function moveFacts(db: Db, fromId: CampaignId, ids: readonly CustomerId[], at: UtcMs): MoveFact[] {
  const rows = db
    .prepare(
      `SELECT m.from_id AS fromId, m.customer_id AS customerId, m.root_id AS rootId, m.to_id AS toId, m.reaction, m.outcome, m.reason AS why,
         m.due_at AS dueAt, m.again_at AS againAt, m.at, p.arm, p.reason, p.stratum, p.till_fixed AS tillFixed, p.drawn_at AS drawnAt, p.words
       FROM json_each(@ids) j CROSS JOIN ladder_move m ON m.from_id = @fromId AND m.customer_id = j.value
         LEFT JOIN campaign_person p ON p.campaign_id = m.to_id AND p.customer_id = m.customer_id
       WHERE m.at = @at`,
    )
    .all({ ids: JSON.stringify(ids), fromId, at }) as (Omit<Move, 'reason'> & { why: string | null } & Joined)[];
  return rows.map(({ why, arm, reason, stratum, tillFixed, drawnAt, words, ...move }) => ({
    ...move,
    reason: why,
    joined: arm === null ? null : ({ arm, reason, stratum, tillFixed, drawnAt, words } as MoveFact['joined']),
  }));
}

const known = (trx: Trx, table: 'campaign' | 'outreach', id: number): boolean =>
  trx.prepare(`SELECT 1 FROM ${table} WHERE id = ?`).get(id) !== undefined;

/** The number a step's text went to: by the text, which may have left before the number changed. */
const textedAt = (trx: Trx, stepId: number, id: number): string | undefined =>
  trx
    .prepare("SELECT address FROM outbox WHERE customer_id = ? AND +cause_kind = 'campaign' AND +cause_id = ?")
    .pluck()
    .get(id, String(stepId)) as string | undefined;

/**
 * A step that was taken after the copy was made. One whose text is not known to have left is left out: the step may be taken again then,
 * and what left unseen is found at the carrier. False when nothing is new.
 */
export function putMove(trx: Trx, m: MoveFact): boolean {
  const id = survivorOf(trx, m.customerId);
  if (id === null || !known(trx, 'campaign', m.fromId) || (m.toId !== null && !known(trx, 'campaign', m.toId))) return false;
  const phone = m.toId === null ? undefined : textedAt(trx, m.toId, id);
  if (m.outcome === 'text' && phone === undefined) return false;
  const { joined, ...move } = m;
  const fresh =
    trx
      .prepare(
        `INSERT INTO ladder_move (from_id, customer_id, root_id, to_id, reaction, outcome, reason, due_at, again_at, at)
         VALUES (@fromId, @id, @rootId, @toId, @reaction, @outcome, @reason, @dueAt, @againAt, @at)
         ON CONFLICT (from_id, customer_id) DO UPDATE SET outcome = excluded.outcome, reason = excluded.reason, again_at = excluded.again_at, at = excluded.at
           WHERE outcome = 'blocked' AND excluded.at > at`,
      )
      .run({ ...move, id }).changes > 0;
  if (!fresh || m.toId === null || joined === null) return fresh;
  const theirs = trx.prepare('SELECT phone FROM customer WHERE id = ?').pluck().get(id) as string | null;
  trx
    .prepare(
      `INSERT INTO campaign_person (campaign_id, customer_id, phone, arm, reason, stratum, till_fixed, drawn_at, part, words)
       VALUES (@toId, @id, @phone, @arm, @reason, @stratum, @tillFixed, @drawnAt, 1, @words)
       ON CONFLICT (campaign_id, customer_id) DO UPDATE SET phone = excluded.phone, arm = excluded.arm, reason = excluded.reason WHERE arm = 'excluded'`,
    )
    .run({ ...joined, toId: m.toId, id, phone: phone ?? theirs });
  return true;
}

/** A list that left for another channel, and some of the people on it. */
export interface ReachFact {
  id: number;
  channel: string;
  name: string;
  segmentId: number | null;
  campaignId: number | null;
  people: number;
  leftOut: Record<string, number>;
  at: UtcMs;
  staffId: number | null;
  who: readonly number[];
}

/** Returns how many people are known to be on it since. */
export function putReached(trx: Trx, f: ReachFact): number {
  const { who, leftOut, ...list } = f;
  trx
    .prepare(
      `INSERT OR IGNORE INTO outreach (id, channel, name, segment_id, campaign_id, people, left_out, at, staff_id)
       VALUES (@id, @channel, @name, @segmentId, @campaignId, @people, @leftOut, @at, @staffId)`,
    )
    .run({ ...list, leftOut: JSON.stringify(leftOut) });
  if (trx.prepare('SELECT 1 FROM outreach WHERE id = ? AND at = ?').get(f.id, f.at) === undefined) return 0;
  // spacing counts per number: theirs as the copy knows it
  const put = trx.prepare(
    'INSERT OR IGNORE INTO contact (outreach_id, customer_id, phone, at) SELECT ?, id, phone, ? FROM customer WHERE id = ?',
  );
  return who.reduce((n, id) => n + put.run(f.id, f.at, survivorOf(trx, id as CustomerId)).changes, 0);
}

/** A list that was never used. By its moment too: its number may be another's since. */
export const takeBackReached = (trx: Trx, o: { id: number; madeAt: number }): boolean =>
  trx.prepare('DELETE FROM outreach WHERE id = ? AND at = ?').run(o.id, o.madeAt).changes > 0;

/** A link somebody holds. */
export interface LinkFact {
  code: string;
  campaignId: number;
  customerId: number;
  at: number;
}

export function putLink(trx: Trx, l: LinkFact): boolean {
  const id = survivorOf(trx, l.customerId as CustomerId);
  if (id === null) return false;
  return (
    trx
      .prepare('INSERT OR IGNORE INTO link_code (code, campaign_id, customer_id, made_at) VALUES (?, ?, ?, ?)')
      .run(l.code, l.campaignId, id, l.at).changes > 0
  );
}
