import { dailyBackups } from '@services/backups/backups';
import type { Ctx } from '@services/ctx';
import { recoverImports } from '@services/imports/undo';

/** What runs for as long as the shop is open: picking up what a crash left, sending, polling, daily copies. */
export async function startStanding(ctx: Ctx, signal: AbortSignal): Promise<void> {
  await Promise.all([recoverImports(ctx), dailyBackups(ctx, signal)]);
}
