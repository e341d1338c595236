import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { type Offer, offerById } from '@db/queries/offers';
import { lastServedBy, ownerName as ownerCalled } from '@db/queries/served-by';
import { BASE_WORDS, parseWordsKey, type WordsKey, wordsKey } from '@domain/campaigns/parts';
import { hashWords } from '@domain/campaigns/quote';
import { countSegments, type SegmentCount } from '@domain/campaigns/sms-text';
import {
  fieldsOf,
  mergeValues,
  parseTemplate,
  type Rendered,
  renderTemplate,
  STOP_LINE,
  saysStop,
  type TemplateNode,
} from '@domain/campaigns/template';
import { AppError } from '@domain/errors';
import { type CampaignId, type CustomerId, DAY, type UtcMs, type Zone } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import { EVERY_DAY } from '@domain/offers/offer';
import { codeWindow } from '@domain/offers/window';
import { SAMPLE_LINK_CODE } from '@domain/taps/link';
import { wishesSaid } from '@domain/wishes/words';
import type { Ctx } from '../ctx';
import { type PointsSaid, pointsWords } from '../loyalty/words';
import { linkBase } from '../taps/source';
import { wishesFor } from '../wishes/bought';
import { pathSeal } from './ladder-seal';
import { type MailSayings, mailSayingsOf } from './mail-words';

/** As wide as any code will be, made of the same cheap letters: the quote counts with it. */
export const SAMPLE_CODE = 'K7M4Q9X';
/** Texts that still wait after this long are no longer news. */
const STALE_AFTER_DAYS = 7;

/** A campaign's words, ready to be said to many people. */
export interface Words {
  nodes: TemplateNode[];
  /** How to leave, in the language of whoever reads it; null when it is not added. */
  stopLine: Readonly<Record<'en' | 'es', string>> | null;
  offer: Offer | null;
  /** Not written plainly for the carriers. */
  keepTyped: boolean;
  /** First instant the offer no longer counts. */
  offerEndsAt: UtcMs | null;
  hash: string;
  now: UtcMs;
  /** What stands before the code of a link; null = there are no links, or these words have none. */
  linkBase: string | null;
  /** The shop's own number, where the words say it. */
  shopPhone: string;
  /** Who signs for whom nobody is known to have served; null where the words name nobody. */
  ownerName: string | null;
  language: 'en' | 'es';
  /** Who served somebody last, as the till writes it. */
  servedBy: (id: CustomerId) => string | null;
  /** What somebody is looking for; null where the words do not say it. */
  wishOf: ((id: CustomerId) => string) | null;
  /** What somebody has collected and what for; null where the words do not say it, or the shop keeps no points. */
  collectedOf: ((id: CustomerId) => PointsSaid) | null;
}

type Draft = Pick<Campaign, 'body' | 'offerId' | 'addStopLine'> & { keepTyped?: boolean | undefined; id?: CampaignId | undefined };

/** Every wording of a campaign. */
export interface Sayings {
  /** The same by e-mail. */
  mail: MailSayings;
  of(part: number, key: WordsKey): Words;
  /** A part's other wordings, beside its own. */
  keys(part: number): readonly WordsKey[];
  all: readonly { part: number; key: WordsKey; body: string; words: Words }[];
  /** Over everything that is said to anybody. */
  hash: string;
  /** When the last of its offers no longer counts; null without one. */
  offerEndsAt: UtcMs | null;
}

