import { insertVersion, loyaltyVersions, type StoredVersion } from '@db/queries/loyalty';
import { countMembers, type MemberTerms, middleReceipt, usualPrice } from '@db/queries/loyalty-report';
import { firstSaleDay, lastSaleDay } from '@db/queries/margins';
import { type Offer, offerById } from '@db/queries/offers';
import { loyaltyOwed, noteEverybody } from '@db/queries/points';
import { audit } from '@db/queries/staff';
import { addDays, shopDay } from '@domain/calendar';
import { AppError } from '@domain/errors';
import { minorDigits } from '@domain/imports/money';
import type { OfferId, ShopDay } from '@domain/kernel';
import { type RewardCost, rewardCost } from '@domain/loyalty/cost';
import { badTerm, type History, type LoyaltyTerms, NO_TERMS, thatHeld, versionOn } from '@domain/loyalty/terms';
import { brief, type OfferBrief } from '../counter/card';
import type { Ctx, Session } from '../ctx';
import { marginsNow } from '../results/margins';
import { journalLoyalty } from './journal';
import { programmeOf, usable } from './keep';

/** Somebody is near a reward from this share of it on (facts/features.md 5.8). */
const NEAR = 0.9;
const MOST_COUNTED = 1_000_000;

/** Whom lists of members hold by these terms: near is the last tenth of the first reward, of a punch card at least the last punch. */
export function memberTerms(terms: LoyaltyTerms, today: ShopDay): MemberTerms {
  const first = terms.rewards[0]?.cost ?? Number.MAX_SAFE_INTEGER;
  return { first, near: first - Math.max(1, Math.round(first * (1 - NEAR))), soon: addDays(today, terms.noticeDays) };
}

export interface PricedReward extends RewardCost {
  offerId: OfferId;
  name: string;
  cost: number;
  offer: OfferBrief;
}

/** Each reward with what it costs the shop. */
export function pricedRewards(ctx: Ctx, terms: LoyaltyTerms): PricedReward[] {
  const margins = marginsNow(ctx);
  const offers = terms.rewards.flatMap((r) => {
    const offer = offerById(ctx.db, r.offerId);
    return offer ? [{ offer, cost: r.cost }] : [];
  });
  const receipt = offers.some(({ offer }) => offer.kind === 'percent') ? middleReceipt(ctx.db) : null;
  return offers.map(({ offer, cost }) => {
    const item = offer.kind === 'free-item' ? usualPrice(ctx.db, offer.item) : null;
    return { offerId: offer.id, name: offer.name, cost, offer: brief(offer), ...rewardCost(offer, { receipt, item }, margins) };
  });
}

const unitOf = (ctx: Ctx): number => 10 ** minorDigits(ctx.settings().shop.currency);

/** What the owner sees of the programme. */
export function programmeView(ctx: Ctx) {
  const { shop } = ctx.settings();
  const today = shopDay(ctx.clock.now(), shop.zone);
  const programme = programmeOf(ctx);
  const { versions, now } = programme;
  const terms = now?.terms ?? { ...NO_TERMS, unit: unitOf(ctx) };
  // since when without a break
  let since: ShopDay | null = null;
  for (const v of versions) since = v.state === 'off' ? null : (since ?? v.fromDay);
  const o = memberTerms(terms, today);
  const any = now !== null;
  return {
    state: now === null ? ('never' as const) : now.state,
    since,
    useUntil: now?.useUntil ?? null,
    terms,
    history: thatHeld(versions).find((v) => v.history !== null)?.history ?? null,
    rewards: pricedRewards(ctx, terms),
    counting: loyaltyOwed(ctx.db, MOST_COUNTED),
    members: any ? countMembers(ctx.db, 'all', o) : 0,
    // nobody comes nearer to anything while it is off
    ready: usable(ctx, programme) ? countMembers(ctx.db, 'ready', o) : 0,
    near: now?.state === 'on' ? countMembers(ctx.db, 'near', o) : 0,
    firstSale: firstSaleDay(ctx.db),
    lastSale: lastSaleDay(ctx.db),
    currency: shop.currency,
  };
}

export interface LoyaltyDraft {
  terms: LoyaltyTerms;
  history: History | null;
  carry: number;
}

const tidy = (names: readonly string[]): string[] => [...new Set(names.map((n) => n.trim()).filter((n) => n !== ''))];

/**
 * A draft as it is kept: names without blanks, cheapest reward first.
 * @throws AppError input.invalid {field} | loyalty.reward-shared
 */
