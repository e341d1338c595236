import type { WhyNoText } from '@domain/segments/ready-made';
import type { RfmClass } from '@domain/segments/rfm';
import type { RhythmClass } from '@domain/segments/rhythm';
import type { Condition, NumberState, PermissionState, Reaction, RfmAxis, Rule } from '@domain/segments/rule';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CentsZ, CustomerIdZ, DoneZ, EmptyZ, LanguageZ, PageZ, PhoneZ, SegmentIdZ, ShopDayZ, UtcMsZ } from './primitives';

const days = z.number().int().min(0).max(36_500);
const AgoZ = z.enum(['within', 'over']);
const AtLeastMostZ = z.enum(['at-least', 'at-most']);
const ReactionZ = z.enum(['delivered', 'replied', 'tapped', 'came', 'redeemed', 'anything', 'nothing'] satisfies Reaction[]);
const PermissionZ = z.enum(['in', 'pending', 'out', 'hold', 'paused', 'never'] satisfies PermissionState[]);
const NumberZ = z.enum(['fine', 'none', 'landline', 'bad'] satisfies NumberState[]);
const AxisZ = z.enum(['recency', 'frequency', 'spend'] satisfies RfmAxis[]);
const RhythmZ = z.enum(['never', 'usual', 'later', 'lapsed'] satisfies RhythmClass[]);
const RfmZ = z.enum(['champions', 'loyal', 'new', 'at-risk', 'lapsed', 'occasional', 'none'] satisfies RfmClass[]);
const id = z.number().int().positive();

export const ConditionZ: z.ZodType<Condition> = z.discriminatedUnion('is', [
  z.object({ is: z.enum(['last-visit', 'first-visit']), op: AgoZ, days }),
  z.object({ is: z.literal('visits'), op: AtLeastMostZ, count: z.number().int().min(0), days: days.nullable() }),
  z.object({ is: z.literal('spend'), op: AtLeastMostZ, amount: CentsZ, days: days.nullable() }),
  z.object({
    is: z.literal('bought'),
    what: z.enum(['item', 'category']),
    name: z.string().min(1).max(200),
    days: days.nullable(),
    did: z.boolean(),
  }),
  z.object({ is: z.literal('may-text'), value: z.boolean() }),
  z.object({ is: z.literal('permission'), state: PermissionZ }),
  z.object({ is: z.literal('number'), state: NumberZ }),
  z.object({ is: z.literal('lives'), where: z.enum(['city', 'postal-code']), name: z.string().min(1).max(100) }),
  z.object({ is: z.literal('score'), of: AxisZ, least: z.union([z.literal(2), z.literal(3), z.literal(4), z.literal(5)]) }),
  z.object({ is: z.literal('on-list'), listId: id }),
  z.object({ is: z.literal('topic'), topic: z.string().min(1).max(60) }),
  z.object({ is: z.literal('tag'), tag: z.string().min(1).max(60) }),
  z.object({ is: z.literal('language'), language: LanguageZ }),
  z.object({ is: z.literal('links'), capable: z.enum(['yes', 'no', 'unknown']) }),
  z.object({ is: z.literal('birthday'), days: z.number().int().min(0).max(60).nullable() }),
  z.object({ is: z.literal('has'), what: z.enum(['phone', 'email', 'birthday', 'address']), value: z.boolean() }),
  z.object({ is: z.literal('redeemed'), offerId: id.nullable(), days: days.nullable(), did: z.boolean() }),
  z.object({ is: z.literal('reacted'), campaignId: id.nullable(), how: ReactionZ }),
  z.object({ is: z.literal('rhythm'), class: RhythmZ }),
  z.object({ is: z.literal('rfm'), class: RfmZ }),
  z.object({ is: z.literal('group'), segmentId: id, member: z.boolean() }),
]);

/** A rule tree; depth and size are checked by the service (`segment.bad-rule`). */
export const RuleZ: z.ZodType<Rule> = z.lazy(() =>
  z.union([
    z.object({ all: z.array(RuleZ).max(60) }).strict(),
    z.object({ any: z.array(RuleZ).max(60) }).strict(),
    z.object({ none: z.array(RuleZ).max(60) }).strict(),
    ConditionZ,
  ]),
);

export const GroupZ = z.object({
  id: SegmentIdZ,
  name: z.string(),
  rule: RuleZ,
  /** Key of a ready-made group: may be copied, not changed. */
  readyMade: z.string().nullable(),
  sentence: z.string(),
  count: z.number().int(),
  permitted: z.number().int(),
  updatedAt: z.number().int(),
  /** A fixed list: the people of that moment, how many they were then, and what it was made of, as a sentence. */
  fixedAt: UtcMsZ.nullable(),
  fixedCount: z.number().int().nullable(),
  fixedFrom: z.string(),
});

