import { customerById } from '@db/queries/customers';
import { deleteLink, sameNote } from '@db/queries/links';
import {
  insertMember,
  insertNote,
  insertReward,
  memberSince,
  type NoteRow,
  noteByUid,
  notesOf,
  punchOfReceipt,
  rewardOfCode,
  undoNote,
} from '@db/queries/loyalty';
import { codeRow, voidCode } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import { accountRow, entriesOfPerson, mayCollect } from '@db/queries/points';
import { usesOf } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import { addDays, daysBetween, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import type { Cents, CustomerId, OfferId, ShopDay } from '@domain/kernel';
import { readReceiptNo } from '@domain/links/receipt';
import { noteGives } from '@domain/loyalty/earn';
import { type LoyaltyTerms, percentOn } from '@domain/loyalty/terms';
import { codeWindow } from '@domain/offers/window';
import { brief, type CounterOffer } from '../counter/card';
import { refuseUnlessInFront } from '../counter/in-front';
import type { Ctx, Session } from '../ctx';
import { noteReceipt } from '../links/links';
import { drawCode, journalSoon } from '../offers/codes';
import { journalLoyalty } from './journal';
import { accountFor, accountNow, keepOne, type Programme, programmeOf, reach, usable } from './keep';

/** A receipt number is looked for among the punches of so many days. */
const RECEIPT_DAYS = 60;
const SHOWN = 3;

const today = (ctx: Ctx): ShopDay => shopDay(ctx.clock.now(), ctx.settings().shop.zone);

/** What to say about a person's card at the counter; null where there is nothing to say. */
export function loyaltyCard(ctx: Ctx, session: Session, customerId: CustomerId) {
  refuseUnlessInFront(ctx, session, customerId);
  const programme = programmeOf(ctx);
  const { terms, now } = programme;
  if (terms === null || now === null || !usable(ctx, programme) || !mayCollect(ctx.db, customerId)) return null;
  const row = accountFor(ctx, customerId);
  const balance = row?.balance ?? 0;
  const member = memberSince(ctx.db, customerId) !== null;
  const collects = terms.joining === 'all' || member;
  const on = now.state === 'on';
  if (!on && balance <= 0) return null;
  const rewards = terms.rewards.flatMap((r) => {
    const offer = offerById(ctx.db, r.offerId);
    return offer ? [{ offerId: r.offerId, needs: r.cost, times: Math.max(0, Math.floor(balance / r.cost)), offer: brief(offer) }] : [];
  });
  const tier = terms.tiers[row?.tier ?? -1];
  const { missing } = reach(terms, balance);
  const soon = row?.expiresOn != null && daysBetween(today(ctx), row.expiresOn) <= terms.noticeDays;
  return {
    kind: terms.kind,
    on,
    joining: terms.joining,
    collects,
    have: balance,
    unconfirmed: row?.unconfirmed ?? 0,
    missing,
    rewards,
    tier: tier ? { name: tier.name, nameEs: tier.nameEs } : null,
    expiring: row && soon && row.expiresOn !== null ? { day: row.expiresOn, points: row.expiresPoints } : null,
    useUntil: on ? null : now.useUntil,
    /** On a card per visit: today is on it already. */
    countedToday: terms.kind === 'visits' && isCountedToday(ctx, customerId, programme),
    staffMost: session.role === 'owner' ? null : terms.staffMost,
    recent: entriesOfPerson(ctx.db, customerId, { offset: 0, limit: SHOWN }).rows.map((e) => ({
      kind: e.kind,
      points: e.points,
      day: e.day,
    })),
  };
}

function isCountedToday(ctx: Ctx, id: CustomerId, programme: Programme): boolean {
  const cause = `day:${today(ctx)}`;
  return accountNow(ctx, id, programme).movements.some((m) => m.cause === cause);
}

function programmeOn(ctx: Ctx): { programme: Programme; terms: LoyaltyTerms } {
  const programme = programmeOf(ctx);
  if (programme.terms === null || programme.now?.state !== 'on') throw new AppError('loyalty.off');
  return { programme, terms: programme.terms };
}

function personIn(ctx: Ctx, session: Session, id: CustomerId): void {
  refuseUnlessInFront(ctx, session, id);
  if (!customerById(ctx.db, id) || !mayCollect(ctx.db, id)) throw new AppError('customer.not-found');
}

const uidOf = (ctx: Ctx): string => [...ctx.randomBytes(8)].map((b) => b.toString(16).padStart(2, '0')).join('');

/**
 * Somebody asks for a card: purchases count from today on. Needs neither a phone nor permission (rules.md §1). Asked again, nothing
 * changes.
 * @throws AppError loyalty.off | customer.not-found | counter.not-in-front
 */
export function joinLoyalty(ctx: Ctx, session: Session, customerId: CustomerId): void {
  programmeOn(ctx);
  personIn(ctx, session, customerId);
  if (memberSince(ctx.db, customerId) !== null) return;
  const at = ctx.clock.now();
  const member = { customerId, sinceDay: today(ctx), at, staffId: session.staffId };
  ctx.db.tx((trx) => {
    insertMember(trx, member);
    audit(trx, { at, staffId: session.staffId, action: 'loyalty.joined', subject: String(customerId) });
    keepOne(ctx, trx, customerId, programmeOf(ctx));
  });
  journalLoyalty(ctx, { member });
}

export interface PunchInput {
  customerId: CustomerId;
  amount: Cents | null;
  count: number;
  receiptNo: string | null;
}

/**
 * A visit noted by hand, good until the till file tells the sale, which then counts in its place. A receipt number is also looked for in
 * the files, as anywhere else it is typed.
 * @throws AppError loyalty.off | loyalty.counted-today | loyalty.receipt-counted | loyalty.sale-counted | loyalty.below-least |
 *   input.invalid {field: amount | count}
 */
export function punch(ctx: Ctx, session: Session, input: PunchInput): { points: number; have: number } {
  const { terms } = programmeOn(ctx);
  const { customerId } = input;
  personIn(ctx, session, customerId);
  const day = today(ctx);
  const receiptNo = readReceiptNo(input.receiptNo ?? '');
  if (terms.kind === 'points' && input.amount === null) throw new AppError('input.invalid', { field: 'amount' });
  if (terms.kind === 'items' && input.count < 1) throw new AppError('input.invalid', { field: 'count' });
  if (terms.kind === 'visits' && isCountedToday(ctx, customerId, programmeOf(ctx))) throw new AppError('loyalty.counted-today');
  const points = noteGives(terms, { day, amount: input.amount, count: input.count }, percentOn(terms, day));
  if (points <= 0) throw new AppError('loyalty.below-least');
  if (receiptNo !== null && punchOfReceipt(ctx.db, receiptNo, addDays(day, -RECEIPT_DAYS)) !== null)
    throw new AppError('loyalty.receipt-counted');
  const at = ctx.clock.now();
  const note: Omit<NoteRow, 'id'> = {
    uid: uidOf(ctx),
    customerId,
    kind: 'punch',
    at,
    day,
    points: 0,
    amount: input.amount,
    count: input.count,
    receiptNo,
    reason: '',
    staffId: session.staffId,
    undoneAt: null,
  };
  const had = accountFor(ctx, customerId)?.balance ?? 0;
  const joins = terms.joining === 'asked' && memberSince(ctx.db, customerId) === null;
  const member = { customerId, sinceDay: day, at, staffId: session.staffId };
  ctx.db.tx((trx) => {
    if (joins) insertMember(trx, member);
    insertNote(trx, note);
    if (receiptNo !== null) noteReceipt(ctx, session, { customerId, receiptNo, origin: 'here' });
    audit(trx, {
      at,
      staffId: session.staffId,
      action: 'loyalty.punched',
      subject: String(customerId),
      detail: { note: note.uid, points },
    });
    keepOne(ctx, trx, customerId, programmeOf(ctx));
    // a sale of today took its place at once, and gave what it gives before
    if (accountNow(ctx, customerId).settled.has(note.uid) && (accountRow(trx, customerId)?.balance ?? 0) <= had)
      throw new AppError('loyalty.sale-counted');
  });
  if (joins) journalLoyalty(ctx, { member });
  journalLoyalty(ctx, { note });
  const have = accountFor(ctx, customerId)?.balance ?? 0;
  return { points: have - had, have };
}

/**
 * Something given or taken by hand, with the reason. Staff may move so much for one person and day as the terms say.
 * @throws AppError loyalty.off | loyalty.staff-most {most} | input.invalid {field: points | reason}
 */
export function adjust(ctx: Ctx, session: Session, input: { customerId: CustomerId; points: number; reason: string }): { have: number } {
  const programme = programmeOf(ctx);
  const { terms } = programme;
  if (terms === null || !usable(ctx, programme)) throw new AppError('loyalty.off');
  const { customerId, points } = input;
  personIn(ctx, session, customerId);
  const reason = input.reason.trim().replace(/\s+/g, ' ');
  if (!Number.isInteger(points) || points === 0) throw new AppError('input.invalid', { field: 'points' });
  if (reason === '') throw new AppError('input.invalid', { field: 'reason' });
  const at = ctx.clock.now();
  const day = today(ctx);
  const note: Omit<NoteRow, 'id'> = {
    uid: uidOf(ctx),
    customerId,
    kind: 'adjust',
    at,
    day,
    points,
    amount: null,
    count: 1,
    receiptNo: null,
    reason,
    staffId: session.staffId,
    undoneAt: null,
  };
  if (session.role !== 'owner') {
    const moved = notesOf(ctx.db, customerId)
      .filter((n) => n.kind === 'adjust' && n.day === day && n.staffId === session.staffId)
      .reduce((sum, n) => sum + Math.abs(n.points), 0);
    if (moved + Math.abs(points) > terms.staffMost) throw new AppError('loyalty.staff-most', { most: terms.staffMost });
  }
  // whoever is given something has a card from then on
  const joins = points > 0 && programme.now?.state === 'on' && terms.joining === 'asked' && memberSince(ctx.db, customerId) === null;
  const member = { customerId, sinceDay: day, at, staffId: session.staffId };
  ctx.db.tx((trx) => {
    if (joins) insertMember(trx, member);
    insertNote(trx, note);
    audit(trx, {
      at,
      staffId: session.staffId,
      action: 'loyalty.adjusted',
      subject: String(customerId),
      detail: { note: note.uid, points },
    });
    keepOne(ctx, trx, customerId, programme);
  });
  if (joins) journalLoyalty(ctx, { member });
  journalLoyalty(ctx, { note });
  return { have: accountFor(ctx, customerId)?.balance ?? 0 };
}

/**
 * Gives a reward out as a code of this person: what it costs is taken now and comes back if the code runs out unused or is called off. The
 * code is then used like any other.
 * @throws AppError loyalty.off | loyalty.not-enough | offer.not-found | offer.code-expired
 */
export function giveReward(ctx: Ctx, session: Session, input: { customerId: CustomerId; offerId: OfferId }): CounterOffer {
  const programme = programmeOf(ctx);
  const { terms } = programme;
  if (terms === null || !usable(ctx, programme)) throw new AppError('loyalty.off');
  const { customerId } = input;
  personIn(ctx, session, customerId);
  const reward = terms.rewards.find((r) => r.offerId === input.offerId);
  const offer = offerById(ctx.db, input.offerId);
  if (!reward || !offer) throw new AppError('offer.not-found');
  const at = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const given = ctx.db.tx((trx) => {
    if (accountNow(ctx, customerId, programme).balance < reward.cost) throw new AppError('loyalty.not-enough');
    const { startsAt, endsAt } = codeWindow(offer, at, zone);
    if (endsAt <= at) throw new AppError('offer.code-expired', { at: endsAt });
    const code = drawCode(ctx, trx, {
      offerId: offer.id,
      campaignId: null,
      customerId,
      state: 'issued',
      issuedAt: at,
      expiresAt: endsAt,
      uses: 1,
      startsAt,
    });
    const row = { code: code.code, customerId, cost: reward.cost, at, day: shopDay(at, zone), staffId: session.staffId };
    insertReward(trx, row);
    audit(trx, {
      at,
      staffId: session.staffId,
      action: 'loyalty.reward-given',
      subject: String(customerId),
      detail: { code: code.code, offer: offer.id, points: reward.cost },
    });
    keepOne(ctx, trx, customerId, programme);
    // with the reward it is
    journalSoon(ctx, [code]);
    return code;
  });
  return {
    code: given.code,
    shared: false,
    expiresAt: given.expiresAt,
    offer: brief(offer),
    left: 1,
    refusal: null,
    mayHonour: false,
  };
}

/** Takes a note of staff back; false when it is gone already. */
export function takeBackNote(ctx: Ctx, uid: string): boolean {
  const at = ctx.clock.now();
  const note = noteByUid(ctx.db, uid);
  if (!note || note.undoneAt !== null) return false;
  ctx.db.tx((trx) => {
    undoNote(trx, uid, at);
    // its receipt is looked for no more; what a file has tied by it meanwhile is undone where links are
    const link = note.receiptNo === null ? null : sameNote(trx, note.customerId, note.receiptNo);
    if (link?.state === 'waiting' && link.origin === 'here') deleteLink(trx, link.id);
    keepOne(ctx, trx, note.customerId, programmeOf(ctx));
  });
  const { id: _, ...row } = note;
  journalLoyalty(ctx, { note: { ...row, undoneAt: at } });
  return true;
}

/** Takes back a reward that was not used: its code ends, what it cost is there again. */
export function takeBackReward(ctx: Ctx, code: string): boolean {
  const at = ctx.clock.now();
  const reward = rewardOfCode(ctx.db, code);
  if (!reward || usesOf(ctx.db, code).length > 0) return false;
  const done = ctx.db.tx((trx) => {
    if (!voidCode(trx, code, at, 'owner')) return false;
    keepOne(ctx, trx, reward.customerId, programmeOf(ctx));
    return true;
  });
  if (done) ctx.journal.append([{ kind: 'codes-voided', at, row: { code, why: 'owner' } }]);
  return done;
}

/** How a note or a reward stands, for the counter's list of what was done. */
export function standingOfEntry(ctx: Ctx, detail: Record<string, unknown>): { undone: boolean; words: string; mayUndo: boolean } {
  const uid = detail['note'];
  if (typeof uid === 'string') {
    const note = noteByUid(ctx.db, uid);
    const { points } = detail;
    const words = typeof points === 'number' ? `${points > 0 ? '+' : '−'}${Math.abs(points)}` : '';
    return { undone: note === null || note.undoneAt !== null, words, mayUndo: note !== null && note.undoneAt === null };
  }
  const code = codeRow(ctx.db, String(detail['code'] ?? ''));
  if (code === null) return { undone: true, words: '', mayUndo: false };
  const open = usesOf(ctx.db, code.code).length === 0 && (code.state === 'issued' || code.state === 'reversed');
  return { undone: code.state === 'voided', words: offerById(ctx.db, code.offerId)?.name ?? '', mayUndo: open };
}
