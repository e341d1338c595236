import { customersByPhone } from '@db/queries/customers';
import { lookUp } from '@db/queries/look-up';
import { memberByNumber } from '@db/queries/membership';
import { codeRow, voidedOf } from '@db/queries/offer-codes';
import { type Offer, offerById, offerBySharedCode } from '@db/queries/offers';
import { liveRedemption, usesOf } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import { readMemberNumber } from '@domain/customers/member-number';
import { callingCode, toE164 } from '@domain/customers/phone';
import { MINUTE, type UtcMs } from '@domain/kernel';
import { type OfferCode, plainCode, readCode } from '@domain/offers/code';
import type { Refusal } from '@domain/offers/may-redeem';
import { mayUndo } from '@domain/offers/redemption';
import type { Ctx, Session } from '../ctx';
import { countMiss, lockedFor } from '../offers/misses';
import { whyRefused } from '../offers/terms';
import { brief, type CounterPerson, card, counterPerson, honours, type OfferBrief } from './card';
import { nowInFront } from './in-front';

/** Staff may see whom they serve, not leaf through everybody. */
const MOST_HITS = 8;

interface Shown {
  code: string;
  shared: boolean;
  offer: OfferBrief;
  expiresAt: UtcMs | null;
  /** Uses of the code that are left, this one included. */
  left: number;
  person: CounterPerson | null;
}

export type CodeAnswer =
  | ({ state: 'ok' } & Shown)
  /** Good, but not now or not for them. `mayHonour`: whoever asks may give it all the same. */
  | ({ state: 'refused'; refusal: Refusal; mayHonour: boolean } & Shown)
  | { state: 'used'; code: string; offer: OfferBrief; at: UtcMs | null; undoable: number | null; person: CounterPerson | null }
  | { state: 'void'; code: string; offer: OfferBrief; at: UtcMs | null; why: 'campaign' | 'owner' | null }
  /** `card-…`: a membership card that was misread, or that is nobody's. */
  | { state: 'typo' | 'unknown' | 'card-typo' | 'card-unknown' }
  | { state: 'locked'; seconds: number };

export interface Found {
  /** What the text says as a code; null when it is none, or is still being typed. */
  code: CodeAnswer | null;
  people: CounterPerson[];
  /** More people match than staff are shown. */
  more: boolean;
}

/**
 * The big box: a code, a number, a name or an e-mail. `final` is Enter or a scan; while somebody still types, codes are not looked
 * up at all, so that typing can neither probe for codes nor count as misses.
 */
export function findAtCounter(ctx: Ctx, session: Session, text: string, final: boolean): Found {
  const typed = text.trim();
  const found = final ? (byCard(ctx, session, typed) ?? byCode(ctx, session, typed)) : findPeople(ctx, session, typed);
  const people = [...found.people, ...(found.code && 'person' in found.code && found.code.person ? [found.code.person] : [])];
  nowInFront(
    ctx,
    session,
    people.map((p) => p.id),
  );
  return { code: found.code, people: found.people, more: found.more };
}

/** The bars on a membership card, scanned or typed whole. */
function byCard(ctx: Ctx, session: Session, typed: string): Found | null {
  const read = readMemberNumber(typed);
  if (read.kind === 'no') return null;
  if (read.kind === 'typo') return { code: { state: 'card-typo' }, people: [], more: false };
  const id = memberByNumber(ctx.db, read.number);
  const person = id === null ? null : counterPerson(ctx, session, id);
  return person ? { code: null, people: [person], more: false } : { code: { state: 'card-unknown' }, people: [], more: false };
}

function byCode(ctx: Ctx, session: Session, typed: string): Found {
  const code = answerCode(ctx, session, typed);
  if (code && code.state !== 'typo' && code.state !== 'unknown') return { code, people: [], more: false };
  const found = findPeople(ctx, session, typed);
  if (!code) return found;
  // Somebody whose name merely resembles a wrong code is not who was meant.
  if (found.sure) return found;
  countMiss(ctx, session);
  return { code, people: [], more: false };
}

function answerCode(ctx: Ctx, session: Session, text: string): CodeAnswer | null {
  const shared = offerBySharedCode(ctx.db, plainCode(text));
  if (shared) return sharedAnswer(ctx, session, shared);
  const read = readCode(text);
  if (read.kind === 'unknown-shape') return null;
  const locked = lockedFor(ctx, session);
  if (locked > 0) return { state: 'locked', seconds: Math.ceil(locked / 1000) };
  return read.kind === 'typo' ? { state: 'typo' } : liveAnswer(ctx, session, read.code);
}

function sharedAnswer(ctx: Ctx, session: Session, offer: Offer): CodeAnswer {
  const now = ctx.clock.now();
  const shown = { code: offer.sharedCode ?? '', shared: true, offer: brief(offer), expiresAt: null, left: 1, person: null };
  const refusal = whyRefused(ctx, ctx.db, { code: null, offer, customerId: null, amount: null, at: now, now });
  return refusal ? { state: 'refused', ...shown, refusal, mayHonour: honours(session, refusal) } : { state: 'ok', ...shown };
}

function liveAnswer(ctx: Ctx, session: Session, text: OfferCode): CodeAnswer {
  const row = codeRow(ctx.db, text);
  const offer = row && offerById(ctx.db, row.offerId);
  if (!row || !offer) return { state: 'unknown' };
  const now = ctx.clock.now();
  const known = { code: row.code, offer: brief(offer) };
  const refusal = whyRefused(ctx, ctx.db, { code: row, offer, customerId: row.customerId, amount: null, at: now, now });
  if (refusal?.why === 'void') {
    const end = voidedOf(ctx.db, row.code);
    return { state: 'void', ...known, at: end?.at ?? null, why: end?.why ?? null };
  }
  const person = row.customerId === null ? null : counterPerson(ctx, session, row.customerId);
  if (refusal?.why !== 'used') {
    const left = row.uses === 1 ? 1 : row.uses - usesOf(ctx.db, row.code).length;
    const shown = { ...known, shared: false, expiresAt: row.expiresAt, left, person };
    return refusal ? { state: 'refused', ...shown, refusal, mayHonour: honours(session, refusal) } : { state: 'ok', ...shown };
  }
  const used = liveRedemption(ctx.db, row.code);
  // A second look within minutes is the same till visit; later it is somebody trying twice.
  if (used && now - used.at > 10 * MINUTE) {
    audit(ctx.db, { at: now, staffId: session.staffId, action: 'offer.used-again', subject: row.code });
  }
  const undo = used && mayUndo(used, session.role === 'owner' ? 'owner' : 'staff', now, ctx.settings().shop.zone) ? used.id : null;
  return { state: 'used', ...known, at: used?.at ?? null, undoable: undo, person };
}

/** `sure`: at least one of them is spelt as typed. */
function findPeople(ctx: Ctx, session: Session, text: string): Found & { sure: boolean } {
  const { country } = ctx.settings().shop;
  const number = toE164(text, country);
  const exact = number.ok ? customersByPhone(ctx.db, number.phone).filter((c) => !c.weak) : [];
  if (exact.length > 0) {
    return { code: null, people: exact.slice(0, MOST_HITS).map((c) => card(ctx, session, c)), more: exact.length > MOST_HITS, sure: true };
  }
  const { ids, more, sure } = lookUp(ctx.db, text, MOST_HITS, callingCode(country));
  const people = ids.flatMap((id) => counterPerson(ctx, session, id) ?? []);
  return { code: null, people, more, sure };
}
