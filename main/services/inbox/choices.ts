import { customerById, storedCustomer, updateCustomer } from '@db/queries/customers';
import { closeReplyMenu, openReplyMenu } from '@db/queries/replies';
import { listTopics } from '@db/queries/topics';
import { lessPromise } from '@domain/consent/preference';
import { topicState } from '@domain/consent/purposes';
import type { FoldedState } from '@domain/consent/status';
import { toEmail } from '@domain/customers/phone';
import { emailIn } from '@domain/inbox/commands';
import {
  askEmailText,
  emailChosenText,
  lessText,
  MENU_MS,
  type MenuKind,
  type MenuOption,
  prefsText,
  topicAddedText,
  topicsText,
} from '@domain/inbox/menu';
import type { CustomerId, UtcMs } from '@domain/kernel';
import { type ConsentTrx, consentOf, journalWith, recordEmailSignUp, recordPreferences } from '../consent';
import type { Ctx } from '../ctx';
import { answer, type Caused } from './answer';

/** A reply that asks for something about the texts themselves. */
export interface Asked extends Caused {
  language: 'en' | 'es';
  body: string;
  customerId: CustomerId | null;
}

const statesNow = (ctx: Ctx, trx: ConsentTrx, a: Asked): FoldedState[] => consentOf(trx, ctx.hmacKey, a.phone, ctx.clock.now());
const promiseOf = (ctx: Ctx, states: readonly FoldedState[]): number =>
  states.find((s) => s.purpose === 'marketing')?.promiseMax ?? ctx.settings().courtesy.promisePerMonth;
const own = (a: Asked) =>
  ({ phone: a.phone, occurredAt: a.at, method: 'reply', language: a.language, inboundSid: a.sid, inboundText: a.body }) as const;
const shopName = (ctx: Ctx): string => ctx.settings().shop.name;

function ask(ctx: Ctx, trx: ConsentTrx, a: Asked, kind: MenuKind, options: readonly MenuOption[], text: string): void {
  // a question that is not asked must not be answerable
  if (!answer(ctx, trx, a, kind, text)) return;
  openReplyMenu(trx, a.phone, {
    kind,
    options: [...options],
    language: a.language,
    sid: a.sid,
    openedAt: a.at,
    expiresAt: (a.at + MENU_MS) as UtcMs,
  });
}

/** LESS: the next lower number of texts a month, told in one answer. */
export function less(ctx: Ctx, trx: ConsentTrx, a: Asked): void {
  const fewer = lessPromise(promiseOf(ctx, statesNow(ctx, trx, a)));
  if (fewer !== null) recordPreferences(ctx, trx, { ...own(a), promiseMax: fewer });
  answer(ctx, trx, a, 'less', lessText(shopName(ctx), fewer, a.language));
}

/** PREFS: the numbered choices there are for them. */
export function prefs(ctx: Ctx, trx: ConsentTrx, a: Asked): void {
  const n = promiseOf(ctx, statesNow(ctx, trx, a));
  const options: ('less' | 'email' | 'topics')[] = [];
  if (lessPromise(n) !== null) options.push('less');
  options.push('email');
  if (listTopics(ctx.db).length > 1) options.push('topics');
  ask(ctx, trx, a, 'prefs', options, prefsText(shopName(ctx), n, options, a.language));
}

/** A digit under one of our questions. */
export function chosen(ctx: Ctx, trx: ConsentTrx, a: Asked, option: MenuOption): void {
  if (option === 'less') less(ctx, trx, a);
  else if (option === 'topics') askTopics(ctx, trx, a);
  else if (option === 'email') {
    const email = a.customerId === null ? null : customerById(ctx.db, a.customerId)?.email;
    if (email) byEmail(ctx, trx, a, email);
    else ask(ctx, trx, a, 'email', [], askEmailText(shopName(ctx), a.language));
  } else switchTopic(ctx, trx, a, option.slice('topic:'.length));
}

function askTopics(ctx: Ctx, trx: ConsentTrx, a: Asked, changed?: string): void {
  const states = statesNow(ctx, trx, a);
  const topics = listTopics(ctx.db).map((t) => ({ slug: t.slug, name: t.name[a.language], on: topicState(states, t.slug) === 'in' }));
  const just = topics.find((t) => t.slug === changed);
  const { text, shown } = topicsText(shopName(ctx), topics, a.language, just);
  const options = topics.slice(0, shown).map((t): MenuOption => `topic:${t.slug}`);
  ask(ctx, trx, a, 'topics', options, text);
}

function switchTopic(ctx: Ctx, trx: ConsentTrx, a: Asked, slug: string): void {
  const states = statesNow(ctx, trx, a);
  const on = listTopics(ctx.db)
    .map((t) => t.slug)
    .filter((t) => topicState(states, t) === 'in');
  if (!on.includes(slug)) recordPreferences(ctx, trx, { ...own(a), topics: { add: [...on, slug] } });
  else {
    // the last one switched off must not bring back those they never chose
    const rest = on.length === 1 ? listTopics(ctx.db).map((t) => t.slug) : [slug];
    recordPreferences(ctx, trx, { ...own(a), topics: { remove: rest } });
  }
  askTopics(ctx, trx, a, slug);
}

/** An address written in answer to our question. */
export function emailGiven(ctx: Ctx, trx: ConsentTrx, a: Asked): void {
  const email = toEmail(emailIn(a.body) ?? '');
  if (email === null) return;
  const person = a.customerId === null ? null : customerById(ctx.db, a.customerId);
  if (person && !person.email) {
    updateCustomer(trx, person.id, { email }, ctx.clock.now());
    journalWith(ctx, { kind: 'sign-up', at: ctx.clock.now(), row: storedCustomer(trx, person.id) });
  }
  byEmail(ctx, trx, a, email);
}

/** Their own act, for both: offers by e-mail, and none by text. Texts end only once e-mails are permitted. */
function byEmail(ctx: Ctx, trx: ConsentTrx, a: Asked, email: string): void {
  recordEmailSignUp(ctx, trx, {
    email,
    occurredAt: a.at,
    method: 'reply',
    language: a.language,
    device: 'word:PREFS',
    inboundSid: a.sid,
    inboundText: a.body,
  });
  recordPreferences(ctx, trx, { ...own(a), email, channels: { marketing: 'email' } });
  // another address may follow for a while: "Other address? Reply with it"
  ask(ctx, trx, a, 'email', [], emailChosenText(shopName(ctx), email, a.language));
}

/** The word of a club from somebody who gets texts already: added to what they get, which stays (who names one topic gets no others). */
export function addTopics(ctx: Ctx, trx: ConsentTrx, a: Asked, word: { word: string; topics: readonly string[] }): void {
  const known = listTopics(ctx.db, { all: true });
  const states = statesNow(ctx, trx, a);
  const on = known.map((t) => t.slug).filter((t) => topicState(states, t) === 'in');
  const add = word.topics.filter((t) => !on.includes(t));
  closeReplyMenu(trx, a.phone);
  if (add.length > 0) {
    recordPreferences(ctx, trx, { ...own(a), method: 'join-text', topics: { add: [...on, ...add] }, device: `word:${word.word}` });
  }
  const name = known.find((t) => t.slug === word.topics[0])?.name[a.language] ?? word.word;
  answer(ctx, trx, a, 'topic-added', topicAddedText(shopName(ctx), name, a.language));
}
