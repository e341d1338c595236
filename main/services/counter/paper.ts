import { eventsOf, keepWording, keptWording } from '@db/queries/consent';
import { endLater } from '@db/queries/later';
import { signUpWordings } from '@db/queries/sign-up';
import { listTopics } from '@db/queries/topics';
import { addDays, instantOf, shopDay, startOfDay } from '@domain/calendar';
import { addressHmac } from '@domain/consent/hmac';
import { promiseChoices, promisedIn } from '@domain/consent/promise';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import type { PhoneE164, ShopDay, UtcMs } from '@domain/kernel';
import { consentOf, currentWording, withConsent } from '../consent';
import type { Ctx, Session } from '../ctx';
import { readPhone } from '../customers/customers';
import { signUp } from './sign-up';

/** After 18 months of silence a permission is asked for again (rules.md §1); an older form would start there. */
const OLDEST_DAYS = 548;
const BOTH = ['en', 'es'] as const;

/** What a paper form may say: the wordings in force now and every earlier one, with topics and numbers of texts to copy from it. */
export function paperForm(ctx: Ctx) {
  const { shop, courtesy } = ctx.settings();
  const now = ctx.clock.now();
  const today = shopDay(now, shop.zone);
  const inForce = BOTH.map((language) => ({ ...currentWording(ctx, 'sign-up', language), since: now, current: true }));
  const earlier = signUpWordings(ctx.db).map((w) => ({ ...w, current: false }));
  return {
    wordings: [
      ...inForce.map((w) => ({ ...w, since: earlier.find((e) => e.hash === w.hash)?.since ?? w.since })),
      ...earlier.filter((e) => !inForce.some((w) => w.hash === e.hash)),
    ].map(({ hash, language, version, since, text, current }) => ({ hash, language, version, since, text, current })),
    topics: listTopics(ctx.db).map(({ slug, name, about }) => ({ slug, name, about })),
    promises: promiseChoices(courtesy.promisePerMonth),
    today,
    earliest: addDays(today, -OLDEST_DAYS),
  };
}

export interface PaperInput {
  phone: string;
  firstName: string;
  birthday: string;
  signedOn: ShopDay;
  wordingHash: string;
  language: 'en' | 'es';
  promiseMax: number;
  topics: readonly string[];
  /** JPEG, base64. */
  photo: string;
  device: 'paper' | 'catch-up';
  laterId: number | null;
}

/** Whatever makes texts fewer: of one day nobody knows whether the form or this came first. */
const LESS: ReadonlySet<string> = new Set(['stopped', 'held', 'declined', 'preferred']);

/**
 * Noon of the day it was signed: a form has a date and no time. Today's is now. Where they said no or less that very day, the start of
 * it: then the no counts, whichever came first.
 */
export function signedAt(ctx: Ctx, day: ShopDay, phone: PhoneE164): UtcMs {
  const { zone } = ctx.settings().shop;
  const now = ctx.clock.now();
  const today = shopDay(now, zone);
  if (day > today || day < addDays(today, -OLDEST_DAYS)) throw new AppError('input.invalid', { field: 'signedOn' });
  const [y, m, d] = day.split('-').map(Number) as [number, number, number];
  const at = day === today ? now : instantOf(zone, y, m, d, 12);
  const from = startOfDay(day, zone);
  const less = eventsOf(ctx.db, addressHmac(ctx.hmacKey, phone)).some(
    (e) => LESS.has(e.kind) && e.occurredAt >= from && e.occurredAt <= at,
  );
  return less ? from : at;
}

/** A signed form with its photo. Happened on the day it was signed: a stop said after that day stands, and the form is kept as proof. */
export function paperSignUp(ctx: Ctx, session: Session, p: PaperInput) {
  const photo = Buffer.from(p.photo, 'base64');
  if (photo[0] !== 0xff || photo[1] !== 0xd8) throw new AppError('input.invalid', { field: 'photo' });
  const { phone } = readPhone(ctx, p.phone);
  const occurredAt = signedAt(ctx, p.signedOn, phone);
  return withConsent(ctx, (trx) => {
    const current = currentWording(ctx, 'sign-up', p.language, p.promiseMax);
    if (current.hash === p.wordingHash) keepWording(trx, current, ctx.clock.now());
    // they agreed to what they read: fewer may be ticked on the form, more never
    const most = promisedIn(keptWording(trx, p.wordingHash)?.text ?? '') ?? ctx.settings().courtesy.promisePerMonth;
    if (p.promiseMax > most) throw new AppError('input.invalid', { field: 'promise' });
    const done = signUp(ctx, session, {
      how: 'paper',
      phone: p.phone,
      firstName: p.firstName,
      birthday: p.birthday,
      ticked: true,
      language: p.language,
      wordingHash: p.wordingHash,
      topics: p.topics,
      promiseMax: p.promiseMax,
      occurredAt,
      device: p.device,
      photo,
    });
    const states = consentOf(trx, ctx.hmacKey, phone, ctx.clock.now());
    const carrier = states.some((s) => s.carrierStop);
    const outcome = stateOf(states, 'marketing') === 'in' ? 'in' : carrier ? 'needs-start' : 'overtaken';
    if (p.laterId !== null)
      endLater(trx, p.laterId, { state: 'done', at: ctx.clock.now(), staffId: session.staffId, reason: null, customerId: done.customerId });
    return { customerId: done.customerId, outcome: outcome as 'in' | 'needs-start' | 'overtaken' };
  });
}
