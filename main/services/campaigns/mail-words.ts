import type { AudiencePerson } from '@db/queries/campaign-audience';
import type { Campaign } from '@db/queries/campaigns';
import type { Offer } from '@db/queries/offers';
import { type MailWords, mailWordsFor, usesMails } from '@domain/campaigns/channels';
import { hashWords } from '@domain/campaigns/quote';
import { endsOn, type MergeField, mergeValues, renderTemplate } from '@domain/campaigns/template';
import type { UtcMs, Zone } from '@domain/kernel';
import type { MailCard } from '@domain/mail/template';
import { showCode } from '@domain/offers/code';
import type { Ctx } from '../ctx';
import { SAMPLE_CODE, type Words, wordsOf } from './words';

/** A mail's words in one language, ready to be said to many people. */
export interface MailSaying {
  subject: Words;
  body: Words;
  language: 'en' | 'es';
}

export interface MailSayings {
  /** What somebody of a part reads; null where the part has no mail. */
  of(part: number, language: 'en' | 'es'): MailSaying | null;
  /** Over everything that is said in any mail; null where the campaign writes none. */
  hash: string | null;
}

/** Throws `campaign.unknown-field` and `offer.not-found`. `now`: when they begin to leave. */
export function mailSayingsOf(
  ctx: Ctx,
  c: Pick<Campaign, 'parts'> & Partial<Pick<Campaign, 'channels' | 'mails'>>,
  now: UtcMs,
): MailSayings {
  const mails = usesMails(c.channels ?? 'sms') ? (c.mails ?? []) : [];
  if (mails.length === 0) return { of: () => null, hash: null };
  const said = new Map<MailWords, MailSaying>();
  for (const m of mails) {
    const offerId = c.parts.find((p) => p.position === m.part)?.offerId ?? null;
    const say = (body: string) => wordsOf(ctx, { body, offerId, addStopLine: false, keepTyped: true }, now, m.language);
    said.set(m, { subject: say(m.subject), body: say(m.body), language: m.language });
  }
  return {
    of(part, language) {
      const words = mailWordsFor(mails, part, language);
      return words === null ? null : (said.get(words) ?? null);
    },
    hash: hashWords([c.channels ?? 'sms', ...[...said].flatMap(([m, s]) => [m.part, m.language, s.subject.hash, s.body.hash])]),
  };
}

export interface SaidMail {
  subject: string;
  body: string;
  card: MailCard | null;
  missing: MergeField[];
  language: 'en' | 'es';
}

type Reader = Pick<AudiencePerson, 'id' | 'firstName' | 'lastItem' | 'lastVisitAt'>;

/**
 * What one person reads, accents and all. The greeting keeps their name: a mailbox is one person's. `code`: the personal code without
 * separators, null = the stand-in of a preview; `offer`: another one than the words were made with (a reward of their own).
 */
export function sayMail(
  shop: { name: string; zone: Zone },
  saying: MailSaying,
  p: Reader,
  code: string | null,
  o: { at?: UtcMs; offer?: Offer | null; endsAt?: UtcMs | null; link?: string | null } = {},
): SaidMail {
  const { body: words, subject, language } = saying;
  const offer = o.offer === undefined ? words.offer : o.offer;
  const endsAt = o.endsAt === undefined ? words.offerEndsAt : o.endsAt;
  const shown = !offer ? '' : offer.codeMode === 'shared' ? (offer.sharedCode ?? '') : showCode(code ?? SAMPLE_CODE);
  const person = { ...p, sharesNumber: false };
  const values = mergeValues(words.ownerName === null ? person : { ...person, servedBy: () => words.servedBy(p.id) }, {
    shopName: shop.name,
    shopZone: shop.zone,
    code: shown,
    offerEndsAt: endsAt,
    now: o.at ?? words.now,
    ownerName: words.ownerName ?? '',
    shopPhone: words.shopPhone || subject.shopPhone,
    link: o.link ?? '',
    language,
  });
  const head = renderTemplate(subject.nodes, values, null, 'mail');
  const text = renderTemplate(words.nodes, values, null, 'mail');
  return {
    subject: head.text.replace(/\s+/g, ' ').trim(),
    body: text.text,
    card:
      offer && shown !== ''
        ? { offer: offer.name, code: shown, until: endsAt === null ? null : endsOn(endsAt, shop.zone, 'usual', language) }
        : null,
    missing: [...new Set([...head.missing, ...text.missing])],
    language,
  };
}
