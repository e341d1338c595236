import type { Db, Trx } from '@db/open';
import { codeRow } from '@db/queries/offer-codes';
import { type OutboxRow, ownedSids } from '@db/queries/outbox';
import { move } from '@db/queries/outbox-sender';
import { insertCodeOnce } from '@db/queries/replay';
import {
  type Found,
  fillBody,
  insertUnknown,
  lastRestore,
  offerForFoundCodes,
  onlyPersonAt,
  type Restore,
  restoredTo,
  saveLook,
  settleNotFound,
  wordsWithCodes,
} from '@db/queries/restore';
import { readMeta } from '@db/queries/settings';
import { writtenFrom } from '@domain/backups/written-from';
import { AppError } from '@domain/errors';
import { DAY, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { codesIn } from '@domain/offers/codes-in';
import { advance, carrierState } from '@domain/outbox/state';
import type { CarrierMessage, MessagePage, SmsGateway } from '@ports/sms-gateway';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';
import { wakeMail } from '../mail/wake';
import { claimForeign } from '../outbox/foreign';
import { holdingService } from '../outbox/holding-service';
import { adopt } from '../outbox/reconcile';
import { takePage } from '../outbox/reports';
import { announce, wakeSender } from '../outbox/sender-state';

const PAGE = 1000;
/** Pages in one go; what runs beside it comes in between. */
const PAGES_AT_ONCE = 10;
/** The carrier's clock against ours, and a POST that was under way when the copy was made. */
const OVERLAP_MS = 10 * MINUTE;
/** The carrier's list shows messages late (rules.md §4): only a look this long after the restore proves that something is not in it. */
const PROVES_AFTER_MS = 60 * MINUTE;
/** The carrier holds a text no longer than this (facts/twilio.md §1.5). */
const LONGEST_HELD_MS = 35 * DAY;
/** Messages taken in one transaction. */
const AT_ONCE = 60;
/** How long a code read out of a text is good when nothing else is known of its offer. */
const FOUND_CODE_MS = 30 * DAY;
const FOUND_OFFER = 'Codes found in texts after a restore';

/** Nothing may leave before the carrier's list was read back once: caps do not know yet who was texted since the copy. */
export function mustLookBack(db: Db): boolean {
  const r = lastRestore(db);
  return r !== undefined && r.doneAt === null && r.looks === 0;
}

const running = new WeakMap<Db, Promise<UtcMs | null>>();

/**
 * Reads the carrier's list back to what a restored copy knows, when a look is due. Texts of the copy that left since are adopted; texts
 * it knows nothing of are written down (for caps, money and the timeline), and their codes work at the counter. A look that is cut off
 * goes on where it stood. Returns when to look again; null = nothing more to look for. Throws AppError('sms.…').
 */
export async function lookBack(ctx: Ctx, signal?: AbortSignal): Promise<UtcMs | null> {
  const restore = lastRestore(ctx.db);
  if (!restore || restore.doneAt !== null || restore.lookAt === null) return null;
  if (restore.lookAt > ctx.clock.now() && restore.cursor === null) return restore.lookAt;
  if (neverTexted(ctx, restore)) return nothingToRead(ctx, restore);
  if (ctx.settings().texting.mode === 'none') throw new AppError('sms.not-connected');
  return alone(ctx, () => look(ctx, restore, signal));
}

/** A shop that never had a texting account, neither in the copy nor since, as far as its journal tells: it writes mails, or nothing. */
export const neverTexted = (ctx: Ctx, restore: Restore): boolean =>
  ctx.settings().texting.mode === 'none' && readMeta(ctx.db, 'account_sid') === null && restore.brought.texts === 0;

/** There is no list to read back: what waits for the owner waits no longer than that. */
function nothingToRead(ctx: Ctx, restore: Restore): null {
  ctx.db.tx((trx) => {
    settleNotFound(trx, null, ctx.clock.now());
    saveLook(trx, restore.id, { found: restore.found, cursor: null, looks: restore.looks + 1, lookAt: null });
  });
  wakeSender(ctx);
  wakeMail(ctx, true);
  ctx.changed('backups', 'outbox', 'campaigns');
  return null;
}

/** A whole look at this moment, on the owner's word. */
export async function lookBackNow(ctx: Ctx, signal?: AbortSignal): Promise<void> {
  for (;;) {
    const restore = lastRestore(ctx.db);
    if (!restore || restore.doneAt !== null) throw new AppError('restore.nothing');
    if (restore.lookAt !== null && neverTexted(ctx, restore)) {
      nothingToRead(ctx, restore);
      return;
    }
    const before = restore.looks;
    await alone(ctx, () => look(ctx, restore, signal));
    signal?.throwIfAborted();
    if ((lastRestore(ctx.db)?.looks ?? 0) > before) return;
  }
}

/** One look at a time; a second asker waits for the first. */
async function alone(ctx: Ctx, work: () => Promise<UtcMs | null>): Promise<UtcMs | null> {
  const already = running.get(ctx.db);
  if (already) return already;
  const mine = work().finally(() => running.delete(ctx.db));
  running.set(ctx.db, mine);
  return mine;
}

async function look(ctx: Ctx, restore: Restore, signal: AbortSignal | undefined): Promise<UtcMs | null> {
  const gateway = await ctx.gateway();
  const back = (restore.knowsUntil - OVERLAP_MS) as UtcMs;
  let cursor = restore.cursor ?? { next: null, pages: 0, reached: ctx.clock.now(), startedAt: ctx.clock.now() };
  const found: Found = { ...restore.found };
  let ours: ReadonlySet<string> | null = null;
  for (let n = 0; n < PAGES_AT_ONCE; n++) {
    const page = await pageAt(gateway, cursor.next);
    if (page === null) {
      cursor = { next: null, pages: 0, reached: ctx.clock.now(), startedAt: ctx.clock.now() }; // the carrier forgot the place: from the top
      continue;
    }
    ours ??= await sendersOf(ctx);
    await takeRestored(ctx, page.messages, { ours, back, found, count: restore.looks === 0 });
    const oldest = Math.min(cursor.reached, ...page.messages.map((m) => m.createdAt)) as UtcMs;
    const end = page.next === null || (page.messages.length > 0 && page.messages.every((m) => m.createdAt < back));
    cursor = { ...cursor, next: page.next, pages: cursor.pages + 1, reached: oldest };
    if (end) return endLook(ctx, restore, cursor.startedAt, found);
    ctx.db.tx((trx) => saveLook(trx, restore.id, { found, cursor, looks: restore.looks, lookAt: restore.lookAt }));
    ctx.changed('backups');
    if (signal?.aborted) break;
  }
  return ctx.clock.now();
}

/** Null: the carrier no longer knows that place. */
async function pageAt(gateway: SmsGateway, next: string | null): Promise<MessagePage | null> {
  if (next === null) return gateway.list({ pageSize: PAGE });
  try {
    return await gateway.nextPage(next);
  } catch (error) {
    if (error instanceof AppError && (error.code === 'sms.rejected' || error.code === 'input.invalid')) return null;
    throw error;
  }
}

function endLook(ctx: Ctx, restore: Restore, startedAt: UtcMs, found: Found): UtcMs | null {
  const now = ctx.clock.now();
  const proves = startedAt >= restore.at + PROVES_AFTER_MS;
  const lookAt = proves ? null : (Math.max(restore.at + PROVES_AFTER_MS, now + MINUTE) as UtcMs);
  ctx.db.tx((trx) => {
    settleNotFound(trx, lookAt, now);
    saveLook(trx, restore.id, { found, cursor: null, looks: restore.looks + 1, lookAt });
  });
  wakeSender(ctx);
  wakeMail(ctx, true);
  announce(ctx);
  ctx.changed('backups', 'outbox', 'campaigns', 'offers');
  return lookAt;
}

/** A page of the list: what is ours of it, in small transactions, then what it tells of texts we know. */
async function takeRestored(
  ctx: Ctx,
  messages: readonly CarrierMessage[],
  { ours, back, found, count }: { ours: ReadonlySet<string>; back: UtcMs; found: Found; count: boolean },
): Promise<void> {
  const since = messages.filter(
    (m) =>
      m.direction === 'outbound' &&
      !m.automatic &&
      m.createdAt >= back &&
      ((m.from !== null && ours.has(m.from)) || (m.messagingServiceSid !== null && ours.has(m.messagingServiceSid))),
  );
  if (count) found.seen += since.length;
  // oldest first: of two alike, the first is the one the copy was about to send
  const inOrder = [...since].sort((a, b) => a.createdAt - b.createdAt || (a.sid < b.sid ? -1 : 1));
  for (let i = 0; i < inOrder.length; i += AT_ONCE) {
    takeSome(ctx, inOrder.slice(i, i + AT_ONCE), found);
    await nextTurn();
  }
  // what was seen as a stranger's before it was known to be ours
  claimForeign(
    ctx,
    inOrder.map((m) => m.sid),
  );
  await takePage(ctx, messages);
}

/** Numbers and services our texts leave from, and the service that holds texts for a single number: such a text has no number before it leaves. */
async function sendersOf(ctx: Ctx): Promise<ReadonlySet<string>> {
  const { numbers, sender } = ctx.settings().texting;
  const own = sender === null ? [] : [sender.kind === 'number' ? sender.number : sender.sid];
  const holding = sender?.kind === 'number' ? (await holdingService(ctx)).sid : null;
  return new Set([...numbers, ...own, ...(holding === null ? [] : [holding])]);
}

function takeSome(ctx: Ctx, messages: readonly CarrierMessage[], found: Found): void {
  const owned = ownedSids(
    ctx.db,
    messages.map((m) => m.sid),
  );
  const lost = restoredTo(ctx.db, [...new Set(messages.map((m) => m.to))]);
  const taken = new Set<number>();
  ctx.db.tx((trx) => {
    for (const m of messages) {
      if (owned.has(m.sid)) {
        if (fillBody(trx, m.sid, m.body, m.segments)) found.codes += keepCodes(trx, m, ctx.clock.now());
        continue;
      }
      const row =
        m.status === 'canceled'
          ? undefined
          : lost.find(
              (r) =>
                !taken.has(r.id) && r.address === m.to && (r.body === m.body || m.wordless === true) && m.createdAt >= r.createdAt - MINUTE,
            );
      if (row && adoptLate(ctx, trx, row, m)) {
        taken.add(row.id);
        found.adopted++;
      } else if (keepUnknown(ctx, trx, m)) {
        found.unknown++;
        found.codes += keepCodes(trx, m, ctx.clock.now());
      }
    }
  });
}

/** Also a text that was refused in the copy, and sent again by the owner since: it must not be offered for sending once more. */
function adoptLate(ctx: Ctx, trx: Trx, row: OutboxRow, m: CarrierMessage): boolean {
  const now = ctx.clock.now();
  if (row.state !== 'rejected') return adopt(ctx, row, m, false);
  const waiting = advance(row.state, { do: 'resend' });
  const sending = waiting && advance(waiting, { do: 'claim' });
  const as = carrierState(m.status) ?? 'accepted';
  const to = sending && advance(sending, { do: 'accept', as });
  if (!to) return false;
  return move(
    trx,
    row.id,
    row.state,
    to,
    { sid: m.sid, leftAt: m.sentAt ?? m.createdAt, errorCode: m.errorCode, reason: null, reconcileAt: now },
    now,
  );
}

function keepUnknown(ctx: Ctx, trx: Trx, m: CarrierMessage): boolean {
  const as = carrierState(m.status);
  if (as === null || m.status === 'canceled' || !/^\+\d{8,15}$/.test(m.to)) return false;
  const ended = as === 'delivered' || as === 'undelivered' || as === 'failed';
  return insertUnknown(trx, {
    sid: m.sid,
    address: m.to as PhoneE164,
    customerId: onlyPersonAt(trx, m.to),
    // what it was about is not known: counted as an offer, so that nobody gets more than was promised
    messageClass: 'marketing',
    state: as,
    body: m.body,
    segments: Math.max(1, m.segments),
    code: codesIn(m.body)[0] ?? null,
    sender: m.from,
    errorCode: m.errorCode,
    price: m.price,
    priceCurrency: m.priceCurrency,
    leftAt: m.sentAt ?? m.createdAt,
    finalAt: ended ? m.updatedAt : null,
    // nobody here could hold it back for a stop, nor take it back with its campaign: it is called back before its time
    heldUntil: as === 'scheduled' ? ((m.createdAt + LONGEST_HELD_MS) as UtcMs) : null,
    now: ctx.clock.now(),
  });
}

/** Codes in a text that left: whoever shows one at the counter is right. The journal knows better where it knows them at all. */
function keepCodes(trx: Trx, m: CarrierMessage, now: UtcMs): number {
  const codes = codesIn(m.body);
  if (codes.length === 0) return 0;
  const leftAt = m.sentAt ?? m.createdAt;
  const from = wordsWithCodes(trx).find((w) => writtenFrom(w.body, m.body));
  let kept = 0;
  for (const code of codes) {
    if (codeRow(trx, code) !== null) continue;
    const offerId = from?.offerId ?? offerForFoundCodes(trx, FOUND_OFFER, now);
    const customerId = onlyPersonAt(trx, m.to);
    const expiresAt = leftAt + FOUND_CODE_MS;
    if (
      insertCodeOnce(trx, { code, offerId, campaignId: from?.campaignId ?? null, customerId, state: 'issued', issuedAt: leftAt, expiresAt })
    )
      kept++;
  }
  return kept;
}
