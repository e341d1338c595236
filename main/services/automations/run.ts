import { type DueRow, dropDue, dueNow, noteTodo, overdue, takeCause, waitsFor, writtenSince } from '@db/queries/automation-events';
import { type Automation, automationById, listAutomations, moveAutomation, runningAutomations } from '@db/queries/automations';
import { unfinishedImport } from '@db/queries/imports';
import { KINDS } from '@domain/automations/kinds';
import { shopDay, startOfDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { ImportId } from '@domain/kernel';
import { mustLookBack } from '../backups/look-back';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { haltOf } from '../outbox/halt';
import { senderState, wakeSender } from '../outbox/sender-state';
import { salesKnown } from '../outbox/stale-sales';
import { editionOf, finishOld, sealOf } from './edition';
import { journalCauses } from './journal';
import { keepDues } from './keep';
import { lookOf, sharedGap, triggerOf } from './look';
import { takeSome } from './take';

/** People taken in one go: a few milliseconds. */
const AT_ONCE = 25;

/**
 * One look: whoever's day has come is written to. After each import, by the clock and at wake; as often as one likes, and cut off
 * anywhere: each cause can be taken once, together with its text. Returns how many texts were queued.
 */
export async function runAutomations(ctx: Ctx, signal?: AbortSignal): Promise<number> {
  await keepDues(ctx, signal);
  for (const a of listAutomations(ctx.db)) finishOld(ctx, a);
  let texts = 0;
  const gap = sharedGap(ctx);
  for (const a of runningAutomations(ctx.db)) {
    // asleep, paused as a whole, a clock that is off, a copy not yet held against the carrier's list: whether a day has come is not to be decided now
    if (signal?.aborted || haltOf(ctx) !== null || mustLookBack(ctx.db)) break;
    // what an import under way tells may be that they came
    if (unfinishedImport(ctx.db, 0 as ImportId) !== null) break;
    texts += await runOne(ctx, a, gap, signal);
  }
  if (texts > 0) {
    wakeSender(ctx);
    ctx.changed('campaigns', 'outbox', 'offers');
  }
  return texts;
}

async function runOne(ctx: Ctx, a: Automation, gap: () => number, signal?: AbortSignal): Promise<number> {
  if (triggerOf(a.kind) === null || a.walkAfter !== null) return 0;
  const look = lookOf(ctx, a, { gap });
  await expire(ctx, a, signal);
  let texts = 0;
  let edition: ReturnType<typeof editionOf> | undefined;
  let after = { dueAt: Number.MIN_SAFE_INTEGER, customerId: Number.MIN_SAFE_INTEGER };
  for (;;) {
    if (signal?.aborted) return texts;
    const due = dueNow(ctx.db, a.id, look.now, after, AT_ONCE);
    const last = due.at(-1);
    if (last === undefined) return texts;
    after = { dueAt: last.dueAt, customerId: last.customerId };
    // nobody is told they are missed while the sales of the last open day are not here (rules.md §3)
    if (KINDS[a.kind].absence && salesKnown(ctx, senderState(ctx), look.now).behind) return texts;
    const room = roomToday(ctx, a);
    if (room <= 0) return texts;
    edition ??= theEdition(ctx, a);
    if (edition === null || automationById(ctx.db, a.id)?.state !== 'on') return texts;
    texts += await takeSome(ctx, { automation: a, look, edition, due, room });
    await nextTurn();
  }
}

/** Null: it waits for the owner. */
function theEdition(ctx: Ctx, a: Automation): ReturnType<typeof editionOf> {
  try {
    const sealed = sealOf(ctx, a);
    // the offer, a group or a field was changed elsewhere since the owner read it
    if (a.sealed !== null && sealed !== a.sealed) return hold(ctx, a, 'words');
    return editionOf(ctx, a, sealed);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return hold(ctx, a, 'words');
  }
}

function hold(ctx: Ctx, a: Automation, held: string): null {
  ctx.db.tx((trx) => moveAutomation(trx, a.id, ['on'], { state: 'paused', held }, ctx.clock.now()));
  ctx.log.warn('an automation waits for the owner', { automation: a.id, held });
  ctx.changed('campaigns');
  return null;
}

function roomToday(ctx: Ctx, a: Automation): number {
  if (a.mostPerDay === null) return Number.MAX_SAFE_INTEGER;
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  return a.mostPerDay - writtenSince(ctx.db, a.id, startOfDay(shopDay(now, zone), zone));
}

/** What came too late: the computer was off, a cap did not free in time, the till file did not come. */
async function expire(ctx: Ctx, a: Automation, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const now = ctx.clock.now();
    const late: DueRow[] = overdue(ctx.db, a.id, now, 100);
    if (late.length === 0) return;
    ctx.db.tx((trx) => {
      for (const d of late) {
        const { customerId, cause, dueAt } = d;
        const waits = waitsFor(trx, a.id, d);
        const behind = KINDS[a.kind].absence && salesKnown(ctx, senderState(ctx), now).behind;
        const reason = waits ?? (behind ? 'stale-sales' : 'too-late');
        takeCause(trx, {
          automationId: a.id,
          customerId,
          cause,
          dueAt,
          outcome: 'expired',
          reason,
          campaignId: null,
          againAt: null,
          at: now,
        });
        dropDue(trx, a.id, d);
        // what comes after it, next year's
        noteTodo(trx, customerId);
      }
    });
    journalCauses(
      ctx,
      a,
      late.map((d) => d.customerId),
      now,
    );
    await nextTurn();
  }
}