/** Throws as `wordsOf` does. `now`: when the texts begin to leave. */
export function sayingsOf(
  ctx: Ctx,
  c: Pick<Campaign, 'parts' | 'words' | 'addStopLine'> &
    Partial<Pick<Campaign, 'channels' | 'mails'>> & { id?: CampaignId; keepTyped?: boolean },
  now: UtcMs,
): Sayings {
  const all: { part: number; key: WordsKey; body: string; words: Words }[] = [];
  const keys = new Map<number, WordsKey[]>();
  for (const { position: part, body, offerId } of c.parts) {
    const say = (key: WordsKey, text: string) =>
      all.push({
        part,
        key,
        body: text,
        words: wordsOf(
          ctx,
          { body: text, offerId, addStopLine: c.addStopLine, keepTyped: c.keepTyped, id: c.id },
          now,
          parseWordsKey(key)?.language,
        ),
      });
    say(BASE_WORDS, body);
    const others = c.words.filter((w) => w.part === part);
    keys.set(part, others.map(wordsKey));
    for (const w of others) say(wordsKey(w), w.body);
  }
  const byPlace = new Map(all.map((s) => [`${s.part} ${s.key}`, s.words]));
  const first = all[0];
  if (!first) throw new AppError('campaign.empty-text');
  const ends = all.flatMap(({ words }) => (words.offerEndsAt === null ? [] : [words.offerEndsAt]));
  // whoever agrees to the first text agrees to what follows it
  const seal = c.id === undefined ? null : pathSeal(ctx, c.id);
  const mail = mailSayingsOf(ctx, c, now);
  const withPath = (hash: string) => {
    const more = [...(seal === null ? [] : [seal]), ...(mail.hash === null ? [] : [mail.hash])];
    return more.length === 0 ? hash : hashWords([hash, ...more]);
  };
  return {
    mail,
    of: (part, key) => byPlace.get(`${part} ${key}`) ?? byPlace.get(`${part} ${BASE_WORDS}`) ?? first.words,
    keys: (part) => keys.get(part) ?? [],
    all,
    // one wording alone is told by its own hash, as before there were several
    hash: withPath(all.length === 1 ? first.words.hash : hashWords(all.flatMap((s) => [s.part, s.key, s.words.hash]))),
    offerEndsAt: ends.length === 0 ? null : (Math.max(...ends) as UtcMs),
  };
}

/** Throws `campaign.unknown-field` and `offer.not-found`. */
export function wordsOf(ctx: Ctx, c: Draft, now: UtcMs, language: 'en' | 'es' = 'en'): Words {
  const offer = c.offerId === null ? null : offerById(ctx.db, c.offerId);
  if (c.offerId !== null && !offer) throw new AppError('offer.not-found');
  const { name, phone } = ctx.settings().shop;
  const stopLine = c.addStopLine && !saysStop(c.body) ? STOP_LINE : null;
  const nodes = parseTemplate(c.body);
  const offerEndsAt = offer ? offerEndOf(ctx, offer, now) : null;
  const fields = fieldsOf(nodes);
  const base = fields.includes('link') ? linkBase(ctx) : null;
  const ownerName = fields.includes('staff') ? ownerCalled(ctx.db) : null;
  return {
    nodes,
    stopLine,
    keepTyped: c.keepTyped ?? false,
    offer,
    offerEndsAt,
    hash: hashWords([
      c.body,
      stopLine?.en ?? null,
      stopLine?.es ?? null,
      name,
      // Past midnight the same field says another day: other words.
      fields.includes('ends') ? offerEndsAt : null,
      ...(c.keepTyped ? ['as-typed'] : []),
      ...(base === null ? [] : ['link', base]),
      ...(fields.includes('phone') ? ['phone', phone] : []),
      ...(ownerName === null ? [] : ['staff', ownerName]),
      ...(offer
        ? [
            offer.id,
            offer.name,
            offer.kind,
            offer.percent,
            offer.amount,
            offer.item,
            offer.minSpend,
            offer.terms,
            offer.validDays,
            offer.codeMode,
            offer.sharedCode,
            ...promised(offer),
          ]
        : []),
    ]),
    now,
    linkBase: base,
    shopPhone: fields.includes('phone') ? phone : '',
    ownerName,
    language,
    servedBy: (id) => lastServedBy(ctx.db, id),
    collectedOf: fields.includes('points') || fields.includes('reward') ? pointsWords(ctx, language, c.offerId) : null,
    wishOf: fields.includes('wish') ? (id) => wishesSaid(wishesFor(ctx.db, c.id ?? null, id), language) : null,
  };
}

