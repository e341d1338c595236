import { type GateFacts, gate, MESSAGE_CLASSES } from '@domain/consent/gate';
import type { ConsentState } from '@domain/consent/status';
import { DAY, HOUR, MINUTE, SECOND, type UtcMs } from '@domain/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/**
 * rules.md §1–3 said again, sentence by sentence and without the table: what forbids a text for good, and what makes it wait. Written
 * from the rules, so that a slip in the table and a slip here would have to be the same one.
 */
function theRules(f: GateFacts): { forbidden: string[]; waiting: string[]; notAgain: string[] } {
  const { messageClass: c, consent, now } = f;
  const since = f.causedAt == null ? null : now - f.causedAt;
  const forbidden: string[] = [];
  const waiting: string[] = [];
  const notAgain: string[] = [];
  const isAnswer = c === 'help' || c === 'stop-confirmation';

  // "Only `in` is reachable": offers, news, word about orders and the confirmation of a sign-up.
  if ((c === 'marketing' || c === 'service' || c === 'confirmation') && consent.state !== 'in') {
    forbidden.push(
      consent.state === 'out' ? 'opted-out' : consent.state === 'hold' ? 'held' : consent.state === 'paused' ? 'paused' : 'not-agreed',
    );
  }
  // "A double opt-in goes … only after the person gave the number for that": a question is pending, and nothing else.
  if (c === 'double-opt-in' && consent.state !== 'pending') forbidden.push(consent.state === 'out' ? 'opted-out' : 'not-asked');
  // "one confirmation" of a stop goes to who is out.
  if (c === 'stop-confirmation' && consent.state !== 'out') forbidden.push(consent.state === 'paused' ? 'paused' : 'not-agreed');
  // A conversation is answered, but never somebody who asked us to stop.
  if (c === 'reply' && consent.state === 'out') forbidden.push('opted-out');
  // "Any STOP stops all texts, service included" — but for the answers owed, and an order permitted anew, which has its own line.
  if (!isAnswer && c !== 'service' && consent.marketing === 'out') forbidden.push('opted-out');
  // "held people are never texted meanwhile"; who asks for help is answered all the same.
  if (c !== 'help' && (consent.state === 'hold' || consent.marketing === 'hold')) forbidden.push('held');
  // "a carrier-level stop is lifted only by their START/UNSTOP/YES"
  if (consent.carrierStop) forbidden.push('carrier-stop');
  // "30005/30006/21614 mark the number"
  if (f.badNumber) forbidden.push('bad-number');
  // "Every marketing text identifies the shop", and so does everything the shop sends by itself.
  if (f.words && !f.words.namesShop && c !== 'reply') forbidden.push('shop-not-named');
  // The five elements of a confirmation, and what asks or explains, say how to stop.
  if (f.words && !f.words.saysStop && (c === 'confirmation' || c === 'double-opt-in' || c === 'help')) forbidden.push('stop-not-said');
  // "only if ≤ 5 minutes since the reply"
  if (c === 'stop-confirmation' && since !== null && since > 5 * MINUTE) forbidden.push('too-late');
  // "for sign-ups ≤ 30 days old (older: asked again at the counter)"
  if ((c === 'confirmation' || c === 'double-opt-in') && since !== null && since > 30 * DAY) forbidden.push('stale-sign-up');
  // "once per number per 90 days"
  if (c === 'double-opt-in' && f.lastDoubleOptInAt != null && now - f.lastDoubleOptInAt < 90 * DAY) forbidden.push('asked-recently');

  // "Until the sender is approved by the carriers"
  if (!f.senderApproved) waiting.push('sender-not-approved');
  // "if that fails or is older than 5 minutes, nothing leaves"
  if (!f.repliesFresh) waiting.push('replies-unread');
  // "no marketing until 24 h after the confirmation was accepted"
  if (c === 'marketing' && (f.confirmedAt === undefined || (f.confirmedAt !== null && now < f.confirmedAt + 24 * HOUR))) {
    waiting.push('confirmation-first');
  }
  // "Replies the customer caused go at any hour, but only within 15 minutes of their message"
  const causedJustNow = c !== 'marketing' && c !== 'service' && since !== null && since <= 15 * MINUTE;
  // one-to-one replies "obey hours only as a warning"
  const warned = c === 'reply' && f.hoursWaived === true;
  if (!f.hours.open && !causedJustNow && !warned) waiting.push('quiet-hours');
  // "1 marketing text per 5 days … never more per calendar month than was promised"; "service texts are exempt"
  if (c === 'marketing' && !f.caps.free) (f.caps.freeAt === null ? notAgain : waiting).push('caps');
  return { forbidden, waiting, notAgain };
}

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const state = fc.constantFrom<ConsentState>('in', 'pending', 'out', 'never', 'hold', 'paused');
/** Times around every limit, before and after it by a millisecond. */
const edges = (limits: number[]) =>
  fc.constantFrom(...[0, SECOND, ...limits.flatMap((l) => [l - 1, l, l + 1])].map((ago) => (NOW - ago) as UtcMs));
