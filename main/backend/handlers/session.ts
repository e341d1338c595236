import type { session } from '@contract/session';
import { lock, resetOwnerPin, sessionState, unlock } from '@services/session/session';
import type { HandlersFor } from '../handler';

export const sessionHandlers = {
  'session/state': (ctx, _input, session) => ({
    ...sessionState(ctx, session.turned ? ctx.sessions.get(session.windowId) : session),
    ...(session.turned && { turned: true }),
  }),
  'session/unlock': (ctx, input, session) => unlock(ctx, session, input),
  'session/lock': (ctx, _input, session) => lock(ctx, session),
  'session/reset-owner-pin': (ctx, input, session) => resetOwnerPin(ctx, session, input),
} satisfies HandlersFor<typeof session>;
