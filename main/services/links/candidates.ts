import { customerById } from '@db/queries/customers';
import {
  cardsOf,
  type LinkSale,
  linksOfPerson,
  newestWaiting,
  type OpenMoment,
  openMoments,
  openMomentsOf,
  salesNear,
  salesOfLink,
} from '@db/queries/links';
import { redemptionById } from '@db/queries/redemptions';
import { showName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type Cents, type CustomerId, DAY, type UtcMs } from '@domain/kernel';
import { NEAR_MS, paidAmounts, rankCandidates } from '@domain/links/candidates';
import { type LinkOrigin, mayUndoLink } from '@domain/links/receipt';
import { nextTurn } from '../chunks';
import type { Ctx, Session } from '../ctx';
import { choiceOf, lookAtReceipt, type ReceiptView, type SaleChoice, salesOfNumber } from './links';

/** Moments older than this ask nobody any more. */
const ASK_DAYS = 60;
const MOST_MOMENTS = 10;
const MOST_CHOICES = 8;

export interface Candidate extends SaleChoice {
  /** Paid with a card that is on sales already theirs, or whose last digits were typed: a hint, never proof. */
  sameCard: boolean;
}

/** A redeemed code or a visit without a sale, with the sales of those minutes that could be it. */
export interface Moment {
  redemptionId: number | null;
  at: UtcMs;
  amount: Cents | null;
  offerName: string | null;
  choices: Candidate[];
}

/** Sales of these ten minutes (and this amount) that nobody known has; offered, never tied by themselves (rules.md §8). */
function choicesAt(ctx: Ctx, person: CustomerId, clue: { at: UtcMs; amount: number | null }, cards: readonly string[]): Candidate[] {
  const near = salesNear(ctx.db, (clue.at - NEAR_MS) as UtcMs, (clue.at + NEAR_MS) as UtcMs, person)
    .filter((s: LinkSale) => s.holder === null || s.holder.weak)
    .map((s) => ({ ...s, paid: paidAmounts(s) }));
  return rankCandidates({ ...clue, last4: cards }, near)
    .slice(0, MOST_CHOICES)
    .map((s) => ({ ...choiceOf(s, person), sameCard: s.sameCard }));
}

/** Moments of one person; a sale is asked about once, at the moment that knows most of it (a redemption before a visit). */
function momentsWithChoices(ctx: Ctx, moments: readonly OpenMoment[], cards: readonly string[]): Moment[] {
  const asked = new Set<number>();
  const out: Moment[] = [];
  for (const m of [...moments].sort((a, b) => Number(a.redemptionId === null) - Number(b.redemptionId === null))) {
    const choices = choicesAt(ctx, m.customerId, m, cards).filter((c) => !asked.has(c.saleId));
    for (const c of choices) asked.add(c.saleId);
    if (choices.length) out.push({ redemptionId: m.redemptionId, at: m.at, amount: m.amount, offerName: m.offerName, choices });
  }
  return out.sort((a, b) => b.at - a.at);
}

/** "Could these be hers?": moments of one person with the sales that fit. `last4`: digits of the card, when they show it. */
export function candidatesOf(ctx: Ctx, person: CustomerId, last4: string | null): Moment[] {
  if (!customerById(ctx.db, person)) throw new AppError('customer.not-found');
  const since = (ctx.clock.now() - ASK_DAYS * DAY) as UtcMs;
  return momentsWithChoices(ctx, openMomentsOf(ctx.db, person, since, MOST_MOMENTS), cards(ctx, person, last4));
}

/** The same for one redemption, right after it. */
export function candidatesOfRedemption(ctx: Ctx, redemptionId: number, last4: string | null): Moment[] {
  const r = redemptionById(ctx.db, redemptionId);
  if (!r || r.customerId === null || r.saleId !== null || r.reversedAt !== null) return [];
  const moment = { customerId: r.customerId, redemptionId, at: r.at, amount: r.amount, offerName: null };
  return momentsWithChoices(ctx, [moment], cards(ctx, r.customerId, last4));
}

