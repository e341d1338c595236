import type { Db } from '@db/open';
import { clubsOf } from '@db/queries/clubs';
import { customerById } from '@db/queries/customers';
import { numberOfMember } from '@db/queries/membership';
import type { CodeRow } from '@db/queries/offer-codes';
import { lastTextWith, type Offer } from '@db/queries/offers';
import { sharedUses, usesOf } from '@db/queries/redemptions';
import { topicOf } from '@db/queries/topics';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { type Refusal, refusalOf } from '@domain/offers/may-redeem';
import type { Ctx } from '../ctx';
import { permissionOf } from '../customers/permission';
import { isCollecting } from '../loyalty/member';
import { giftUsedAt } from './gift';

/** A member: signed up for texts, has our card, or asked for a rewards card. Nobody has to agree to texts to be one. */
export function isMember(ctx: Ctx, id: CustomerId): boolean {
  const c = customerById(ctx.db, id);
  return c !== null && (permissionOf(ctx, c).state === 'in' || numberOfMember(ctx.db, id) !== null || isCollecting(ctx, id));
}

/** Of the club it is for, or of anything where it names none. A club that ended keeps its members. */
const belongs = (ctx: Ctx, offer: Offer, id: CustomerId): boolean =>
  offer.club ? clubsOf(ctx.db, id).includes(offer.club) : isMember(ctx, id);

/** Their code left in a text, so they were a member then. Saying stop since ends texts, not what one of them promised. */
const sentTo = (code: CodeRow | null, id: CustomerId): boolean => code !== null && code.campaignId !== null && code.customerId === id;

/** What speaks against redeeming this now (or, written down later, then); null = nothing. */
export function whyRefused(
  ctx: Ctx,
  db: Db,
  o: { code: CodeRow | null; offer: Offer; customerId: CustomerId | null; amount: number | null; at: UtcMs; now: UtcMs },
): Refusal | null {
  const { offer, code, customerId } = o;
  // Counted only where the offer has a limit: a poster's code may have been used many thousand times.
  const limited = code === null && (offer.mostUses !== null || offer.membersOnly);
  const club = offer.membersOnly && offer.club ? topicOf(db, offer.club) : null;
  return refusalOf({
    offer,
    code: code && { ...code, used: code.uses === 1 && code.state !== 'redeemed' ? 0 : usesOf(db, code.code).length },
    shared: limited ? sharedUses(db, offer.id, customerId) : { usedByAll: 0, usedByPerson: 0 },
    giftUsedAt: code && giftUsedAt(db, code),
    lastTextAt: code === null && offer.untilDay === null ? lastTextWith(db, offer.id) : null,
    member: !offer.membersOnly || customerId === null ? null : sentTo(code, customerId) || belongs(ctx, offer, customerId),
    ...(club && { club: club.name }),
    amount: o.amount,
    at: o.at,
    now: o.now,
    zone: ctx.settings().shop.zone,
  });
}
