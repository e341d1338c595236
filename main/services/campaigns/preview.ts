import { permittedPage } from '@db/queries/automation-facts';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { campaignById, USUAL_TOPIC } from '@db/queries/campaigns';
import { BASE_WORDS, parseWordsKey, type Wording, type WordsKey, wordsFor, wordsKey } from '@domain/campaigns/parts';
import type { SegmentCount, TextChange } from '@domain/campaigns/sms-text';
import type { MergeField } from '@domain/campaigns/template';
import { showName } from '@domain/customers/name';
import type { CampaignId, CustomerId, Micros, OfferId, PhoneE164, SegmentId } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { gatherThese } from './audience';
import { reachableIn } from './audience-kept';
import { sayWith, type Words, wordsOf } from './words';

export interface PreviewInput {
  campaignId: CampaignId | null;
  segmentId: SegmentId | null;
  body: string;
  offerId: OfferId | null;
  addStopLine: boolean;
  keepTyped?: boolean | undefined;
  topic?: string | undefined;
  /** Groups of the parts before this one: whoever is in one of them is not in it. */
  before?: readonly SegmentId[] | undefined;
  /** This part's other wordings, and which one is looked at (none = its own words). */
  words?: readonly Omit<Wording, 'part'>[] | undefined;
  look?: WordsKey | undefined;
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
  /** Reachable people of the part, before anybody is held out. */
  people: number;
  /** Of the wording that is looked at, longest first. */
  rows: PreviewRow[];
  /** About how many read each wording; of two that are tested against each other, half. */
  wordings: { words: WordsKey; people: number; most: number }[];
  segments: number;
  price: Micros;
  perSegment: Micros;
  currency: string;
  /** Total and price were scaled up from some of the people; the review counts everybody. */
  estimated: boolean;
  /** Highest number of segments anybody needs. */
  most: number;
}

/** More people than this are sampled while typing. */
const MOST = 5000;

async function audienceOf(ctx: Ctx, input: PreviewInput & { segmentId: SegmentId }): Promise<readonly AudiencePerson[]> {
  const segments = [...(input.before ?? []), input.segmentId];
  const reachable = await reachableIn(ctx, { campaignId: input.campaignId, topic: input.topic ?? USUAL_TOPIC, segments });
  return segments.length === 1 ? reachable : reachable.filter((p) => p.part === segments.length);
}

/** Who reads what runs by itself is told by the day: its words are tried on people who agreed to texts. Null: this is no pattern. */
async function patternPeople(ctx: Ctx, id: CampaignId | null, topic: string): Promise<readonly AudiencePerson[] | null> {
  const campaign = id === null ? null : campaignById(ctx.db, id);
  if (!campaign || campaign.automationId === null) return null;
  const ids = permittedPage(ctx.db, 0, PATTERN_SAMPLE);
  const { reachable, excluded } = await gatherThese(ctx, new Map(ids.map((i) => [i, 1])), { id: campaign.id, topic });
  return reachable.length > 0 ? reachable : excluded.map((e) => e.person);
}
const PATTERN_SAMPLE = 500;

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
  const now = ctx.clock.now();
  const look = input.look ?? BASE_WORDS;
  const others = (input.words ?? []).map((w) => ({ ...w, key: wordsKey(w) })).filter((w) => w.key !== BASE_WORDS);
  const { offerId, addStopLine, keepTyped } = input;
  // a day is said in the language of its words
  const written = (key: WordsKey, body: string) =>
    wordsOf(ctx, { body, offerId, addStopLine, keepTyped }, now, parseWordsKey(key)?.language);
  const base = written(BASE_WORDS, input.body);
  const byKey = new Map<WordsKey, Words>([[BASE_WORDS, base]]);
  for (const w of others) byKey.set(w.key, written(w.key, w.body));
  const keys = others.map((w) => w.key);
  const sampled = input.segmentId === null ? await patternPeople(ctx, input.campaignId, input.topic ?? USUAL_TOPIC) : null;
  if (input.segmentId === null && sampled === null) {
    return { ...none, people: 0, rows: [], wordings: [], segments: 0, price: 0 as Micros, estimated: false, most: 0 };
  }
  const reachable = sampled ?? (await audienceOf(ctx, { ...input, segmentId: input.segmentId as SegmentId }));
  const people = sample(reachable);
  const size = (person: AudiencePerson, key: WordsKey) => sayWith(shop, byKey.get(key) ?? base, person, null).count;
  // whoever takes part in a test reads one or the other with even chances
  const tally = new Map([...byKey.keys()].map((words) => [words, { words, people: 0, most: 0 }]));
  let counted = 0;
  const sized: { person: AudiencePerson; count: SegmentCount }[] = [];
  for (const person of people) {
    const sides = [...new Set([wordsFor(keys, person, 'a'), wordsFor(keys, person, 'b')])];
    for (const key of sides) {
      const count = size(person, key);
      counted += count.segments / sides.length;
      const t = tally.get(key);
      if (t) {
        t.people += 1 / sides.length;
        t.most = Math.max(t.most, count.segments);
      }
      if (key === look) sized.push({ person, count });
    }
  }
  sized.sort((a, b) => b.count.segments - a.count.segments || b.count.units - a.count.units || a.person.id - b.person.id);
  const scale = people.length === 0 ? 0 : reachable.length / people.length;
  const segments = Math.round(counted * scale);
  const looked = byKey.get(look) ?? base;
  return {
    ...none,
    people: reachable.length,
    rows: sized.slice(input.offset, input.offset + input.limit).map(({ person }) => {
      const said = sayWith(shop, looked, person, null);
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
    wordings: [...tally.values()].map((t) => ({ ...t, people: Math.round(t.people * scale) })),
    segments,
    price: (segments * texting.pricePerSegment) as Micros,
    estimated: people.length < reachable.length || keys.some((k) => k.includes('.b.')),
    most: Math.max(0, ...[...tally.values()].map((t) => t.most)),
  };
}
