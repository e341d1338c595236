import { personOf, questionLeftAt } from '@db/queries/consent';
import { insertInbound, knownSids, lastAutomaticText, lastCampaignTo, resolveHold, setHoldUntil } from '@db/queries/inbox';
import { joinWordFor } from '@db/queries/join-words';
import {
  autoAnswersSince,
  campaignLife,
  closeReplyMenu,
  keepStopReason,
  noteAutoAnswer,
  openMenu,
  replyWords,
  STOP_WHYS,
  stopBegan,
} from '@db/queries/replies';
import { takenBefore } from '@db/queries/restore';
import { wishesToldIn } from '@db/queries/wishes';
import { addDays, shopDay, startOfDay } from '@domain/calendar';
import { addressHmac } from '@domain/consent/hmac';
import { type Reading, type ReplyContext, readReply, WORDLESS } from '@domain/consent/reply';
import { type FoldedState, PENDING_MS, stateOf } from '@domain/consent/status';
import { openingOf } from '@domain/counter/open-hours';
import { TASK_KINDS } from '@domain/counter/task';
import { afterHoursText, keptUntil, nextOpening, sayOpening, shopIsOpen } from '@domain/inbox/after-hours';
import { replyWordIn } from '@domain/inbox/campaign-words';
import { writesSpanish } from '@domain/inbox/commands';
import { type Consequence, consequenceOf } from '@domain/inbox/consequences';
import { replyWordText } from '@domain/inbox/menu';
import { type CampaignId, type CustomerId, DAY, MINUTE, type PhoneE164, type UtcMs } from '@domain/kernel';
import { wishesSaid } from '@domain/wishes/words';
import type { CarrierMessage } from '@ports/sms-gateway';
import { nextTurn } from '../chunks';
import {
  type ConsentTrx,
  consentOf,
  onlyMinorsAt,
  recordAgreed,
  recordDeclined,
  recordHold,
  recordRestart,
  recordSignUp,
  recordStop,
  withConsent,
} from '../consent';
import { queueText, WORD_DEVICE } from '../consent/texts';
import { openCounterTask } from '../counter-tasks';
import type { Ctx } from '../ctx';
import { answer } from './answer';
import { addTopics, chosen, emailGiven, less, prefs } from './choices';

const ANSWERS_CAMPAIGN_MS = 30 * DAY;
/**
 * Takes replies as the carrier lists them: each once by its SID, oldest first, read, written down with all its consequences in one
 * transaction. Numbers nobody knows count like any other. Returns how many were new.
 */
export async function takeInbound(ctx: Ctx, messages: readonly CarrierMessage[]): Promise<number> {
  const known = knownSids(
    ctx.db,
    messages.map((m) => m.sid),
  );
  const fresh = messages.filter((m) => m.direction === 'inbound' && m.from !== null && !known.has(m.sid)).sort(byTime(ctx));
  let taken = 0;
  for (const m of fresh) {
    if (takeOne(ctx, m)) taken++;
    if (taken % 8 === 0) await nextTurn();
  }
  if (taken > 0) ctx.changed('inbox', 'consent', 'outbox', 'reports');
  return taken;
}

const readingOf = (m: CarrierMessage, context: ReplyContext): Reading => (m.wordless ? WORDLESS : readReply(m.body, context));
const receivedAt = (m: CarrierMessage): UtcMs => m.sentAt ?? m.createdAt;

/** Their order when the carrier's clock (whole seconds) tells none: whoever said stop is not signed up again by the order of a list. */
const LAST: Readonly<Partial<Record<Reading['meaning'], number>>> = { 'opt-out': 2, hold: 1 };
const byTime =
  (ctx: Ctx) =>
  (a: CarrierMessage, b: CarrierMessage): number =>
    receivedAt(a) - receivedAt(b) || rank(ctx, a) - rank(ctx, b) || (a.sid < b.sid ? -1 : 1);
