import type { Envelope } from '@contract/errors';
import { sessionAt } from '@services/counter/turn';
import { haltOf } from '@services/outbox/halt';
import { whatIsLeaving } from '@services/outbox/leaving';
import { pauseAll, resumeAll } from '@services/outbox/pause-all';
import { senderState } from '@services/outbox/sender-state';
import { errorEnvelope } from './dispatch';
import type { OpenShop } from './open-shop';
import type { ShellAnswer, ToBackend } from './rpc';

/** What keeps everything from leaving until somebody does something; the rest ends by itself. */
const NEEDS_A_LOOK = new Set(['account', 'not-connected', 'disk-full']);

/**
 * The shell's own questions. They come from the tray and from whoever quits, not from a page: stopping is anybody's, letting texts leave
 * again only the owner's who is signed in at that window. Never throws.
 */
export function answerShell({ ctx, readOnly }: OpenShop, m: Extract<ToBackend, { t: 'ask' }>): Envelope<ShellAnswer> {
  try {
    const session = sessionAt(ctx, m.windowId);
    const owner = session.role === 'owner';
    if (m.what === 'pause-all' && !readOnly) pauseAll(ctx, session.staffId);
    if (m.what === 'resume-all' && !readOnly && owner) resumeAll(ctx, session.staffId);
    const leaving = whatIsLeaving(ctx, m.what !== 'leaving');
    const { block } = senderState(ctx);
    const halt = haltOf(ctx);
    const halted =
      halt === 'clock-wrong' ||
      halt === 'replies-lost' ||
      (block !== null && NEEDS_A_LOOK.has(block.reason) && leaving.now + leaving.later.count > 0);
    // A second copy sends nothing: closing it leaves nothing behind.
    const nothing = { underWay: 0, now: 0, closesAt: null, beforeClose: null, lasts: null, later: { count: 0, next: null }, preparing: 0 };
    const own = readOnly ? { ...leaving, ...nothing, scheduled: { campaigns: 0, people: 0, next: null } } : leaving;
    return { ok: true, value: { leaving: own, halted, owner } };
  } catch (error) {
    return { ok: false, error: errorEnvelope(error) };
  }
}
