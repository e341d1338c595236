import type { Trx } from '@db/open';
import { numberNow } from '@db/queries/campaign-people';
import { everHadLoyalty, rewardOfCode } from '@db/queries/loyalty';
import { type CodeRow, codeOfCampaign, codeRow, codesOfCampaign, dropUntold, insertCode } from '@db/queries/offer-codes';
import { offerById } from '@db/queries/offers';
import { readMeta } from '@db/queries/settings';
import { AppError } from '@domain/errors';
import type { CampaignId, CustomerId, OfferId, UtcMs } from '@domain/kernel';
import { makeCode, pooled } from '@domain/offers/code';
import { codesOfLife } from '@domain/offers/lives';
import { codeWindow } from '@domain/offers/window';
import { sorting } from '@domain/turns';
import { eachInTurns, inTurns, nextTurn, writeInChunks } from '../chunks';
import type { Ctx } from '../ctx';

/**
 * Draws one personal code per person, none of which exists already, and stores them. Runs inside the caller's transaction; the
 * journal is written right after it committed (a rolled-back draw leaves no trace), so that a restored backup still knows
 * the codes people carry. A person who already has a code of this campaign keeps it: staging may be repeated. Repeated on another day, the
 * text promises another end: then the old one, which nobody was told, gives way to one that keeps the promise.
 */
export function issueCodes(
  ctx: Ctx,
  trx: Trx,
  order: { offerId: OfferId; campaignId: CampaignId | null; customerIds: readonly CustomerId[]; expiresAt: UtcMs },
): Map<CustomerId, string> {
  const offer = offerById(trx, order.offerId);
  if (!offer) throw new AppError('offer.not-found');
  const now = ctx.clock.now();
  // Settings and calendars take their time, and most offers count from the text: only where there is a first day.
  const startsAt = offer.fromDay === null ? null : codeWindow(offer, now, ctx.settings().shop.zone).startsAt;
  const out = new Map<CustomerId, string>();
  const fresh: CodeRow[] = [];
  const { campaignId, offerId, customerIds } = order;
  const [first] = customerIds;
  const had = new Map<CustomerId, string | undefined>(
    campaignId === null || first === undefined
      ? []
      : customerIds.length === 1
        ? [[first, codeOfCampaign(trx, { campaignId, offerId, customerId: first })]]
        : codesOfCampaign(trx, { campaignId, offerId, customerIds }),
  );
  for (const customerId of customerIds) {
    if (out.has(customerId)) continue;
    const kept = had.get(customerId);
    if (kept !== undefined) {
      const was = codeRow(trx, kept);
      if (was?.expiresAt === order.expiresAt && was.uses === offer.codeUses && was.startsAt === startsAt) {
        out.set(customerId, kept);
        continue;
      }
      dropUntold(trx, kept);
    }
    const row = drawCode(ctx, trx, { ...order, customerId, state: 'issued', issuedAt: now, uses: offer.codeUses, startsAt });
    fresh.push(row);
    out.set(customerId, row.code);
  }
  if (fresh.length > 0) journalSoon(ctx, fresh);
  return out;
}

const LOOKED_UP_AT_ONCE = 1000;

/**
 * The same for everybody of a campaign, before their texts are written one by one: drawn together and written in the order of the codes, so
 * that neighbours share pages. Each drawn by itself goes to a page of its own in every index, which is three times the disk. Who gets which
 * is shuffled, so that a code tells nothing about those of other people. Whoever has one already is left to `issueCodes`.
 */