const rank = (ctx: Ctx, m: CarrierMessage): number =>
  LAST[readingOf(m, { customStopWords: ctx.settings().texting.customStopWords }).meaning] ?? 0;

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
    const reading = readingOf(m, {
      customStopWords: ctx.settings().texting.customStopWords,
      pendingDoubleOptIn: !carrierStop && wasAsked(trx, states, at),
      carrierStopped: carrierStop,
    });
    const person = personOf(trx, from);
    const campaign = lastCampaignTo(trx, from, now, (at - ANSWERS_CAMPAIGN_MS) as UtcMs);
    const help = lastAutomaticText(trx, from, 'help');
    const asked = lastAutomaticText(trx, from, 'stop-confirmation');
    if (takenBefore(trx, m.sid))
      return takeAgain(trx, m, { at, now, reading, states, customerId: (person?.id as CustomerId | undefined) ?? null });
    const plain = textable && (reading.meaning === 'message' || reading.meaning === 'join');
    const joinWord = plain ? joinWordFor(trx, m.body) : null;
    const word = plain && campaign ? campaignWord(ctx, trx, campaign.campaignId, m.body, at) : null;
    const follows = consequenceOf({
      reading,
      ageMs: now - at,
      marketing,
      carrierStop,
      restorable: restorable(states),
      lastHelpMsAgo: help ? now - help.createdAt : null,
      askedWhyMsAgo: asked?.leftAt != null ? now - asked.leftAt : null,
      menu: plain ? openMenu(trx, from, at) : null,
      joinWord,
      campaignWord: word !== null,
      closedNow: plain && closedAndUntold(ctx, trx, from, at),
      body: m.body,
    });
    // somebody under 18 is signed up by nothing they write: a person reads it
    const yes = follows.record === 'sign-up' || follows.record === 'agreed';
    const c: Consequence = yes && onlyMinorsAt(ctx, trx, from) ? { ...follows, record: null, read: false } : follows;
    const customerId = campaign?.customerId ?? (person?.id as CustomerId | undefined) ?? null;
    const isNew = insertInbound(trx, {
      sid: m.sid,
      from,
      to: m.to,
      body: m.body,
      receivedAt: at,
      fetchedAt: now,
      meaning: reading.meaning,
      rule: c.record === 'reason' ? (c.reason ?? '') : reading.rule,
      customerId,
      campaignId: campaign?.campaignId ?? null,
      readAt: c.read ? now : null,
    });
    // said again by somebody who is out already: nothing to decide
    if (isNew && reading.meaning === 'hold' && (c.record === null || !textable)) resolveHold(trx, m.sid, 'stop', now);
    if (isNew && textable) {
      // in the language they wrote in, else the one they chose
      const language = reading.command?.language ?? (writesSpanish(m.body) ? 'es' : (person?.language ?? 'en'));
      carryOut(ctx, trx, { m, at, from, language, c, joinWord, word, customerId, campaignId: campaign?.campaignId ?? null });
    }
    return isNew;
  });
}

/**
 * A reply whose consequences stand in the ledger already: a copy was brought back that did not have it, the journal knew what it did, and
 * the carrier's list tells it once more. It is read, not carried out again.
 */
function takeAgain(
  trx: ConsentTrx,
  m: CarrierMessage,
  o: { at: UtcMs; now: UtcMs; reading: Reading; states: readonly FoldedState[]; customerId: CustomerId | null },
): boolean {
  const campaign = lastCampaignTo(trx, m.from as PhoneE164, o.now, (o.at - ANSWERS_CAMPAIGN_MS) as UtcMs);
  const isNew = insertInbound(trx, {
    sid: m.sid,
    from: m.from as PhoneE164,
    to: m.to,
    body: m.body,
    receivedAt: o.at,
    fetchedAt: o.now,
    meaning: o.reading.meaning,
    rule: o.reading.rule,
    customerId: o.customerId,
    campaignId: campaign?.campaignId ?? null,
    readAt: null,
  });
  if (!isNew || o.reading.meaning !== 'hold') return isNew;
  const hold = o.states.find((s) => s.state === 'hold');
  if (hold?.expiresAt != null) setHoldUntil(trx, m.sid, hold.expiresAt);
  else resolveHold(trx, m.sid, stateOf(o.states, 'marketing') === 'out' ? 'stop' : 'not-a-stop', o.now);
  return isNew;
}

