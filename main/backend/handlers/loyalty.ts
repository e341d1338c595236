import type { loyalty } from '@contract/loyalty';
import { DONE } from '@contract/primitives';
import { adjust, giveReward, joinLoyalty, loyaltyCard, punch } from '@services/loyalty/counter';
import { previewProgramme } from '@services/loyalty/preview';
import { programmeView, saveProgramme, switchOff } from '@services/loyalty/programme';
import { liabilityReport, listEntries, listMembers } from '@services/loyalty/report';
import type { HandlersFor } from '../handler';

export const loyaltyHandlers = {
  'loyalty/programme': (ctx) => programmeView(ctx),
  'loyalty/preview': (ctx, draft) => previewProgramme(ctx, draft),
  'loyalty/save': (ctx, draft, session) => {
    saveProgramme(ctx, session, draft);
    return DONE;
  },
  'loyalty/off': (ctx, { useUntil }, session) => {
    switchOff(ctx, session, useUntil);
    return DONE;
  },
  'loyalty/members': (ctx, { show, page }) => listMembers(ctx, show, page),
  'loyalty/entries': (ctx, { customerId, page }) => listEntries(ctx, customerId, page),
  'loyalty/report': (ctx) => liabilityReport(ctx),
  'loyalty/card': (ctx, { customerId }, session) => loyaltyCard(ctx, session, customerId),
  'loyalty/join': (ctx, { customerId }, session) => {
    joinLoyalty(ctx, session, customerId);
    return DONE;
  },
  'loyalty/punch': (ctx, input, session) => punch(ctx, session, input),
  'loyalty/adjust': (ctx, input, session) => adjust(ctx, session, input),
  'loyalty/give': (ctx, input, session) => {
    const { refusal: _, ...given } = giveReward(ctx, session, input);
    return { ...given, refusal: null };
  },
} satisfies HandlersFor<typeof loyalty>;
