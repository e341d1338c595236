import type { Trx } from '@db/open';
import type { AudiencePerson } from '@db/queries/campaign-audience';
import { hasMail } from '@db/queries/campaign-mail';
import { emailNow, enqueueMail } from '@db/queries/mail';
import { codeOfCampaign, dropUntold } from '@db/queries/offer-codes';
import type { UtcMs } from '@domain/kernel';
import { unsubscribeToken } from '@domain/mail/token';
import type { Ctx } from '../ctx';
import { newMessageId } from '../mail/compose';
import { wakeMail } from '../mail/wake';
import { issueCodes } from '../offers/codes';
import { issueLink } from '../taps/source';
import { sayMail } from './mail-words';
import type { StageOptions } from './stage';
import { expiryOf } from './words';

/**
 * Writes one person's mail of a campaign, with its code: what `writerFor` does for those who are reached by e-mail. False: they, or
 * somebody with that address, have one of this campaign already, or they are gone or have another address since they were decided about.
 */
export function mailFor(
  ctx: Ctx,
  o: StageOptions & {
    now: UtcMs;
    gone: (trx: Trx, p: AudiencePerson) => void;
    put: (trx: Trx, p: AudiencePerson) => boolean;
    same: (trx: Trx, p: AudiencePerson) => void;
  },
): (trx: Trx, p: AudiencePerson) => boolean {
  const { shop } = ctx.settings();
  const { campaign, sayings, now } = o;
  return (trx, p) => {
    const email = p.mail?.email ?? null;
    const saying = sayings.mail.of(p.part, p.language);
    if (email === null || saying === null) return false;
    const own = o.own?.(p.id) ?? null;
    const offer = own === null ? saying.body.offer : own.offer;
    const endsAt = own === null ? saying.body.offerEndsAt : own.endsAt;
    if (emailNow(trx, p.id) !== email) {
      o.gone(trx, p);
      // drawn ahead for a mail that is not written
      const code = o.staged && offer ? codeOfCampaign(trx, { campaignId: campaign.id, offerId: offer.id, customerId: p.id }) : undefined;
      if (code !== undefined) dropUntold(trx, code);
      return false;
    }
    if (!o.put(trx, p)) return false;
    if (!o.staged && hasMail(trx, campaign.id, email)) {
      o.same(trx, p);
      return false;
    }
    const time = o.time(p.id);
    const code =
      own?.code ??
      (offer?.codeMode === 'personal' && endsAt !== null
        ? (issueCodes(ctx, trx, { offerId: offer.id, campaignId: campaign.id, customerIds: [p.id], expiresAt: endsAt }).get(p.id) ?? null)
        : null);
    const { linkBase } = saying.body;
    const link = linkBase === null ? null : issueLink(ctx, trx, { campaignId: campaign.id, customerId: p.id });
    const said = sayMail(shop, saying, p, code, { at: time.at, offer, endsAt, link });
    const id = enqueueMail(trx, {
      cause: { kind: 'campaign', id: String(campaign.id) },
      address: email,
      customerId: p.id,
      messageClass: 'marketing',
      language: said.language,
      subject: said.subject,
      body: said.body,
      card: said.card,
      code,
      messageId: newMessageId(ctx),
      token: unsubscribeToken(ctx.hmacKey, email),
      notBefore: Math.max(now, time.at) as UtcMs,
      expiresAt: Math.min(expiryOf(saying.body, time.at), o.until?.(p.id) ?? Number.MAX_SAFE_INTEGER) as UtcMs,
      staged: o.staged,
      now,
    });
    if (id !== null && !o.staged) wakeMail(ctx);
    return id !== null;
  };
}
