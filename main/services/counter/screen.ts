import { customersByPhone, storedCustomer, updateCustomer } from '@db/queries/customers';
import { listTopics } from '@db/queries/topics';
import { promiseChoices } from '@domain/consent/promise';
import { stateOf } from '@domain/consent/status';
import { toEmail } from '@domain/customers/phone';
import { showPhone } from '@domain/customers/show-phone';
import { AppError } from '@domain/errors';
import type { CustomerId } from '@domain/kernel';
import { smsLink } from '@domain/kit/link';
import { currentWording, emailConsentOf, journalWith, withConsent } from '../consent';
import { emailWording, recordEmailSignUp } from '../consent/email';
import { signShown, textingNumber, WORD_DEVICE } from '../consent/texts';
import type { Ctx, Session } from '../ctx';
import { readPhone } from '../customers/customers';
import { wordOf } from '../kit/words';
import { orderOnScreen } from '../orders/screen';
import { sessionState } from '../session/session';
import { preferencesOf } from './preferences';
import { signUp } from './sign-up';
import { actingTurn, currentTurn, type Ended, noteEnded, type Turn } from './turn';

const BOTH = ['en', 'es'] as const;

/** Why a confirmation cannot leave at once, beyond a missing network: said honestly on the screen. */
function waitsFor(ctx: Ctx): 'no' | 'approval' | 'account' {
  const { mode, senderApproved } = ctx.settings().texting;
  return mode === 'none' ? 'account' : senderApproved ? 'no' : 'approval';
}

/** The words of the form: for each language and each number of texts the exact wording with its hash. */
export function signUpWords(ctx: Ctx) {
  const promises = promiseChoices(ctx.settings().courtesy.promisePerMonth);
  const mail = (language: 'en' | 'es') => {
    const { text, hash } = emailWording(ctx, language);
    return { text, hash };
  };
  return {
    promises,
    topics: listTopics(ctx.db).map(({ slug, name, about }) => ({ slug, name, about })),
    wording: BOTH.flatMap((language) =>
      promises.map((promiseMax) => {
        const { text, hash } = currentWording(ctx, 'sign-up', language, promiseMax);
        return { language, promiseMax, text, hash };
      }),
    ),
    email: { en: mail('en'), es: mail('es') },
    waits: waitsFor(ctx),
  };
}

/**
 * "Text JOIN to (555) …" for the idle page: the word of the counter card with every word of the permission beside it, as on the card
 * (a sign without them would permit nothing); only while a number of ours can receive it.
 */
function joinOf(ctx: Ctx) {
  const number = textingNumber(ctx.settings().texting);
  if (number === null) return null;
  const word = wordOf(ctx, 'card');
  const legal = (language: 'en' | 'es') => signShown(ctx, `${WORD_DEVICE}${word}`, language).wording.text;
  return {
    word,
    number: showPhone(number, ctx.settings().shop.country),
    link: smsLink(number, word),
    legal: { en: legal('en'), es: legal('es') },
  };
}

/** What a customer's window shows now. */
export function displayState(ctx: Ctx, session: Session) {
  const turn = currentTurn(ctx, session);
  const { shop } = ctx.settings();
  const own = session.turned === true;
  const { people, pinHint } = own ? sessionState(ctx, session) : { people: [], pinHint: null };
  const phase = turn === null ? ('idle' as const) : turn.step === 'resting' ? ('resting' as const) : ('form' as const);
  return {
    phase,
    turn: turn?.id ?? 0,
    what: turn?.what.kind ?? ('sign-up' as const),
    own,
    language: turn?.language ?? ('en' as const),
    shop: { name: shop.name, country: shop.country },
    words: turn?.what.kind === 'sign-up' ? signUpWords(ctx) : null,
    order: phase === 'form' && turn?.what.kind === 'order' ? orderOnScreen(ctx, turn.what.orderId) : null,
    preferences: phase === 'form' && turn?.what.kind === 'preferences' ? preferencesOf(ctx, turn.what.customerId) : null,
    join: phase === 'idle' ? joinOf(ctx) : null,
    people,
    turnedBy: own ? (turn?.staffId ?? null) : null,
    pinHint,
  };
}

