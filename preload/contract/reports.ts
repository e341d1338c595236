import { JOIN_SOURCES } from '@domain/kit/join-word';
import { FUNNEL_NAMES } from '@domain/reports/campaign';
import type { SignUpSource } from '@domain/reports/sign-ups';
import { z } from 'zod';
import { type Contract, query } from './define';
import { FindingZ, LeakZ } from './finding';
import { CampaignIdZ, CentsZ, EmptyZ, MicrosZ, ShopDayZ, StaffIdZ, UtcMsZ } from './primitives';
import { SuggestionZ, TakenZ } from './suggestions';

const IntZ = z.number().int();
export const IntervalZ = z.object({ estimate: z.number(), low: z.number(), high: z.number() });

const WindowZ = z.discriminatedUnion('state', [
  z.object({ state: z.literal('running'), endsOn: ShopDayZ }),
  z.object({ state: z.literal('waiting-for-till'), endsOn: ShopDayZ, coveredThrough: ShopDayZ.nullable() }),
  z.object({ state: z.literal('closed'), endsOn: ShopDayZ }),
]);

const VerdictZ = z.object({
  code: z.enum(['no-holdout', 'split-broken', 'counts-only', 'made-money', 'lost', 'leaning', 'too-early']),
  measure: z.enum(['buyers', 'profit']),
  /** Extra buyers, or cents of profit after message cost. */
  range: IntervalZ.nullable(),
  range80: IntervalZ.nullable(),
  toward: z.enum(['gain', 'loss']).nullable(),
  moreCampaigns: IntZ.nullable(),
});

const GoalZ = z.object({
  kind: z.enum(['visits', 'redemptions', 'profit']),
  target: IntZ,
  reached: IntZ.nullable(),
  verdict: z.enum(['reached', 'not-reached', 'cannot-tell', 'running']),
});

export const CampaignLineZ = z.object({
  id: CampaignIdZ,
  name: z.string(),
  startedAt: UtcMsZ,
  window: WindowZ,
  texted: IntZ,
  delivered: IntZ,
  came: IntZ,
  redeemed: IntZ,
  stops: IntZ,
  direct: CentsZ,
  influenced: CentsZ,
  cost: MicrosZ,
  currency: z.string(),
  verdict: VerdictZ.nullable(),
  goal: GoalZ.nullable(),
});

const WeekZ = z.object({
  joined: IntZ,
  left: IntZ,
  newPeople: IntZ,
  sent: IntZ,
  delivered: IntZ,
  failed: IntZ,
  replies: IntZ,
  redeemed: IntZ,
  takings: CentsZ,
  looseRefunds: IntZ,
  looseNet: CentsZ,
  direct: CentsZ,
  influenced: CentsZ,
  cost: MicrosZ,
});

const ArmZ = z.object({ n: IntZ, buyers: IntZ, /** Cents. */ list: IntZ, discounts: IntZ, share: IntervalZ.nullable() });
const ComparisonZ = z.object({
  text: ArmZ,
  control: ArmZ,
  notComparable: IntZ,
  ratio: z.object({ chi2: z.number(), p: z.number(), suspicious: z.boolean() }),
  verdict: VerdictZ,
  inBuyers: VerdictZ,
  lift: IntervalZ.nullable(),
  visibleRise: z.number().nullable(),
  marginPercent: z.number().nullable(),
});
/** People whose figures are being counted in the background just now; 0 = everything shown is up to date. Asked again when they are. */
const CountingZ = IntZ;
const FunnelNameZ = z.enum(FUNNEL_NAMES);
const MoneyLineZ = z.object({ sales: IntZ, net: CentsZ });

