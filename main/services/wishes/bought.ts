import type { Db } from '@db/open';
import { allOpen, type BoughtLine, isOfDelivery, keptSince, wishesToldBy, wishesToTell } from '@db/queries/wishes';
import { shortName } from '@domain/customers/name';
import { wishKey } from '@domain/customers/wishes';
import type { CampaignId, CustomerId, ShopDay, UtcMs } from '@domain/kernel';
import { cameTrue, type Sure } from '@domain/wishes/match';
import type { Ctx } from '../ctx';

/** What the till shows of the same person since they asked, and how sure it is that it was this. Nobody's wish is closed by it. */
export interface SeemsBought {
  on: ShopDay;
  sure: Sure;
}

interface Asked {
  wishId: number;
  customerId: CustomerId;
  itemKey: string;
  size: string;
  createdAt: UtcMs;
}

/** Of these wishes those that seem to have come true at the till, by wish; a sure one before a guess, then the latest. */
export function boughtSince(db: Db, wishes: readonly Asked[]): Map<number, SeemsBought> {
  const from = new Map<CustomerId, UtcMs>();
  for (const w of wishes) from.set(w.customerId, Math.min(from.get(w.customerId) ?? w.createdAt, w.createdAt) as UtcMs);
  const lines = new Map<CustomerId, BoughtLine[]>();
  for (const l of keptSince(
    db,
    [...from].map(([customerId, f]) => ({ customerId, from: f })),
  ))
    lines.set(l.customerId, [...(lines.get(l.customerId) ?? []), l]);
  const out = new Map<number, SeemsBought>();
  for (const w of wishes) {
    for (const l of lines.get(w.customerId) ?? []) {
      const sure = l.at > w.createdAt ? cameTrue(w, l) : null;
      if (sure === null || (out.has(w.wishId) && sure !== 'sure')) continue;
      out.set(w.wishId, { on: l.day, sure });
      if (sure === 'sure') break;
    }
  }
  return out;
}

/** The open wishes of one person that seem to have come true. */
export const boughtByOne = (
  db: Db,
  customerId: CustomerId,
  wishes: readonly { id: number; item: string; size: string; state: string; createdAt: UtcMs }[],
): Map<number, SeemsBought> =>
  boughtSince(
    db,
    wishes
      .filter((w) => w.state === 'open' && w.item !== '')
      .map((w) => ({ wishId: w.id, customerId, itemKey: wishKey(w.item), size: w.size, createdAt: w.createdAt })),
  );

const MOST = 50;

/** Wishes that seem to have come true at the till, for the owner to close: the sure ones first. */
export function seemingly(
  ctx: Ctx,
): { wishId: number; customerId: CustomerId; name: string; item: string; size: string; on: ShopDay; sure: Sure }[] {
  const open = allOpen(ctx.db);
  const bought = boughtSince(ctx.db, open);
  return open
    .flatMap((w) => {
      const b = bought.get(w.wishId);
      return b ? [{ wishId: w.wishId, customerId: w.customerId, name: shortName(w), item: w.item, size: w.size, ...b }] : [];
    })
    .sort((a, b) => Number(b.sure === 'sure') - Number(a.sure === 'sure'))
    .slice(0, MOST);
}

/**
 * What "{wish}" says to somebody: what this campaign tells them of; in any other text what came in for them and they were not told of nor
 * bought since, in the order in which what runs by itself takes them (the next one is named too: it has no second text that month); else what
 * they asked for last.
 */
export function wishesFor(db: Db, campaignId: CampaignId | null, customerId: CustomerId): { item: string; size: string }[] {
  const own = wishesToldBy(db, campaignId, customerId);
  if (own.length > 0 && isOfDelivery(db, campaignId)) return own;
  const { cameIn, last } = wishesToTell(db, customerId);
  const bought = boughtSince(db, cameIn);
  const still = cameIn.filter((w) => bought.get(w.wishId)?.sure !== 'sure');
  const said = [...own, ...still];
  return said.length > 0 ? said : last ? [last] : [];
}