export const MemberZ = z.object({
  id: CustomerIdZ,
  firstName: z.string(),
  lastName: z.string(),
  company: z.string(),
  phone: PhoneZ.nullable(),
  lastVisitAt: UtcMsZ.nullable(),
  visits: z.number().int(),
  spend: CentsZ,
});

const WHY = [
  'no-number',
  'bad-number',
  'landline',
  'stopped',
  'on-hold',
  'unanswered',
  'paused',
  'not-asked',
] as const satisfies readonly WhyNoText[];
type ExportFor = 'figures' | 'contact';

const ReadZ = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rule: RuleZ, sentence: z.string() }),
  z.object({
    ok: z.literal(false),
    /** The words that were not understood, as typed; empty when nothing was typed. */
    part: z.string(),
    why: z.enum(['empty', 'not-understood', 'unknown-name', 'brackets']),
    /** Names like the one that is not known. */
    suggestions: z.array(z.string()).max(5),
  }),
]);

export const segments = {
  /** Ready-made first, then the shop's own by name; counts are of this moment. */
  'segments/list': query({ role: 'owner', input: EmptyZ, output: z.array(GroupZ).max(200) }),
  'segments/get': query({ role: 'owner', input: z.object({ id: SegmentIdZ }), output: GroupZ }),
  /** Live figures of a rule being built. */
  'segments/count': query({
    role: 'owner',
    input: z.object({ rule: RuleZ }),
    output: z.object({ count: z.number().int(), permitted: z.number().int(), examples: z.array(MemberZ).max(5), sentence: z.string() }),
  }),
  'segments/members': query({
    role: 'owner',
    input: z.object({ rule: RuleZ, page: PageZ }),
    output: z.object({ rows: z.array(MemberZ).max(200), total: z.number().int() }),
  }),
  /** Names the till, the tags and the clubs know, for the rule builder. */
  'segments/names': query({
    role: 'owner',
    input: z.object({ what: z.enum(['item', 'category', 'tag', 'topic']), beginning: z.string().max(100) }),
    output: z.array(z.string()).max(20),
  }),
  'segments/save': command({
    role: 'owner',
    input: z.object({ id: SegmentIdZ.nullable(), name: z.string().trim().min(1).max(80), rule: RuleZ }),
    output: z.object({ id: SegmentIdZ }),
    changes: ['segments'],
  }),
  /** How many people are in another group too, and how many only here or only there. */
  'segments/overlap': query({
    role: 'owner',
    input: z.object({ rule: RuleZ, other: SegmentIdZ }),
    output: z.object({ both: z.number().int(), onlyHere: z.number().int(), onlyThere: z.number().int() }),
  }),
  /** Who can be texted, and why the others cannot; each reason with the rule that lists its people. */
  'segments/why-not': query({
    role: 'owner',
    input: z.object({ rule: RuleZ }),
    output: z.object({
      reachable: z.number().int(),
      reasons: z.array(z.object({ why: z.enum(WHY), count: z.number().int(), rule: RuleZ })).max(WHY.length),
    }),
  }),
  /** How many people the group held, day by day, oldest first. */
  'segments/days': query({
    role: 'owner',
    input: z.object({ id: SegmentIdZ }),
    output: z.array(z.object({ day: ShopDayZ, people: z.number().int(), permitted: z.number().int() })).max(420),
  }),
  /** A typed sentence as a rule, or the part of it that was not understood. */
  'segments/read': query({ role: 'owner', input: z.object({ text: z.string().max(600) }), output: ReadZ }),
  /** The people of a rule as of now, as a list that stays. */
  'segments/fix': command({
    role: 'owner',
    input: z.object({ name: z.string().trim().min(1).max(80), rule: RuleZ }),
    output: z.object({ id: SegmentIdZ }),
    changes: ['segments'],
  }),
  /** The group as CSV; written down in the activity log. */
  'segments/export': command({
    role: 'owner',
    input: z.object({ name: z.string().max(80), rule: RuleZ, for: z.enum(['figures', 'contact'] satisfies ExportFor[]) }),
    output: z.object({ name: z.string(), text: z.string(), people: z.number().int() }),
    changes: [],
  }),
  'segments/remove': command({ role: 'owner', input: z.object({ id: SegmentIdZ }), output: DoneZ, changes: ['segments'] }),
} satisfies Contract;
