import type { CampaignId, CustomerId, UtcMs } from '@domain/kernel';
import type { Db } from '../open';

/** A till identity that became somebody's only by a merge, and when. */
export interface MergedTie {
  readonly source: string;
  readonly sourceCustomerId: string;
  readonly at: UtcMs;
}

// The record that went, or its predecessors, may have been merged before: down the line, each with the person they are now.
const MERGES = `WITH RECURSIVE line(top, id) AS (
    SELECT value, value FROM json_each(@ids) WHERE value IN (SELECT kept_id FROM customer_merge WHERE undone_at IS NULL)
    UNION SELECT l.top, m.gone_id FROM line l JOIN customer_merge m ON m.kept_id = l.id AND m.undone_at IS NULL)
  SELECT l.top, m.at, m.gone_id AS gone,
    json_extract(m.image, '$.moved.customer_identity') AS moved, json_extract(m.image, '$.had.customer_identity') AS had,
    json_extract(m.image, '$.keyed.campaign_person.before') AS drawn
  FROM line l JOIN customer_merge m ON m.kept_id = l.id AND m.undone_at IS NULL`;

/**
 * Till identities people of these campaigns have only since they were merged with somebody else (rules.md §7, no linking bias): duplicates
 * come to light when somebody stands at the counter, and texted people do so more often. The tie itself may be older than the draw; it was
 * another record's then. Where both records were drawn, both ties are as drawn.
 */
export function mergedTies(db: Db, ids: string, campaigns: readonly CampaignId[]): Map<CustomerId, MergedTie[]> {
  const rows = db.prepare(MERGES).all({ ids }) as {
    top: CustomerId;
    at: UtcMs;
    gone: CustomerId;
    moved: string | null;
    had: string | null;
    drawn: string | null;
  }[];
  const out = new Map<CustomerId, MergedTie[]>();
  for (const r of rows) {
    const drawn = (JSON.parse(r.drawn ?? '[]') as { campaign_id: CampaignId; customer_id: CustomerId }[]).filter((p) =>
      campaigns.includes(p.campaign_id),
    );
    const goneWas = drawn.some((p) => p.customer_id === r.gone);
    // a row of the record that stayed is remembered only beside one of the record that went
    if (goneWas && drawn.some((p) => p.customer_id !== r.gone)) continue;
    const ties = (JSON.parse((goneWas ? r.had : r.moved) ?? '[]') as [string, string][]).map(([source, sourceCustomerId]) => ({
      source,
      sourceCustomerId,
      at: r.at,
    }));
    out.set(r.top, [...(out.get(r.top) ?? []), ...ties]);
  }
  return out;
}

/** Was this tie somebody else's when its person was drawn? */
export const wasAnothers = (
  ties: readonly MergedTie[] | undefined,
  s: { readonly source: string; readonly sourceCustomerId: string | null },
  drawnAt: UtcMs,
): boolean => ties?.some((t) => t.source === s.source && t.sourceCustomerId === s.sourceCustomerId && t.at > drawnAt) ?? false;
