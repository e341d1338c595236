import { nearest } from '@db/queries/customer-search';
import { type Customer, customerById, customersByPhone } from '@db/queries/customers';
import { codeRow, liveCodesOf, liveRedemption, type Offer, offerById, offerBySharedCode, recentRedemptions } from '@db/queries/offers';
import { audit } from '@db/queries/staff';
import { shopDay, startOfDay } from '@domain/calendar';
import { shortName, showName } from '@domain/customers/name';
import { toE164 } from '@domain/customers/phone';
import { type Cents, type CustomerId, MINUTE, type UtcMs } from '@domain/kernel';
import { type OfferCode, readCode } from '@domain/offers/code';
import { mayRedeem, mayUndo } from '@domain/offers/redemption';
import type { Ctx, Session } from '../ctx';
import { type Permission, permissionOf } from '../customers/permission';
import { countMiss, lockedFor } from '../offers/misses';

/** Staff may see whom they serve, not leaf through everybody. */
const MOST_HITS = 8;

/** What an offer gives, for words on screen. */
export type OfferBrief = Pick<Offer, 'name' | 'kind' | 'percent' | 'amount' | 'item' | 'minSpend' | 'terms'>;

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
}

export type CodeAnswer =
  | { state: 'ok'; code: string; shared: boolean; offer: OfferBrief; expiresAt: UtcMs | null; person: CounterPerson | null }
  | { state: 'used'; code: string; offer: OfferBrief; at: UtcMs | null; undoable: number | null; person: CounterPerson | null }
  | { state: 'expired'; code: string; offer: OfferBrief; at: UtcMs }
  | { state: 'void'; code: string; offer: OfferBrief }
  | { state: 'typo' | 'unknown' }
  | { state: 'locked'; seconds: number };

export interface Found {
  /** What the text says as a code; null when it is none, or is still being typed. */
  code: CodeAnswer | null;
  people: CounterPerson[];
  /** More people match than staff are shown. */
  more: boolean;
}

const brief = (o: Offer): OfferBrief => ({
  name: o.name,
  kind: o.kind,
  percent: o.percent,
  amount: o.amount,
  item: o.item,
  minSpend: o.minSpend,
  terms: o.terms,
});

function card(ctx: Ctx, c: Customer): CounterPerson {
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
  };
}

/** One person's card again, after something was done for them. */
function counterPerson(ctx: Ctx, id: CustomerId): CounterPerson | null {
  const c = customerById(ctx.db, id);
  return c ? card(ctx, c) : null;
}

/**
 * The big box: a code, a number, a name or an e-mail. `final` is Enter or a scan; while somebody still types, codes are not looked
 * up at all, so that typing can neither probe for codes nor count as misses.
 */
export function findAtCounter(ctx: Ctx, session: Session, text: string, final: boolean): Found {
  const typed = text.trim();
  const code = final ? answerCode(ctx, session, typed) : null;
  if (code && code.state !== 'typo' && code.state !== 'unknown') return { code, people: [], more: false };
  const { people, more } = findPeople(ctx, typed);
  if (code && people.length === 0) countMiss(ctx, session);
  return { code: people.length > 0 ? null : code, people, more };
}

function answerCode(ctx: Ctx, session: Session, text: string): CodeAnswer | null {
  const shared = offerBySharedCode(ctx.db, text.toUpperCase().replace(/[\s-]+/g, ''));
  if (shared) return { state: 'ok', code: shared.sharedCode ?? text, shared: true, offer: brief(shared), expiresAt: null, person: null };
  const read = readCode(text);
  if (read.kind === 'unknown-shape') return null;
  const locked = lockedFor(ctx, session);
  if (locked > 0) return { state: 'locked', seconds: Math.ceil(locked / 1000) };
  return read.kind === 'typo' ? { state: 'typo' } : liveAnswer(ctx, session, read.code);
}

function liveAnswer(ctx: Ctx, session: Session, text: OfferCode): CodeAnswer {
  const row = codeRow(ctx.db, text);
  const offer = row && offerById(ctx.db, row.offerId);
  if (!row || !offer) return { state: 'unknown' };
  const now = ctx.clock.now();
  const known = { code: row.code, offer: brief(offer) };
  const answer = mayRedeem(row, now);
  const person = row.customerId === null ? null : counterPerson(ctx, row.customerId);
  if (answer.ok) return { state: 'ok', ...known, shared: false, expiresAt: row.expiresAt, person };
  if (answer.why === 'expired') return { state: 'expired', ...known, at: row.expiresAt };
  if (answer.why === 'void') return { state: 'void', ...known };
  const used = liveRedemption(ctx.db, row.code);
  // A second look within minutes is the same till visit; later it is somebody trying twice.
  if (used && now - used.at > 10 * MINUTE) {
    audit(ctx.db, { at: now, staffId: session.staffId, action: 'offer.used-again', subject: row.code });
  }
  const undo = used && mayUndo(used, session.role === 'owner' ? 'owner' : 'staff', now, ctx.settings().shop.zone) ? used.id : null;
  return { state: 'used', ...known, at: used?.at ?? null, undoable: undo, person };
}

function findPeople(ctx: Ctx, text: string): { people: CounterPerson[]; more: boolean } {
  if ([...text].length < 2) return { people: [], more: false };
  const number = toE164(text, ctx.settings().shop.country);
  const found = number.ok
    ? customersByPhone(ctx.db, number.phone)
    : nearest(ctx.db, text, MOST_HITS + 1).flatMap((id) => customerById(ctx.db, id) ?? []);
  return { people: found.slice(0, MOST_HITS).map((c) => card(ctx, c)), more: found.length > MOST_HITS };
}

export interface RecentRedemption {
  id: number;
  at: UtcMs;
  code: string;
  offerName: string;
  /** First name and initial; null for a shared code. */
  name: string | null;
  amount: Cents | null;
  undone: boolean;
  mayUndo: boolean;
}

/** Today's redemptions, newest first, so that a mistake can be taken back. */
export function recentAtCounter(ctx: Ctx, session: Session): RecentRedemption[] {
  const now = ctx.clock.now();
  const { zone } = ctx.settings().shop;
  const role = session.role === 'owner' ? 'owner' : 'staff';
  return recentRedemptions(ctx.db, { offerId: null, since: startOfDay(shopDay(now, zone), zone), limit: 30 }).map((r) => ({
    id: r.id,
    at: r.at,
    code: r.code,
    offerName: r.offerName,
    name: r.firstName === null && r.lastName === null ? null : shortName({ firstName: r.firstName ?? '', lastName: r.lastName ?? '' }),
    amount: r.amount,
    undone: r.reversedAt !== null,
    mayUndo: mayUndo(r, role, now, zone),
  }));
}
