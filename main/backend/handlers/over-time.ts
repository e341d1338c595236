import type { overTime } from '@contract/over-time';
import { campaignTrend } from '@services/reports/campaign-trend';
import type { HandlersFor } from '../handler';

export const overTimeHandlers = {
  'reports/campaign-trend': (ctx, { weeks }) => campaignTrend(ctx, weeks),
} satisfies HandlersFor<typeof overTime>;
