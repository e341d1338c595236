import { type CodeListRow, codesOfOffer, countOpenCodes } from '@db/queries/offer-codes';
import {
  insertOffer,
  lastTextWith,
  listOffers,
  type Offer,
  type OfferFields,
  type OfferListRow,
  offerById,
  offerBySharedCode,
  updateOffer,
} from '@db/queries/offers';
import { type RedemptionListRow, recentRedemptions } from '@db/queries/redemptions';
import { audit } from '@db/queries/staff';
import { topicOf } from '@db/queries/topics';
import { shopDay } from '@domain/calendar';
import { tidyName } from '@domain/customers/name';
import { AppError } from '@domain/errors';
import { type Cents, DAY, type OfferId, type ShopDay, type UtcMs } from '@domain/kernel';
import { readCode } from '@domain/offers/code';
import { worthNow } from '@domain/offers/may-redeem';
import { type Bundle, badField, EVERY_DAY, type OfferTerms } from '@domain/offers/offer';
import { takenBack } from '@domain/offers/promise';
import type { CodeState } from '@domain/offers/redemption';
import { codeWindow, phaseOf, uselessAt } from '@domain/offers/window';
import type { Ctx, Session } from '../ctx';

/** What the owner fills in; what is left out is the usual: for everything, any day, once. */
export type OfferInput = Pick<OfferFields, 'name' | 'kind' | 'codeMode' | 'validDays'> & {
  id: OfferId | null;
  percent?: number | null;
  amount?: Cents | null;
  item?: string;
  bundle?: Bundle | null;
  points?: number | null;
  minSpend?: Cents;
  terms?: string;
  items?: readonly string[];
  categories?: readonly string[];
  fromDay?: ShopDay | null;
  untilDay?: ShopDay | null;
  weekdays?: number;
  fromMinute?: number | null;
  untilMinute?: number | null;
  codeUses?: number;
  mostUses?: number | null;
  membersOnly?: boolean;
  club?: string | null | undefined;
  sharedCode?: string | null;
  /** What staff key into the till for it; '' = said from the offer itself. */
  tillKey?: string;
  archived?: boolean;
};

/** Each name once, as first written, whatever its capitals. */
function namesOf(names: readonly string[] | undefined): string[] {
  const seen = new Map<string, string>();
  for (const n of names ?? []) if (n.trim() !== '' && !seen.has(n.trim().toLowerCase())) seen.set(n.trim().toLowerCase(), n.trim());
  return [...seen.values()];
}

/** Only what its kind and its way of handing out codes need. */
function termsOf(input: OfferInput): OfferTerms {
  const { kind, codeMode, bundle } = input;
  const shared = codeMode === 'shared';
  const membersOnly = input.membersOnly ?? false;
  const untilDay = input.untilDay ?? null;
  return {
    kind,
    percent: kind === 'percent' ? (input.percent ?? null) : null,
    amount: kind === 'amount' ? (input.amount ?? null) : null,
    item: kind === 'free-item' ? (input.item ?? '').trim() : '',
    bundle: kind !== 'bundle' || !bundle ? null : bundle.forPrice === null ? bundle : { ...bundle, get: 0, percent: 0 },
    points: kind === 'points' ? (input.points ?? null) : null,
    minSpend: input.minSpend ?? (0 as Cents),
    terms: (input.terms ?? '').trim(),
    items: namesOf(input.items),
    categories: namesOf(input.categories),
    validDays: input.validDays,
    fromDay: untilDay === null ? null : (input.fromDay ?? null),
    untilDay,
    weekdays: input.weekdays ?? EVERY_DAY,
    fromMinute: input.fromMinute ?? null,
    untilMinute: input.untilMinute ?? null,
    codeMode,
    codeUses: shared && !membersOnly ? 1 : (input.codeUses ?? 1),
    mostUses: shared ? (input.mostUses ?? null) : null,
    membersOnly,
    club: membersOnly ? (input.club ?? null) : null,
  };
}

/**
 * Makes or changes an offer. Only what its kind needs is kept; codes already out keep their own days and uses, and while any is out the
 * offer may be made better but not worse (`offer.promised`).
 */
