import type { UtcMs } from '@domain/kernel';
import type { SmsGateway } from '@ports/sms-gateway';
import type { Ctx } from '@services/ctx';
import { type FreshReplies, freshReplies } from '@services/inbox/sync';

/** A carrier to whom nobody has written. */
const quiet = { list: async () => ({ messages: [], next: null }) } as unknown as SmsGateway;

/** Proof that replies were read at `now`, as a sender gets it: by really reading them, from a carrier that has none. */
export async function freshAt(ctx: Ctx, now: UtcMs = ctx.clock.now()): Promise<FreshReplies> {
  const at = { ...ctx, clock: { ...ctx.clock, now: () => now }, gateway: async () => quiet };
  return (await freshReplies(at, -1)).proof;
}