export interface ScreenAnswers {
  turn: number;
  phone: string;
  firstName: string;
  birthday: string;
  ticked: boolean;
  promiseMax: number;
  language: 'en' | 'es';
  wordingHash: string;
  topics: readonly string[];
  email: string;
  emailTicked: boolean;
  emailWordingHash: string;
}

/**
 * The customer's own hand on the screen. A number already signed up gets the same answer as a new one and nothing is written: somebody
 * who types another's number learns nothing. Somebody under 18 is not signed up and nothing of theirs is kept.
 */
export function screenSignUp(ctx: Ctx, session: Session, a: ScreenAnswers) {
  const turn = actingTurn(ctx, session, a.turn);
  const { phone } = readPhone(ctx, a.phone);
  const email = a.emailTicked ? toEmail(a.email) : null;
  if (a.emailTicked && email === null) throw new AppError('customer.bad-email');
  const ended = (outcome: Ended['outcome'], customerId: CustomerId | null) =>
    noteEnded(ctx, { what: 'sign-up', customerId, name: a.firstName.trim(), outcome });
  const waits = waitsFor(ctx);
  try {
    const { done, customerId } = withConsent(ctx, (trx) => {
      const now = signed(ctx, session, turn, a);
      const id = now?.customerId ?? customersByPhone(trx, phone)[0]?.id ?? null;
      if (email !== null) agreedToMail(ctx, session, turn, a, email, id);
      return { done: now, customerId: id };
    });
    // told to staff once it is on disk
    ended(done === null ? 'already-in' : done.outcome, customerId);
    const start = done?.startNumber ?? null;
    return {
      outcome: done?.outcome ?? ('in' as const),
      startNumber: start === null ? null : showPhone(start, ctx.settings().shop.country),
      waits,
      email: email === null ? ('none' as const) : ('in' as const),
    };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'consent.under-age') throw error;
    ended('refused', null);
    return { outcome: 'refused' as const, startNumber: null, waits, email: 'none' as const };
  }
}

/** Null: this number is signed up already. */
function signed(ctx: Ctx, session: Session, turn: Turn, a: ScreenAnswers) {
  try {
    const { customerId, outcome, startNumber } = signUp(ctx, session, {
      how: 'screen',
      phone: a.phone,
      firstName: a.firstName,
      birthday: a.birthday,
      ticked: a.ticked,
      language: a.language,
      wordingHash: a.wordingHash,
      topics: a.topics,
      promiseMax: a.promiseMax,
      device: turn.where,
    });
    if (outcome === 'asked' || outcome === 'asked-recently') throw new Error('a tick on the screen asks nothing by text');
    return { customerId, outcome, startNumber };
  } catch (error) {
    if (error instanceof AppError && error.code === 'consent.already-in') return null;
    throw error;
  }
}

/** Their own tick beside the e-mail; their record learns the address where it has none. */
function agreedToMail(ctx: Ctx, session: Session, turn: Turn, a: ScreenAnswers, email: string, customerId: CustomerId | null): void {
  const now = ctx.clock.now();
  withConsent(ctx, (trx) => {
    if (stateOf(emailConsentOf(trx, ctx.hmacKey, email), 'marketing') !== 'in') {
      recordEmailSignUp(ctx, trx, {
        email,
        occurredAt: now,
        method: 'screen',
        topics: a.topics,
        language: a.language,
        wordingHash: a.emailWordingHash,
        name: a.firstName.trim() || null,
        birthday: a.birthday || null,
        staffId: session.staffId,
        device: turn.where,
      });
    }
    const row = customerId === null ? null : storedCustomer(trx, customerId);
    if (customerId === null || !row || row['email']) return;
    updateCustomer(trx, customerId, { email }, now);
    journalWith(ctx, { kind: 'sign-up', at: now, row: storedCustomer(trx, customerId) });
  });
}
