import { mailsLeftTo } from '@db/queries/mail';
import { marketingLeft } from '@db/queries/outbox';
import { confirmedAt, personFor } from '@db/queries/outbox-sender';
import { contactsLeft } from '@db/queries/outreach';
import { formerShopNames } from '@db/queries/settings';
import { capsSince } from '@domain/campaigns/caps';
import { namesShop } from '@domain/campaigns/checks';
import { mentionsStop } from '@domain/campaigns/template';
import type { MessageClass } from '@domain/consent/gate';
import { type About, neededState } from '@domain/consent/purposes';
import type { SendFacts } from '@domain/consent/when';
import type { CampaignId, CustomerId, PhoneE164, UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';
import { consentOf } from './read';

export interface TextAsked {
  phone: PhoneE164;
  customerId: CustomerId | null;
  messageClass: MessageClass;
  /** What the customer did that causes this text; null = nothing. */
  causedAt: UtcMs | null;
  /** Replies were read just now; a sender knows, an answer on screen takes it for granted. */
  repliesFresh?: boolean;
  /** Its words, once there are any. */
  body?: string;
  lastDoubleOptInAt?: UtcMs | null;
  /** The topic or the order it is about, where its permission hangs on that. */
  about?: About;
  /** The campaign it belongs to: a list of that step for another channel counts as the same step. */
  step?: CampaignId | null;
  /** A text's own earlier leaving, which must not stand in the way of sending it again. */
  except?: UtcMs | null;
  /** The owner let this answer leave outside the hours, after a warning. */
  hoursWaived?: boolean;
  /** The owner typed a reason for texting on days some states ban. */
  reasonGiven?: boolean;
}

/**
 * Kinds of lines no campaign is made for either (domain/campaigns/audience.ts). A landline that texts us is a mobile from then on; a
 * toll-free number stays one, and gets the answer it asked for.
 */
const takesNone = (kind: string, causedAt: UtcMs | null): boolean =>
  kind === 'landline' || kind === 'invalid' || (kind === 'toll-free' && causedAt === null);

/** What is known about one number and one text: read once, then asked for any instant (domain/consent/when.ts). */
export function sendFacts(ctx: Ctx, t: TextAsked, now: UtcMs): SendFacts {
  const { shop, courtesy, texting } = ctx.settings();
  const person = t.customerId === null ? undefined : personFor(ctx.db, t.customerId);
  const consents = consentOf(ctx.db, ctx.hmacKey, t.phone, now);
  const marketing = consents.find((c) => c.purpose === 'marketing');
  const isMarketing = t.messageClass === 'marketing';
  const confirmed = isMarketing ? confirmedAt(ctx.db, t.phone) : null;
  return {
    messageClass: t.messageClass,
    consent: {
      state: neededState(consents, t.messageClass, t.about),
      marketing: marketing?.state ?? 'never',
      carrierStop: consents.some((c) => c.carrierStop),
    },
    // a look-up may have told since the text was queued that nothing can arrive there
    badNumber:
      person !== undefined && person.phone === t.phone && (person.phoneProblem !== null || takesNone(person.phoneKind, t.causedAt)),
    repliesFresh: t.repliesFresh ?? true,
    ...(t.body === undefined ? {} : { words: wordsFacts(ctx, t.body) }),
    senderApproved: texting.senderApproved || texting.mode === 'practice',
    causedAt: t.causedAt,
    hoursWaived: t.hoursWaived ?? false,
    ...(confirmed === undefined ? {} : { confirmedAt: confirmed }),
    lastDoubleOptInAt: t.lastDoubleOptInAt ?? null,
    place: {
      phone: t.phone,
      postalCode: person?.postalCode ? person.postalCode : null,
      zone: person?.zone ?? null,
      shopZone: shop.zone,
      courtesy: courtesy.window,
      reasonGiven: t.reasonGiven ?? false,
    },
    caps: isMarketing
      ? {
          left: leftTo(ctx, t, capsSince(now, shop.zone, courtesy.spacingDays)),
          promiseMax: marketing?.promiseMax ?? null,
          defaultPromise: courtesy.promisePerMonth,
          spacingDays: courtesy.spacingDays,
          shopZone: shop.zone,
        }
      : null,
  };
}

/** A shop that has no name yet cannot be named: its first screen asks for one before anything is sent. */
function wordsFacts(ctx: Ctx, body: string): { namesShop: boolean; saysStop: boolean } {
  const { name } = ctx.settings().shop;
  const named = name === '' || namesShop(body, name) || formerShopNames(ctx.db).some((n) => namesShop(body, n));
  return { namesShop: named, saysStop: mentionsStop(body) };
}

/** Marketing that reached this number, by text, by e-mail or by a list for another channel. */
const leftTo = (ctx: Ctx, t: TextAsked, since: UtcMs): UtcMs[] => [
  ...without(marketingLeft(ctx.db, t.phone, since), t.except ?? null),
  ...contactsLeft(ctx.db, [t.phone], since, t.step ?? null).map((k) => k.at),
  ...mailsLeftTo(ctx.db, { email: null, phone: t.phone }, since, t.step ?? null),
];

function without(left: readonly UtcMs[], own: UtcMs | null): UtcMs[] {
  const at = own === null ? -1 : left.indexOf(own);
  return left.filter((_, i) => i !== at);
}
