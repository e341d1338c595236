import type { consent } from '@contract/consent';
import { customerById } from '@db/queries/customers';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164 } from '@domain/kernel';
import { consentOf, recordStop, withConsent } from '@services/consent';
import { attestImport, attestView, attestWaiting, undoAttest } from '@services/consent/attest';
import { whyNotNow } from '@services/consent/may-text';
import { refuseUnlessInFront } from '@services/counter/in-front';
import type { Ctx } from '@services/ctx';
import type { HandlersFor } from '../handler';

/** A person, or a number nobody has on file. */
function whose(ctx: Ctx, i: { customerId: CustomerId | null; phone: PhoneE164 | null }): { phone: PhoneE164 | null; name: string } {
  if (i.customerId === null) return { phone: i.phone, name: '' };
  const c = customerById(ctx.db, i.customerId);
  if (!c) throw new AppError('customer.not-found');
  return { phone: i.phone ?? c.phone, name: `${c.firstName} ${c.lastName}`.trim() };
}

export const consentHandlers = {
  'consent/of': (ctx, input) => {
    const { phone } = whose(ctx, input);
    const states = phone === null ? [] : consentOf(ctx.db, ctx.hmacKey, phone, ctx.clock.now());
    const carrierStop = states.some((s) => s.carrierStop);
    return {
      phone,
      marketing: stateOf(states, 'marketing'),
      carrierStop,
      states: states.map(({ purpose, state, promiseMax, since, expiresAt }) => ({ purpose, state, promiseMax, since, expiresAt })),
      startNumber: carrierStop ? (ctx.settings().texting.numbers[0] ?? null) : null,
    };
  },
  'consent/when': (ctx, { customerId, phone, messageClass }, session) => {
    // A number alone would let staff ask about anybody; a person is in front of them.
    if (session.role !== 'owner' && customerId === null) throw new AppError('session.owner-only');
    if (customerId !== null) refuseUnlessInFront(ctx, session, customerId);
    return whyNotNow(ctx, { customerId, phone: session.role === 'owner' ? phone : null }, messageClass);
  },
  'consent/stop': (ctx, input, session) => {
    const { phone } = whose(ctx, input);
    if (phone === null) throw new AppError('customer.bad-phone');
    return withConsent(ctx, (trx) => {
      const { cancelled } = recordStop(ctx, trx, {
        phone,
        method: session.role === 'owner' ? 'owner' : 'counter',
        reason: input.reason || 'asked-us-to-stop',
        carrierStop: false,
        staffId: session.staffId,
        occurredAt: ctx.clock.now(),
      });
      return { cancelled };
    });
  },
  'consent/said': (ctx, { importId }) => attestView(ctx, importId),
  'consent/said-waiting': (ctx) => attestWaiting(ctx),
  'consent/attest': (ctx, input, session) => ({ taskId: attestImport(ctx, session, input).task }),
  'consent/unattest': (ctx, { importId }, session) => ({ taskId: undoAttest(ctx, session, importId).task }),
} satisfies HandlersFor<typeof consent>;
