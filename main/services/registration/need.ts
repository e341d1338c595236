import { listSteps } from '@db/queries/registration';
import { shopDay } from '@domain/calendar';
import { trackerOf } from '@domain/registration/tracker';
import type { NeedCode } from '@domain/reports/week';
import type { Ctx } from '../ctx';
import { choiceNow } from './guide';

/** What the way to the carriers' approval wants from the owner now; null while there is only waiting to do, or nothing to get. */
export function registrationNeed(ctx: Ctx): Extract<NeedCode, `registration${string}`> | null {
  const { shop, texting, onboarding } = ctx.settings();
  if (texting.senderApproved || texting.mode === 'practice' || onboarding.finishedAt === null) return null;
  const choice = choiceNow(ctx);
  if (choice?.path === 'refused' || choice?.path === 'elsewhere') return null;
  if (!choice) return 'registration';
  const { stages, current } = trackerOf(choice.path, listSteps(ctx.db), shopDay(ctx.clock.now(), shop.zone));
  const now = stages.find((s) => s.stage === current);
  if (!now || now.state === 'not-yet') return 'registration'; // all approved and not said so yet, or the next form to hand in
  if (now.state === 'rejected') return 'registration-rejected';
  return now.overdue ? 'registration-late' : null;
}
