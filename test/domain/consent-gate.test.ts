import { GATE, type GateFacts, gate, MESSAGE_CLASSES, type MessageClass } from '@domain/consent/gate';
import type { ConsentState } from '@domain/consent/status';
import { DAY, MINUTE, type UtcMs } from '@domain/kernel';
import { describe, expect, it } from 'vitest';

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const STATES: ConsentState[] = ['in', 'pending', 'out', 'never', 'hold', 'paused'];
const facts = (over: Partial<GateFacts> & { messageClass: MessageClass }): GateFacts => ({
  now: NOW,
  consent: { state: 'in', marketing: 'in', carrierStop: false },
  repliesFresh: true,
  senderApproved: true,
  hours: { open: true, opensAt: null },
  caps: { free: true, freeAt: null },
  causedAt: (NOW - MINUTE) as UtcMs,
  confirmedAt: null,
  ...over,
});
const inState = (messageClass: MessageClass, state: ConsentState, over: Partial<GateFacts> = {}) =>
  facts({ messageClass, consent: { state, marketing: state, carrierStop: false }, ...over });
const verdict = (f: GateFacts) => {
  const d = gate(f);
  return d.kind === 'send' ? 'send' : `${d.kind}:${d.reason}`;
};

describe('the gate', () => {
  // class → what happens in each state, everything else being fine
  const table: Record<MessageClass, Record<ConsentState, string>> = {
    marketing: {
      in: 'send',
      pending: 'skip:not-agreed',
      out: 'skip:opted-out',
      never: 'skip:not-agreed',
      hold: 'skip:held',
      paused: 'skip:paused',
    },
    service: {
      in: 'send',
      pending: 'skip:not-agreed',
      out: 'skip:opted-out',
      never: 'skip:not-agreed',
      hold: 'skip:held',
      paused: 'skip:paused',
    },
    reply: { in: 'send', pending: 'send', out: 'skip:opted-out', never: 'send', hold: 'skip:held', paused: 'send' },
    'double-opt-in': {
      in: 'skip:not-asked',
      pending: 'send',
      out: 'skip:opted-out',
      never: 'skip:not-asked',
      hold: 'skip:held',
      paused: 'skip:not-asked',
    },
    confirmation: {
      in: 'send',
      pending: 'skip:not-agreed',
      out: 'skip:opted-out',
      never: 'skip:not-agreed',
      hold: 'skip:held',
      paused: 'skip:paused',
    },
    help: { in: 'send', pending: 'send', out: 'send', never: 'send', hold: 'send', paused: 'send' },
    'stop-confirmation': {
      in: 'skip:not-agreed',
      pending: 'skip:not-agreed',
      out: 'send',
      never: 'skip:not-agreed',
      hold: 'skip:held',
      paused: 'skip:paused',
    },
  };
  it('has a row for every class', () => {
    expect(Object.keys(GATE).sort()).toEqual([...MESSAGE_CLASSES].sort());
  });
  for (const c of MESSAGE_CLASSES) {
    it.each(STATES)(`${c} to somebody %s`, (state) => {
      expect(verdict(inState(c, state))).toBe(table[c][state]);
    });
  }

  const sendable: Record<MessageClass, ConsentState> = {
    marketing: 'in',
    service: 'in',
    reply: 'in',
    'double-opt-in': 'pending',
    confirmation: 'in',
    help: 'in',
    'stop-confirmation': 'out',
  };
  it.each(MESSAGE_CLASSES)('%s: never through a carrier’s block, unread replies, an unapproved sender or to a dead number', (c) => {
    const s = sendable[c];
    expect(verdict(facts({ messageClass: c, consent: { state: s, marketing: s, carrierStop: true } }))).toBe('skip:carrier-stop');
    expect(verdict(inState(c, s, { repliesFresh: false }))).toBe('wait:replies-unread');
    expect(verdict(inState(c, s, { senderApproved: false }))).toBe('wait:sender-not-approved');
    expect(verdict(inState(c, s, { badNumber: true }))).toBe('skip:bad-number');
  });

  it.each(MESSAGE_CLASSES)('%s: at night', (c) => {
    const night = { hours: { open: false, opensAt: (NOW + 60 * MINUTE) as UtcMs } };
    const caused = c !== 'marketing' && c !== 'service';
    expect(verdict(inState(c, sendable[c], night))).toBe(caused ? 'send' : 'wait:quiet-hours');
    const late = inState(c, sendable[c], { ...night, causedAt: (NOW - 15 * MINUTE - 1) as UtcMs });
    expect(verdict(late)).toBe(c === 'stop-confirmation' ? 'skip:too-late' : 'wait:quiet-hours');
    expect(gate(inState('marketing', 'in', night))).toMatchObject({ until: NOW + 60 * MINUTE });
  });

  it('counts caps for marketing only', () => {
    const full = { caps: { free: false, freeAt: (NOW + DAY) as UtcMs } };
    for (const c of MESSAGE_CLASSES) expect(verdict(inState(c, sendable[c], full))).toBe(c === 'marketing' ? 'wait:caps' : 'send');
    expect(verdict(inState('marketing', 'in', { caps: { free: false, freeAt: null } }))).toBe('skip:caps');
  });

  it('confirms a stop only within five minutes', () => {
    expect(verdict(inState('stop-confirmation', 'out', { causedAt: (NOW - 5 * MINUTE) as UtcMs }))).toBe('send');
    expect(verdict(inState('stop-confirmation', 'out', { causedAt: (NOW - 5 * MINUTE - 1) as UtcMs }))).toBe('skip:too-late');
  });

  it('asks a number at most once in 90 days, and nobody whose sign-up is older than 30 days', () => {
    expect(verdict(inState('double-opt-in', 'pending', { lastDoubleOptInAt: (NOW - 89 * DAY) as UtcMs }))).toBe('skip:asked-recently');
    expect(verdict(inState('double-opt-in', 'pending', { lastDoubleOptInAt: (NOW - 90 * DAY) as UtcMs }))).toBe('send');
    expect(verdict(inState('confirmation', 'in', { causedAt: (NOW - 31 * DAY) as UtcMs }))).toBe('skip:stale-sign-up');
  });

  it('sends no marketing until a day after the confirmation was accepted', () => {
    const { confirmedAt: _, ...open } = inState('marketing', 'in');
    expect(verdict(open)).toBe('wait:confirmation-first');
    expect(verdict(inState('marketing', 'in', { confirmedAt: (NOW - DAY + 1) as UtcMs }))).toBe('wait:confirmation-first');
    expect(verdict(inState('marketing', 'in', { confirmedAt: (NOW - DAY) as UtcMs }))).toBe('send');
  });

  it('looks at consent before anything that would only make it wait', () => {
    expect(verdict(inState('marketing', 'out', { repliesFresh: false, senderApproved: false }))).toBe('skip:opted-out');
  });

  it('lets word about an order leave that was permitted anew after a stop, and nothing else after one', () => {
    for (const c of MESSAGE_CLASSES) {
      const f = facts({ messageClass: c, consent: { state: sendable[c], marketing: 'out', carrierStop: false } });
      const free: MessageClass[] = ['service', 'help', 'stop-confirmation'];
      expect(verdict(f), c).toBe(free.includes(c) ? 'send' : 'skip:opted-out');
    }
  });

  it('says who speaks, and how to stop where that is owed', () => {
    for (const c of MESSAGE_CLASSES) {
      const mute = inState(c, sendable[c], { words: { namesShop: false, saysStop: true } });
      expect(verdict(mute), c).toBe(c === 'reply' ? 'send' : 'skip:shop-not-named');
      const owed: MessageClass[] = ['double-opt-in', 'confirmation', 'help'];
      const trapped = inState(c, sendable[c], { words: { namesShop: true, saysStop: false } });
      expect(verdict(trapped), c).toBe(owed.includes(c) ? 'skip:stop-not-said' : 'send');
    }
  });
});
