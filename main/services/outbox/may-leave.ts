import { marketingLeft, type OutboxRow } from '@db/queries/outbox';
import { causedAt, confirmedAt, lastDoubleOptInAt, personFor } from '@db/queries/outbox-sender';
import { capsSince, checkCaps } from '@domain/campaigns/caps';
import { sendWindow } from '@domain/campaigns/quiet-hours';
import { type GateReason, gate } from '@domain/consent/gate';
import { stateOf } from '@domain/consent/status';
import type { UtcMs } from '@domain/kernel';
import { consentOf } from '@services/consent/read';
import type { Ctx } from '../ctx';

export type LeaveReason = GateReason | 'expired' | 'person-gone' | 'number-changed' | 'month-used' | 'texted-recently';

export type Verdict =
  /** `closesAt`: the carrier must not deliver at or after it; null = no closing time. */
  | { kind: 'send'; closesAt: UtcMs | null }
  | { kind: 'wait'; until: UtcMs | null; reason: LeaveReason }
  | { kind: 'skip'; reason: LeaveReason };

const earlier = (a: UtcMs | null, b: UtcMs | null): UtcMs | null => (a === null ? b : b === null ? a : (Math.min(a, b) as UtcMs));

function without(left: readonly UtcMs[], own: UtcMs | null): UtcMs[] {
  const at = own === null ? -1 : left.indexOf(own);
  return left.filter((_, i) => i !== at);
}

/**
 * Whether one text may leave at this very moment: consent and hold, the number's caps and promise, the recipient's hours, the person
 * still being who they were (rules.md §3, §4). Pure reading; called in the transaction that claims the row. Replies have been read
 * and classified by the caller.
 */
export function mayLeave(ctx: Ctx, row: OutboxRow, now: UtcMs, reasonGiven = false): Verdict {
  if (row.expiresAt !== null && row.expiresAt <= now) return { kind: 'skip', reason: 'expired' };
  const { shop, courtesy, texting } = ctx.settings();

  const person = row.customerId === null ? undefined : personFor(ctx.db, row.customerId);
  if (row.customerId !== null) {
    if (!person) return { kind: 'skip', reason: 'person-gone' };
    if (row.messageClass === 'marketing' && person.phone !== row.address) return { kind: 'skip', reason: 'number-changed' };
  }

  const consents = consentOf(ctx.db, ctx.hmacKey, row.address, now);
  const marketing = consents.find((c) => c.purpose === 'marketing');
  const needed = row.messageClass === 'service' ? 'service' : 'marketing';
  const window = sendWindow({
    phone: row.address,
    postalCode: person?.postalCode ? person.postalCode : null,
    zone: person?.zone ?? null,
    shopZone: shop.zone,
    courtesy: courtesy.window,
    now,
    reasonGiven,
  });
  const caps =
    row.messageClass === 'marketing'
      ? checkCaps({
          // A re-sent text does not stand in its own way.
          left: without(marketingLeft(ctx.db, row.address, capsSince(now, shop.zone, courtesy.spacingDays)), row.leftAt),
          promiseMax: marketing?.promiseMax ?? null,
          defaultPromise: courtesy.promisePerMonth,
          spacingDays: courtesy.spacingDays,
          now,
          shopZone: shop.zone,
        })
      : ({ ok: true } as const);

  const confirmed = row.messageClass === 'marketing' ? confirmedAt(ctx.db, row.address) : null;
  const decision = gate({
    messageClass: row.messageClass,
    now,
    consent: {
      state: stateOf(consents, needed),
      marketing: marketing?.state ?? 'never',
      carrierStop: consents.some((c) => c.carrierStop),
    },
    badNumber: person !== undefined && person.phone === row.address && person.phoneProblem !== null,
    repliesFresh: true,
    senderApproved: texting.senderApproved || texting.mode === 'practice',
    hours: { open: window.open, opensAt: window.opensAt },
    // Who is capped is told why; a campaign is not kept waiting for next month (rules.md §3).
    caps: { free: caps.ok, freeAt: null },
    causedAt: causedAt(ctx.db, row),
    ...(confirmed === undefined ? {} : { confirmedAt: confirmed }),
    lastDoubleOptInAt: row.messageClass === 'double-opt-in' ? lastDoubleOptInAt(ctx.db, row.address, row.id) : null,
  });

  switch (decision.kind) {
    case 'send':
      // What the customer caused may be under way at any hour; everything else ends with the window.
      return { kind: 'send', closesAt: earlier(window.open ? window.closesAt : null, row.expiresAt) };
    case 'wait':
      if (decision.until !== null && row.expiresAt !== null && decision.until >= row.expiresAt) return { kind: 'skip', reason: 'expired' };
      return decision;
    case 'skip':
      return { kind: 'skip', reason: decision.reason === 'caps' && !caps.ok ? caps.reason : decision.reason };
  }
}
