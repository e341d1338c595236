import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import { type Offer, offerById } from '@db/queries/offers';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
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
import { DAY, type UtcMs } from '@domain/kernel';
import { showCode } from '@domain/offers/code';
import type { Ctx } from '../ctx';

/** As wide as any code will be, made of the same cheap letters: the quote counts with it. */
const SAMPLE_CODE = 'K7M4Q9X';
/** Texts that still wait after this long are no longer news. */
const STALE_AFTER_DAYS = 7;

/** A campaign's words, ready to be said to many people. */
export interface Words {
  nodes: TemplateNode[];
  /** How to leave, in the language of whoever reads it; null when it is not added. */
  stopLine: Readonly<Record<'en' | 'es', string>> | null;
  offer: Offer | null;
  /** First instant the offer no longer counts. */
  offerEndsAt: UtcMs | null;
  hash: string;
  now: UtcMs;
}

type Draft = Pick<Campaign, 'body' | 'offerId' | 'addStopLine'>;

/** Throws `campaign.unknown-field` and `offer.not-found`. */
export function wordsOf(ctx: Ctx, c: Draft, now: UtcMs): Words {
  const offer = c.offerId === null ? null : offerById(ctx.db, c.offerId);
  if (c.offerId !== null && !offer) throw new AppError('offer.not-found');
  const { name } = ctx.settings().shop;
  const stopLine = c.addStopLine && !saysStop(c.body) ? STOP_LINE : null;
  const nodes = parseTemplate(c.body);
  const offerEndsAt = offer ? offerEndOf(ctx, offer, now) : null;
  return {
    nodes,
    stopLine,
    offer,
    offerEndsAt,
    hash: hashWords([
      c.body,
      stopLine?.en ?? null,
      stopLine?.es ?? null,
      name,
      // Past midnight the same field says another day: other words.
      fieldsOf(nodes).includes('ends') ? offerEndsAt : null,
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
          ]
        : []),
    ]),
    now,
  };
}

/** An offer may be used through the end of its last shop day. */
function offerEndOf(ctx: Ctx, offer: Pick<Offer, 'validDays'>, now: UtcMs): UtcMs {
  const { zone } = ctx.settings().shop;
  return startOfDay(addDays(shopDay(now, zone), offer.validDays + 1), zone);
}

/** When a text of this campaign is no longer worth sending. */
export function expiryOf(words: Words): UtcMs {
  const stale = words.now + STALE_AFTER_DAYS * DAY;
  return Math.min(stale, words.offerEndsAt ?? stale) as UtcMs;
}

/** Who reads it. */
type Reader = Pick<AudiencePerson, 'firstName' | 'lastItem' | 'lastVisitAt' | 'sharesNumber' | 'language'>;

export type Said = Rendered & { count: SegmentCount };

/** What one person reads. `code`: the personal code without separators, or null for the quote's stand-in. */
export function say(ctx: Ctx, words: Words, p: Reader, code: string | null): Said {
  const { shop } = ctx.settings();
  return sayWith({ name: shop.name, zone: shop.zone }, words, p, code);
}

type Shop = { name: string; zone: Parameters<typeof shopDay>[1] };

/** The same with the settings read once, for thousands. */
export function sayWith(shop: Shop, words: Words, p: Reader, code: string | null): Said {
  const { offer } = words;
  const shown = !offer ? '' : offer.codeMode === 'shared' ? (offer.sharedCode ?? '') : showCode(code ?? SAMPLE_CODE);
  const values = mergeValues(p, { shopName: shop.name, shopZone: shop.zone, code: shown, offerEndsAt: words.offerEndsAt, now: words.now });
  const rendered = renderTemplate(words.nodes, values, words.stopLine?.[p.language] ?? null);
  return { ...rendered, count: countSegments(rendered.text) };
}
