import type { UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { mailState } from './state';

/** Something changed: mails may leave now. `anew`: also what kept them (a wrong password) may be over. */
export function wakeMail(ctx: Ctx, anew = false): void {
  const s = mailState(ctx);
  if (anew) {
    s.block = null;
    s.streak = 0;
    s.mailer?.mailer.close();
    s.mailer = null;
    s.inboxAt = 0 as UtcMs;
  }
  s.woken = true;
  s.wakeNap();
}
