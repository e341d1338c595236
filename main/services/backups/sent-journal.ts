import type { CauseKind, MessageClass } from '@db/queries/outbox';
import type { PhoneE164, UtcMs } from '@domain/kernel';
import type { Ctx, Journal } from '../ctx';

/** One text that the carrier has, as the journal keeps it: no words, so that lines stay short. */
export interface SentText {
  cause: { kind: CauseKind; id: string };
  to: PhoneE164;
  at: UtcMs;
  messageClass: MessageClass;
  sid: string;
  segments: number;
  quotedPrice: number | null;
  code: string | null;
  customerId: number | null;
  /** The carrier holds it until then. */
  sendAt: UtcMs | null;
}

/** Lines are written together: one wait for the disk for many texts. What a crash takes of them stands in the carrier's own list. */
const SOON_MS = 1000;
const AT_ONCE = 100;

const waiting = new WeakMap<Journal, { texts: SentText[]; timer: NodeJS.Timeout | null }>();

/** Notes that the carrier took a text: a restored copy then knows it without asking, for caps and against sending it again. */
export function journalSent(ctx: Pick<Ctx, 'journal' | 'log' | 'clock'>, text: SentText): void {
  let w = waiting.get(ctx.journal);
  if (!w) {
    w = { texts: [], timer: null };
    waiting.set(ctx.journal, w);
  }
  w.texts.push(text);
  if (w.texts.length >= AT_ONCE) flushSent(ctx);
  else if (!w.timer) {
    w.timer = setTimeout(() => flushSent(ctx), SOON_MS);
    w.timer.unref();
  }
}

/** Writes what still waits; when the shop closes, too. */
export function flushSent(ctx: Pick<Ctx, 'journal' | 'log' | 'clock'>): void {
  const w = waiting.get(ctx.journal);
  if (!w) return;
  if (w.timer) clearTimeout(w.timer);
  w.timer = null;
  const texts = w.texts.splice(0);
  if (texts.length === 0) return;
  try {
    ctx.journal.append([{ kind: 'texts', at: ctx.clock.now(), row: { texts } }]);
  } catch (error) {
    ctx.log.error('journal of texts', error);
  }
}