export async function issueAhead(
  ctx: Ctx,
  order: { offerId: OfferId; campaignId: CampaignId; customerIds: readonly CustomerId[]; expiresAt: UtcMs },
  options: { signal?: AbortSignal } = {},
): Promise<void> {
  const { campaignId, offerId, expiresAt } = order;
  const offer = offerById(ctx.db, offerId);
  if (!offer) throw new AppError('offer.not-found');
  const issuedAt = ctx.clock.now();
  const startsAt = offer.fromDay === null ? null : codeWindow(offer, issuedAt, ctx.settings().shop.zone).startsAt;
  const { randomBytes, mine } = sourceOf(ctx);
  const people: CustomerId[] = [];
  for (let i = 0; i < order.customerIds.length; i += LOOKED_UP_AT_ONCE) {
    const some = order.customerIds.slice(i, i + LOOKED_UP_AT_ONCE);
    const had = codesOfCampaign(ctx.db, { campaignId, offerId, customerIds: some });
    for (const id of some) if (!had.has(id)) people.push(id);
    await nextTurn();
  }
  const drawn = new Set<string>();
  await eachInTurns(people, () => {
    for (const before = drawn.size; drawn.size === before; ) drawn.add(makeCode(randomBytes, mine));
  });
  const codes = await inTurns(sorting([...drawn], (a, b) => (a < b ? -1 : 1)));
  shuffle(people, randomBytes);
  const row = { offerId, campaignId, state: 'issued' as const, issuedAt, expiresAt, uses: offer.codeUses, startsAt };
  await writeInChunks(
    ctx.db,
    people.map((customerId, i): CodeRow => ({ ...row, code: codes[i] as string, customerId })),
    // one that was given out before is drawn anew
    (trx, one) => void (isThere(trx, one) && journalSoon(ctx, [insertCode(trx, one) ? one : drawCode(ctx, trx, one)])),
    options,
  );
}

/** Nothing is drawn for whoever was erased since they were decided about. */
const isThere = (trx: Trx, one: Pick<CodeRow, 'customerId'>): boolean =>
  one.customerId !== null && numberNow(trx, one.customerId) !== undefined;

function shuffle(things: unknown[], randomBytes: (n: number) => Uint8Array): void {
  for (let i = things.length - 1; i > 0; i--) {
    const b = randomBytes(6);
    const j = Math.floor((b.reduce((n, byte) => n * 256 + byte, 0) / 2 ** 48) * (i + 1));
    [things[i], things[j]] = [things[j], things[i]];
  }
}

/** Where codes come from: the randomness, and which of all codes this life of the file draws. Made once per file that is open. */
interface Source {
  randomBytes: (n: number) => Uint8Array;
  mine: (six: number) => boolean;
}
const sources = new WeakMap<Ctx['db'], Source>();

function sourceOf(ctx: Ctx): Source {
  let source = sources.get(ctx.db);
  if (!source) {
    source = { randomBytes: pooled(ctx.randomBytes), mine: codesOfLife(ctx.hmacKey, Number(readMeta(ctx.db, 'epoch') ?? 1)) };
    sources.set(ctx.db, source);
  }
  return source;
}

/** One code that does not exist yet, here or in an earlier life of the file (domain/offers/lives.ts). */
export function drawCode(ctx: Ctx, trx: Trx, row: Omit<CodeRow, 'code'>): CodeRow {
  const { randomBytes, mine } = sourceOf(ctx);
  for (;;) {
    const full: CodeRow = {
      code: makeCode(randomBytes, mine),
      offerId: row.offerId,
      campaignId: row.campaignId,
      customerId: row.customerId,
      state: row.state,
      issuedAt: row.issuedAt,
      expiresAt: row.expiresAt,
      uses: row.uses,
      startsAt: row.startsAt,
    };
    if (insertCode(trx, full)) return full;
  }
}

const toJournal = new WeakMap<Ctx['journal'], CodeRow[]>();

/**
 * The transaction around us is synchronous, so a microtask runs after its end and before anything is answered. However often
 * codes are drawn within it, the disk is waited for once.
 */
export function journalSoon(ctx: Ctx, rows: readonly CodeRow[]): void {
  const waiting = toJournal.get(ctx.journal);
  if (waiting) {
    waiting.push(...rows);
    return;
  }
  const mine = [...rows];
  toJournal.set(ctx.journal, mine);
  queueMicrotask(() => {
    toJournal.delete(ctx.journal);
    try {
      const committed = mine.filter((row) => codeRow(ctx.db, row.code) !== null);
      if (committed.length === 0) return;
      // what a reward cost goes with its code, whoever gave it out (migration 530)
      const rewards = everHadLoyalty(ctx.db) ? committed.flatMap(({ code }) => rewardOfCode(ctx.db, code) ?? []) : [];
      ctx.journal.append([
        ...committed.map((row) => ({ kind: 'code-issued' as const, at: row.issuedAt, row: { ...row } })),
        ...rewards.map((reward) => ({ kind: 'loyalty' as const, at: reward.at, row: { reward } })),
      ]);
    } catch (error) {
      ctx.log.error('journal of issued codes', error);
    }
  });
}