/** The carrier's clock and this computer's may differ by this much. */
const CLOCKS_MS = 2 * MINUTE;

/** Our question had left when they wrote: a yes or no from before it answers something else. */
function wasAsked(trx: ConsentTrx, states: readonly FoldedState[], at: UtcMs): boolean {
  const pending = states.find((s) => s.purpose === 'marketing' && s.state === 'pending');
  const left = pending ? questionLeftAt(trx, pending.eventId) : null;
  return left !== null && at >= left - CLOCKS_MS && at <= left + PENDING_MS;
}

/** A stop, a hold, a pause or a waiting form: something START can end. */
const restorable = (states: readonly FoldedState[]): boolean =>
  states.some((s) => s.state === 'out' || s.state === 'hold' || s.state === 'paused' || s.carrierStop);

/** A campaign's words count while its offer does. */
const WORDS_LIVE_MS = 14 * DAY;

function campaignWord(ctx: Ctx, trx: ConsentTrx, campaignId: CampaignId, body: string, at: UtcMs): SaidWord | null {
  const words = replyWords(ctx.db, campaignId);
  if (words.length === 0) return null;
  const life = campaignLife(trx, campaignId);
  if (!life || at < life.startedAt || at > (life.endsAt ?? life.startedAt + WORDS_LIVE_MS)) return null;
  const said = replyWordIn(
    words.map((w) => w.word),
    body,
  );
  const word = said && words.find((w) => w.word === said.word);
  return word ? { ...word, rest: said.rest } : null;
}
type SaidWord = ReturnType<typeof replyWords>[number] & { rest: string };

/** Closed by the shop's own hours, the owner wants it answered, and this number was not told yet today. */
function closedAndUntold(ctx: Ctx, trx: ConsentTrx, phone: PhoneE164, at: UtcMs): boolean {
  const { replies, shop } = ctx.settings();
  if (!replies.afterHours.on || shopIsOpen(at, shop) || shopIsOpen(ctx.clock.now(), shop) || nextOpening(at, shop) === null) return false;
  const today = startOfDay(shopDay(at, shop.zone), shop.zone);
  return autoAnswersSince(trx, phone, (today - 1) as UtcMs, 'after-hours') === 0;
}

interface Taken {
  m: CarrierMessage;
  at: UtcMs;
  from: PhoneE164;
  language: 'en' | 'es';
  c: Consequence;
  joinWord: { word: string; topics: readonly string[] } | null;
  word: SaidWord | null;
  customerId: CustomerId | null;
  campaignId: CampaignId | null;
}

