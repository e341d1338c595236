import type { Trx } from '@db/open';
import { keepWording, personOf } from '@db/queries/consent';
import { enqueue } from '@db/queries/outbox';
import { countSegments } from '@domain/campaigns/sms-text';
import { CONFIRMATION_MAX_AGE_MS, STOP_CONFIRMATION_MS } from '@domain/consent/gate';
import { type Language, type Wording, type WordingKind, wordingOf } from '@domain/consent/wording';
import { type CustomerId, DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { Ctx } from '../ctx';

/** The wording in force now, with the shop's own name, contact and promise. */
export function currentWording(ctx: Ctx, kind: WordingKind, language: Language, promiseMax?: number): Wording {
  const { shop, courtesy } = ctx.settings();
  return wordingOf(kind, language, shop, promiseMax ?? courtesy.promisePerMonth);
}

type Answer = Exclude<WordingKind, 'sign-up'>;

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
  },
): void {
  const wording = currentWording(ctx, t.kind, t.language, t.promiseMax ?? undefined);
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
