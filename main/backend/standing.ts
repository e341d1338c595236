import { dailyBackups } from '@services/backups/backups';
import type { Ctx } from '@services/ctx';

/** What runs for as long as the shop is open: picking up what a crash left, sending, polling, daily copies. */
export async function startStanding(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await Promise.all([dailyBackups(ctx, signal)]);
}
