import { DONE } from '@contract/primitives';
import type { restore } from '@contract/restore';
import { closeOnHold, endHeld, goOn, onHold } from '@services/backups/on-hold';
import type { HandlersFor } from '../handler';

export const restoreHandlers = {
  'restore/standing': (ctx) => {
    const { moving } = ctx.backstage;
    const retired = moving.retired();
    const h = onHold(ctx);
    return {
      readOnly: moving.readOnly(),
      retired: retired === null ? null : { at: retired.at, finished: retired.finished },
      // without a texting account there is nothing to check, until one is connected
      onHold: h !== null && h.restore.doneAt === null && (h.connected || h.campaigns.length > 0 || h.personal.length > 0),
    };
  },
  'restore/state': (ctx) => {
    const h = onHold(ctx);
    if (h === null) return null;
    const { how, at, copyAt, doneAt, lookAt, brought, journal, found } = h.restore;
    const { look, share, connected, campaigns, personal, unsure } = h;
    const held = campaigns.map((c) => ({ ...c, id: c.id as never }));
    return {
      how,
      at,
      copyAt,
      done: doneAt !== null,
      look,
      share,
      lookAt,
      connected,
      brought,
      journal,
      found,
      unsure,
      campaigns: held,
      personal,
    };
  },
  'restore/go-on': (ctx, { which, early }, session) => goOn(ctx, session, which, early),
  'restore/end': (ctx, { which }, session) => ({ stayed: endHeld(ctx, session, which) }),
  'restore/done': (ctx) => {
    closeOnHold(ctx);
    return DONE;
  },
  'restore/move-out': (ctx, { folder, recoveryCode }) => ctx.backstage.moving.moveOut(folder, recoveryCode),
  'restore/arrive': async (ctx, { path, recoveryCode }) => {
    await ctx.backstage.moving.arrive(path, recoveryCode);
    return DONE;
  },
  'restore/take-back': async (ctx) => {
    await ctx.backstage.moving.takeBack();
    return DONE;
  },
} satisfies HandlersFor<typeof restore>;