/** Figures only; they come from the shop file, so they are there without a network. Definitions: main/domain/reports. */
export const reports = {
  /** The owner's home: the last seven shop days, what needs a look, what could be texted next. */
  'reports/this-week': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      firstDay: ShopDayZ,
      lastDay: ShopDayZ,
      week: WeekZ,
      before: WeekZ,
      currency: z.string(),
      coveredThrough: ShopDayZ.nullable(),
      list: z.object({ known: IntZ, withNumber: IntZ, onList: IntZ, joinedIn14Days: IntZ, reach250At: UtcMsZ.nullable() }),
      /** When the list is long enough to measure, by the real pace; null when it is, or too far away. */
      pace: z.object({ perDay: z.number(), assumed: z.boolean(), on: ShopDayZ }).nullable(),
      /** The last seven days; `perHundred` sales where the till file covers enough. */
      signUps: z.object({ count: IntZ, perHundred: z.number().nullable() }),
      /** The carriers have not approved the number yet. */
      waitsForCarriers: z.boolean(),
      health: z.object({ code: z.enum(['quiet', 'good', 'watch', 'bad']), sent: IntZ, delivered: IntZ, filtered: IntZ, stops: IntZ }),
      needs: z.array(
        z.object({
          code: z.enum([
            'holds',
            'replies',
            'uncertain',
            'refused',
            'account',
            'paused',
            'follow-ups',
            'automations',
            'import-overdue',
            'no-import',
            'files-waiting',
            'wrong-numbers',
            'discounts',
            'replies-unread',
            'tasks',
            'backup-failed',
            'paper-failed',
            'no-second-backup',
            'registration',
            'registration-rejected',
            'registration-late',
          ]),
          count: IntZ,
          campaignId: CampaignIdZ.nullable(),
          day: ShopDayZ.nullable(),
        }),
      ),
      suggestions: z.array(SuggestionZ).max(3),
      /** What became of suggestions that were taken. */
      taken: TakenZ,
      latest: CampaignLineZ.extend({ finding: FindingZ }).nullable(),
      /** The measured campaigns before that one, newest first. */
      paid: z.array(CampaignLineZ.extend({ finding: FindingZ })).max(3),
      counting: CountingZ,
    }),
  }),
  /** Campaigns side by side, newest first (the latest fifty), and all of them pooled. */
  'reports/overview': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      campaigns: z.array(CampaignLineZ).max(50),
      coveredThrough: ShopDayZ.nullable(),
      pooled: z.object({ campaigns: IntZ, texted: IntZ, effect: IntervalZ }).nullable(),
      marginPercent: z.number().nullable(),
      counting: CountingZ,
    }),
  }),
  /** One campaign: funnel, redemptions, takings, cost, and texted against held out once its window has closed. */
  'reports/campaign': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }),
    output: z.object({
      head: z.object({
        id: CampaignIdZ,
        name: z.string(),
        state: z.enum(['draft', 'scheduled', 'staging', 'sending', 'paused', 'finished', 'cancelled']),
        startedAt: UtcMsZ,
        windowEndsAt: UtcMsZ,
        windowDays: IntZ,
        offer: z.string().nullable(),
        percentHeldOut: z.number(),
        goal: z.object({ kind: z.enum(['none', 'visits', 'redemptions', 'profit']), target: IntZ.nullable() }),
      }),
      window: WindowZ,
      people: z.object({ texted: IntZ, heldOut: IntZ, excluded: IntZ }),
      goal: GoalZ.nullable(),
      funnel: z.array(z.object({ name: FunnelNameZ, count: IntZ, of: FunnelNameZ.nullable(), share: IntervalZ.nullable() })),
      stops: z.object({ count: IntZ, share: IntervalZ.nullable() }),
      redemptionsByDay: z.array(z.object({ day: ShopDayZ, count: IntZ, total: IntZ })),
      takings: z.object({
        direct: MoneyLineZ,
        influenced: MoneyLineZ,
        provisional: z.object({ redemptions: IntZ, amount: CentsZ }),
        discounts: CentsZ,
      }),
      cost: z.object({ texts: IntZ, segments: IntZ, known: MicrosZ, expected: MicrosZ, unpriced: IntZ, currency: z.string() }),
      /** With its follow-ups' texts: what the profit is told after. Null without follow-ups. */
      pathCost: MicrosZ.nullable(),
      comparison: ComparisonZ.nullable(),
      after28Days: ComparisonZ.nullable(),
      recognised: z.object({ sales: IntZ, of: IntZ }),
      finding: FindingZ,
      /** What it said when its days were first over, where that has changed since. */
      firstSaid: z
        .object({
          code: z.enum(['no-holdout', 'split-broken', 'counts-only', 'made-money', 'lost', 'leaning-yes', 'leaning-no', 'too-early']),
          at: UtcMsZ,
        })
        .nullable(),
      leak: LeakZ,
      counting: CountingZ,
    }),
  }),
  /** Where people say yes: per place, per 100 sales, per staff member. */
  'reports/sign-ups': query({
    role: 'owner',
    input: z.object({ weeks: z.number().int().min(4).max(53).default(12) }),
    output: z.object({
      from: ShopDayZ,
      to: ShopDayZ,
      total: IntZ,
      imported: IntZ,
      sales: IntZ,
      covered: z.object({ through: ShopDayZ, signUps: IntZ }).nullable(),
      perHundred: IntervalZ.nullable(),
      sources: z.array(
        z.object({
          source: z.custom<SignUpSource>((v) => typeof v === 'string'),
          count: IntZ,
          perHundred: IntervalZ.nullable(),
          place: z.enum(JOIN_SOURCES).nullable(),
          label: z.string(),
        }),
      ),
      best: z.custom<SignUpSource>((v) => typeof v === 'string').nullable(),
      staff: z.array(z.object({ staffId: StaffIdZ.nullable(), name: z.string().nullable(), signedUp: IntZ, asked: IntZ, answered: IntZ })),
      weeks: z.array(z.object({ week: ShopDayZ, signUps: IntZ, sales: IntZ.nullable() })),
    }),
  }),
  /** People who may be texted, week by week, from the ledger. */
  'reports/list-growth': query({
    role: 'owner',
    input: z.object({ weeks: z.number().int().min(4).max(156).default(52) }),
    output: z.object({
      points: z.array(z.object({ week: ShopDayZ, joined: IntZ, left: IntZ, onList: IntZ })).max(156),
      onList: IntZ,
      known: IntZ,
      withNumber: IntZ,
    }),
  }),
} satisfies Contract;
