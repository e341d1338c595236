import type { results } from '@contract/results';
import { breakdown, campaignLines, compareTwo, figurePeople } from '@services/reports/breakdown';
import { offersApart } from '@services/reports/offers-apart';
import { busyAndSlow, cohorts, optOutsByTexts, rfmOfShop } from '@services/reports/over-time';
import { peopleFile } from '@services/reports/people-file';
import type { HandlersFor } from '../handler';

export const resultsHandlers = {
  'reports/breakdown': (ctx, { campaignId }) => breakdown(ctx, campaignId),
  'reports/people': (ctx, input) => figurePeople(ctx, input),
  'reports/people-file': (ctx, input, session) => peopleFile(ctx, session, input),
  'reports/campaigns': (ctx, page) => campaignLines(ctx, page),
  'reports/offers': (ctx) => offersApart(ctx),
  'reports/compare': (ctx, { a, b }) => compareTwo(ctx, a, b),
  'reports/hours': (ctx, { weeks }) => busyAndSlow(ctx, weeks),
  'reports/cohorts': (ctx, { months }) => cohorts(ctx, months),
  'reports/rfm-map': (ctx) => rfmOfShop(ctx),
  'reports/opt-outs': (ctx, { months }) => optOutsByTexts(ctx, months),
} satisfies HandlersFor<typeof results>;
