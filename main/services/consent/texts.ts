import type { Trx } from '@db/open';
import { keepWording, personOf } from '@db/queries/consent';
import { enqueue } from '@db/queries/outbox';
import { listTopics } from '@db/queries/topics';
import { lastPrinted, ownWording } from '@db/queries/wordings';
import { countSegments } from '@domain/campaigns/sms-text';
import { CONFIRMATION_MAX_AGE_MS, STOP_CONFIRMATION_MS } from '@domain/consent/gate';
import { type Language, type TextKind, type Wording, type WordingKind, wordingOf } from '@domain/consent/wording';
import { showPhone } from '@domain/customers/show-phone';
import { type CustomerId, DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { TextingSettings } from '@domain/settings/settings';
import type { Ctx } from '../ctx';

/**
 * The wording in force now, with the shop's own name, contact and promise: the shop's own words, else ours. A `sign` also needs the
 * word printed on it (`signShown` for what people really saw).
 */
export function currentWording(
  ctx: Ctx,
  kind: WordingKind,
  language: Language,
  promiseMax?: number,
  word?: string,
  club?: string | undefined,
): Wording {
  const { shop, courtesy, texting } = ctx.settings();
  const own = ownWording(ctx.db, kind, language);
  const topics = own?.template.includes('topics') ? listTopics(ctx.db).map((t) => t.name[language]) : [];
  const number = textingNumber(texting);
  return wordingOf(kind, language, shop, promiseMax ?? courtesy.promisePerMonth, {
    own,
    topics,
    club,
    ...(word !== undefined && { word }),
    ...(number !== null && { number: showPhone(number, shop.country) }),
  });
}

/** The number people text to us; null while there is none. */
export const textingNumber = (texting: TextingSettings): PhoneE164 | null =>
  (texting.sender?.kind === 'number' ? texting.sender.number : null) ?? texting.numbers[0] ?? null;

/** `word:CLUB` → CLUB: where a sign-up by text came from, as the ledger notes it. */
export const WORD_DEVICE = 'word:';

/**
 * The sign somebody read before they texted its word: as it was last printed or copied, with the promise that stands on it; else as
 * it would be printed now.
 */
export function signShown(ctx: Ctx, device: string, language: Language): { wording: Wording; promiseMax: number } {
  const word = device.startsWith(WORD_DEVICE) ? device.slice(WORD_DEVICE.length) : 'JOIN';
  const promiseMax = ctx.settings().courtesy.promisePerMonth;
  const other = language === 'es' ? 'en' : 'es';
  return (
    lastPrinted(ctx.db, word, language) ??
    // printed in the other language only: that is what they read
    lastPrinted(ctx.db, word, other) ?? { wording: currentWording(ctx, 'sign', language, promiseMax, word), promiseMax }
  );
}

type Answer = TextKind;

/**
 * Queues one of the four permission texts. It leaves through the one gate: while the sender is not approved it waits, and what
 * the customer caused goes at any hour only for 15 minutes (rules.md §3).
 */
export function queueText(
  ctx: Ctx,
  trx: Trx,
  t: {
    kind: Answer;
    phone: PhoneE164;
    /** Consent event (confirmation, double opt-in) or inbound SID (help, stop confirmation): one text per cause, ever. */
    causeId: string;
    language: Language;
    causedAt: UtcMs;
    promiseMax?: number | null;
    customerId?: CustomerId | null;
    /** Name of the club whose word they texted. */
    club?: string | undefined;
  },
): void {
  const wording = currentWording(ctx, t.kind, t.language, t.promiseMax ?? undefined, undefined, t.club);
  const now = ctx.clock.now();
  keepWording(trx, wording, now);
  const lasts: Record<Answer, number> = {
    confirmation: CONFIRMATION_MAX_AGE_MS,
    'double-opt-in': CONFIRMATION_MAX_AGE_MS,
    help: 2 * DAY,
    'stop-confirmation': STOP_CONFIRMATION_MS,
  };
  enqueue(trx, {
    cause: { kind: t.kind, id: t.causeId },
    address: t.phone,
    customerId: t.customerId ?? (personOf(trx, t.phone)?.id as CustomerId | undefined) ?? null,
    messageClass: t.kind,
    body: wording.text,
    segments: countSegments(wording.text).segments,
    quotedPrice: null,
    notBefore: now,
    expiresAt: (t.causedAt + lasts[t.kind]) as UtcMs,
    now,
  });
}
