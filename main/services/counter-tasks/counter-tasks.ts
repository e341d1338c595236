import { personOf } from '@db/queries/consent';
import { allTasks, type CounterTaskRow, openTasks, reopenTask, settleTask, taskById } from '@db/queries/counter-tasks';
import { setWishState } from '@db/queries/desk';
import { inboundBySid } from '@db/queries/inbox';
import { audit } from '@db/queries/staff';
import { wishesClosedAt, wishesToldIn } from '@db/queries/wishes';
import { shopDay } from '@domain/calendar';
import { OUTCOMES_OF, stateAfter, type TaskKind, type TaskOutcome, withoutNumbers } from '@domain/counter/task';
import { shortName } from '@domain/customers/name';
import { wishKey } from '@domain/customers/wishes';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import type { Ctx, Session } from '../ctx';
import { openCounterTask } from './open';

const CAME_TRUE: readonly TaskOutcome[] = ['sold', 'picked-up'];

/** Staff see what is to be done for whom, not a history to leaf through. */
const MOST = 50;

/** A task as staff may see it: first name and initial, last four digits, no numbers, no money. */
export type StaffTask = Pick<
  CounterTaskRow,
  'id' | 'kind' | 'words' | 'said' | 'campaignName' | 'dueAt' | 'state' | 'outcome' | 'createdAt' | 'doneAt'
> & {
  name: string;
  phoneEnd: string | null;
};

const forStaff = (t: CounterTaskRow): StaffTask => ({
  id: t.id,
  kind: t.kind,
  words: t.words,
  said: withoutNumbers(t.said),
  campaignName: t.campaignName,
  dueAt: t.dueAt,
  state: t.state,
  outcome: t.outcome,
  createdAt: t.createdAt,
  doneAt: t.doneAt,
  name: shortName({ firstName: t.firstName, lastName: t.lastName }),
  phoneEnd: t.address?.slice(-4) ?? null,
});

/** What is to be done at the counter, most urgent first. */
export function openAtCounter(ctx: Ctx): { open: StaffTask[]; more: number } {
  const { rows, total } = openTasks(ctx.db, MOST);
  return { open: rows.map(forStaff), more: total - rows.length };
}

/** Every task with what became of it, for the owner: open ones first. */
export const ownersTasks = (ctx: Ctx, page: { offset: number; limit: number }): { rows: CounterTaskRow[]; total: number } =>
  allTasks(ctx.db, page);

/**
 * The owner makes a task of a reply, or of a conversation without naming one.
 * @throws AppError inbox.not-found
 */
export function makeTask(
  ctx: Ctx,
  session: Session,
  t: { sid: string | null; phone: PhoneE164; customerId: CustomerId | null; kind: TaskKind; words: string },
): { id: number; isNew: boolean } {
  const { shop } = ctx.settings();
  const at = ctx.clock.now();
  return ctx.db.tx((trx) => {
    const reply = t.sid === null ? null : inboundBySid(trx, t.sid);
    if (t.sid !== null && reply?.from !== t.phone) throw new AppError('inbox.not-found');
    const customerId = t.customerId ?? reply?.customerId ?? (personOf(trx, t.phone)?.id as CustomerId | undefined) ?? null;
    const made = openCounterTask(trx, {
      kind: t.kind,
      customerId,
      address: t.phone,
      words: t.words,
      campaignId: reply?.campaignId ?? null,
      inboundSid: t.sid,
      shop,
      at,
      staffId: session.staffId,
    });
    if (made.isNew) audit(trx, { at, staffId: session.staffId, action: 'task.made', subject: String(made.id), detail: { kind: t.kind } });
    return made;
  });
}

/**
 * What became of a task. Refuses an ending that does not belong to its kind, and one that is over already.
 * @throws AppError counter-task.not-found | input.invalid
 */
export function closeTask(ctx: Ctx, session: Session, d: { id: number; outcome: TaskOutcome; note: string }): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    const task = taskById(trx, d.id);
    if (!task) throw new AppError('counter-task.not-found');
    if (!OUTCOMES_OF[task.kind].includes(d.outcome)) throw new AppError('input.invalid', { field: 'outcome' });
    const state = stateAfter(d.outcome);
    const settled = settleTask(trx, { id: d.id, state, outcome: d.outcome, note: d.note.trim(), doneAt: now, doneBy: session.staffId });
    if (!settled) throw new AppError('counter-task.not-found');
    // sold: what they were waiting for is theirs; of several in one text only what their reply names, the till shows the rest
    if (CAME_TRUE.includes(d.outcome) && task.campaignId !== null && task.customerId !== null) {
      const told = wishesToldIn(trx, task.campaignId, task.customerId);
      const said = wishKey(task.said).split(' ');
      const named = told.filter((w) =>
        wishKey(w.item)
          .split(' ')
          .some((word) => word.length > 2 && said.includes(word)),
      );
      for (const w of told.length === 1 ? told : named) {
        setWishState(trx, w.id, 'fulfilled', now, session.staffId);
        audit(trx, {
          at: now,
          staffId: session.staffId,
          action: 'customer.wish-fulfilled',
          subject: String(task.customerId),
          detail: { wish: w.id },
        });
      }
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'task.closed', subject: String(d.id), detail: { outcome: d.outcome } });
  });
}

/**
 * "That was a mistake": the task is open again. Staff the same shop day, the owner later.
 * @throws AppError counter-task.not-found
 */
export function reopenTaskAtCounter(ctx: Ctx, session: Session, id: number): void {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  ctx.db.tx((trx) => {
    const task = taskById(trx, id);
    const mine = session.role === 'owner' || (task?.doneAt != null && shopDay(task.doneAt, zone) === shopDay(now, zone));
    if (!task || !mine || !reopenTask(trx, id)) throw new AppError('counter-task.not-found');
    // what this very ending had closed waits again
    if (task.outcome !== null && CAME_TRUE.includes(task.outcome) && task.campaignId !== null && task.customerId !== null) {
      for (const wishId of wishesClosedAt(trx, task.campaignId, task.customerId, task.doneAt)) {
        setWishState(trx, wishId, 'open', now, session.staffId);
        audit(trx, {
          at: now,
          staffId: session.staffId,
          action: 'customer.wish-reopened',
          subject: String(task.customerId),
          detail: { wish: wishId },
        });
      }
    }
    audit(trx, {
      at: now,
      staffId: session.staffId,
      action: 'task.reopened',
      subject: String(id),
      detail: { outcome: task.outcome ?? '' },
    });
  });
}
