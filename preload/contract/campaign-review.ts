import { CHECK_CODES } from '@domain/campaigns/checks';
import { MOST_PARTS, parseWordsKey, WORDING_ARMS, WORDING_LANGUAGES, WORDING_LINKS, type WordsKey } from '@domain/campaigns/parts';
import { MERGE_FIELDS } from '@domain/campaigns/template';
import { z } from 'zod';
import { FinishZ } from './account';
import { CustomerIdZ, MicrosZ, OfferIdZ, PhoneZ, SegmentIdZ, ShopDayZ, UtcMsZ, ZoneZ } from './primitives';

const EncodingZ = z.enum(['GSM-7', 'UCS-2']);
const FieldZ = z.enum(MERGE_FIELDS);
const n = z.number().int();

/** A further part: another group with its own words and offer. */
export const PartZ = z.object({
  name: z.string().trim().max(60).optional(),
  segmentId: SegmentIdZ.nullable(),
  body: z.string().max(2000),
  offerId: OfferIdZ.nullable(),
});
/** Another wording of a part (1 = the first): by language, of an A/B test, for phones that open links or do not. */
export const WordingZ = z.object({
  part: n.min(1).max(MOST_PARTS),
  language: z.enum(WORDING_LANGUAGES),
  arm: z.enum(WORDING_ARMS),
  links: z.enum(WORDING_LINKS),
  body: z.string().max(2000),
});

/** Names a wording of a part: `es.b.no`; `en.a.any` = the part's own words. */
export const WordsKeyZ = z.custom<WordsKey>((v) => typeof v === 'string' && parseWordsKey(v) !== null, 'not a wording');

export const ReasonsZ = z.array(z.object({ reason: z.string(), count: n }));

export const PreviewRowZ = z.object({
  customerId: CustomerIdZ,
  name: z.string(),
  phone: PhoneZ.nullable(),
  text: z.string(),
  encoding: EncodingZ,
  segments: n,
  units: n,
  unicode: z.array(z.string()),
  changes: z.array(z.object({ from: z.string(), to: z.string(), count: n })),
  missing: z.array(FieldZ),
});

const figures = {
  variants: z.array(z.object({ encoding: EncodingZ, segments: n, people: n })),
  segments: n,
  longest: z.object({ text: z.string(), encoding: EncodingZ, segments: n }),
  missing: z.array(z.object({ field: FieldZ, count: n })),
};

/** One part: who is in it, what they are told in which wording, what it costs. */
export const PartReviewZ = z.object({
  position: n,
  name: z.string(),
  sentence: z.string(),
  group: n,
  people: n,
  heldOut: n,
  excluded: ReasonsZ,
  ...figures,
  price: MicrosZ,
  offerName: z.string().nullable(),
  offerEndsAt: UtcMsZ.nullable(),
  wordings: z.array(z.object({ part: n, words: WordsKeyZ, people: n, ...figures, price: MicrosZ })),
});

export const ReviewZ = z.object({
  sentence: z.string(),
  group: n,
  people: n,
  /** Of them: by e-mail, at no cost. */
  mails: n,
  heldOut: n,
  holdoutPercent: n,
  holdoutWhy: z.enum(['chosen-off', 'too-few', 'usual', 'half']),
  excluded: ReasonsZ,
  ...figures,
  price: MicrosZ,
  perSegment: MicrosZ,
  currency: z.string(),
  /** With `part` and `words` where it is about one wording among several. */
  checks: z.array(
    z.object({
      code: z.enum(CHECK_CODES),
      level: z.enum(['stop', 'warn']),
      part: n.optional(),
      words: WordsKeyZ.optional(),
      /** The words that gave rise to it. */
      found: z.string().optional(),
    }),
  ),
  parts: z.array(PartReviewZ),
  leaving: z.object({ now: n, later: n, firstAt: UtcMsZ.nullable(), needReason: n }),
  /** When it begins: earlier than asked where its readers' hour comes first. */
  begins: UtcMsZ,
  /** When each leaves at the earliest: by shop day, and by the zones its reader's number may be in. */
  leaves: z.object({
    days: z.array(z.object({ day: ShopDayZ, people: n })),
    zones: z.array(z.object({ zones: z.array(ZoneZ), people: n, from: UtcMsZ, to: UtcMsZ })).max(40),
    dailyShare: n.nullable(),
    lastAt: UtcMsZ.nullable(),
    asPlanned: n,
    never: n,
  }),
  lasts: n,
  finish: FinishZ.nullable(),
  money: z.object({ spent: MicrosZ, queued: MicrosZ, limit: MicrosZ.nullable() }),
  offerEndsAt: UtcMsZ.nullable(),
  windowDays: n,
  quoteToken: z.string().nullable(),
  /** What a schedule is offered as its approved ceiling. */
  ceiling: z.object({ people: n, price: MicrosZ }),
});
