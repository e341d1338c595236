import type { AudiencePerson } from '@db/queries/campaign-audience';
import { audit } from '@db/queries/staff';
import {
  type Delivery,
  deleteDelivery,
  deliveryById,
  insertDelivery,
  knownBarcode,
  type Line,
  linesOf,
  listDeliveries,
  toldOf,
  writeDelivery,
} from '@db/queries/wishes';
import { packIds, unpackIds } from '@domain/campaigns/quote';
import { shortName, tidyName } from '@domain/customers/name';
import { wishKey } from '@domain/customers/wishes';
import { AppError } from '@domain/errors';
import type { CampaignId, Cents, CustomerId, Micros, ShopDay } from '@domain/kernel';
import { type DeliveryLine, linesIn, MOST_LINES } from '@domain/wishes/lines';
import { WISH_WORDS, wishesSaid } from '@domain/wishes/words';
import { readerOf } from '../campaigns/split';
import { type Said, sayingsOf, sayWith } from '../campaigns/words';
import type { Ctx, Session } from '../ctx';
import { type Answered, mayBeTold, type WhoWaits, whoWaits } from './waiting';

const NOT_YET = 0 as CampaignId;
const PAGE = 200;

/** What a delivery says: the owner's words, else ours. */
export const wordsOfDelivery = (d: Pick<Delivery, 'bodyEn' | 'bodyEs'>) => ({
  en: d.bodyEn.trim() || WISH_WORDS.en,
  es: d.bodyEs.trim() || (d.bodyEn.trim() === '' ? WISH_WORDS.es : ''),
});

/** As a campaign has them. */
export function campaignWords(d: Pick<Delivery, 'bodyEn' | 'bodyEs'>) {
  const { en, es } = wordsOfDelivery(d);
  const words = es === '' ? [] : [{ part: 1, language: 'es' as const, arm: 'a' as const, links: 'any' as const, body: es }];
  return { body: en, words };
}

/** Somebody a delivery is for, as the owner sees it. */
export interface WaitingPerson {
  customerId: CustomerId;
  name: string;
  /** `bought`: the till shows something like it since they asked. */
  wishes: { id: number; item: string; size: string; under: Cents | null; bought: ShopDay | null }[];
  /** Null: gets the text. Else why not; then somebody calls, or tells them when they come. */
  reason: string | null;
}

export interface DeliveryPreview {
  /** At most as many as a page holds; those who are not texted first, for they have to be told otherwise. */
  people: WaitingPerson[];
  total: number;
  texts: number;
  price: Micros;
  currency: string;
  otherSize: number;
  otherPrice: number;
  /** Who seems to have it already, by the till: no text, and the owner says whether the wish came true. */
  has: { wishId: number; customerId: CustomerId; name: string; item: string; size: string; on: ShopDay }[];
  /** What the first of them reads, and the longest. */
  sample: { name: string; text: string; segments: number } | null;
  /** Says that this very thing was agreed to. */
  token: string;
}

/** One line of who may be told and what each reads. */
export interface Planned {
  reachable: { person: AudiencePerson; answered: Answered[]; said: Said }[];
  excluded: { person: AudiencePerson; answered: Answered[]; reason: string }[];
  price: Micros;
  words: string;
  otherSize: number;
  otherPrice: number;
  has: WhoWaits['has'];
  maybe: WhoWaits['maybe'];
}

/** Who would be told of a delivery now, and what each reads. @throws AppError campaign.unknown-field */
export async function planTelling(ctx: Ctx, d: Delivery): Promise<Planned> {
  const waits = whoWaits(ctx, d.id);
  const byPerson = new Map<CustomerId, Answered[]>();
  for (const a of waits.answered) byPerson.set(a.wish.customerId, [...(byPerson.get(a.wish.customerId) ?? []), a]);
  const decided = await mayBeTold(ctx, [...byPerson.keys()], NOT_YET);
  const { body, words } = campaignWords(d);
  const sayings = sayingsOf(
    ctx,
    { parts: [{ position: 1, name: '', segmentId: null, rule: null, body, offerId: null }], words, addStopLine: true },
    decided.at,
  );
  const reader = readerOf({ words });
  const { shop, texting } = ctx.settings();
  const own = (id: CustomerId) => byPerson.get(id) ?? [];
  const reachable = decided.reachable.map((person) => {
    const says = sayings.of(1, reader(person)('a'));
    const wish = wishesSaid(
      own(person.id).map((a) => a.wish),
      says.language,
    );
    return { person, answered: own(person.id), said: sayWith(shop, { ...says, wishOf: () => wish }, person, null) };
  });
  const segments = reachable.reduce((n, r) => n + r.said.count.segments, 0);
  return {
    reachable,
    excluded: decided.excluded.map(({ person, reason }) => ({ person, reason, answered: own(person.id) })),
    price: (segments * texting.pricePerSegment) as Micros,
    words: sayings.hash,
    otherSize: waits.otherSize,
    otherPrice: waits.otherPrice,
    has: waits.has,
    maybe: waits.maybe,
  };
}

/** Everything that is agreed to: the words, the price, who. */
export const tokenOf = (p: Planned): string => `${p.words.slice(0, 16)}:${p.price}:${packIds(p.reachable.map((r) => r.person.id))}`;

