import { emptyInbound, lastSentTo, lastUnder, oldestInbound, oldProofs, purgeProof } from '@db/queries/evidence';
import { readMeta, writeMeta } from '@db/queries/settings';
import { addDays, shopDay } from '@domain/calendar';
import type { ShopDay, UtcMs } from '@domain/kernel';
import { erasedAddress } from '@domain/privacy/erased';
import { addMonths, INBOUND_MONTHS, inboundCutoff, PROOF_YEARS, proofCutoff } from '@domain/privacy/retention';
import { nextTurn } from '../chunks';
import type { Ctx } from '../ctx';

const META = 'retention';
const AT_ONCE = 200;

interface Done {
  at: UtcMs | null;
  replies: number;
  proofs: number;
}

const soFar = (ctx: Pick<Ctx, 'db'>): Done => JSON.parse(readMeta(ctx.db, META) ?? '{"at":null,"replies":0,"proofs":0}') as Done;

/**
 * What was kept long enough goes: what customers wrote after 24 months, proof five years after the last text or mail to its address. Events
 * and stops stay for ever. Once a day, in small steps.
 */
export async function sweepRetention(ctx: Ctx, signal?: AbortSignal): Promise<{ replies: number; proofs: number }> {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  let replies = 0;
  for (let n = AT_ONCE; n === AT_ONCE; replies += n) {
    signal?.throwIfAborted();
    n = ctx.db.tx((trx) => emptyInbound(trx, inboundCutoff(now, zone), AT_ONCE));
    await nextTurn();
  }
  const cutoff = proofCutoff(now, zone);
  const looked = new Set<string>();
  let proofs = 0;
  for (let after = 0; ; ) {
    signal?.throwIfAborted();
    const page = oldProofs(ctx.db, cutoff, after, AT_ONCE);
    for (const { hmac } of page) {
      if (looked.has(hmac)) continue;
      looked.add(hmac);
      if (!over(ctx, hmac, cutoff)) continue;
      proofs += ctx.db.tx((trx) => purgeProof(trx, hmac, now));
    }
    const last = page.at(-1);
    if (!last) break;
    after = last.id;
    await nextTurn();
  }
  const before = soFar(ctx);
  ctx.db.tx((trx) =>
    writeMeta(trx, META, JSON.stringify({ at: now, replies: before.replies + replies, proofs: before.proofs + proofs } satisfies Done)),
  );
  if (replies + proofs > 0) ctx.changed('consent', 'inbox');
  return { replies, proofs };
}

/** True when nothing was sent or said under a number since the cutoff, and it may not be texted now. */
function over(ctx: Ctx, hmac: string, cutoff: UtcMs): boolean {
  const last = lastUnder(ctx.db, hmac);
  if (last.permitted || last.recordedAt >= cutoff) return false;
  const address = last.address ?? (last.namelessId === null ? null : erasedAddress(last.namelessId));
  const sent = address === null ? null : lastSentTo(ctx.db, address);
  return sent === null || sent < cutoff;
}

export interface Retention {
  inboundMonths: number;
  proofYears: number;
  /** Replies before this day are emptied, proof last needed before that one goes. */
  repliesBefore: ShopDay;
  proofBefore: ShopDay;
  /** The oldest reply that still has its words, and the day they go. */
  oldestReplyAt: UtcMs | null;
  oldestReplyGoes: string | null;
  sweptAt: UtcMs | null;
  repliesEmptied: number;
  proofsGone: number;
}

/** How long things are kept, with today's days. */
export function retention(ctx: Ctx): Retention {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const done = soFar(ctx);
  const oldest = oldestInbound(ctx.db);
  return {
    inboundMonths: INBOUND_MONTHS,
    proofYears: PROOF_YEARS,
    repliesBefore: shopDay(inboundCutoff(now, zone), zone),
    proofBefore: shopDay(proofCutoff(now, zone), zone),
    oldestReplyAt: oldest,
    oldestReplyGoes: oldest === null ? null : addDays(addMonths(shopDay(oldest, zone), INBOUND_MONTHS), 1),
    sweptAt: done.at,
    repliesEmptied: done.replies,
    proofsGone: done.proofs,
  };
}
