import type { Trx } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { addPerson, numberNow, writePerson } from '@db/queries/campaign-people';
import type { Campaign } from '@db/queries/campaigns';
import { codeOfCampaign, dropUntold } from '@db/queries/offer-codes';
import type { Offer } from '@db/queries/offers';
import { enqueue, hasText } from '@db/queries/outbox';
import { markFirst } from '@db/queries/outbox-brake';
import type { PersonReason } from '@domain/campaigns/audience';
import type { WordsKey } from '@domain/campaigns/parts';
import type { CustomerId, Micros, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { issueCodes } from '../offers/codes';
import { issueLink } from '../taps/source';
import { stratumAt } from './audience';
import { mailFor } from './stage-mail';
import { expiryOf, type Sayings, sayWith } from './words';

export interface StageOptions {
  campaign: Pick<Campaign, 'id'>;
  sayings: Sayings;
  reads: ReadonlyMap<CustomerId, WordsKey>;
  /** When people were decided about, and when those held out are charged their virtual text. */
  audienceAt: UtcMs;
  drawnAt: UtcMs;
  /** When each text may leave at the earliest; `held`: until then by the carrier. */
  time: (id: CustomerId) => { at: UtcMs; held: boolean; first: boolean };
  /** Unseen until they are shown together; else they wait at once and nobody who is in the campaign already is touched. */
  staged: boolean;
  /** From when on a text is not worth sending, if sooner than usual. */
  until?: (id: CustomerId) => UtcMs;
  /** A code somebody holds already, which the text names in the place of a new one. */
  own?: (id: CustomerId) => OwnCode | null;
  /** Before what is said to everybody. */
  automatic?: true;
}

/** What a text reminds of. */
export interface OwnCode {
  code: string;
  offer: Offer;
  endsAt: UtcMs;
}

export interface Writer {
  /**
   * One text, with its code. False: that person, or somebody with that number, has one of this campaign already, or they are gone or have
   * another number since they were decided about.
   */
  text(trx: Trx, p: AudiencePerson): boolean;
  control(trx: Trx, p: AudiencePerson): void;
  /** `words`: what somebody quoted and left out since would have read. */
  excluded(trx: Trx, p: AudiencePerson, reason: PersonReason, words?: WordsKey): void;
  /** Quoted, and in none of the groups any more. */
  gone(trx: Trx, id: CustomerId, part: number, words: WordsKey | ''): void;
}

/**
 * Writes people into a campaign, one by one, for whoever works in chunks. Between the decision and the last chunk lie seconds: whoever was
 * erased or merged within them is not written down again.
 */
export function writerFor(ctx: Ctx, o: StageOptions): Writer {
  const now = ctx.clock.now();
  const { shop, texting } = ctx.settings();
  const { campaign, sayings } = o;
  const cause = { kind: 'campaign' as const, id: String(campaign.id) };
  const stratum = stratumAt(ctx, o.audienceAt);
  const rowOf = (p: AudiencePerson, arm: 'text' | 'control' | 'excluded', reason: PersonReason | null, words: WordsKey | '') => ({
    campaignId: campaign.id,
    customerId: p.id,
    phone: p.phone,
    arm,
    reason,
    stratum: arm === 'excluded' ? '' : stratum(p),
    tillFixed: p.tillFixed,
    drawnAt: o.drawnAt,
    part: p.part,
    words: p.channel === 'email' ? ('' as const) : words,
    channel: p.channel ?? ('sms' as const),
  });
  const put = (trx: Trx, ...of: Parameters<typeof rowOf>): boolean => {
    const row = rowOf(...of);
    if (!o.staged) return addPerson(trx, row);
    writePerson(trx, row);
    return true;
  };
  const gone = (trx: Trx, id: CustomerId, part: number, words: WordsKey | ''): void => {
    if (!o.staged) return;
    writePerson(trx, {
      campaignId: campaign.id,
      customerId: id,
      phone: null,
      arm: 'excluded',
      reason: 'left-since-quote' satisfies PersonReason,
      stratum: '',
      tillFixed: false,
      drawnAt: o.drawnAt,
      part,
      words,
    });
  };
  const putIfThere = (trx: Trx, ...of: Parameters<typeof rowOf>): void => {
    const [p, , , words] = of;
    if (numberNow(trx, p.id) !== p.phone) gone(trx, p.id, p.part, words);
    else put(trx, ...of);
  };
  const byMail = mailFor(ctx, {
    ...o,
    now,
    gone: (trx, p) => gone(trx, p.id, p.part, ''),
    put: (trx, p) => put(trx, p, 'text', null, ''),
    same: (trx, p) => {
      if (!o.staged) writePerson(trx, rowOf(p, 'excluded', 'same-email', ''));
    },
  });
  return {
    text(trx, p) {
      if (p.channel === 'email') return byMail(trx, p);
      if (p.phone === null) return false;
      const key = o.reads.get(p.id) ?? 'en.a.any';
      const own = o.own?.(p.id) ?? null;
      const said = sayings.of(p.part, key);
      const words = own === null ? said : { ...said, offer: own.offer, offerEndsAt: own.endsAt };
      if (numberNow(trx, p.id) !== p.phone) {
        gone(trx, p.id, p.part, key);
        // drawn ahead for a text that is not written
        const code =
          o.staged && words.offer ? codeOfCampaign(trx, { campaignId: campaign.id, offerId: words.offer.id, customerId: p.id }) : undefined;
        if (code !== undefined) dropUntold(trx, code);
        return false;
      }
      if (!put(trx, p, 'text', null, key)) return false;
      // somebody else with that number has one of this campaign since before they joined: no code is drawn, no reward taken
      if (!o.staged && hasText(trx, cause, p.phone)) {
        writePerson(trx, rowOf(p, 'excluded', 'same-number', key));
        return false;
      }
      const time = o.time(p.id);
      const code =
        own?.code ??
        (words.offer?.codeMode === 'personal' && words.offerEndsAt !== null
          ? (issueCodes(ctx, trx, {
              offerId: words.offer.id,
              campaignId: campaign.id,
              customerIds: [p.id],
              expiresAt: words.offerEndsAt,
            }).get(p.id) ?? null)
          : null);
      const link = words.linkBase === null ? null : issueLink(ctx, trx, { campaignId: campaign.id, customerId: p.id });
      const text = sayWith(shop, words, p, code, time.at, link);
      const row = enqueue(trx, {
        cause,
        address: p.phone,
        customerId: p.id,
        messageClass: 'marketing',
        body: text.text,
        segments: text.count.segments,
        quotedPrice: (text.count.segments * texting.pricePerSegment) as Micros,
        code,
        notBefore: time.held ? time.at : (Math.max(now, time.at) as UtcMs),
        ...(time.held ? { sendAt: time.at } : {}),
        expiresAt: Math.min(expiryOf(words, time.at), o.until?.(p.id) ?? Number.MAX_SAFE_INTEGER) as UtcMs,
        ...(o.automatic ? { automatic: true as const } : {}),
        staged: o.staged,
        now,
      });
      if (time.first && row !== null) markFirst(trx, campaign.id, [row]);
      return row !== null;
    },
    control: (trx, p) => putIfThere(trx, p, 'control', null, ''),
    excluded: (trx, p, reason, words) => putIfThere(trx, p, 'excluded', reason, words ?? ''),
    gone,
  };
}
