import { type Customer, customerById } from '@db/queries/customers';
import { type Size, sizesOf, type Wish, wishesOf } from '@db/queries/desk';
import { liveCodesOf, type Offer, offerById } from '@db/queries/offers';
import { showName } from '@domain/customers/name';
import type { CustomerId, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { type Permission, permissionOf } from '../customers/permission';

/** What an offer gives, for words on screen, and what to key into the till for it. */
export type OfferBrief = Pick<Offer, 'name' | 'kind' | 'percent' | 'amount' | 'item' | 'minSpend' | 'terms' | 'tillKey'>;

/** A person as staff may see them: no takings, no full number, no e-mail. */
export interface CounterPerson {
  id: CustomerId;
  name: string;
  /** Last four digits, to tell two Anas apart. */
  phoneEnd: string | null;
  language: 'en' | 'es';
  lastVisitAt: UtcMs | null;
  permission: Pick<Permission, 'state' | 'whyNot' | 'carrierStop'>;
  offers: { code: string; expiresAt: UtcMs; offer: OfferBrief }[];
  note: string;
  sizes: Size[];
  /** What they are still looking for. */
  wishes: Wish[];
}

export const brief = (o: Offer): OfferBrief => ({
  name: o.name,
  kind: o.kind,
  percent: o.percent,
  amount: o.amount,
  item: o.item,
  minSpend: o.minSpend,
  terms: o.terms,
  tillKey: o.tillKey,
});

export function card(ctx: Ctx, c: Customer): CounterPerson {
  const { state, whyNot, carrierStop } = permissionOf(ctx, c);
  return {
    id: c.id,
    name: showName(c),
    phoneEnd: c.phone?.slice(-4) ?? null,
    language: c.language,
    lastVisitAt: c.lastVisitAt,
    permission: { state, whyNot, carrierStop },
    offers: liveCodesOf(ctx.db, c, ctx.clock.now()).flatMap((code) => {
      const offer = offerById(ctx.db, code.offerId);
      return offer ? [{ code: code.code, expiresAt: code.expiresAt, offer: brief(offer) }] : [];
    }),
    note: c.note,
    sizes: sizesOf(ctx.db, c.id),
    wishes: wishesOf(ctx.db, c.id).filter((w) => w.state === 'open'),
  };
}

/** One person's card again, after something was done for them. */
export function counterPerson(ctx: Ctx, id: CustomerId): CounterPerson | null {
  const c = customerById(ctx.db, id);
  return c ? card(ctx, c) : null;
}