const cards = (ctx: Ctx, person: CustomerId, last4: string | null): string[] => [...cardsOf(ctx.db, person), ...(last4 ? [last4] : [])];

export interface PersonLink {
  linkId: number;
  receiptNo: string | null;
  origin: LinkOrigin;
  /** When it was tied. */
  at: UtcMs;
  /** By the next till file, without anybody asking. */
  byItself: boolean;
  sales: number;
  mayUndo: boolean;
}

export interface LinksOfPerson {
  linked: PersonLink[];
  /** Numbers written down: waiting for their file, or to be decided. */
  waiting: (ReceiptView & { at: UtcMs })[];
  moments: Moment[];
}

/** Everything the person's page shows about receipts. */
export function linksOf(ctx: Ctx, session: Pick<Session, 'role'>, person: CustomerId, last4: string | null): LinksOfPerson {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const role = session.role === 'owner' ? 'owner' : 'staff';
  const moments = candidatesOf(ctx, person, last4);
  const links = linksOfPerson(ctx.db, person);
  return {
    linked: links.flatMap((l) =>
      l.state === 'linked' && l.linkedAt !== null
        ? [
            {
              linkId: l.id,
              receiptNo: l.receiptNo,
              origin: l.origin,
              at: l.linkedAt,
              byItself: l.importId !== null,
              sales: salesOfLink(ctx.db, l),
              mayUndo: mayUndoLink(l.linkedAt, role, now, zone),
            },
          ]
        : [],
    ),
    waiting: links.filter((l) => l.state === 'waiting').map((l) => ({ ...lookAtReceipt(ctx, l.id, session), at: l.at })),
    moments,
  };
}

/** Something the owner can tie in a click or two; the person's page has the rest. */
export interface LinkTodo {
  customerId: CustomerId;
  name: string;
  kind: 'receipt' | 'redemption' | 'visit';
  receiptNo: string | null;
  at: UtcMs;
  /** Sales it could be. */
  choices: number;
}

const MOST_TODO = 50;
/** The newest are looked through; older ones are asked on the person's page. */
const LOOKED_AT = 100;
const BUDGET_MS = 8;

/** Receipt numbers that have to be decided, and redemptions and visits without a sale that some sale fits; newest first. */
export async function linkTodo(ctx: Ctx): Promise<{ todo: LinkTodo[]; waiting: number; more: boolean }> {
  const todo: LinkTodo[] = [];
  let waiting = 0;
  const name = (id: CustomerId): string => {
    const c = customerById(ctx.db, id);
    return c ? showName(c) : '';
  };
  let since = performance.now();
  const breathe = async () => {
    if (performance.now() - since < BUDGET_MS) return;
    await nextTurn();
    since = performance.now();
  };
  for (const l of newestWaiting(ctx.db, LOOKED_AT)) {
    const choices = l.receiptNo === null ? 0 : salesOfNumber(ctx.db, l.receiptNo).length;
    if (choices === 0) waiting++;
    else todo.push({ customerId: l.customerId, name: name(l.customerId), kind: 'receipt', receiptNo: l.receiptNo, at: l.at, choices });
    await breathe();
  }
  const from = (ctx.clock.now() - ASK_DAYS * DAY) as UtcMs;
  for (const m of openMoments(ctx.db, from, LOOKED_AT)) {
    const choices = choicesAt(ctx, m.customerId, m, []).length;
    const kind = m.redemptionId === null ? 'visit' : 'redemption';
    if (choices > 0) todo.push({ customerId: m.customerId, name: name(m.customerId), kind, receiptNo: null, at: m.at, choices });
    await breathe();
  }
  todo.sort((a, b) => b.at - a.at);
  return { todo: todo.slice(0, MOST_TODO), waiting, more: todo.length > MOST_TODO };
}
