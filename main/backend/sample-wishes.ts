import { permittedPage } from '@db/queries/automation-facts';
import { insertWish } from '@db/queries/desk';
import { wishKey } from '@domain/customers/wishes';
import { type CampaignId, type Cents, type CustomerId, DAY, type StaffId, type UtcMs } from '@domain/kernel';
import type { Ctx } from '@services/ctx';
import { mayBeTold } from '@services/wishes/waiting';

/** "Your size is in": so many people wait for this shoe in this size, as the tour of the practice shop tells it. */
export const SAMPLE_WISH = { item: 'Ridge Runner', size: '8.5', people: 14 } as const;
const LOOKED_AT = 600;

/** What else people look for: in other sizes, below a price, something else. */
const OTHERS: readonly { item: string; size: string; under: number | null }[] = [
  { item: SAMPLE_WISH.item, size: '10', under: null },
  { item: SAMPLE_WISH.item, size: '7.5', under: null },
  { item: SAMPLE_WISH.item, size: SAMPLE_WISH.size, under: 9000 },
  { item: 'Trail Lite', size: '9', under: null },
  { item: 'Trail Lite', size: '9', under: null },
  { item: 'Harbor Trainer', size: '11', under: null },
];

/** Wishes in a practice shop: of people who agreed to texts and had none lately, so that a delivery can be tried out at once. */
export async function sampleWishes(ctx: Ctx, staffId: StaffId | null): Promise<void> {
  const decided = await mayBeTold(ctx, permittedPage(ctx.db, 0, LOOKED_AT), 0 as CampaignId);
  const free = decided.reachable.map((p) => p.id);
  const now = ctx.clock.now();
  const wishes = [
    ...Array.from({ length: SAMPLE_WISH.people }, () => ({ item: SAMPLE_WISH.item, size: SAMPLE_WISH.size, under: null })),
    ...OTHERS,
  ];
  // families share a number: one text each, so the people are spread
  const step = Math.max(1, Math.floor(free.length / (wishes.length + 1)));
  ctx.db.tx((trx) => {
    wishes.forEach((w, i) => {
      const customerId: CustomerId | undefined = free[i * step];
      if (customerId === undefined) return;
      insertWish(trx, {
        customerId,
        item: w.item,
        itemKey: wishKey(w.item),
        size: w.size,
        under: w.under as Cents | null,
        source: i % 4 === 3 ? 'left' : 'asked',
        missing: i % 4 === 3 ? 'size' : '',
        at: (now - (i + 2) * 2 * DAY) as UtcMs,
        staffId,
      });
    });
  });
}