/** Whether what would happen now is what was shown, or less of it: other words, a higher price or somebody new are not. */
export function agreed(now: Planned, token: string): boolean {
  const [words, price, ids] = token.split(':');
  if (words !== now.words.slice(0, 16) || !(now.price <= Number(price))) return false;
  const seen = new Set(unpackIds(ids ?? ''));
  return now.reachable.every((r) => seen.has(r.person.id));
}

const personOf = (plan: Planned, p: AudiencePerson, answered: readonly Answered[], reason: string | null): WaitingPerson => ({
  customerId: p.id,
  name: shortName(p),
  wishes: answered.map(({ wish: w }) => ({
    id: w.wishId,
    item: w.item,
    size: w.size,
    under: w.under,
    bought: plan.maybe.get(w.wishId)?.on ?? null,
  })),
  reason,
});

export function getDelivery(ctx: Ctx, id: number): Delivery & { lines: Line[] } {
  const d = deliveryById(ctx.db, id);
  if (!d) throw new AppError('delivery.not-found');
  return { ...d, lines: linesOf(ctx.db, id) };
}

/** Who waits for a delivery that nobody was told of yet. */
export async function previewDelivery(ctx: Ctx, id: number): Promise<DeliveryPreview> {
  const d = getDelivery(ctx, id);
  const plan = await planTelling(ctx, d);
  const longest = [...plan.reachable].sort((a, b) => b.said.text.length - a.said.text.length)[0];
  return {
    people: [
      ...plan.excluded.map((e) => personOf(plan, e.person, e.answered, e.reason)),
      ...plan.reachable.map((r) => personOf(plan, r.person, r.answered, null)),
    ].slice(0, PAGE),
    total: plan.reachable.length + plan.excluded.length,
    texts: plan.reachable.length,
    price: plan.price,
    currency: ctx.settings().texting.priceCurrency,
    otherSize: plan.otherSize,
    otherPrice: plan.otherPrice,
    has: plan.has.slice(0, PAGE).map(({ wish: w, bought }) => ({
      wishId: w.wishId,
      customerId: w.customerId,
      name: shortName(w),
      item: w.item,
      size: w.size,
      on: bought.on,
    })),
    sample: longest ? { name: shortName(longest.person), text: longest.said.text, segments: longest.said.count.segments } : null,
    token: tokenOf(plan),
  };
}

/** Who was told of a delivery, and how their wish stands since. */
export function toldPeople(ctx: Ctx, id: number) {
  getDelivery(ctx, id);
  return toldOf(ctx.db, id)
    .slice(0, PAGE)
    .map((t) => ({
      customerId: t.customerId,
      name: shortName(t),
      wish: { id: t.wishId, item: t.item, size: t.size, under: t.under },
      reason: t.reason,
      textState: t.textState,
      wishState: t.state as 'open' | 'fulfilled' | 'dropped',
    }));
}

export const deliveries = (ctx: Ctx, page: { offset: number; limit: number }) => listDeliveries(ctx.db, page);

/** Makes a delivery or changes one that nobody was told of. @throws AppError delivery.not-found | delivery.bad-state | input.invalid */
export function saveDelivery(
  ctx: Ctx,
  session: Session,
  d: { id: number | null; name: string; bodyEn: string; bodyEs: string; lines: readonly DeliveryLine[] },
): { id: number } {
  if (d.lines.length > MOST_LINES) throw new AppError('input.invalid', { field: 'lines' });
  const at = ctx.clock.now();
  const lines = d.lines.flatMap((l) => {
    const item = tidyName(l.item);
    const itemKey = wishKey(item);
    return itemKey === '' ? [] : [{ ...l, item, itemKey, size: tidyName(l.size), barcode: l.barcode.trim() }];
  });
  return ctx.db.tx((trx) => {
    const id = d.id ?? insertDelivery(trx, { name: d.name, at, staffId: session.staffId });
    if (!deliveryById(trx, id)) throw new AppError('delivery.not-found');
    if (!writeDelivery(trx, { id, name: tidyName(d.name), bodyEn: d.bodyEn.trim(), bodyEs: d.bodyEs.trim(), lines, at })) {
      throw new AppError('delivery.bad-state');
    }
    if (d.id === null) audit(trx, { at, staffId: session.staffId, action: 'delivery.made', subject: String(id) });
    return { id };
  });
}

/** Throws away a delivery nobody was told of. */
export function removeDelivery(ctx: Ctx, id: number): void {
  ctx.db.tx((trx) => {
    if (!deliveryById(trx, id)) throw new AppError('delivery.not-found');
    if (!deleteDelivery(trx, id)) throw new AppError('delivery.bad-state');
  });
}

/** Lines of a pasted or chosen list. @throws AppError delivery.bad-file */
export function readLines(text: string): { lines: DeliveryLine[]; leftOut: number } {
  const read = linesIn(text);
  if (read === null || (read.lines.length === 0 && text.trim() !== '')) throw new AppError('delivery.bad-file');
  return read;
}

/** What a scanned barcode was the last time it came; null = it has to be named once. */
export const lookUpBarcode = (ctx: Ctx, barcode: string) => knownBarcode(ctx.db, barcode.trim());
