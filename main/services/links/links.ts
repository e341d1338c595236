import type { Db, Trx } from '@db/open';
import { refreshOne, yearBack } from '@db/queries/customer-stats';
import { customerById } from '@db/queries/customers';
import { unfinishedImport } from '@db/queries/imports';
import { refuseSale, setGift, unrefuseSale, unwriteLink, writeLink } from '@db/queries/link-write';
import {
  deleteLink,
  findLink,
  historyOf,
  historyPage,
  insertNote,
  type LinkSale,
  linkedLater,
  linkSale,
  type PastSale,
  type ReceiptLink,
  salesByPayment,
  salesByReceipt,
  sameNote,
  type TillCustomer,
} from '@db/queries/links';
import { redemptionById } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import { shortName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import type { CustomerId, ImportId, SaleId, StaffId, UtcMs } from '@domain/kernel';
import { paidAmounts } from '@domain/links/candidates';
import {
  hitsInOrder,
  type LinkOrigin,
  mayUndoLink,
  readReceiptNo,
  receiptOfPayment,
  type Standing,
  standingOf,
} from '@domain/links/receipt';
import type { Ctx, Session } from '../ctx';

/** A sale a number may mean, as staff may see it. */
export interface SaleChoice {
  saleId: SaleId;
  at: UtcMs;
  timeKnown: boolean;
  kind: 'sale' | 'refund';
  receiptNo: string | null;
  /** With tax, what was collected where the file tells; minor units. */
  paid: number;
  register: string | null;
  /** Same day and amount as typed. */
  fits: boolean;
  standing: Standing;
  /** First name and initial of the person it belongs to, when that is somebody else. */
  holder: string | null;
}

/** What linking a sale would add, before it is done. */
export interface LinkPreview {
  sale: SaleChoice;
  /** Sales that come with it, the one itself included; what they came to (with tax, after refunds), and since when. */
  sales: number;
  /** The owner only: staff are told how many, not how much. */
  spend: number | null;
  first: UtcMs | null;
  /** The till gave this sale no customer of its own: only it is tied, nothing earlier or later. */
  onlyThis: boolean;
  newest: PastSale[];
}

/** A typed number: still waiting for its file, one or several sales to choose from, or tied. */
export interface ReceiptView {
  linkId: number;
  state: 'waiting' | 'choose' | 'linked';
  receiptNo: string | null;
  choices: SaleChoice[];
  /** Of the only choice that fits, so that nothing needs to be chosen. */
  preview: LinkPreview | null;
}

export interface Linked {
  linkId: number;
  added: number;
}

const MOST_SHOWN = 6;

/** Sales with a receipt number; by part of a scanned payment number only where the number itself is nobody's. */
export function salesOfNumber(db: Db, no: string): (LinkSale & { exact: boolean })[] {
  const exact = salesByReceipt(db, no);
  if (exact.length) return exact.map((s) => ({ ...s, exact: true }));
  const printed = receiptOfPayment(no);
  return printed === null ? [] : salesByPayment(db, printed).map((s) => ({ ...s, exact: false }));
}

export function choiceOf(s: LinkSale & { fits?: boolean }, person: CustomerId): SaleChoice {
  const standing = standingOf(s.holder, person);
  return {
    saleId: s.saleId,
    at: s.at,
    timeKnown: s.timeKnown,
    kind: s.kind,
    receiptNo: s.receiptNo,
    paid: paidAmounts(s)[0] ?? 0,
    register: s.register,
    fits: s.fits ?? false,
    standing,
    holder: standing === 'other' && s.holder ? shortName(s.holder) || '' : null,
  };
}

const tillOf = (s: LinkSale): TillCustomer => ({
  source: s.source,
  sourceCustomerId: s.sourceCustomerId,
  saleId: s.saleId,
  holder: s.holder?.id ?? null,
});

type Asker = Partial<Pick<Session, 'role'>>;

/** What tying this sale would add to the person's history. Nothing is written. Somebody else's history is told to the owner only. */
export function previewLink(ctx: Ctx, customerId: CustomerId, saleId: SaleId, asker: Asker = {}): LinkPreview {
  const sale = linkSale(ctx.db, saleId);
  if (!sale) throw new AppError('link.no-sale');
  return previewOf(ctx, customerId, sale, asker);
}

function previewOf(ctx: Ctx, customerId: CustomerId, sale: LinkSale, asker: Asker): LinkPreview {
  const till = tillOf(sale);
  const choice = choiceOf(sale, customerId);
  if (choice.standing === 'other' && asker.role !== 'owner') {
    return { sale: choice, sales: 0, spend: null, first: null, onlyThis: sale.sourceCustomerId === null, newest: [] };
  }
  return {
    sale: choice,
    ...pick(historyOf(ctx.db, till), asker),
    onlyThis: sale.sourceCustomerId === null,
    newest: historyPage(ctx.db, till, MOST_SHOWN),
  };
}
const pick = ({ sales, spend, first }: { sales: number; spend: number; first: UtcMs | null }, asker: Asker) => ({
  sales,
  spend: asker.role === 'owner' ? spend : null,
  first,
});

/**
 * Writes down a receipt number for a person and says what it may mean. Nothing is tied yet; what is not in any till file waits and
 * may be tied by the next one. `redemption`: the caller is redeeming and its transaction holds.
 * @throws AppError input.invalid {field: receiptNo} | customer.not-found
 */
export function noteReceipt(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { customerId: CustomerId; receiptNo: string; origin: Exclude<LinkOrigin, 'offered'>; redemptionId?: number | null },
): number {
  const no = readReceiptNo(input.receiptNo);
  if (no === null) throw new AppError('input.invalid', { field: 'receiptNo' });
  return ctx.db.tx((trx) => {
    if (!customerById(trx, input.customerId)) throw new AppError('customer.not-found');
    const same = sameNote(trx, input.customerId, no);
    if (same) return same.id;
    return insertNote(trx, {
      customerId: input.customerId,
      receiptNo: no,
      origin: input.origin,
      redemptionId: input.redemptionId ?? null,
      at: ctx.clock.now(),
      staffId: session.staffId,
      auto: salesOfNumber(trx, no).length === 0,
    });
  });
}

/** What a number written down means now; somebody else's history is told to the owner only. */
export function lookAtReceipt(ctx: Ctx, linkId: number, asker: Asker = {}): ReceiptView {
  const link = findLink(ctx.db, linkId);
  if (!link) throw new AppError('link.not-found');
  const base = { linkId, receiptNo: link.receiptNo, choices: [], preview: null };
  if (link.state === 'linked') return { ...base, state: 'linked' };
  const hits = orderedHits(ctx, link);
  if (hits.length === 0) return { ...base, state: 'waiting' };
  const fitting = hits.filter((h) => h.fits);
  const only = fitting.length === 1 ? fitting[0] : hits.length === 1 ? hits[0] : undefined;
  return {
    ...base,
    state: 'choose',
    choices: hits.map((h) => choiceOf(h, link.customerId)),
    preview: only ? previewOf(ctx, link.customerId, only, asker) : null,
  };
}

function orderedHits(ctx: Ctx, link: ReceiptLink) {
  if (link.receiptNo === null) return [];
  const amount = link.redemptionId === null ? null : (redemptionById(ctx.db, link.redemptionId)?.amount ?? null);
  const hits = salesOfNumber(ctx.db, link.receiptNo).map((s) => ({ ...s, paid: paidAmounts(s) }));
  return hitsInOrder(hits, { at: link.at, amount }, ctx.settings().shop.zone);
}

/**
 * Ties what a number means to its person: the till customer and all its sales, or the one sale where the till knows no customer.
 * @throws AppError link.not-found | link.no-sale | link.belongs-to-other (the owner may with `takeOver`)
 */
export function confirmLink(
  ctx: Ctx,
  session: Pick<Session, 'staffId' | 'role'>,
  input: { linkId: number; saleId: SaleId; takeOver?: boolean },
): Linked {
  return ctx.db.tx((trx) => {
    const link = findLink(trx, input.linkId);
    if (link?.state !== 'waiting') throw new AppError('link.not-found');
    const by = { staffId: session.staffId, importId: null, mayTakeOver: session.role === 'owner' && input.takeOver === true };
    return tie(ctx, trx, link, input.saleId, by);
  });
}

/** A sale chosen from a list, for a person or for one of their redemptions. Errors as `confirmLink`. */
export function takeSale(
  ctx: Ctx,
  session: Pick<Session, 'staffId' | 'role'>,
  input: { customerId: CustomerId; saleId: SaleId; redemptionId: number | null; takeOver?: boolean },
): Linked {
  const now = ctx.clock.now();
  return ctx.db.tx((trx) => {
    if (!customerById(trx, input.customerId)) throw new AppError('customer.not-found');
    const id = insertNote(trx, {
      customerId: input.customerId,
      receiptNo: null,
      origin: 'offered',
      redemptionId: input.redemptionId,
      at: now,
      staffId: session.staffId,
      auto: false,
    });
    const link = findLink(trx, id) as ReceiptLink;
    const by = { staffId: session.staffId, importId: null, mayTakeOver: session.role === 'owner' && input.takeOver === true };
    return tie(ctx, trx, link, input.saleId, by);
  });
}

/** Inside the caller's transaction; also for what an import ties by itself. */
export function tie(
  ctx: Ctx,
  trx: Trx,
  link: ReceiptLink,
  saleId: SaleId,
  by: { staffId: StaffId | null; importId: ImportId | null; mayTakeOver: boolean },
): Linked {
  const sale = linkSale(trx, saleId);
  if (!sale) throw new AppError('link.no-sale');
  if (standingOf(sale.holder, link.customerId) === 'other' && !by.mayTakeOver) throw new AppError('link.belongs-to-other');
  const now = ctx.clock.now();
  const { added, holders } = writeLink(trx, link, tillOf(sale), { at: now, staffId: by.staffId, importId: by.importId });
  refresh(ctx, trx, [link.customerId, ...holders]);
  audit(trx, {
    at: now,
    staffId: by.staffId,
    action: 'link.made',
    subject: String(link.customerId),
    detail: { link: link.id, sale: saleId, sales: added, origin: link.origin, from: holders, import: by.importId },
  });
  return { linkId: link.id, added };
}

/**
 * Takes a link back: every sale belongs again to whom it did, also those that later files brought. Staff the same shop day, the
 * owner later.
 * @throws AppError link.not-found | link.not-undoable | link.newer | task.already-running
 */
export function undoLink(ctx: Ctx, session: Pick<Session, 'staffId' | 'role'>, linkId: number): { removed: number } {
  const now = ctx.clock.now();
  const role = session.role === 'owner' ? 'owner' : 'staff';
  // its plan gives the till customer's new sales to whoever they were tied to when it was made
  if (unfinishedImport(ctx.db, 0 as ImportId) === 'commit') throw new AppError('task.already-running', { kind: 'import.commit' });
  return ctx.db.tx((trx) => {
    const link = findLink(trx, linkId);
    if (link?.state !== 'linked' || link.linkedAt === null) throw new AppError('link.not-found');
    if (!mayUndoLink(link.linkedAt, role, now, ctx.settings().shop.zone)) throw new AppError('link.not-undoable');
    const removed = untie(ctx, trx, link, session.staffId);
    deleteLink(trx, link.id);
    return { removed };
  });
}

/** The note waits again afterwards. */
export function untie(ctx: Ctx, trx: Trx, link: ReceiptLink, staffId: StaffId | null): number {
  if (linkedLater(trx, link)) throw new AppError('link.newer');
  const { removed, people } = unwriteLink(trx, link);
  refresh(ctx, trx, people);
  audit(trx, {
    at: ctx.clock.now(),
    staffId,
    action: 'link.undone',
    subject: String(link.customerId),
    detail: { link: link.id, sale: link.saleId, sales: removed },
  });
  return removed;
}

/** The number was wrong, or is of no use: it is not looked for any more. */
export function dropNote(ctx: Ctx, session: Pick<Session, 'staffId'>, linkId: number): void {
  ctx.db.tx((trx) => {
    const link = findLink(trx, linkId);
    if (link?.state !== 'waiting') throw new AppError('link.not-found');
    deleteLink(trx, linkId);
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: 'link.dropped',
      subject: String(link.customerId),
      detail: { link: linkId, origin: link.origin },
    });
  });
}

