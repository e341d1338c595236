import type { Db } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { USUAL_TOPIC } from '@db/queries/campaigns';
import type { SegmentCount, TextChange } from '@domain/campaigns/sms-text';
import type { MergeField } from '@domain/campaigns/template';
import { showName } from '@domain/customers/name';
import type { CampaignId, CustomerId, Micros, OfferId, PhoneE164, SegmentId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { type Audience, gather, groupRule } from './audience';
import { sayWith, type Words, wordsOf } from './words';

export interface PreviewInput {
  campaignId: CampaignId | null;
  segmentId: SegmentId | null;
  body: string;
  offerId: OfferId | null;
  addStopLine: boolean;
  topic?: string | undefined;
  offset: number;
  limit: number;
}

export interface PreviewRow {
  customerId: CustomerId;
  name: string;
  phone: PhoneE164 | null;
  text: string;
  encoding: SegmentCount['encoding'];
  segments: number;
  units: number;
  unicode: string[];
  changes: TextChange[];
  missing: MergeField[];
}

export interface Preview {
  /** Reachable people of the group, before anybody is held out. */
  people: number;
  /** Longest first. */
  rows: PreviewRow[];
  segments: number;
  price: Micros;
  perSegment: Micros;
  currency: string;
  /** Total and price were scaled up from some of the people; the review counts everybody. */
  estimated: boolean;
  /** Highest number of segments anybody needs. */
  most: number;
}

/** Who is reachable hardly changes while somebody types. */
const KEEP_MS = 20_000;
/** More people than this are sampled while typing. */
const MOST = 5000;
const kept = new WeakMap<Db, { key: string; at: UtcMs; audience: Audience }>();

async function audienceOf(ctx: Ctx, segmentId: SegmentId, campaignId: CampaignId | null, topic: string): Promise<Audience> {
  const rule = groupRule(ctx, segmentId);
  const key = JSON.stringify([rule, campaignId, topic]);
  const now = ctx.clock.now();
  const known = kept.get(ctx.db);
  if (known && known.key === key && now >= known.at && now - known.at < KEEP_MS) return known.audience;
  const audience = await gather(ctx, rule, { id: campaignId ?? (0 as CampaignId), topic });
  kept.set(ctx.db, { key, at: now, audience });
  return audience;
}

/** Evenly spread, plus those with the longest names and items: the longest text must not be missed. */
function sample(people: readonly AudiencePerson[]): readonly AudiencePerson[] {
  if (people.length <= MOST) return people;
  const width = (p: AudiencePerson) => p.firstName.length + (p.lastItem?.length ?? 0);
  const longest = [...people].sort((a, b) => width(b) - width(a)).slice(0, 100);
  const step = people.length / (MOST - longest.length);
  const spread = Array.from({ length: MOST - longest.length }, (_, i) => people[Math.floor(i * step)] as AudiencePerson);
  return [...new Set([...longest, ...spread])];
}

/** The text as real people would read it, longest first, with what it would cost; while it is being written. */
export async function preview(ctx: Ctx, input: PreviewInput): Promise<Preview> {
  const { shop, texting } = ctx.settings();
  const none = { perSegment: texting.pricePerSegment, currency: texting.priceCurrency };
  const words: Words = wordsOf(ctx, { body: input.body, offerId: input.offerId, addStopLine: input.addStopLine }, ctx.clock.now());
  if (input.segmentId === null) return { ...none, people: 0, rows: [], segments: 0, price: 0 as Micros, estimated: false, most: 0 };
  const { reachable } = await audienceOf(ctx, input.segmentId, input.campaignId, input.topic ?? USUAL_TOPIC);
  const people = sample(reachable);
  const sized = people.map((person) => ({ person, count: sayWith(shop, words, person, null).count }));
  sized.sort((a, b) => b.count.segments - a.count.segments || b.count.units - a.count.units || a.person.id - b.person.id);
  const counted = sized.reduce((n, s) => n + s.count.segments, 0);
  const segments = people.length === 0 ? 0 : Math.round((counted * reachable.length) / people.length);
  return {
    ...none,
    people: reachable.length,
    rows: sized.slice(input.offset, input.offset + input.limit).map(({ person }) => {
      const said = sayWith(shop, words, person, null);
      return {
        customerId: person.id,
        name: showName(person),
        phone: person.phone,
        text: said.text,
        encoding: said.count.encoding,
        segments: said.count.segments,
        units: said.count.units,
        unicode: said.count.unicode,
        changes: said.changes,
        missing: said.missing,
      };
    }),
    segments,
    price: (segments * texting.pricePerSegment) as Micros,
    estimated: people.length < reachable.length,
    most: sized[0]?.count.segments ?? 0,
  };
}
