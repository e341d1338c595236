import { taskById } from '@db/queries/counter-tasks';
import { customerById } from '@db/queries/customers';
import { auditById, doneSince, type LogRow, takenBack, wishById } from '@db/queries/desk';
import { findLink } from '@db/queries/links';
import { offerById } from '@db/queries/offers';
import { redemptionById } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import { shopDay, startOfDay } from '@domain/calendar';
import { shortName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import type { Cents, CustomerId, UtcMs } from '@domain/kernel';
import { mayUndoLink } from '@domain/links/receipt';
import { mayUndo } from '@domain/offers/redemption';
import { reopenTaskAtCounter } from '../counter-tasks/counter-tasks';
import type { Ctx, Session } from '../ctx';
import { undoLink } from '../links/links';
import { standingOfEntry, takeBackNote, takeBackReward } from '../loyalty/counter';
import { undoRedemption } from '../offers/redeem';
import { isRemembered, takeBackNoted } from './notes';

/** "Last ten things done". */
const SHOWN = 10;

/** What was done at the counter, by its name in the audit log. */
const ACTIONS = {
  'offer.redeemed': 'redeemed',
  'offer.undone': 'undone',
  'customer.signed-up': 'signed-up',
  'consent.stopped-at-counter': 'stopped',
  'customer.here': 'here',
  'customer.note-changed': 'note',
  'customer.size-changed': 'size',
  'customer.wish-added': 'wish',
  'customer.wish-fulfilled': 'wish-done',
  'customer.wish-dropped': 'wish-dropped',
  'link.made': 'receipt',
  'task.closed': 'task',
  'loyalty.punched': 'punch',
  'loyalty.adjusted': 'points',
  'loyalty.reward-given': 'reward',
  'loyalty.joined': 'card',
} as const;

type What = (typeof ACTIONS)[keyof typeof ACTIONS] | 'asked' | 'member';

export interface DeskEntry {
  id: number;
  at: UtcMs;
  what: What;
  by: string | null;
  mine: boolean;
  name: string | null;
  words: string;
  amount: Cents | null;
  undone: boolean;
  mayUndo: boolean;
}

/** The last ten things done today, newest first, each with what can still be taken back. Names of a colleague's customers stay out. */
export function deskLog(ctx: Ctx, session: Session): DeskEntry[] {
  const since = today(ctx);
  const back = takenBack(ctx.db, since);
  return doneSince(ctx.db, since, Object.keys(ACTIONS), SHOWN).map((row) => entryOf(ctx, session, row, back));
}

function today(ctx: Ctx): UtcMs {
  const { zone } = ctx.settings().shop;
  return startOfDay(shopDay(ctx.clock.now(), zone), zone);
}

interface Facts {
  who: CustomerId | null;
  words: string;
  amount: Cents | null;
  undone: boolean;
  mayUndo: boolean;
}

function entryOf(ctx: Ctx, session: Session, row: LogRow, back: ReadonlySet<number>): DeskEntry {
  const mine = row.staffId === session.staffId;
  const facts = factsOf(ctx, session, row, back);
  const person = facts.who !== null && (mine || session.role === 'owner') ? customerById(ctx.db, facts.who) : null;
  return {
    id: row.id,
    at: row.at,
    what: whatOf(row),
    by: row.staffName,
    mine,
    name: person ? shortName(person) || null : null,
    words: facts.words,
    amount: mine || session.role === 'owner' ? facts.amount : null,
    undone: facts.undone,
    mayUndo: !facts.undone && facts.mayUndo,
  };
}

function whatOf(row: LogRow): What {
  const what = ACTIONS[row.action as keyof typeof ACTIONS];
  if (what !== 'signed-up') return what;
  const outcome = row.detail['outcome'];
  return outcome === 'in' ? 'signed-up' : outcome === 'asked' ? 'asked' : 'member';
}

/** What became of one thing, and who it was done for. */
function factsOf(ctx: Ctx, session: Session, row: LogRow, back: ReadonlySet<number>): Facts {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const role = session.role === 'owner' ? 'owner' : 'staff';
  const sameDay = role === 'owner' || shopDay(row.at, zone) === shopDay(now, zone);
  const none: Facts = { who: null, words: '', amount: null, undone: false, mayUndo: false };
  const subject = (row.subject === null ? null : Number(row.subject)) as CustomerId | null;
  switch (row.action) {
    case 'offer.redeemed':
    case 'offer.undone': {
      const r = redemptionById(ctx.db, Number(row.detail['redemption']));
      if (!r) return none;
      const words = offerById(ctx.db, r.offerId)?.name ?? '';
      const known = { ...none, who: r.customerId, words };
      if (row.action === 'offer.undone') return known;
      return { ...known, amount: r.amount, undone: r.reversedAt !== null, mayUndo: mayUndo(r, role, now, zone) };
    }
    case 'link.made': {
      const link = findLink(ctx.db, Number(row.detail['link']));
      const stands = link?.state === 'linked' && link.linkedAt !== null;
      return { ...none, who: subject, undone: !stands, mayUndo: stands && mayUndoLink(link.linkedAt as UtcMs, role, now, zone) };
    }
    case 'task.closed': {
      const task = taskById(ctx.db, Number(row.subject));
      if (!task) return none;
      return { ...none, who: task.customerId, words: task.words, undone: task.state === 'open', mayUndo: sameDay };
    }
    case 'loyalty.punched':
    case 'loyalty.adjusted':
    case 'loyalty.reward-given': {
      const { undone, mayUndo: open, words } = standingOfEntry(ctx, row.detail);
      return { ...none, who: subject, words, undone, mayUndo: open && sameDay };
    }
    case 'customer.here':
      return { ...none, who: subject, undone: back.has(row.id), mayUndo: sameDay };
    case 'customer.note-changed':
    case 'customer.size-changed':
      return { ...none, who: subject, undone: back.has(row.id), mayUndo: sameDay && isRemembered(ctx, row.id) };
    case 'customer.wish-added':
    case 'customer.wish-fulfilled':
    case 'customer.wish-dropped': {
      const wish = wishById(ctx.db, Number(row.detail['wish']));
      const asLeft = (wish?.state === 'open') === (row.action === 'customer.wish-added');
      return { ...none, who: subject, words: wish?.item ?? '', undone: back.has(row.id), mayUndo: wish !== null && asLeft && sameDay };
    }
    default:
      return { ...none, who: subject };
  }
}

/**
 * Takes one thing back. Permissions are never among them: a stop stays a stop, and a sign-up is ended by a stop.
 * @throws AppError counter.not-undoable, or what the thing's own undo refuses with
 */
export function undoAtCounter(ctx: Ctx, session: Session, auditId: number): void {
  const row = auditById(ctx.db, auditId);
  if (!row || !(row.action in ACTIONS)) throw new AppError('counter.not-undoable');
  // The owner may also take back what was done on an earlier day.
  const facts = factsOf(ctx, session, row, takenBack(ctx.db, row.at));
  if (facts.undone || !facts.mayUndo) throw new AppError('counter.not-undoable');
  if (row.action === 'offer.redeemed') {
    undoRedemption(ctx, session, Number(row.detail['redemption']));
    return;
  }
  if (row.action === 'link.made') {
    undoLink(ctx, session, Number(row.detail['link']));
    return;
  }
  if (row.action.startsWith('loyalty.')) {
    const { note, code } = row.detail;
    const done = typeof note === 'string' ? takeBackNote(ctx, note) : takeBackReward(ctx, String(code ?? ''));
    if (!done) throw new AppError('counter.not-undoable');
    return;
  }
  if (row.action === 'task.closed') {
    reopenTaskAtCounter(ctx, session, Number(row.subject));
    return;
  }
  ctx.db.tx((trx) => {
    if (!takeBackNoted(ctx, trx, session, row)) throw new AppError('counter.not-undoable');
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'counter.taken-back',
      subject: String(row.id),
      detail: { of: row.action },
    });
  });
}
