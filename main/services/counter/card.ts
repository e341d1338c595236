import { clubNamesOf } from '@db/queries/clubs';
import { type Customer, customerById } from '@db/queries/customers';
import { type Size, sizesOf, type Wish, wishesOf } from '@db/queries/desk';
import { memberOffers, type Offer, offerById } from '@db/queries/offers';
import { usesOf } from '@db/queries/redemptions';
import { shopDay } from '@domain/calendar';
import { stateOf } from '@domain/consent/status';
import { showName } from '@domain/customers/name';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { mayOverride, type Refusal } from '@domain/offers/may-redeem';
import type { OfferTerms } from '@domain/offers/offer';
import { emailConsentOf } from '../consent/read';
import type { Ctx, Session } from '../ctx';
import { type Permission, permissionOf } from '../customers/permission';
import { usableCodesOf } from '../offers/gift';
import { isMember, whyRefused } from '../offers/terms';

/** What an offer gives and when, for words on screen, and what to key into the till for it. */
export type OfferBrief = OfferTerms & Pick<Offer, 'name' | 'tillKey'>;

/** An offer this person may be given, or why not now. */
export interface CounterOffer {
  code: string;
  shared: boolean;
  expiresAt: UtcMs | null;
  offer: OfferBrief;
  left: number;
  refusal: Refusal | null;
  /** Whoever asks may give it all the same. */
  mayHonour: boolean;
}

/** A person as staff may see them: no takings, no full number, no e-mail. */
export interface CounterPerson {
  id: CustomerId;
  name: string;
  /** Last four digits, to tell two Anas apart. */
  phoneEnd: string | null;
  language: 'en' | 'es';
  lastVisitAt: UtcMs | null;
  permission: Pick<Permission, 'state' | 'whyNot' | 'carrierStop'>;
  /** Gets our e-mails. */
  mails: boolean;
  /** Names of the clubs they are in. */
  clubs: { en: string; es: string }[];
  offers: CounterOffer[];
  note: string;
  sizes: Size[];
  /** What they are still looking for. */
  wishes: Wish[];
}

export function brief(o: Offer): OfferBrief {
  const { id: _, sharedCode: _s, createdAt: _c, archived: _a, ...terms } = o;
  return terms;
}

/** Whether this session may wave a refusal through. */
export const honours = (session: Session, refusal: Refusal | null): boolean =>
  refusal !== null && session.role === 'owner' && mayOverride(refusal);

/** Their own codes and those of everybody with their number; for members also what is for every member. */
function offersOf(ctx: Ctx, session: Session, c: Customer): CounterOffer[] {
  const now = ctx.clock.now();
  const out: CounterOffer[] = [];
  for (const code of usableCodesOf(ctx.db, c, now)) {
    const offer = offerById(ctx.db, code.offerId);
    if (!offer) continue;
    const refusal = whyRefused(ctx, ctx.db, { code, offer, customerId: code.customerId ?? c.id, amount: null, at: now, now });
    const left = code.uses === 1 ? 1 : code.uses - usesOf(ctx.db, code.code).length;
    const { expiresAt } = code;
    out.push({ code: code.code, shared: false, expiresAt, offer: brief(offer), left, refusal, mayHonour: honours(session, refusal) });
  }
  const forMembers = memberOffers(ctx.db, shopDay(now, ctx.settings().shop.zone));
  if (forMembers.length === 0 || !isMember(ctx, c.id)) return out;
  for (const offer of forMembers) {
    const refusal = whyRefused(ctx, ctx.db, { code: null, offer, customerId: c.id, amount: null, at: now, now });
    // What they have had, or what is gone or over, is not worth a line.
    if (refusal?.why === 'member-used' || refusal?.why === 'all-used' || refusal?.why === 'expired') continue;
    // another club's: said when they bring its code
    if (refusal?.why === 'members') continue;
    const code = offer.sharedCode ?? '';
    out.push({ code, shared: true, expiresAt: null, offer: brief(offer), left: 1, refusal, mayHonour: honours(session, refusal) });
  }
  return out;
}

export function card(ctx: Ctx, session: Session, c: Customer): CounterPerson {
  const { state, whyNot, carrierStop } = permissionOf(ctx, c);
  return {
    id: c.id,
    name: showName(c),
    phoneEnd: c.phone?.slice(-4) ?? null,
    language: c.language,
    lastVisitAt: c.lastVisitAt,
    permission: { state, whyNot, carrierStop },
    mails: c.email !== null && stateOf(emailConsentOf(ctx.db, ctx.hmacKey, c.email), 'marketing') === 'in',
    clubs: clubNamesOf(ctx.db, c.id),
    offers: offersOf(ctx, session, c),
    note: c.note,
    sizes: sizesOf(ctx.db, c.id),
    wishes: wishesOf(ctx.db, c.id).filter((w) => w.state === 'open'),
  };
}

/** One person's card again, after something was done for them. */
export function counterPerson(ctx: Ctx, session: Session, id: CustomerId): CounterPerson | null {
  const c = customerById(ctx.db, id);
  return c ? card(ctx, session, c) : null;
}