export function readDraft(ctx: Ctx, draft: LoyaltyDraft): LoyaltyDraft {
  const { terms } = draft;
  const points = terms.kind === 'points';
  const read: LoyaltyTerms = {
    ...terms,
    unit: unitOf(ctx),
    items: terms.kind === 'items' ? tidy(terms.items) : [],
    categories: terms.kind === 'items' ? tidy(terms.categories) : [],
    times: points ? terms.times.map((t) => ({ ...t, category: t.category.trim() })) : [],
    tiers: terms.tiers.map((t) => ({
      ...t,
      name: t.name.trim(),
      nameEs: t.nameEs.trim() || t.name.trim(),
      percent: points ? t.percent : 100,
    })),
    rewards: [...terms.rewards].sort((a, b) => a.cost - b.cost || a.offerId - b.offerId),
  };
  const bad = badTerm(read);
  if (bad !== null) throw new AppError('input.invalid', { field: bad });
  for (const r of read.rewards) {
    const offer = offerById(ctx.db, r.offerId);
    if (!offer) throw new AppError('offer.not-found');
    if (!fitsReward(offer)) throw new AppError('loyalty.reward-shared');
  }
  const today = shopDay(ctx.clock.now(), ctx.settings().shop.zone);
  const history = draft.history !== null && draft.history.since < today ? draft.history : null;
  return { terms: read, history, carry: draft.carry };
}

/** A reward is a code of one person for one use; points for points would go round in a circle. */
export const fitsReward = (o: Pick<Offer, 'codeMode' | 'codeUses' | 'kind'>): boolean =>
  o.codeMode === 'personal' && o.codeUses === 1 && o.kind !== 'points';

/**
 * Switches the programme on, or changes it: from today on. What was earned before stays as it was earned. Purchases from before are added
 * once, at the first switching on, if the owner wants them.
 */
export function saveProgramme(ctx: Ctx, session: Session, input: LoyaltyDraft): void {
  const { terms, history, carry } = readDraft(ctx, input);
  const at = ctx.clock.now();
  const fromDay = shopDay(at, ctx.settings().shop.zone);
  const { versions } = programmeOf(ctx);
  const kept = versions.some((v) => v.history !== null && v.fromDay < fromDay);
  const before = versionOn(versions, fromDay);
  const version = {
    fromDay,
    state: 'on' as const,
    terms,
    // saved twice on its first day it may still be changed
    history: kept ? null : history,
    carry: carryOf(versions, fromDay, terms, carry),
    useUntil: null,
    at,
    staffId: session.staffId,
  };
  const id = ctx.db.tx((trx) => {
    const made = insertVersion(trx, version);
    noteEverybody(trx);
    audit(trx, {
      at,
      staffId: session.staffId,
      action: before?.state === 'on' ? 'loyalty.changed' : 'loyalty.on',
      subject: String(made),
      detail: { kind: terms.kind },
    });
    return made;
  });
  journalLoyalty(ctx, { version: { id, ...version } });
}

/** What a punch or point of before becomes where the kind changes; saved once more on the same day, what was said first. */
function carryOf(versions: readonly StoredVersion[], fromDay: ShopDay, terms: LoyaltyTerms, said: number): number {
  const yesterday = versionOn(versions, addDays(fromDay, -1));
  if (yesterday === null || yesterday.terms.kind === terms.kind) return 0;
  const today = versionOn(versions, fromDay);
  return today?.fromDay === fromDay && today.terms.kind === terms.kind ? today.carry : said;
}

/**
 * Switches it off: nothing more is earned from today on; what people have may be used until a day, or for ever.
 * @throws AppError loyalty.off
 */
export function switchOff(ctx: Ctx, session: Session, useUntil: ShopDay | null): void {
  const at = ctx.clock.now();
  const fromDay = shopDay(at, ctx.settings().shop.zone);
  const before = versionOn(loyaltyVersions(ctx.db), fromDay);
  if (before?.state !== 'on') throw new AppError('loyalty.off');
  const version = { fromDay, state: 'off' as const, terms: before.terms, history: null, carry: 0, useUntil, at, staffId: session.staffId };
  const id = ctx.db.tx((trx) => {
    const made = insertVersion(trx, version);
    noteEverybody(trx);
    audit(trx, { at, staffId: session.staffId, action: 'loyalty.off', subject: String(made) });
    return made;
  });
  journalLoyalty(ctx, { version: { id, ...version } });
}
