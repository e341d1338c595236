import { customerById, storedCustomer, updateCustomer } from '@db/queries/customers';
import { keepStopReason, type StopWhy } from '@db/queries/replies';
import { freshStop } from '@db/queries/sign-up';
import { audit } from '@db/queries/staff';
import { listTopics } from '@db/queries/topics';
import type { ChannelChoice } from '@domain/consent/preference';
import { promiseChoices } from '@domain/consent/promise';
import { stateOf } from '@domain/consent/status';
import { AppError } from '@domain/errors';
import { type CustomerId, HOUR, type UtcMs } from '@domain/kernel';
import { consentOf, emailConsentOf, journalWith, recordPreferences, recordStop, withConsent } from '../consent';
import type { Ctx, Session } from '../ctx';
import { actingTurn, noteEnded, type Turn } from './turn';

/** What somebody may change about themselves, as it stands. No full number: the screen stands on a counter. */
export function preferencesOf(ctx: Ctx, id: CustomerId) {
  const c = customerById(ctx.db, id);
  if (!c?.phone) throw new AppError('customer.not-found');
  const states = consentOf(ctx.db, ctx.hmacKey, c.phone, ctx.clock.now());
  const mails = c.email ? emailConsentOf(ctx.db, ctx.hmacKey, c.email) : [];
  const marketing = states.find((s) => s.purpose === 'marketing');
  const most = Math.max(ctx.settings().courtesy.promisePerMonth, marketing?.promiseMax ?? 1);
  const promises = promiseChoices(most);
  const promiseMax = marketing?.promiseMax ?? null;
  return {
    name: c.firstName,
    phoneEnd: c.phone.slice(-4),
    hasEmail: c.email !== null,
    state: stateOf(states, 'marketing'),
    emailState: stateOf(mails, 'marketing'),
    promiseMax,
    promises: promiseMax === null || promises.includes(promiseMax) ? promises : [...promises, promiseMax].sort((a, b) => a - b),
    topics: listTopics(ctx.db).map(({ slug, name, about }) => ({ slug, name, about, on: stateOf(states, `topic:${slug}`) === 'in' })),
    language: c.language,
  };
}

export interface Choice {
  turn: number;
  promiseMax?: number | undefined;
  /** All they want to hear about from now on. */
  topics?: readonly string[] | undefined;
  marketing?: ChannelChoice | undefined;
  service?: ChannelChoice | undefined;
  language?: 'en' | 'es' | undefined;
}

function theirs(ctx: Ctx, session: Session, id: number): { turn: Turn; customerId: CustomerId } {
  const turn = actingTurn(ctx, session, id);
  if (turn.what.kind !== 'preferences') throw new AppError('session.locked');
  return { turn, customerId: turn.what.customerId };
}

/** Their own choice on the screen: how often, about what, by which channel, in which language. */
export function preferOnScreen(ctx: Ctx, session: Session, choice: Choice): void {
  const { turn, customerId } = theirs(ctx, session, choice.turn);
  const now = ctx.clock.now();
  const offered = new Set(listTopics(ctx.db).map((t) => t.slug));
  withConsent(ctx, (trx) => {
    const c = customerById(trx, customerId);
    if (!c?.phone) throw new AppError('customer.not-found');
    const states = consentOf(trx, ctx.hmacKey, c.phone, now);
    const wanted = choice.topics?.filter((t) => offered.has(t));
    const had = [...offered].filter((t) => stateOf(states, `topic:${t}`) === 'in');
    const channels = { ...(choice.marketing && { marketing: choice.marketing }), ...(choice.service && { service: choice.service }) };
    const topics = wanted && { add: wanted.filter((t) => !had.includes(t)), remove: had.filter((t) => !wanted.includes(t)) };
    recordPreferences(ctx, trx, {
      phone: c.phone,
      email: c.email,
      occurredAt: now,
      method: 'screen',
      channels,
      language: choice.language ?? c.language,
      staffId: session.staffId,
      device: turn.where,
      ...(choice.promiseMax !== undefined && { promiseMax: choice.promiseMax }),
      ...(topics && { topics }),
    });
    if (choice.language && choice.language !== c.language) {
      updateCustomer(trx, customerId, { language: choice.language }, now);
      journalWith(ctx, { kind: 'sign-up', at: now, row: storedCustomer(trx, customerId) });
    }
    audit(trx, { at: now, staffId: session.staffId, action: 'consent.preferred-on-screen', subject: String(customerId) });
  });
  noteEnded(ctx, { what: 'preferences', customerId, name: '', outcome: 'in' });
}

const stops = new WeakMap<Turn, number>();

/** No more texts, by their own hand on the screen; said in one step, the reason may follow. */
export function stopOnScreen(ctx: Ctx, session: Session, turnId: number): void {
  const { turn, customerId } = theirs(ctx, session, turnId);
  const now = ctx.clock.now();
  const eventId = withConsent(ctx, (trx) => {
    const c = customerById(trx, customerId);
    if (!c?.phone) throw new AppError('customer.not-found');
    const { eventId: id } = recordStop(ctx, trx, {
      phone: c.phone,
      occurredAt: now,
      method: 'counter',
      reason: 'on the customer screen',
      carrierStop: false,
      staffId: session.staffId,
      device: turn.where,
      customerId,
      language: c.language,
    });
    audit(trx, { at: now, staffId: session.staffId, action: 'consent.stopped-on-screen', subject: String(customerId) });
    return id;
  });
  if (eventId !== null) stops.set(turn, eventId);
  noteEnded(ctx, { what: 'preferences', customerId, name: '', outcome: 'member' });
}

/** Why they stopped, said on the screen afterwards. */
export function whyOnScreen(ctx: Ctx, session: Session, turnId: number, reason: StopWhy): void {
  const { turn, customerId } = theirs(ctx, session, turnId);
  const stop = stops.get(turn);
  if (stop !== undefined) keepWhy(ctx, stop, customerId, reason);
}

/** A reason for a stop of the last hour, as a fact to count. */
export function keepWhy(ctx: Ctx, stopId: number, customerId: CustomerId | null, reason: StopWhy): void {
  const now = ctx.clock.now();
  if (!freshStop(ctx.db, stopId, (now - HOUR) as UtcMs)) throw new AppError('input.invalid', { field: 'stop' });
  ctx.db.tx((trx) =>
    keepStopReason(trx, { eventId: stopId, stopEventId: stopId, reason, via: 'counter', customerId, campaignId: null, saidAt: now }),
  );
}
