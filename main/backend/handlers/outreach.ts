import type { outreach } from '@contract/outreach';
import { DONE } from '@contract/primitives';
import { countMedium, makeMedium, mediaFor } from '@services/offers/media';
import { exportReach, labelsOf, leftOutOf, reachLists, reviewReach, takeBackReach } from '@services/outreach/outreach';
import type { HandlersFor } from '../handler';

export const outreachHandlers = {
  'outreach/review': (ctx, order) => reviewReach(ctx, order),
  'outreach/left-out': (ctx, { reason, page, ...order }) => leftOutOf(ctx, order, reason, page),
  'outreach/export': (ctx, order, session) => exportReach(ctx, session, order),
  'outreach/list': (ctx, page) => reachLists(ctx, page),
  'outreach/take-back': (ctx, { id }, session) => {
    takeBackReach(ctx, session, id);
    return DONE;
  },
  'outreach/labels': (ctx, { id, page }) => labelsOf(ctx, id, page),
  'outreach/media': (ctx, of) => mediaFor(ctx, of),
  'outreach/make-medium': (ctx, input, session) => ({ id: makeMedium(ctx, session, input) }),
  'outreach/count-medium': (ctx, { id, ...m }, session) => {
    countMedium(ctx, session, id, m);
    return DONE;
  },
} satisfies HandlersFor<typeof outreach>;
