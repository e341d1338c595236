import { PEOPLE_FIGURES } from '@domain/reports/figures';
import { OUTCOME_SUMS, type OutcomeSum } from '@domain/reports/outcome';
import { z } from 'zod';
import { type Contract, command, query } from './define';
import { CampaignIdZ, CentsZ, CustomerIdZ, EmptyZ, MicrosZ, OfferIdZ, PageZ, PhoneZ, ShopDayZ } from './primitives';
import { CampaignLineZ, IntervalZ } from './reports';

const IntZ = z.number().int();
/** Sums of people, cents and millionths of a set of people: what each of them is says @domain/reports/outcome. */
const SumsZ = z.object({
  people: IntZ,
  ...(Object.fromEntries(OUTCOME_SUMS.map((k) => [k, IntZ])) as Record<OutcomeSum, typeof IntZ>),
});
const ArmZ = z.enum(['text', 'control', 'excluded']);
/** People whose figures are being counted in the background just now; 0 = everything shown is up to date. */
const counting = IntZ;
const SharesZ = z.object({
  line: CampaignLineZ,
  came: IntervalZ.nullable(),
  redeemed: IntervalZ.nullable(),
  stopped: IntervalZ.nullable(),
});
const MonthZ = z.string().regex(/^\d{4}-\d\d$/);

/** Results told apart, from a figure to its people, and over time. For the owner; everything from the shop file. */
export const results = {
  /** A campaign by part, wording and side; its follow-ups branch by branch; why people left. */
  'reports/breakdown': query({
    role: 'owner',
    input: z.object({ campaignId: CampaignIdZ }),
    output: z.object({
      /** False: no website tells who opened a link; `linked` and `tapped` are not shown. */
      taps: z.boolean(),
      rows: z.array(SumsZ.extend({ part: IntZ, words: z.string(), arm: ArmZ })).max(200),
      /** Named as the owner does, else by its group. */
      parts: z.array(z.object({ part: IntZ, name: z.string(), offer: z.string().nullable() })).max(50),
      branches: z
        .array(
          z.object({
            campaignId: CampaignIdZ,
            parentId: CampaignIdZ.nullable(),
            reaction: z.string().nullable(),
            afterDays: IntZ,
            name: z.string(),
            offer: z.string().nullable(),
            sums: SumsZ,
          }),
        )
        .max(200),
      left: z.array(z.object({ why: z.string().nullable(), count: IntZ })).max(20),
      counting,
    }),
  }),
  /** The people of a figure, by record; `after` = `next` of the page before. */
  'reports/people': query({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ,
      figure: z.enum(PEOPLE_FIGURES),
      part: IntZ.nullable().default(null),
      words: z.string().max(40).nullable().default(null),
      after: CustomerIdZ.nullable().default(null),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    output: z.object({
      total: IntZ,
      rows: z
        .array(
          z.object({
            customerId: CustomerIdZ,
            firstName: z.string(),
            lastName: z.string(),
            company: z.string(),
            phone: PhoneZ.nullable(),
            arm: ArmZ,
            part: IntZ,
            words: z.string(),
            came: IntZ,
            redeemed: IntZ,
            direct: CentsZ,
            influenced: CentsZ,
            list: CentsZ,
            cost: MicrosZ,
            /** Why they got no text, or why they left. */
            why: z.string().nullable(),
          }),
        )
        .max(200),
      next: CustomerIdZ.nullable(),
      counting,
    }),
  }),
  /** All of them as a file, without numbers or addresses; written down in the activity log. */
  'reports/people-file': command({
    role: 'owner',
    input: z.object({
      campaignId: CampaignIdZ,
      figure: z.enum(PEOPLE_FIGURES),
      part: IntZ.nullable().default(null),
      words: z.string().max(40).nullable().default(null),
    }),
    output: z.object({ name: z.string(), text: z.string(), people: IntZ }),
    changes: [],
  }),
  /** Every started campaign, newest first. */
  'reports/campaigns': query({
    role: 'owner',
    input: PageZ,
    output: z.object({ total: IntZ, campaigns: z.array(CampaignLineZ).max(200), coveredThrough: ShopDayZ.nullable(), counting }),
  }),
  /** Offers side by side, over all campaigns that told of them; a person counts once per campaign. */
  'reports/offers': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({
      offers: z
        .array(
          z.object({
            offerId: OfferIdZ.nullable(),
            name: z.string().nullable(),
            campaigns: IntZ,
            /** The newest of them. */
            latest: z.string(),
            texted: IntZ,
            delivered: IntZ,
            came: IntZ,
            redeemed: IntZ,
            stopped: IntZ,
            direct: CentsZ,
            influenced: CentsZ,
            cost: MicrosZ,
            currency: z.string(),
            /** Extra buyers per person texted, as a share; null where too few were compared. */
            measured: z.object({ campaigns: IntZ, texted: IntZ, effect: IntervalZ }).nullable(),
          }),
        )
        .max(100),
      counting,
    }),
  }),
  /** Two campaigns side by side; differences are first minus second. Nobody drew who got which. */
  'reports/compare': query({
    role: 'owner',
    input: z.object({ a: CampaignIdZ, b: CampaignIdZ }),
    output: z.object({
      a: SharesZ,
      b: SharesZ,
      difference: z.object({ came: IntervalZ.nullable(), redeemed: IntervalZ.nullable(), stopped: IntervalZ.nullable() }),
      counting,
    }),
  }),
  /** Busy and slow hours (weekday 0 = Monday, on the shop's clock), and takings week by week. */
  'reports/hours': query({
    role: 'owner',
    input: z.object({ weeks: z.number().int().min(1).max(156).default(13) }),
    output: z.object({
      from: ShopDayZ,
      to: ShopDayZ,
      cells: z.array(z.object({ weekday: IntZ, hour: IntZ, sales: IntZ, net: CentsZ, days: IntZ })).max(168),
      /** Sales whose hour the till does not tell. */
      dayOnly: z.object({ sales: IntZ, net: CentsZ }),
      weeks: z.array(z.object({ week: ShopDayZ, sales: IntZ, known: IntZ, net: CentsZ, discounts: CentsZ })).max(156),
    }),
  }),
  /** Sign-ups by the month of their first yes: how many came in that month and each one after it. */
  'reports/cohorts': query({
    role: 'owner',
    input: z.object({ months: z.number().int().min(2).max(36).default(12) }),
    output: z.object({
      coveredThrough: ShopDayZ.nullable(),
      cohorts: z.array(z.object({ month: MonthZ, people: IntZ, came: z.array(IntZ).max(36) })).max(36),
    }),
  }),
  /** Everybody who came within a year by recency and frequency (scores 1–5, 5 is best). */
  'reports/rfm-map': query({
    role: 'owner',
    input: EmptyZ,
    output: z.object({ cells: z.array(z.object({ r: IntZ, f: IntZ, people: IntZ, spend: CentsZ })).max(25) }),
  }),
  /** Opt-outs against how many campaign texts a person got in a month: one, two, three, four and more. */
  'reports/opt-outs': query({
    role: 'owner',
    input: z.object({ months: z.number().int().min(1).max(36).default(12) }),
    output: z.object({
      months: z.array(z.object({ month: MonthZ, texts: IntZ, people: z.array(IntZ).length(4), stopped: z.array(IntZ).length(4) })).max(36),
      counting,
    }),
  }),
} satisfies Contract;
