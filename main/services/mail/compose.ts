import type { MailRow } from '@db/queries/mail';
import { tapToCall } from '@domain/campaigns/template';
import { AppError } from '@domain/errors';
import { type MailParts, mailHtml, mailText, postalLines } from '@domain/mail/template';
import { unsubscribeLink, unsubscribeToken } from '@domain/mail/token';
import type { OutgoingMail } from '@ports/mailer';
import type { Ctx } from '../ctx';

/** The postal address at the foot: what the owner typed for mails, else the shop's own. */
export function postalOf(ctx: Ctx): string[] {
  const { shop, mail } = ctx.settings();
  const typed = mail.postal
    .split(/\n/)
    .map((l) => l.trim())
    .filter((l) => l !== '');
  return typed.length > 0 ? typed : postalLines(shop);
}

type Words = Pick<MailRow, 'subject' | 'body' | 'card' | 'language' | 'address' | 'messageClass'>;

/** What a mail consists of, as the settings are now. */
export function partsOf(ctx: Ctx, m: Words): MailParts {
  const { shop } = ctx.settings();
  return {
    shop: shop.name,
    postal: postalOf(ctx),
    phone: tapToCall(shop.phone),
    language: m.language,
    subject: m.subject,
    body: m.body,
    card: m.card,
    // to the account's own mailbox, which can be read back; answers may go elsewhere
    unsubscribe:
      m.messageClass === 'test' ? null : unsubscribeLink(ctx.settings().mail.fromAddress, unsubscribeToken(ctx.hmacKey, m.address)),
    kind: m.messageClass,
  };
}

/** As it is seen and read, for a preview: both dresses in one. */
export function shownMail(ctx: Ctx, m: Words): { subject: string; html: string; text: string } {
  const parts = partsOf(ctx, m);
  return { subject: m.subject, html: mailHtml(parts), text: mailText(parts) };
}

/**
 * The mail as it leaves. Offers and news need a postal address at their foot (15 U.S.C. 7704(a)(5)): without one nothing leaves.
 * @throws AppError mail.no-postal
 */
export function composed(ctx: Ctx, m: Words & Pick<MailRow, 'messageId'>): OutgoingMail {
  const { shop, mail } = ctx.settings();
  const parts = partsOf(ctx, m);
  if (m.messageClass === 'marketing' && parts.postal.length === 0) throw new AppError('mail.no-postal');
  return {
    from: { name: mail.fromName || shop.name, address: mail.fromAddress },
    replyTo: mail.replyTo === '' ? null : mail.replyTo,
    to: m.address,
    subject: m.subject,
    text: mailText(parts),
    html: mailHtml(parts),
    messageId: m.messageId,
    at: ctx.clock.now(),
    unsubscribe: parts.unsubscribe,
    language: m.language,
  };
}

/** Ours and stable: written down before anything is sent, so that a second try carries the same and a bounce finds its mail. */
export function newMessageId(ctx: Ctx): string {
  const domain = ctx.settings().mail.fromAddress.split('@').at(-1) || 'regulars.invalid';
  return `<regulars.${Buffer.from(ctx.randomBytes(12)).toString('hex')}@${domain}>`;
}
