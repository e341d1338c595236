import { personOf } from '@db/queries/consent';
import { insertInbound, knownSids, lastAutomaticText, lastCampaignTo, resolveHold, setHoldUntil } from '@db/queries/inbox';
import { readReply } from '@domain/consent/reply';
import { type FoldedState, stateOf } from '@domain/consent/status';
import { type Consequence, consequenceOf } from '@domain/inbox/consequences';
import { type CustomerId, DAY, type PhoneE164, type UtcMs } from '@domain/kernel';
import type { CarrierMessage } from '@ports/sms-gateway';
import {
  type ConsentTrx,
  consentOf,
  recordAgreed,
  recordDeclined,
  recordHold,
  recordRestart,
  recordSignUp,
  recordStop,
  withConsent,
} from '../consent';
import { queueText } from '../consent/texts';
import type { Ctx } from '../ctx';

const ANSWERS_CAMPAIGN_MS = 30 * DAY;
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Takes replies as the carrier lists them: each once by its SID, oldest first, read, written down with all its consequences in one
 * transaction. Numbers nobody knows count like any other. Returns how many were new.
 */
export async function takeInbound(ctx: Ctx, messages: readonly CarrierMessage[]): Promise<number> {
  const known = knownSids(
    ctx.db,
    messages.map((m) => m.sid),
  );
  const fresh = messages
    .filter((m) => m.direction === 'inbound' && m.from !== null && !known.has(m.sid))
    .sort((a, b) => receivedAt(a) - receivedAt(b));
  let taken = 0;
  for (const m of fresh) {
    if (takeOne(ctx, m)) taken++;
    if (taken % 8 === 0) await nextTurn();
  }
  if (taken > 0) ctx.changed('inbox', 'consent', 'outbox', 'reports');
  return taken;
}

const receivedAt = (m: CarrierMessage): UtcMs => m.sentAt ?? m.createdAt;

function takeOne(ctx: Ctx, m: CarrierMessage): boolean {
  const now = ctx.clock.now();
  const at = Math.min(receivedAt(m), now) as UtcMs;
  const from = m.from as PhoneE164;
  // short codes and names cannot be texted back and carry no permission
  const textable = /^\+\d{8,15}$/.test(from);
  return withConsent(ctx, (trx) => {
    const states = textable ? consentOf(trx, ctx.hmacKey, from, now) : [];
    const carrierStop = states.some((s) => s.carrierStop);
    const marketing = stateOf(states, 'marketing');
    const reading = readReply(m.body, {
      customStopWords: ctx.settings().texting.customStopWords,
      pendingDoubleOptIn: marketing === 'pending' && !carrierStop,
      carrierStopped: carrierStop,
    });
    const person = personOf(trx, from);
    const campaign = lastCampaignTo(trx, from, now, (at - ANSWERS_CAMPAIGN_MS) as UtcMs);
    const help = lastAutomaticText(trx, from, 'help');
    const asked = lastAutomaticText(trx, from, 'stop-confirmation');
    const c: Consequence = consequenceOf({
      reading,
      ageMs: now - at,
      marketing,
      carrierStop,
      restorable: restorable(states),
      lastHelpMsAgo: help ? now - help.createdAt : null,
      askedWhyMsAgo: asked?.leftAt != null ? now - asked.leftAt : null,
      body: m.body,
    });
    const isNew = insertInbound(trx, {
      sid: m.sid,
      from,
      to: m.to,
      body: m.body,
      receivedAt: at,
      fetchedAt: now,
      meaning: reading.meaning,
      rule: c.record === 'reason' ? (c.reason ?? '') : reading.rule,
      customerId: campaign?.customerId ?? (person?.id as CustomerId | undefined) ?? null,
      campaignId: campaign?.campaignId ?? null,
      readAt: c.read ? now : null,
    });
    // said again by somebody who is out already: nothing to decide
    if (isNew && reading.meaning === 'hold' && (c.record === null || !textable)) resolveHold(trx, m.sid, 'stop', now);
    if (isNew && textable) carryOut(ctx, trx, { m, at, from, language: person?.language ?? 'en', c });
    return isNew;
  });
}

/** A stop, a hold, a pause or a waiting form: something START can end. */
const restorable = (states: readonly FoldedState[]): boolean =>
  states.some((s) => s.state === 'out' || s.state === 'hold' || s.state === 'paused' || s.carrierStop);

function carryOut(
  ctx: Ctx,
  trx: ConsentTrx,
  o: { m: CarrierMessage; at: UtcMs; from: PhoneE164; language: 'en' | 'es'; c: Consequence },
): void {
  const { m, c, at } = o;
  const who = { phone: o.from, occurredAt: at, language: o.language, inboundSid: m.sid, inboundText: m.body };
  let text = c.text;
  switch (c.record) {
    case 'stop':
    case 'reason':
      recordStop(ctx, trx, { ...who, method: 'reply', reason: c.reason ?? '', carrierStop: c.carrierStop });
      break;
    case 'hold':
      setHoldUntil(trx, m.sid, recordHold(ctx, trx, { ...who, rule: c.reason ?? '' }).until);
      break;
    case 'restart': {
      const { states } = recordRestart(ctx, trx, who);
      if (stateOf(states, 'marketing') !== 'in') text = null;
      break;
    }
    case 'sign-up':
      recordSignUp(ctx, trx, { ...who, method: 'join-text', device: m.to });
      break;
    case 'agreed':
      recordAgreed(ctx, trx, who);
      break;
    case 'declined':
      recordDeclined(ctx, trx, who);
      break;
    case null:
      break;
  }
  if (text !== null) queueText(ctx, trx, { kind: text, phone: o.from, causeId: m.sid, language: o.language, causedAt: at });
}
