import { prepareLookUp } from '@db/queries/look-up';
import { callingCode } from '@domain/customers/phone';
import { SECOND } from '@domain/kernel';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

/** Keeps the big box ready: everybody is read in after the start, and whoever changed is taken in, in steps of a few milliseconds. */
export async function keepLookUpReady(ctx: Ctx, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    while (!signal.aborted && !prepareLookUp(ctx.db, callingCode(ctx.settings().shop.country))) {
      await nextTurn();
    }
    await ctx.clock.sleep(SECOND, signal).catch(() => undefined);
  }
}
