import { AppError } from '@domain/errors';
import type { Ctx } from '../ctx';

/**
 * Why nobody can hold texts for later: no account yet, no Messaging Service that sends from this number alone, one that would lose the
 * replies, or the account could not be asked just now.
 */
export type NoService = 'not-connected' | 'no-service' | 'replies-lost' | 'unreachable';

/**
 * The Messaging Service that may hold this shop's texts until a time: the sender itself, or the one service that has exactly the
 * sender's number in it (with more numbers people could hear from one they do not know). Twilio holds texts for services only.
 */
export async function holdingService(ctx: Ctx): Promise<{ sid: string } | { sid: null; why: NoService }> {
  const { sender, mode } = ctx.settings().texting;
  if (sender === null || mode === 'none') return { sid: null, why: 'not-connected' };
  if (sender.kind === 'service') return { sid: sender.sid };
  try {
    const { services } = await (await ctx.gateway()).probe();
    const own = services.filter((s) => s.numbers.length === 1 && s.numbers[0] === sender.number);
    const good = own.find((s) => s.logsReplies);
    if (good) return { sid: good.sid };
    return { sid: null, why: own.length > 0 ? 'replies-lost' : 'no-service' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { sid: null, why: error.code === 'sms.not-connected' ? 'not-connected' : 'unreachable' };
  }
}
