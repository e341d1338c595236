import { customerById, customersByPhone } from '@db/queries/customers';
import { lastInboundAt } from '@db/queries/outbox-sender';
import { isUsShop } from '@domain/campaigns/countries';
import { isUsNumber } from '@domain/campaigns/quiet-hours';
import type { MessageClass } from '@domain/consent/gate';
import { factsAt, type InTheWay, type When, whenMayLeave } from '@domain/consent/when';
import { AppError } from '@domain/errors';
import type { CustomerId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { sendFacts } from './send-facts';

/** What no hour changes about a person's number. */
export type NoNumber = 'no-phone' | 'landline' | 'toll-free' | 'country';

export interface WhenAnswer {
  kind: When['kind'];
  /** kind later: from when; null = somebody has to act first. */
  at: UtcMs | null;
  closesAt: UtcMs | null;
  /** Everything in the way, the first thing first; one entry when never. */
  why: { reason: InTheWay['reason'] | NoNumber; until: UtcMs | null }[];
  /** Where the number may be: for "it is 21:40 where she lives". */
  zones: Zone[];
}

/** The two kinds of text a person may want to send to somebody in front of them. */
export type AskedClass = Extract<MessageClass, 'marketing' | 'reply'>;

/** Practice may text anywhere; for real texts leave from US shops to US numbers only (rules.md §3). */
export function realTextsReach(ctx: Ctx, phone: PhoneE164): boolean {
  const { shop, texting } = ctx.settings();
  return texting.mode !== 'twilio' || (isUsShop(shop.country) && isUsNumber(phone));
}

/**
 * "Why can't I text her now, and when can I?" By the very facts and the very gate that every sender passes; unread replies are
 * fetched before a text leaves anyway and are not part of the answer.
 */
export function whyNotNow(ctx: Ctx, who: { customerId: CustomerId | null; phone: PhoneE164 | null }, messageClass: AskedClass): WhenAnswer {
  const person =
    who.customerId === null ? (who.phone ? customersByPhone(ctx.db, who.phone)[0] : undefined) : customerById(ctx.db, who.customerId);
  if (who.customerId !== null && !person) throw new AppError('customer.not-found');
  const phone = who.phone ?? person?.phone ?? null;
  const never = (reason: NoNumber): WhenAnswer => ({ kind: 'never', at: null, closesAt: null, why: [{ reason, until: null }], zones: [] });
  if (phone === null) return never('no-phone');
  if (person?.phoneKind === 'landline') return never('landline');
  if (person?.phoneKind === 'toll-free') return never('toll-free');
  if (!realTextsReach(ctx, phone)) return never('country');

  const now = ctx.clock.now();
  const causedAt = messageClass === 'reply' ? lastInboundAt(ctx.db, phone) : null;
  const facts = sendFacts(ctx, { phone, customerId: person?.id ?? null, messageClass, causedAt }, now);
  const when = whenMayLeave(facts, now);
  const zones = [...factsAt(facts, now).window.zones];
  switch (when.kind) {
    case 'now':
      return { kind: 'now', at: now, closesAt: when.closesAt, why: [], zones };
    case 'later':
      return { kind: 'later', at: when.at, closesAt: null, why: when.why, zones };
    case 'never':
      return { kind: 'never', at: null, closesAt: null, why: [{ reason: when.reason, until: null }], zones };
  }
}