const maybe = <T>(a: fc.Arbitrary<T>) => fc.option(a, { nil: null, freq: 3 });
const calm = <T>(usual: T, a: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: a });

const facts: fc.Arbitrary<GateFacts> = fc
  .record({
    messageClass: fc.constantFrom(...MESSAGE_CLASSES),
    consent: fc.oneof(
      state.map((s) => ({ state: s, marketing: s, carrierStop: false })),
      fc.record({ state, marketing: state, carrierStop: fc.boolean() }),
    ),
    badNumber: calm(false, fc.boolean()),
    repliesFresh: calm(true, fc.boolean()),
    senderApproved: calm(true, fc.boolean()),
    hours: calm({ open: true, opensAt: null as UtcMs | null }, fc.constant({ open: false, opensAt: (NOW + HOUR) as UtcMs | null })),
    caps: calm(
      { free: true, freeAt: null as UtcMs | null },
      maybe(fc.constant((NOW + DAY) as UtcMs)).map((freeAt) => ({ free: false, freeAt })),
    ),
    causedAt: maybe(edges([5 * MINUTE, 15 * MINUTE, 30 * DAY])),
    confirmedAt: fc.option(maybe(edges([DAY])), { nil: undefined, freq: 5 }),
    lastDoubleOptInAt: maybe(edges([90 * DAY])),
    hoursWaived: fc.boolean(),
    words: fc.option(fc.record({ namesShop: calm(true, fc.boolean()), saysStop: calm(true, fc.boolean()) }), { nil: undefined }),
  })
  .map(({ confirmedAt, words, ...rest }) => ({
    now: NOW,
    ...rest,
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
    ...(words === undefined ? {} : { words }),
  }));

describe('the gate against the rules as written', () => {
  it('sends exactly what nothing forbids and nothing holds back, and names a true reason', () => {
    const seen = { send: 0, wait: 0, skip: 0 };
    fc.assert(
      fc.property(facts, (f) => {
        const rules = theRules(f);
        const decision = gate(f);
        seen[decision.kind]++;
        if (rules.forbidden.length > 0) {
          expect(decision.kind).toBe('skip');
          expect(rules.forbidden).toContain(decision.kind === 'skip' && decision.reason);
        } else if (rules.waiting.length > 0) {
          expect(decision.kind).toBe('wait');
          expect(rules.waiting).toContain(decision.kind === 'wait' && decision.reason);
        } else if (rules.notAgain.length > 0) {
          expect(decision).toEqual({ kind: 'skip', reason: 'caps' });
        } else {
          expect(decision).toEqual({ kind: 'send' });
        }
      }),
      { numRuns: 40_000 },
    );
    // a comparison of nothing but refusals would prove little
    expect(Math.min(seen.send, seen.wait, seen.skip)).toBeGreaterThan(1500);
  });

  it('comes to the same over every class and state, one thing amiss at a time', () => {
    const states: ConsentState[] = ['in', 'pending', 'out', 'never', 'hold', 'paused'];
    const amiss: Partial<GateFacts>[] = [
      {},
      { repliesFresh: false },
      { senderApproved: false },
      { badNumber: true },
      { hours: { open: false, opensAt: null } },
      { hours: { open: false, opensAt: null }, hoursWaived: true },
      { hours: { open: false, opensAt: null }, causedAt: (NOW - 16 * MINUTE) as UtcMs },
      { caps: { free: false, freeAt: null } },
      { caps: { free: false, freeAt: (NOW + DAY) as UtcMs } },
      { causedAt: (NOW - 6 * MINUTE) as UtcMs },
      { causedAt: (NOW - 31 * DAY) as UtcMs },
      { causedAt: null },
      { confirmedAt: NOW },
      { lastDoubleOptInAt: NOW },
      { words: { namesShop: false, saysStop: true } },
      { words: { namesShop: true, saysStop: false } },
    ];
    for (const messageClass of MESSAGE_CLASSES)
      for (const s of states)
        for (const marketing of states)
          for (const carrierStop of [false, true])
            for (const over of amiss) {
              const f: GateFacts = {
                messageClass,
                now: NOW,
                consent: { state: s, marketing, carrierStop },
                repliesFresh: true,
                senderApproved: true,
                hours: { open: true, opensAt: null },
                caps: { free: true, freeAt: null },
                causedAt: (NOW - MINUTE) as UtcMs,
                confirmedAt: null,
                ...over,
              };
              const { forbidden, waiting, notAgain } = theRules(f);
              const due = forbidden.length > 0 ? 'skip' : waiting.length > 0 ? 'wait' : notAgain.length > 0 ? 'skip' : 'send';
              expect(gate(f).kind, JSON.stringify(f)).toBe(due);
            }
  });
});
