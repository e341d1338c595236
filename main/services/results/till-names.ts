import { audit } from '@db/queries/staff';
import { nameCells, offerNames, offersOfCodes, saidNames, sayName } from '@db/queries/till-check';
import { addDays, shopDay } from '@domain/calendar';
import type { Cents, OfferId, ShopDay } from '@domain/kernel';
import { readCode } from '@domain/offers/code';
import { nameKey, namesIn, type OfferName, offerKnownBy, type Said, type Suggestion, suggestionFor } from '@domain/reports/till-names';
import type { Ctx, Session } from '../ctx';

/** How far names are looked for: a key nobody pressed for so long needs no word. */
const NAMES_DAYS = 180;
/** What a name stands for. `known`: an offer's own key, shared code or a personal code, without anybody having said so. */
export interface Meaning {
  meaning: 'text' | 'other' | null;
  offerId: OfferId | null;
  known: boolean;
  /** A personal code, plain. */
  code: string | null;
}

/** The meaning of each name that stands in these cells: as said, else known from offers and codes. */
export function meanings(ctx: Ctx, cells: readonly (string | null)[]): (name: string) => Meaning {
  const said = saidNames(ctx.db);
  const offers = offerNames(ctx.db);
  const codeOf = new Map<string, string>();
  for (const name of namesIn(...cells)) {
    const read = readCode(name);
    if (read.kind === 'ok') codeOf.set(nameKey(name), read.code);
  }
  const ours = offersOfCodes(ctx.db, [...codeOf.values()]);
  const cache = new Map<string, Meaning>();
  return (name) => {
    const key = nameKey(name);
    const hit = cache.get(key);
    if (hit) return hit;
    const code = codeOf.get(key);
    const ofCode = code === undefined ? undefined : ours.get(code);
    const own = said.get(key);
    const known = ofCode ?? offerKnownBy(name, offers);
    const is: Meaning = own
      ? { meaning: own.meaning, offerId: own.offerId, known: false, code: ofCode === undefined ? null : (code ?? null) }
      : {
          meaning: known === null ? null : 'text',
          offerId: known,
          known: known !== null,
          code: ofCode === undefined ? null : (code ?? null),
        };
    cache.set(key, is);
    return is;
  };
}

export interface TillName {
  name: string;
  receipts: number;
  discount: Cents;
  withCode: number;
  lastDay: ShopDay;
  meaning: 'text' | 'other' | null;
  offerId: OfferId | null;
  /** An offer's own key or code: it needs no word. */
  known: boolean;
  suggested: Suggestion | null;
  suggestedOfferId: OfferId | null;
}

/** The till's names of discounts in the last half year, those still to be decided first. Personal codes speak for themselves and are left out. */
export function tillNames(ctx: Ctx): { names: TillName[]; offers: { id: OfferId; name: string }[] } {
  const since = addDays(shopDay(ctx.clock.now(), ctx.settings().shop.zone), -NAMES_DAYS);
  const cells = nameCells(ctx.db, since);
  const meaning = meanings(
    ctx,
    cells.flatMap((c) => [c.code, c.label]),
  );
  const offers = offerNames(ctx.db);
  const byName = new Map<string, TillName>();
  for (const c of cells) {
    for (const name of namesIn(c.code, c.label)) {
      const m = meaning(name);
      if (m.code !== null) continue;
      const known = byName.get(nameKey(name));
      const sum = known ?? {
        name,
        receipts: 0,
        discount: 0 as Cents,
        withCode: 0,
        lastDay: c.lastDay,
        meaning: m.meaning,
        offerId: m.offerId,
        known: m.known,
        suggested: null,
        suggestedOfferId: null,
      };
      sum.receipts += c.receipts;
      sum.discount = (sum.discount + c.discount) as Cents;
      sum.withCode += c.withCode;
      if (c.lastDay > sum.lastDay) sum.lastDay = c.lastDay;
      byName.set(nameKey(name), sum);
    }
  }
  const names = [...byName.values()].map((n) => suggest(n, offers));
  const rank = (n: TillName) => (n.meaning !== null ? 2 : n.suggested !== null ? 0 : 1);
  names.sort((a, b) => rank(a) - rank(b) || b.receipts - a.receipts || (a.name < b.name ? -1 : 1));
  return { names: names.slice(0, 200), offers: offers.map(({ id, name }) => ({ id, name })) };
}

function suggest(n: TillName, offers: readonly OfferName[]): TillName {
  const s = n.meaning === null ? suggestionFor(n.name, offers, n) : null;
  return { ...n, suggested: s?.why ?? null, suggestedOfferId: s?.offerId ?? null };
}

/** Remembers what names mean; null forgets it. */
export function sayTillNames(ctx: Ctx, session: Session, names: readonly { name: string; said: Said | null }[]): void {
  const now = ctx.clock.now();
  ctx.db.tx((trx) => {
    for (const { name, said } of names) sayName(trx, nameKey(name), said, now);
    audit(trx, { at: now, staffId: session.staffId, action: 'till-check.names', detail: { names: names.length } });
  });
}
