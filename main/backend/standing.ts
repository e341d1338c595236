import { DAY, HOUR, MINUTE, SECOND } from '@domain/kernel';
import { keepAccountInView } from '@services/account/look';
import { creditsUpToDate } from '@services/attribution/recompute';
import { runAutomations } from '@services/automations/run';
import { dailyBackups } from '@services/backups/backups';
import { runLadders } from '@services/campaigns/ladder-run';
import { runSchedules } from '@services/campaigns/schedule-run';
import { sweepConsent, sweepSilent } from '@services/consent/index';
import { keepLookUpReady } from '@services/counter/ready';
import type { Ctx } from '@services/ctx';
import { refreshDailyStats } from '@services/customers/stats';
import { checkClock } from '@services/desktop/clock';
import { tidyImports } from '@services/imports/undo';
import { keepLoyalty } from '@services/loyalty/keep';
import { startMailSender } from '@services/mail/sender';
import { goOnCallingOff } from '@services/offers/end';
import { remindUncollected } from '@services/orders/texts';
import { holdAtCarrier } from '@services/outbox/pause-all';
import { startSender } from '@services/outbox/sender';
import { printWeek } from '@services/papers/weekly';
import { finishErasures } from '@services/privacy/finish';
import { sweepRetention } from '@services/privacy/retention';
import { finishNotices } from '@services/recalls/notices';
import { prepareOverTime } from '@services/reports/over-time';
import { keepResults } from '@services/results/keeper';
import { recordGroupDays } from '@services/segments/days';
import { keepHistory } from '@services/segments/history';
import { checkDailySheets } from '@services/sources/sheets';
import { watchForEver } from '@services/sources/watch-loop';
import { readTaps } from '@services/taps/read';
import { mendTelling } from '@services/wishes/tell';
import { makeLogTidier } from './tidy-log';

/** Again and again until the shop closes; a failure is logged and tried again next time, never fatal. */
async function every(ctx: Ctx, ms: number, signal: AbortSignal, name: string, work: () => unknown): Promise<void> {
  while (!signal.aborted) {
    try {
      await work();
    } catch (error) {
      ctx.log.error(name, error);
    }
    await ctx.clock.sleep(ms, signal).catch(() => undefined);
  }
}

/** What runs for as long as the shop is open: sending and polling, what time decides about permissions, credits, daily copies,
 * planned campaigns, the end of imports that were cut off, and files that come by themselves. */
export async function startStanding(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await Promise.all([
    sendForEver(ctx, signal, 'sender', startSender),
    sendForEver(ctx, signal, 'mail sender', startMailSender),
    dailyBackups(ctx, signal),
    keepAccountInView(ctx, signal),
    // a sleep or a clock that was set is found also where no system tells of it
    every(ctx, 20 * SECOND, signal, 'clock', () => {
      holdAtCarrier(ctx);
      return checkClock(ctx, false).catch(() => undefined);
    }),
    every(ctx, 10 * MINUTE, signal, 'consent sweep', () => {
      sweepConsent(ctx);
      return sweepSilent(ctx, signal);
    }),
    every(ctx, MINUTE, signal, 'imports cut off', () => tidyImports(ctx)),
    every(ctx, 10 * SECOND, signal, 'planned campaigns', () => runSchedules(ctx, signal)),
    every(ctx, MINUTE, signal, 'codes called off', () => goOnCallingOff(ctx, signal)),
    every(ctx, MINUTE, signal, 'follow-ups', () => runLadders(ctx, signal)),
    every(ctx, MINUTE, signal, 'automations', () => runAutomations(ctx, signal)),
    watchForEver(ctx, signal),
    every(ctx, 30 * SECOND, signal, 'clicks on links', () => readTaps(ctx, signal)),
    keepLookUpReady(ctx, signal),
    every(ctx, 30 * SECOND, signal, 'log', makeLogTidier(ctx)),
    every(ctx, HOUR, signal, 'lists on the web', () => checkDailySheets(ctx, signal)),
    every(ctx, DAY, signal, 'yearly figures', () => refreshDailyStats(ctx, signal)),
    every(ctx, 10 * SECOND, signal, 'purchases by person', () => keepHistory(ctx, signal)),
    every(ctx, 10 * MINUTE, signal, 'people in groups', () => recordGroupDays(ctx, signal)),
    every(ctx, HOUR, signal, 'last traces', () => finishErasures(ctx, signal)),
    every(ctx, DAY, signal, 'kept long enough', () => sweepRetention(ctx, signal)),
    every(ctx, MINUTE, signal, 'credits', () => creditsUpToDate(ctx, signal)),
    every(ctx, 10 * SECOND, signal, 'results', () => keepResults(ctx, signal)),
    every(ctx, MINUTE, signal, 'orders to fetch', () => remindUncollected(ctx)),
    every(ctx, MINUTE, signal, 'deliveries cut off', () => mendTelling(ctx)),
    every(ctx, 10 * SECOND, signal, 'rewards', () => keepLoyalty(ctx, signal)),
    every(ctx, MINUTE, signal, 'notices cut off', () => finishNotices(ctx)),
    every(ctx, MINUTE, signal, 'weekly page', () => printWeek(ctx)),
    every(ctx, HOUR, signal, 'results over time', () => prepareOverTime(ctx)),
  ]);
}

/** A bug in one turn of the sender must not end sending for the day: it starts over, and what was in the air is reconciled. */
async function sendForEver(ctx: Ctx, signal: AbortSignal, name: string, start: typeof startSender): Promise<void> {
  while (!signal.aborted) {
    try {
      await start(ctx, signal);
    } catch (error) {
      ctx.log.error(name, error);
      await ctx.clock.sleep(MINUTE, signal).catch(() => undefined);
    }
  }
}
