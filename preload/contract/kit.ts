import { WORDING_KINDS } from '@domain/consent/wording';
import { JOIN_SOURCES, KIT_SOURCES, WORD_MAX } from '@domain/kit/join-word';
import { PIECES } from '@domain/kit/pieces';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, EmptyZ, LanguageZ, PhoneZ, UtcMsZ } from './primitives';

const BothZ = (max: number) => z.object({ en: z.string().trim().max(max), es: z.string().trim().max(max) });
const NameZ = z.object({ en: z.string().trim().min(1).max(40), es: z.string().trim().min(1).max(40) });

/** A topic as customers choose it. */
export const TopicChoiceZ = z.object({ slug: z.string(), name: BothZ(40), about: BothZ(120) });
export const TopicZ = TopicChoiceZ.extend({
  joinWord: z.string().nullable(),
  position: z.number().int(),
  active: z.boolean(),
});

const WordZ = z
  .string()
  .trim()
  .max(WORD_MAX * 2);

const KindZ = z.enum(WORDING_KINDS);
const PieceZ = z.enum(PIECES);
const whichWording = z.object({ kind: KindZ, language: LanguageZ });
const NowZ = z.object({ text: z.string(), hash: z.string(), version: z.number().int() });
const NeedZ = z.object({ need: z.enum(['shop-name', 'number', 'contact', 'website', 'approval']), stops: z.boolean() });

export const kit = {
  /** Topics (clubs) in the shop's order; with `all` also those no longer offered. */
  'kit/topics': query({ role: 'staff', input: z.object({ all: z.boolean().default(false) }), output: z.array(TopicZ) }),
  /**
   * A topic, new (`slug` null) or changed. The name it has in the ledger never changes. Throws `kit.word-taken` {word} and
   * `kit.word-refused` {why} about its JOIN word.
   */
  'kit/save-topic': command({
    role: 'owner',
    input: z.object({
      slug: z.string().max(40).nullable(),
      name: NameZ,
      about: BothZ(120),
      joinWord: WordZ.nullable(),
      active: z.boolean(),
    }),
    output: z.object({ slug: z.string() }),
    changes: ['settings'],
  }),
  /** The order in which customers see them. */
  'kit/order-topics': command({
    role: 'owner',
    input: z.object({ slugs: z.array(z.string().max(40)).max(50) }),
    output: DoneZ,
    changes: ['settings'],
  }),
  /** Every JOIN word there ever was, the ones printed now first. */
  'kit/join-words': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(
      z.object({
        word: z.string(),
        source: z.enum(JOIN_SOURCES),
        label: z.string(),
        topic: z.string().nullable(),
        current: z.boolean(),
        active: z.boolean(),
        createdAt: UtcMsZ,
      }),
    ),
  }),
  /** Another word for a place; the earlier one keeps working, for signs that are out there. Throws as `kit/save-topic`. */
  'kit/save-join-word': command({
    role: 'owner',
    input: z.union([
      z.object({ source: z.enum(KIT_SOURCES), word: WordZ }),
      z.object({ source: z.literal('custom'), word: WordZ, label: z.string().trim().min(1).max(60) }),
    ]),
    output: z.object({ word: z.string() }),
    changes: ['settings'],
  }),
  /** A word of a place of the owner's own, or an old one: whether it still signs people up. */
  'kit/use-join-word': command({
    role: 'owner',
    input: z.object({ word: WordZ, active: z.boolean() }),
    output: DoneZ,
    changes: ['settings'],
  }),
  /** Whether signs can be given out: which number people text, and how many confirmations wait for the carriers. */
  'kit/overview': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      number: PhoneZ.nullable(),
      numberShown: z.string().nullable(),
      mode: z.enum(['none', 'practice', 'twilio']),
      approved: z.boolean(),
      /** Confirmations that wait to leave, and for how many days the oldest has. */
      waiting: z.number().int(),
      oldestDays: z.number().int().nullable(),
      promiseMax: z.number().int(),
    }),
  }),
  /** Everything that stands on a piece, in both languages; `word`: another word than its own (of a topic or an own place). */
  'kit/piece': query({
    role: 'owner',
    input: z.object({ piece: PieceZ, word: WordZ.nullable().default(null) }),
    output: z.object({
      piece: PieceZ,
      /** The club its word is of. */
      club: z.object({ en: z.string(), es: z.string() }).nullable(),
      /** Null on the paper form. */
      word: z.string().nullable(),
      words: z.array(z.object({ word: z.string(), source: z.enum(JOIN_SOURCES), label: z.string(), topic: z.string().nullable() })),
      number: PhoneZ.nullable(),
      numberShown: z.string().nullable(),
      /** Opens the phone's messages with number and word filled in; what the QR code holds. */
      link: z.string().nullable(),
      shop: z.object({
        name: z.string(),
        street: z.string(),
        city: z.string(),
        region: z.string(),
        phone: z.string(),
        email: z.string(),
        website: z.string(),
      }),
      promiseMax: z.number().int(),
      topics: z.object({ en: z.array(z.string()), es: z.array(z.string()) }),
      wording: z.object({ en: NowZ, es: NowZ }),
      needs: z.array(NeedZ),
    }),
  }),
  /** A piece left the computer (printed, saved, copied): its words are kept as what people then have in front of them. */
  'kit/piece-left': command({
    role: 'owner',
    input: z.object({ piece: PieceZ, word: WordZ.nullable().default(null), languages: z.array(LanguageZ).min(1).max(2) }),
    output: DoneZ,
    changes: [],
  }),
  /** Which wordings are the shop's own, and whether each still says all it must with the shop's data of today. */
  'kit/wordings': query({
    role: 'owner',
    input: EmptyZ,
    output: z.array(z.object({ kind: KindZ, language: LanguageZ, own: z.boolean(), ok: z.boolean() })),
  }),
  /** One wording for the editor: in use, ours, all versions newest first, and what the placeholders stand for. */
  'kit/wording': query({
    role: 'owner',
    input: whichWording,
    output: z.object({
      template: z.string(),
      ours: z.string(),
      own: z.boolean(),
      now: NowZ,
      versions: z.array(
        z.object({
          id: z.number().int(),
          version: z.number().int(),
          template: z.string(),
          staffName: z.string().nullable(),
          at: UtcMsZ,
          active: z.boolean(),
        }),
      ),
      facts: z.object({
        shop: z.object({ name: z.string(), phone: z.string(), email: z.string(), website: z.string() }),
        promiseMax: z.number().int(),
        word: z.string(),
        number: z.string().nullable(),
        topics: z.array(z.string()),
      }),
    }),
  }),
  /** Throws `kit.wording-refused` {missing}. `version` null: it was our wording word for word. */
  'kit/save-wording': command({
    role: 'owner',
    input: whichWording.extend({ template: z.string().max(2000) }),
    output: z.object({ version: z.number().int().nullable() }),
    changes: ['settings', 'consent'],
  }),
  /** An earlier version once more, as a new one. Throws as `kit/save-wording`. */
  'kit/restore-wording': command({
    role: 'owner',
    input: z.object({ id: z.number().int().min(1) }),
    output: z.object({ version: z.number().int().nullable() }),
    changes: ['settings', 'consent'],
  }),
  /** Our words again; the shop's versions stay in the list. */
  'kit/reset-wording': command({ role: 'owner', input: whichWording, output: DoneZ, changes: ['settings', 'consent'] }),
} satisfies Contract;