export function saveOffer(ctx: Ctx, session: Session, input: OfferInput): Offer {
  const name = input.name.trim();
  const invalid = (field: string) => new AppError('input.invalid', { field });
  if (!name) throw invalid('name');
  const now = ctx.clock.now();
  const terms = termsOf(input);
  if (terms.club != null && !topicOf(ctx.db, terms.club)) throw invalid('club');
  const bad = badField(terms);
  if (bad) throw invalid(bad);
  // Good on Mondays only, and none before its end: nobody could ever use it. One that is over may still be looked at and put away.
  const start = terms.fromDay === null ? now : (Math.min(now, Date.parse(`${terms.fromDay}T12:00:00Z`)) as UtcMs);
  if (uselessAt(terms, start, ctx.settings().shop.zone) === 'no-day') throw invalid('weekdays');
  const sharedCode = input.codeMode === 'shared' ? (input.sharedCode ?? '').toUpperCase().replace(/\s+/g, '') : null;
  if (sharedCode !== null && !/^[A-Z0-9-]{3,20}$/.test(sharedCode)) throw invalid('sharedCode');
  const fields: OfferFields = { ...terms, name, sharedCode, tillKey: tidyName(input.tillKey) };
  const saved = ctx.db.tx((trx) => {
    if (sharedCode !== null) {
      const other = offerBySharedCode(trx, sharedCode.replaceAll('-', ''));
      // A word that reads as a personal code would shadow somebody's own.
      if ((other && other.id !== input.id) || readCode(sharedCode).kind === 'ok') throw invalid('sharedCode');
    }
    let id = input.id;
    if (id === null) id = insertOffer(trx, fields, now);
    else if (isPromised(ctx, offerById(trx, id), fields)) throw new AppError('offer.promised');
    else if (!updateOffer(trx, id, { ...fields, archived: input.archived ?? false })) throw new AppError('offer.not-found');
    audit(trx, { at: now, staffId: session.staffId, action: input.id === null ? 'offer.made' : 'offer.changed', subject: String(id) });
    const made = offerById(trx, id);
    if (!made) throw new AppError('offer.not-found');
    return made;
  });
  ctx.journal.append([{ kind: 'offer', at: now, row: saved }]);
  return saved;
}

/** Whether people hold its code, or read its shared word, and would get less than they were told. */
function isPromised(ctx: Ctx, before: Offer | null, after: OfferFields): boolean {
  if (!before || takenBack(before, after) === null) return false;
  const now = ctx.clock.now();
  if (before.codeMode === 'personal') return countOpenCodes(ctx.db, { offerId: before.id }, now) > 0;
  const texted = lastTextWith(ctx.db, before.id);
  return texted !== null && codeWindow(before, texted, ctx.settings().shop.zone).endsAt > now;
}

/** Every offer with what became of its codes, and where one with fixed dates stands today. */
export function listAllOffers(ctx: Ctx): (OfferListRow & { phase: 'ahead' | 'open' | 'over' })[] {
  const now = ctx.clock.now();
  const today = shopDay(now, ctx.settings().shop.zone);
  return listOffers(ctx.db, now).map((o) => ({ ...o, phase: phaseOf(o, today) }));
}

/** Codes of an offer with the person each belongs to; a code past its day is shown as expired. */
export function listCodes(
  ctx: Ctx,
  offerId: OfferId,
  filter: { state: CodeState | 'any'; offset: number; limit: number },
): { total: number; rows: CodeListRow[] } {
  const now = ctx.clock.now();
  const { total, rows } = codesOfOffer(ctx.db, offerId, { ...filter, now });
  return { total, rows: rows.map((r) => ({ ...r, state: worthNow(r, now) })) };
}

/** At most 200 redemptions of the last days, newest first. */
export function whatWasRedeemed(ctx: Ctx, offerId: OfferId | null, days: number): { rows: RedemptionListRow[] } {
  const since = (ctx.clock.now() - days * DAY) as UtcMs;
  return { rows: recentRedemptions(ctx.db, { offerId, since, limit: 200 }) };
}