/** "Not theirs" (or, taken back, perhaps theirs after all). */
export function notTheirs(
  ctx: Ctx,
  session: Pick<Session, 'staffId'>,
  input: { customerId: CustomerId; saleId: SaleId; undo: boolean },
): void {
  ctx.db.tx((trx) => {
    if (!customerById(trx, input.customerId)) throw new AppError('customer.not-found');
    if (!linkSale(trx, input.saleId)) throw new AppError('link.no-sale');
    if (input.undo) unrefuseSale(trx, input.customerId, input.saleId);
    else refuseSale(trx, { ...input, at: ctx.clock.now(), staffId: session.staffId });
  });
}

/** Marks a sale as a present, or takes the mark off: it stays spend, but says nothing about what its buyer has or needs. */
export function markGift(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { saleId: SaleId; gift: boolean }): void {
  ctx.db.tx((trx) => {
    const sale = setGift(trx, input.saleId, input.gift);
    if (!sale) throw new AppError('link.no-sale');
    if (sale.customerId !== null) refresh(ctx, trx, [sale.customerId]);
    audit(trx, {
      at: ctx.clock.now(),
      staffId: session.staffId,
      action: input.gift ? 'sale.gift' : 'sale.no-gift',
      subject: sale.customerId === null ? null : String(sale.customerId),
      detail: { sale: input.saleId },
    });
  });
}

/** Figures kept on people follow their sales. */
export function refresh(ctx: Ctx, trx: Trx, people: readonly CustomerId[]): void {
  const since = yearBack(ctx.clock.now(), ctx.settings().shop.zone);
  for (const id of new Set(people)) refreshOne(trx, id, since);
}
