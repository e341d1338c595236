import { JOIN_SOURCES, KIT_SOURCES, WORD_MAX } from '@domain/kit/join-word';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { DoneZ, EmptyZ, UtcMsZ } from './primitives';

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
} satisfies Contract;