function carryOut(ctx: Ctx, trx: ConsentTrx, o: Taken): void {
  const { m, c, at, language } = o;
  const who = { phone: o.from, occurredAt: at, language, inboundSid: m.sid, inboundText: m.body };
  const caused = { sid: m.sid, phone: o.from, at };
  const choice = { ...caused, language, body: m.body, customerId: o.customerId };
  let text = c.text;
  switch (c.record) {
    case 'stop':
      recordStop(ctx, trx, { ...who, method: 'reply', reason: c.reason ?? '', carrierStop: c.carrierStop });
      closeReplyMenu(trx, o.from);
      break;
    case 'reason':
      keepReason(ctx, trx, o);
      break;
    case 'hold':
      setHoldUntil(trx, m.sid, recordHold(ctx, trx, { ...who, rule: c.reason ?? '' }).until);
      closeReplyMenu(trx, o.from);
      break;
    case 'restart': {
      const { states, confirmed } = recordRestart(ctx, trx, who);
      if (confirmed || stateOf(states, 'marketing') !== 'in') text = null;
      break;
    }
    case 'sign-up': {
      const { word, topics } = o.joinWord ?? { word: 'JOIN', topics: [] };
      recordSignUp(ctx, trx, { ...who, method: 'join-text', device: `${WORD_DEVICE}${word}`, topics });
      // the confirmation is the answer to this reply
      noteAutoAnswer(trx, { sid: m.sid, phone: o.from, kind: 'confirmation', at: ctx.clock.now() });
      break;
    }
    case 'agreed':
      if (recordAgreed(ctx, trx, who).agreed) noteAutoAnswer(trx, { sid: m.sid, phone: o.from, kind: 'confirmation', at: ctx.clock.now() });
      break;
    case 'declined':
      recordDeclined(ctx, trx, who);
      break;
    case 'less':
      less(ctx, trx, choice);
      break;
    case 'prefs':
      prefs(ctx, trx, choice);
      break;
    case 'choice':
      if (c.choice !== null) chosen(ctx, trx, { ...choice, language: openMenu(trx, o.from, at)?.language ?? language }, c.choice);
      break;
    case 'email':
      emailGiven(ctx, trx, { ...choice, language: openMenu(trx, o.from, at)?.language ?? language });
      break;
    case 'add-topics':
      if (o.joinWord) addTopics(ctx, trx, choice, o.joinWord);
      break;
    case 'campaign-word':
      if (o.word) takeWord(ctx, trx, o, o.word);
      break;
    case null:
      break;
  }
  if (text === 'after-hours') {
    const { shop, replies } = ctx.settings();
    const opening = sayOpening(nextOpening(at, shop), at, shop, language);
    answer(ctx, trx, caused, 'after-hours', afterHoursText(replies.afterHours[language], shop.name, opening, language));
  } else if (text !== null && noteAutoAnswer(trx, { sid: m.sid, phone: o.from, kind: text, at: ctx.clock.now() })) {
    queueText(ctx, trx, { kind: text, phone: o.from, causeId: m.sid, language, causedAt: at });
  }
}

/** Why they left, in the ledger as they said it and beside it as a fact to count. */
function keepReason(ctx: Ctx, trx: ConsentTrx, o: Taken): void {
  const stopEventId = stopBegan(trx, addressHmac(ctx.hmacKey, o.from));
  const { eventId } = recordStop(ctx, trx, {
    phone: o.from,
    occurredAt: o.at,
    language: o.language,
    inboundSid: o.m.sid,
    inboundText: o.m.body,
    method: 'reply',
    reason: o.c.reason ?? '',
    carrierStop: false,
  });
  const reason = STOP_WHYS.find((w) => o.c.reason === `why: ${w}`);
  if (eventId === null || reason === undefined) return;
  keepStopReason(trx, { eventId, stopEventId, reason, via: 'reply', customerId: o.customerId, campaignId: o.campaignId, saidAt: o.at });
}

/** What is to be set aside: of a delivery they were told of, what they were waiting for; else what they wrote beside the word. */
function heldWords(trx: ConsentTrx, o: Taken): string {
  const wish = o.campaignId === null || o.customerId === null ? '' : wishesSaid(wishesToldIn(trx, o.campaignId, o.customerId), 'en');
  return wish || o.word?.rest || o.m.body;
}

/** "HOLD 8.5": a task at the counter with their words, and one answer saying until when. */
function takeWord(ctx: Ctx, trx: ConsentTrx, o: Taken, word: SaidWord): void {
  const { shop } = ctx.settings();
  const kind = TASK_KINDS.find((k) => k === word.means) ?? 'other';
  const until = keptUntil(o.at, word.holdDays, shop);
  openCounterTask(trx, {
    kind,
    customerId: o.customerId,
    address: o.from,
    words: heldWords(trx, o),
    campaignId: o.campaignId,
    inboundSid: o.m.sid,
    dueAt: kind === 'hold' ? (openingOf(until, shop)?.to ?? startOfDay(addDays(until, 1), shop.zone)) : null,
    at: o.at,
  });
  const today = shopDay(o.at, shop.zone);
  answer(ctx, trx, { sid: o.m.sid, phone: o.from, at: o.at }, 'campaign-word', replyWordText(shop.name, word, until, today, o.language));
}
