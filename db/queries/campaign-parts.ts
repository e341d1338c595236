import { BASE_WORDS, type CampaignPart, type Wording, wordsKey } from '@domain/campaigns/parts';
import type { CampaignId, OfferId, SegmentId } from '@domain/kernel';
import type { Rule } from '@domain/segments/rule';
import type { Selectable } from 'kysely';
import type { Db, Trx } from '../open';
import type { CampaignPartTable, CampaignWordsTable } from '../schema/campaigns';

/** What an owner writes of a part. */
export type PartFields = Pick<CampaignPart, 'segmentId' | 'body' | 'offerId'> & { name?: string | undefined };

/** A campaign's parts after the first, in order. */
export function furtherParts(db: Db, id: CampaignId): CampaignPart[] {
  const rows = db.prepare('SELECT * FROM campaign_part WHERE campaign_id = ? ORDER BY position').all(id);
  return (rows as Selectable<CampaignPartTable>[]).map((r) => ({
    position: r.position,
    name: r.name,
    segmentId: r.segment_id as SegmentId | null,
    rule: r.rule === null ? null : (JSON.parse(r.rule) as Rule),
    body: r.body,
    offerId: r.offer_id as OfferId | null,
  }));
}

/** Wordings beside each part's own. */
export function otherWordings(db: Db, id: CampaignId): Wording[] {
  const rows = db.prepare('SELECT * FROM campaign_words WHERE campaign_id = ? ORDER BY position, language, arm, links').all(id);
  return (rows as CampaignWordsTable[]).map(({ position, language, arm, links, body }) => ({ part: position, language, arm, links, body }));
}

/** Puts these in the place of what a draft had. Parts are numbered from 2 in the order given; wordings of no part, or in the place of
 * a part's own, are left out. */
export function writeParts(trx: Trx, id: CampaignId, more: readonly PartFields[], words: readonly Wording[]): void {
  trx.prepare('DELETE FROM campaign_part WHERE campaign_id = ?').run(id);
  trx.prepare('DELETE FROM campaign_words WHERE campaign_id = ?').run(id);
  const part = trx.prepare('INSERT INTO campaign_part (campaign_id, position, name, segment_id, body, offer_id) VALUES (?, ?, ?, ?, ?, ?)');
  more.forEach((p, i) => {
    part.run(id, i + 2, p.name?.trim() ?? '', p.segmentId, p.body, p.offerId);
  });
  const wording = trx.prepare(
    'INSERT INTO campaign_words (campaign_id, position, language, arm, links, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET body = excluded.body',
  );
  const kept = words.filter((w) => w.part <= more.length + 1 && wordsKey(w) !== BASE_WORDS);
  for (const w of kept) wording.run(id, w.part, w.language, w.arm, w.links, w.body);
}

/** What a further part reaches people by is frozen the moment the owner presses send. */
export function freezePart(trx: Trx, id: CampaignId, position: number, rule: Rule): void {
  trx.prepare('UPDATE campaign_part SET rule = ? WHERE campaign_id = ? AND position = ?').run(JSON.stringify(rule), id, position);
}

/** A campaign known from the journal only: its parts and wordings, without the groups they were for. */
export function restoreParts(
  trx: Trx,
  c: {
    id: number;
    more?: readonly { position: number; name: string; body: string; offerId: number | null }[];
    words?: readonly Wording[];
  },
  offerKnown: (id: number | null) => boolean,
): void {
  const part = trx.prepare(
    'INSERT INTO campaign_part (campaign_id, position, name, body, offer_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const p of c.more ?? []) part.run(c.id, p.position, p.name, p.body, offerKnown(p.offerId) ? p.offerId : null);
  const wording = trx.prepare(
    'INSERT INTO campaign_words (campaign_id, position, language, arm, links, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  for (const w of c.words ?? []) wording.run(c.id, w.part, w.language, w.arm, w.links, w.body);
}
