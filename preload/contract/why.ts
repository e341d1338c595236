import { WORDING_ARMS, WORDING_LANGUAGES, WORDING_LINKS } from '@domain/campaigns/parts';
import { z } from 'zod';
import { CampaignStateZ } from './campaigns';
import { WhenZ } from './consent';
import { type Contract, query } from './define';
import { CampaignIdZ, CustomerIdZ, OutboxIdZ, PhoneZ, UtcMsZ } from './primitives';

const n = z.number().int();
const at = UtcMsZ.nullable();
const ArmZ = z.enum(['text', 'control', 'excluded']);
export const WhyOutcomeZ = z.enum([
  'got',
  'on-the-way',
  'not-confirmed',
  'waits',
  'not-delivered',
  'left-out',
  'comparison',
  'excluded',
  'not-in-group',
  'joined-later',
  'follow-up-not-reached',
  'would-get',
  'no-group',
]);

/** "Why did, or didn't, Anna get this?" */
export const why = {
  /** Campaigns somebody may be asked about, with what became of them where it is written down. */
  'why/choices': query({
    role: 'owner',
    input: z.object({ customerId: CustomerIdZ, find: z.string().max(80).default('') }),
    output: z
      .array(
        z.object({
          id: CampaignIdZ,
          name: z.string(),
          state: CampaignStateZ,
          startedAt: at,
          parentId: CampaignIdZ.nullable(),
          outcome: WhyOutcomeZ.nullable(),
        }),
      )
      .max(50),
  }),
  'why/campaign': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ, customerId: CustomerIdZ }),
    output: z.object({
      person: z.object({ id: CustomerIdZ, name: z.string(), phone: PhoneZ.nullable() }),
      campaign: z.object({
        id: CampaignIdZ,
        name: z.string(),
        state: CampaignStateZ,
        startedAt: at,
        scheduledAt: at,
        holdoutPercent: n.nullable(),
      }),
      /** What was written down then; else what a review would decide now. */
      started: z.boolean(),
      outcome: WhyOutcomeZ,
      reason: z.string().nullable(),
      at,
      /** Part by part, as the rule answers today. */
      groups: z.array(
        z.object({
          position: n,
          name: z.string(),
          sentence: z.string(),
          belongs: z.boolean(),
          nobody: z.boolean(),
          because: z.array(z.object({ words: z.string(), holds: z.boolean(), wanted: z.boolean(), own: z.string().nullable() })),
        }),
      ),
      path: z
        .object({
          parentId: CampaignIdZ,
          parentName: z.string(),
          inParent: ArmZ.nullable(),
          move: z
            .object({
              reaction: z.string().nullable(),
              outcome: z.enum(['text', 'control', 'blocked', 'left-out', 'end']),
              reason: z.string().nullable(),
              toId: CampaignIdZ.nullable(),
              toName: z.string().nullable(),
              at: UtcMsZ,
              here: z.boolean(),
            })
            .nullable(),
        })
        .nullable(),
      read: z
        .object({
          part: n,
          name: z.string(),
          parts: n,
          language: z.enum(WORDING_LANGUAGES).nullable(),
          arm: z.enum(WORDING_ARMS).nullable(),
          links: z.enum(WORDING_LINKS).nullable(),
        })
        .nullable(),
      text: z
        .object({
          outboxId: OutboxIdZ,
          state: z.string().nullable(),
          body: z.string(),
          code: z.string().nullable(),
          leftAt: at,
          finalAt: at,
          retryAt: at,
          errorCode: n.nullable(),
        })
        .nullable(),
      did: z.object({ repliedAt: at, redeemedAt: at, tappedAt: at }),
      permission: z
        .object({ state: z.enum(['in', 'pending', 'out', 'never', 'hold', 'paused']), since: at, topics: z.array(z.string()) })
        .nullable(),
      month: z.object({ used: n, promised: n }).nullable(),
      spacing: z.object({ lastAt: UtcMsZ, freeAt: UtcMsZ, days: n }).nullable(),
      /** Whether a text could leave to them now. */
      now: WhenZ,
      topic: z.string().nullable(),
      sameNumber: z.array(z.object({ id: CustomerIdZ, name: z.string(), gotIt: z.boolean() })),
      merged: z.array(z.object({ at: UtcMsZ, name: z.string() })),
    }),
  }),
} satisfies Contract;
