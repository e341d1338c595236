import type { draws } from '@contract/draws';
import { DONE } from '@contract/primitives';
import { cancelDraw, drawNow, drawRecord, entriesPage, getDraw, listDraws, openDraw, removeDraw, saveDraw } from '@services/draws/draws';
import { enterAtCounter, openAtCounter } from '@services/draws/entries';
import { claimPrize, passPrize } from '@services/draws/winners';
import type { HandlersFor } from '../handler';

export const drawsHandlers = {
  'draws/list': (ctx) => listDraws(ctx),
  'draws/get': (ctx, { id }) => getDraw(ctx, id),
  'draws/save': (ctx, input, session) => ({ id: saveDraw(ctx, session, input) }),
  'draws/open': (ctx, { id }, session) => {
    openDraw(ctx, session, id);
    return DONE;
  },
  'draws/draw': (ctx, { id }, session) => {
    drawNow(ctx, session, id);
    return DONE;
  },
  'draws/cancel': (ctx, { id }, session) => {
    cancelDraw(ctx, session, id);
    return DONE;
  },
  'draws/remove': (ctx, { id }, session) => {
    removeDraw(ctx, session, id);
    return DONE;
  },
  'draws/claim': (ctx, { id, place }, session) => {
    claimPrize(ctx, session, id, place);
    return DONE;
  },
  'draws/pass': (ctx, { id, place }, session) => ({ next: passPrize(ctx, session, id, place) }),
  'draws/entries': (ctx, { id, page }) => entriesPage(ctx, id, page),
  'draws/record': (ctx, { id }) => drawRecord(ctx, id),
  'draws/at-counter': (ctx, { customerId }) => openAtCounter(ctx, customerId),
  'draws/enter': (ctx, input, session) => enterAtCounter(ctx, session, input),
} satisfies HandlersFor<typeof draws>;
