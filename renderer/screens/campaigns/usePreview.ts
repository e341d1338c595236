import type { WordsKey } from '@domain/campaigns/parts';
import type { CampaignId, SegmentId } from '@domain/kernel';
import { useQuery } from '@renderer/api';
import { useEffect, useState } from 'react';
import { partsOf, wordingsOf } from './draft-parts';
import type { Fields } from './useDraft';

const CALM_MS = 250;
const PAGE = 50;
const TOPICS = ['segments', 'consent', 'customers', 'imports', 'settings', 'offers'] as const;
const real = (id: SegmentId | null): id is SegmentId => id !== null;

/** What is asked, a moment after the last change. */
function useCalm<T>(input: T): { asked: T; stale: boolean } {
  const key = JSON.stringify(input);
  const [asked, setAsked] = useState(key);
  useEffect(() => {
    const t = setTimeout(() => setAsked(key), CALM_MS);
    return () => clearTimeout(t);
  }, [key]);
  return { asked: JSON.parse(asked) as T, stale: asked !== key };
}

/**
 * The text of one part in one wording as its people will read it; the last good answer stays while the next comes. `anybody`: a part
 * without a group is tried on people who agreed to texts (the words of an automation).
 */
export function usePreview(fields: Fields, campaignId: CampaignId | null, at: number, look: WordsKey, anybody = false) {
  const [index, setIndex] = useState(0);
  const offset = Math.floor(index / PAGE) * PAGE;
  const parts = partsOf(fields);
  const part = parts[at] ?? { segmentId: null, body: '', offerId: null };
  const asks = anybody || part.segmentId !== null;
  const { asked, stale } = useCalm({
    segmentId: part.segmentId,
    body: part.body,
    offerId: part.offerId,
    addStopLine: fields.addStopLine,
    keepTyped: fields.keepTyped,
    topic: fields.topic,
    before: parts
      .slice(0, at)
      .map((p) => p.segmentId)
      .filter(real),
    words: wordingsOf(fields, at).map(({ language, arm, links, body }) => ({ language, arm, links, body })),
    look,
  });
  const query = useQuery('campaigns/preview', { ...asked, campaignId, offset, limit: PAGE }, { enabled: asks, topics: TOPICS });
  const [shown, setShown] = useState(query.data);
  useEffect(() => {
    if (query.data) setShown(query.data);
  }, [query.data]);
  // another group or wording: from its longest text on
  const place = `${at} ${look}`;
  const [was, setWas] = useState(place);
  if (was !== place) {
    setWas(place);
    setIndex(0);
    setShown(undefined);
  }
  const data = asks ? (query.data ?? shown) : undefined;
  const unknownField = query.error?.code === 'campaign.unknown-field' ? String(query.error.params['field'] ?? '') : null;
  const error = unknownField === null && !query.fetching ? query.error : undefined;
  return { data, unknownField, index, setIndex, offset, stale: query.fetching || stale, error, retry: query.refetch };
}

/** How many people each part reaches, by its place; null while it has no group or is being counted. One part alone is counted by its preview. */
export function useReach(fields: Fields, campaignId: CampaignId | null): (number | null)[] {
  const parts = partsOf(fields);
  const { asked, stale } = useCalm({ segments: parts.map((p) => p.segmentId), topic: fields.topic });
  const segments = asked.segments.filter(real);
  const query = useQuery(
    'campaigns/reach',
    { campaignId, segments, topic: asked.topic },
    { enabled: parts.length > 1 && segments.length > 0, topics: TOPICS },
  );
  const counts = [...(query.data?.people ?? [])];
  const found = asked.segments.map((id) => (real(id) ? (counts.shift() ?? null) : null));
  return parts.map((_, i) => (stale ? null : (found[i] ?? null)));
}
