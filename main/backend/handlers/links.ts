import type { links } from '@contract/links';
import { DONE } from '@contract/primitives';
import { linksOf, linkTodo } from '@services/links/candidates';
import {
  confirmLink,
  dropNote,
  lookAtReceipt,
  markGift,
  noteReceipt,
  notTheirs,
  previewLink,
  takeSale,
  undoLink,
} from '@services/links/links';
import { matchReport } from '@services/links/match-rate';
import type { HandlersFor } from '../handler';

export const linksHandlers = {
  'links/note': (ctx, input, session) => lookAtReceipt(ctx, noteReceipt(ctx, session, input), session),
  'links/preview': (ctx, { customerId, saleId }, session) => previewLink(ctx, customerId, saleId, session),
  'links/confirm': (ctx, input, session) => confirmLink(ctx, session, input),
  'links/take': (ctx, input, session) => takeSale(ctx, session, input),
  'links/undo': (ctx, { linkId }, session) => undoLink(ctx, session, linkId),
  'links/drop': (ctx, { linkId }, session) => {
    dropNote(ctx, session, linkId);
    return DONE;
  },
  'links/not-theirs': (ctx, input, session) => {
    notTheirs(ctx, session, input);
    return DONE;
  },
  'links/gift': (ctx, input, session) => {
    markGift(ctx, session, input);
    return DONE;
  },
  'links/of-person': (ctx, { customerId, last4 }, session) => linksOf(ctx, session, customerId, last4),
  'links/candidates': (ctx) => linkTodo(ctx),
  'links/match-rate': (ctx, { weeks }) => matchReport(ctx, weeks),
} satisfies HandlersFor<typeof links>;
