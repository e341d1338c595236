import { contactsOf, type MailRow, mailPerson, mailsLeftTo } from '@db/queries/mail';
import { mailProblem } from '@db/queries/mail-problems';
import { marketingLeft } from '@db/queries/outbox';
import { campaignTerms, deadCode } from '@db/queries/outbox-sender';
import { contactsLeft } from '@db/queries/outreach';
import { capsSince } from '@domain/campaigns/caps';
import { type GateReason, gate } from '@domain/consent/gate';
import { neededState, orderOfCause } from '@domain/consent/purposes';
import { stateOf } from '@domain/consent/status';
import { factsAt, type SendFacts } from '@domain/consent/when';
import type { CampaignId, PhoneE164, UtcMs, Zone } from '@domain/kernel';
import { offPath } from '../campaigns/ladder-leave';
import { consentOf, emailConsentOf } from '../consent/read';
import type { Ctx } from '../ctx';
import { senderState } from '../outbox/sender-state';
import { staleness } from '../outbox/stale-sales';

export type MailReason =
  | GateReason
  | 'expired'
  | 'person-gone'
  | 'email-changed'
  | 'email-problem'
  | 'month-used'
  | 'texted-recently'
  | 'code-called-off'
  | 'came-since'
  | 'answered-since'
  | 'stale-sales'
  | 'no-postal';

export type MailVerdict = { kind: 'send' } | { kind: 'wait'; until: UtcMs; reason: MailReason } | { kind: 'skip'; reason: MailReason };

/** Nothing tells when this ends: looked at again after so long. */
const AGAIN_MS = 10 * 60_000;

const skip = (reason: MailReason): MailVerdict => ({ kind: 'skip', reason });

/**
 * Whether one mail may leave at this very moment: by the same table, the same caps and the same hours as a text, asked of the address's own
 * permission (domain/consent/gate-table.ts; a mail has no number that could be bad, and its foot names the shop and how to leave). Pure
 * reading; called in the transaction that claims it. A test goes to the owner alone and passes.
 */
export function mayMail(ctx: Ctx, row: MailRow, now: UtcMs, repliesRead: boolean): MailVerdict {
  if (row.expiresAt !== null && row.expiresAt <= now) return skip('expired');
  if (mailProblem(ctx.db, row.address)) return skip('email-problem');
  if (row.messageClass === 'test') return { kind: 'send' };
  const person = row.customerId === null ? undefined : mailPerson(ctx.db, row.customerId);
  if (row.customerId !== null) {
    if (!person) return skip('person-gone');
    if (person.email !== row.address) return skip('email-changed');
  }
  if (row.messageClass === 'marketing' && row.causeKind !== 'test' && row.causeKind !== 'restored') {
    if (deadCode(ctx.db, { code: row.code, causeKind: row.causeKind, causeId: row.causeId, customerId: row.customerId, body: row.body })) {
      return skip('code-called-off');
    }
  }
  const facts = mailFacts(ctx, row, person ?? null, now, repliesRead);
  const { gate: asked, caps } = factsAt(facts, now);
  const decision = gate({ ...asked, caps: { free: caps.ok, freeAt: null } });
  if (decision.kind === 'skip') return skip(decision.reason === 'caps' && !caps.ok ? caps.reason : decision.reason);

  if (row.causeKind === 'campaign') {
    const of = { causeKind: 'campaign' as const, causeId: row.causeId, customerId: row.customerId };
    const stale = staleness(ctx, senderState(ctx), { ...of, createdAt: row.createdAt, notBefore: row.notBefore }, now);
    if (stale?.kind === 'skip') return stale;
    const off = offPath(ctx, of, now);
    if (off !== null) return skip(off);
    if (stale && decision.kind === 'send') return later(row, stale.until, stale.reason);
  }
  if (decision.kind === 'send') return { kind: 'send' };
  return later(row, decision.until ?? ((now + AGAIN_MS) as UtcMs), decision.reason);
}

/** Never beyond its own end: what would be too late then is left out now. */
const later = (row: MailRow, until: UtcMs, reason: MailReason): MailVerdict =>
  row.expiresAt !== null && until >= row.expiresAt ? skip('expired') : { kind: 'wait', until, reason };

type Person = { phone: string | null; postalCode: string; zone: string | null };

function mailFacts(ctx: Ctx, row: MailRow, person: Person | null, now: UtcMs, repliesRead: boolean): SendFacts {
  const { shop, courtesy } = ctx.settings();
  const messageClass = row.messageClass === 'service' ? 'service' : 'marketing';
  const phone = (person?.phone ?? null) as PhoneE164 | null;
  const mails = emailConsentOf(ctx.db, ctx.hmacKey, row.address);
  const texts = phone === null ? [] : consentOf(ctx.db, ctx.hmacKey, phone, now);
  const campaign = row.causeKind === 'campaign' ? campaignTerms(ctx.db, row.causeId) : null;
  const step = row.causeKind === 'campaign' ? (Number(row.causeId) as CampaignId) : null;
  const about = { topic: campaign?.topic ?? null, order: orderOfCause({ kind: row.causeKind, id: row.causeId }) };
  const promises = [mails, phone === null ? [] : texts].flatMap((states) => {
    const most = states.find((s) => s.purpose === 'marketing' && s.state === 'in')?.promiseMax;
    return most == null ? [] : [most];
  });
  const since = capsSince(now, shop.zone, courtesy.spacingDays);
  // a doubt about stopping is a doubt about everything, until the owner has decided
  const held = stateOf(texts, 'marketing') === 'hold';
  return {
    messageClass,
    consent: {
      state: neededState(mails, messageClass, about),
      marketing: held ? 'hold' : stateOf(mails, 'marketing'),
      carrierStop: false,
    },
    badNumber: false,
    repliesFresh: repliesRead,
    senderApproved: true,
    causedAt: null,
    confirmedAt: null,
    hoursWaived: false,
    lastDoubleOptInAt: null,
    place: {
      // nobody's number: then the ZIP means nothing either, and the shop's own clock tells
      phone: phone ?? ('' as PhoneE164),
      postalCode: person?.postalCode ? person.postalCode : null,
      zone: (person?.zone ?? null) as Zone | null,
      shopZone: shop.zone,
      courtesy: courtesy.window,
      reasonGiven: campaign !== null && campaign.dayReason !== '',
    },
    caps:
      messageClass === 'marketing'
        ? {
            left: [
              ...mailsLeftTo(ctx.db, { email: row.address, phone }, since, step, row.id),
              ...(phone === null ? [] : marketingLeft(ctx.db, phone, since)),
              ...(phone === null ? [] : contactsLeft(ctx.db, [phone], since, step).map((k) => k.at)),
              ...(phone !== null || row.customerId === null ? [] : contactsOf(ctx.db, row.customerId, since, step)),
            ],
            promiseMax: promises.length === 0 ? null : Math.min(...promises),
            defaultPromise: courtesy.promisePerMonth,
            spacingDays: courtesy.spacingDays,
            shopZone: shop.zone,
          }
        : null,
  };
}
