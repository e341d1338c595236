import type { CustomerId } from '@domain/kernel';
import type { Db, Trx } from '../open';
import { type DrawRow, drawById, type NewEntry, type PickRow, picksOf } from './draws';
import { survivorOf } from './merges';

/** Prize draws as the journal keeps them: what was committed to and who entered must not depend on which copy of the shop is there. */

/** A draw from its opening on, as it stood at `at`, with who won. */
export interface DrawFact extends DrawRow {
  picks: Pick<PickRow, 'place' | 'ticket' | 'state' | 'at'>[];
}

/** Null while it is a draft: nobody was promised anything. */
export function drawFact(db: Db, id: number): DrawFact | null {
  const draw = drawById(db, id);
  if (draw === null || draw.state === 'draft') return null;
  return { ...draw, picks: picksOf(db, id).map(({ place, ticket, state, at }) => ({ place, ticket, state, at })) };
}

const RANK = { draft: 0, open: 1, drawn: 2, cancelled: 2 } as const;

/**
 * A draw that was opened, drawn, called off or given out after the copy was made; of another draw that stands under its number nothing is
 * touched. False when nothing is new.
 */
export function putDraw(trx: Trx, d: DrawFact): boolean {
  const had = drawById(trx, d.id);
  if (had !== null && had.state !== 'draft' && had.seedHash !== d.seedHash) return false;
  let fresh = false;
  if (had === null || RANK[had.state] < RANK[d.state]) {
    const taken =
      d.word !== null && trx.prepare("SELECT 1 FROM draw WHERE word = ? AND state = 'open' AND id <> ?").get(d.word, d.id) !== undefined;
    trx
      .prepare(
        `INSERT INTO draw (id, name, state, rules, word, opens_at, closes_at, winners, alternates, seed, seed_hash, committed_at, rules_hash, list_hash,
           drawn_at, created_at, updated_at)
         VALUES (@id, @name, @state, @rules, @word, @opensAt, @closesAt, @winners, @alternates, @seed, @seedHash, @committedAt, @rulesHash, @listHash,
           @drawnAt, @committedAt, @changedAt)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, rules = excluded.rules, word = excluded.word,
           opens_at = excluded.opens_at, closes_at = excluded.closes_at, winners = excluded.winners, alternates = excluded.alternates,
           seed = excluded.seed, seed_hash = excluded.seed_hash, committed_at = excluded.committed_at, rules_hash = excluded.rules_hash,
           list_hash = excluded.list_hash, drawn_at = excluded.drawn_at, updated_at = excluded.updated_at`,
      )
      .run({
        ...d,
        picks: null,
        rules: JSON.stringify(d.said === null ? d.rules : { ...d.rules, said: d.said }),
        said: null,
        word: taken && d.state === 'open' ? null : d.word,
        changedAt: d.drawnAt ?? d.committedAt,
      });
    fresh = true;
  }
  for (const p of d.picks) if (putPick(trx, d.id, p)) fresh = true;
  return fresh;
}

/** A prize only ever goes this way. */
const FORWARD = { waiting: 0, won: 1, claimed: 2, passed: 2 } as const;

function putPick(trx: Trx, drawId: number, p: DrawFact['picks'][number]): boolean {
  const had = trx.prepare('SELECT state FROM draw_pick WHERE draw_id = ? AND place = ?').get(drawId, p.place) as
    | { state: PickRow['state'] }
    | undefined;
  if (had !== undefined) {
    if (FORWARD[had.state] >= FORWARD[p.state]) return false;
    return (
      trx.prepare('UPDATE draw_pick SET state = ?, at = ? WHERE draw_id = ? AND place = ?').run(p.state, p.at, drawId, p.place).changes > 0
    );
  }
  return (
    trx
      .prepare(
        `INSERT OR IGNORE INTO draw_pick (draw_id, place, entry_id, state, at)
         SELECT draw_id, ?, id, ?, ? FROM draw_entry WHERE draw_id = ? AND ticket = ?`,
      )
      .run(p.place, p.state, p.at, drawId, p.ticket).changes > 0
  );
}

/** A ticket somebody holds. False when the copy knows it, or the draw is over there: then it knows all of them. */
export function putEntry(trx: Trx, e: NewEntry): boolean {
  const customerId = e.customerId === null ? null : survivorOf(trx, e.customerId as CustomerId);
  return (
    trx
      .prepare(
        `INSERT OR IGNORE INTO draw_entry (draw_id, ticket, person_key, customer_id, name, phone, how, inbound_sid, at, staff_id)
         SELECT id, @ticket, @personKey, @customerId, @name, @phone, @how, @inboundSid, @at, @staffId FROM draw WHERE id = @drawId AND state = 'open'`,
      )
      .run({ ...e, customerId }).changes > 0
  );
}
