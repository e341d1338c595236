import { DONE } from '@contract/primitives';
import type { settings } from '@contract/settings';
import { listStaff } from '@db/queries/staff';
import {
  newRecoveryCode,
  onboardingStep,
  saveCourtesy,
  saveMoney,
  saveReplies,
  saveShop,
  saveStaffMember,
  saveTexting,
} from '@services/settings/settings';
import { connect, disconnect, health, probe } from '@services/settings/texting-account';
import type { HandlersFor } from '../handler';

export const settingsHandlers = {
  'settings/get': (ctx) => {
    const s = ctx.settings();
    return {
      ...s,
      shop: { ...s.shop, hours: [...s.shop.hours], closedDays: [...s.shop.closedDays] },
      texting: { ...s.texting, numbers: [...s.texting.numbers], customStopWords: [...s.texting.customStopWords] },
    };
  },
  'settings/save-shop': (ctx, input, session) => {
    saveShop(ctx, session, input);
    return DONE;
  },
  'settings/save-courtesy': (ctx, input, session) => {
    saveCourtesy(ctx, session, input);
    return DONE;
  },
  'settings/save-replies': (ctx, input, session) => {
    saveReplies(ctx, session, input);
    return DONE;
  },
  'settings/save-money': (ctx, input, session) => {
    saveMoney(ctx, session, input);
    return DONE;
  },
  'settings/save-texting': (ctx, input, session) => {
    saveTexting(ctx, session, input);
    return DONE;
  },
  'settings/staff': (ctx) =>
    listStaff(ctx.db).map((s) => ({
      id: s.id,
      name: s.name,
      role: s.role,
      practisedAt: s.practisedAt,
      language: s.language,
      active: s.active,
      hasPin: s.pinHash !== null,
    })),
  'settings/save-staff': (ctx, input, session) => saveStaffMember(ctx, session, input),
  'settings/texting-probe': (ctx, input) => probe(ctx.backstage.gatewayFor, input),
  'settings/texting-connect': async (ctx, input, session) => {
    await connect(ctx, session, ctx.backstage.gatewayFor, input);
    return DONE;
  },
  'settings/texting-disconnect': async (ctx, _input, session) => {
    await disconnect(ctx, session);
    return DONE;
  },
  'settings/fix-replies': async (ctx, { serviceSid, ...credentials }) => {
    const gateway = await ctx.backstage.gatewayFor(credentials);
    await gateway.letServiceLogReplies(serviceSid);
    return gateway.probe();
  },
  'settings/texting-health': (ctx) => health(ctx),
  'settings/make-recovery-code': (ctx, _input, session) => newRecoveryCode(ctx, session),
  'settings/onboarding-step': (ctx, { step }, session) => {
    onboardingStep(ctx, session, step);
    return DONE;
  },
} satisfies HandlersFor<typeof settings>;