/** What else an offer promises; nothing where it promises nothing else, so that quotes from before there was more stay good. */
function promised(o: Offer): (string | number | boolean | null)[] {
  const { bundle, points, items, categories, fromDay, untilDay, weekdays, fromMinute, untilMinute, codeUses, mostUses, membersOnly, club } =
    o;
  const plain = !bundle && points === null && items.length + categories.length === 0 && untilDay === null && weekdays === EVERY_DAY;
  if (plain && fromMinute === null && codeUses === 1 && mostUses === null && !membersOnly) return [];
  const things = JSON.stringify([bundle, items, categories]);
  const terms = [things, points, fromDay, untilDay, weekdays, fromMinute, untilMinute, codeUses, mostUses, membersOnly];
  return club == null ? terms : [...terms, club];
}

/** When the first of a campaign's offers no longer counts; null without one. */
export function soonestEnd(sayings: Sayings): UtcMs | null {
  const ends = sayings.all.flatMap(({ words }) => (words.offerEndsAt === null ? [] : [words.offerEndsAt]));
  return ends.length === 0 ? null : (Math.min(...ends) as UtcMs);
}

/** An offer may be used through the end of its last shop day: its fixed one, or so many after the text. */
const offerEndOf = (ctx: Ctx, offer: Offer, now: UtcMs): UtcMs => codeWindow(offer, now, ctx.settings().shop.zone).endsAt;

/** When a text that may leave from an instant on is no longer worth sending. */
export function expiryOf(words: Words, from: UtcMs = words.now): UtcMs {
  const stale = from + STALE_AFTER_DAYS * DAY;
  return Math.min(stale, words.offerEndsAt ?? stale) as UtcMs;
}

/** Who reads it. */
type Reader = Pick<AudiencePerson, 'id' | 'firstName' | 'lastItem' | 'lastVisitAt' | 'sharesNumber' | 'language'>;

export type Said = Rendered & { count: SegmentCount };

/** What one person reads. `code`: the personal code without separators, or null for the quote's stand-in. */
export function say(ctx: Ctx, words: Words, p: Reader, code: string | null): Said {
  const { shop } = ctx.settings();
  return sayWith({ name: shop.name, zone: shop.zone }, words, p, code);
}

type Shop = { name: string; zone: Zone };

/**
 * The same with the settings read once, for thousands. `at`: when it leaves, if that is later than the others; `link`: their own, or null
 * for the quote's stand-in of the same length.
 */
export function sayWith(shop: Shop, words: Words, p: Reader, code: string | null, at: UtcMs = words.now, link: string | null = null): Said {
  const { offer } = words;
  const shown = !offer ? '' : offer.codeMode === 'shared' ? (offer.sharedCode ?? '') : showCode(code ?? SAMPLE_CODE);
  const { wishOf, collectedOf } = words;
  const reader = {
    ...p,
    ...(words.ownerName === null ? {} : { servedBy: () => words.servedBy(p.id) }),
    ...(wishOf === null ? {} : { wish: () => wishOf(p.id) }),
    ...(collectedOf === null ? {} : { collected: () => collectedOf(p.id) }),
  };
  const values = mergeValues(words.ownerName === null && wishOf === null && collectedOf === null ? p : reader, {
    shopName: shop.name,
    shopZone: shop.zone,
    code: shown,
    offerEndsAt: words.offerEndsAt,
    now: at,
    ownerName: words.ownerName ?? '',
    shopPhone: words.shopPhone,
    link: link ?? (words.linkBase === null ? '' : words.linkBase + SAMPLE_LINK_CODE),
    language: words.language,
  });
  const rendered = renderTemplate(words.nodes, values, words.stopLine?.[p.language] ?? null, words.keepTyped);
  return { ...rendered, count: countSegments(rendered.text) };
}
