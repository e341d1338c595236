import type { reports } from '@contract/reports';
import { campaignReport } from '@services/reports/campaign';
import { listGrowth } from '@services/reports/list-growth';
import { overview } from '@services/reports/overview';
import { signUps } from '@services/reports/sign-ups';
import { thisWeek } from '@services/reports/week';
import type { HandlersFor } from '../handler';

export const reportsHandlers = {
  'reports/this-week': (ctx) => thisWeek(ctx),
  'reports/overview': (ctx) => overview(ctx),
  'reports/campaign': (ctx, { campaignId }) => campaignReport(ctx, campaignId),
  'reports/sign-ups': (ctx, { weeks }) => signUps(ctx, weeks),
  'reports/list-growth': (ctx, { weeks }) => listGrowth(ctx, weeks),
} satisfies HandlersFor<typeof reports>;
