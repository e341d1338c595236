import { type AwayNote, withNote, worthTelling } from '@domain/desktop/away';
import { clockVerdict, jumpBetween, skewOf } from '@domain/desktop/clock-check';
import { beforeQuit, rememberedAs } from '@domain/desktop/quit';
import { staysAwake, trayIsSeen, trayView } from '@domain/desktop/tray';
import { HOUR, MINUTE, type UtcMs } from '@domain/kernel';
import { type Leaving, needsThisComputer, staysBehind } from '@domain/outbox/leaving';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const AT = Date.UTC(2026, 10, 17, 16) as UtcMs;
const quiet: Leaving = {
  underWay: 0,
  now: 0,
  closesAt: null,
  beforeClose: null,
  lasts: null,
  later: { count: 0, next: null },
  waitsForOwner: 0,
  preparing: 0,
  scheduled: { campaigns: 0, people: 0, next: null },
  atCarrier: { count: 0, next: null },
  uncertain: { looking: 0, undecided: 0 },
  pausedSince: null,
};
const sending: Leaving = { ...quiet, underWay: 3, now: 300, later: { count: 9, next: AT } };
const anyLeaving: fc.Arbitrary<Leaving> = fc
  .record({
    underWay: fc.nat(8),
    now: fc.nat(500),
    later: fc.nat(500),
    owner: fc.nat(500),
    scheduled: fc.nat(3),
    atCarrier: fc.nat(50),
    paused: fc.boolean(),
  })
  .map((o) => ({
    ...quiet,
    underWay: o.underWay,
    now: o.now,
    later: { count: o.later, next: o.later > 0 ? AT : null },
    waitsForOwner: o.owner,
    scheduled: { campaigns: o.scheduled, people: o.scheduled * 100, next: o.scheduled > 0 ? AT : null },
    atCarrier: { count: o.atCarrier, next: null },
    pausedSince: o.paused ? AT : null,
  }));

describe('before the app ends', () => {
  it('never holds up a system that shuts down, whatever waits', () => {
    fc.assert(
      fc.property(fc.option(anyLeaving), fc.constantFrom('ask', 'background', 'quit' as const), (leaving, onClose) => {
        expect(beforeQuit('system', { leaving, onClose: onClose as 'ask' })).toBe('quit');
      }),
    );
  });

  it('ends at once when nothing would stay behind, and never ends silently when something would', () => {
    fc.assert(
      fc.property(anyLeaving, fc.constantFrom('menu' as const, 'tray' as const), (leaving, cause) => {
        expect(beforeQuit(cause, { leaving, onClose: 'quit' })).toBe(needsThisComputer(leaving) ? 'ask' : 'quit');
      }),
    );
  });

  it('does with a closed window what was once decided', () => {
    expect(beforeQuit('window', { leaving: sending, onClose: 'ask' })).toBe('ask');
    expect(beforeQuit('window', { leaving: sending, onClose: 'background' })).toBe('background');
    expect(beforeQuit('window', { leaving: sending, onClose: 'quit' })).toBe('quit');
    expect(beforeQuit('window', { leaving: quiet, onClose: 'background' })).toBe('quit');
  });

  it('does not ask about texts that wait for the owner or leave from the carrier by themselves', () => {
    for (const leaving of [
      { ...quiet, waitsForOwner: 40 },
      { ...quiet, atCarrier: { count: 40, next: AT } },
      { ...quiet, uncertain: { looking: 2, undecided: 1 } },
      { ...sending, underWay: 0, pausedSince: AT },
    ]) {
      expect(beforeQuit('menu', { leaving, onClose: 'ask' })).toBe('quit');
    }
    expect(staysBehind(sending)).toBe(312);
  });

  it('ends when there is no shop to leave anything behind', () => {
    expect(beforeQuit('menu', { leaving: null, onClose: 'ask' })).toBe('quit');
  });

  it('asks when the shop is open and does not answer', () => {
    expect(beforeQuit('menu', { leaving: 'unknown', onClose: 'ask' })).toBe('ask');
    expect(beforeQuit('window', { leaving: 'unknown', onClose: 'background' })).toBe('background');
    expect(beforeQuit('system', { leaving: 'unknown', onClose: 'ask' })).toBe('quit');
  });

  it('remembers only what closing the window means', () => {
    expect(rememberedAs('window', 'background')).toBe('background');
    expect(rememberedAs('window', 'quit')).toBe('quit');
    expect(rememberedAs('window', 'cancel')).toBeNull();
    expect(rememberedAs('menu', 'quit')).toBeNull();
  });
});

describe('the tray', () => {
  const view = (leaving: Leaving | null, more: Partial<Parameters<typeof trayView>[0]> = {}) =>
    trayView({ leaving, backend: 'ready', halted: false, ...more }).state;
  it('says what goes on, a problem first', () => {
    expect(view(quiet)).toBe('idle');
    expect(view(sending)).toBe('leaving');
    expect(view({ ...quiet, later: { count: 2, next: AT } })).toBe('waiting');
    expect(view({ ...sending, pausedSince: AT })).toBe('paused');
    expect(view(sending, { halted: true })).toBe('problem');
    expect(view(null, { backend: 'failed' })).toBe('problem');
    expect(view(null, { backend: 'needs-passphrase' })).toBe('problem');
    expect(view(null, { backend: 'starting' })).toBe('idle');
  });

  it('offers to resume only what is paused, and neither without a shop', () => {
    expect(trayView({ leaving: quiet, backend: 'ready', halted: false }).mayPause).toBe(true);
    expect(trayView({ leaving: { ...quiet, pausedSince: AT }, backend: 'ready', halted: false }).mayPause).toBe(false);
    expect(trayView({ leaving: null, backend: 'starting', halted: false }).mayPause).toBeNull();
  });

  it('is not looked for where the desktop shows none', () => {
    expect(trayIsSeen('win32', '')).toBe(true);
    expect(trayIsSeen('darwin', '')).toBe(true);
    expect(trayIsSeen('linux', 'KDE')).toBe(true);
    expect(trayIsSeen('linux', 'GNOME')).toBe(false);
    expect(trayIsSeen('linux', 'GNOME-Classic:GNOME')).toBe(false);
    expect(trayIsSeen('linux', 'ubuntu:GNOME')).toBe(true);
  });
});

describe('keeping the computer awake', () => {
  it('happens only while texts leave, where it is allowed, on mains', () => {
    expect(staysAwake({ leaving: sending, allowed: true, onBattery: false })).toBe(true);
    expect(staysAwake({ leaving: sending, allowed: false, onBattery: false })).toBe(false);
    expect(staysAwake({ leaving: sending, allowed: true, onBattery: true })).toBe(false);
    expect(staysAwake({ leaving: { ...quiet, later: { count: 9, next: AT } }, allowed: true, onBattery: false })).toBe(false);
    expect(staysAwake({ leaving: { ...sending, underWay: 0, pausedSince: AT }, allowed: true, onBattery: false })).toBe(false);
    expect(staysAwake({ leaving: null, allowed: true, onBattery: false })).toBe(false);
  });
});

describe('the clock of this computer', () => {
  const moment = (wall: number, steady: number) => ({ wall: (AT + wall) as UtcMs, steady });
  it('jumps when it moves and the counter does not', () => {
    expect(jumpBetween(moment(0, 0), moment(20_000, 20_000))).toBe(0);
    expect(jumpBetween(moment(0, 0), moment(20_500, 20_000))).toBe(0);
    expect(jumpBetween(moment(0, 0), moment(2 * HOUR + 20_000, 20_000))).toBe(2 * HOUR);
    expect(jumpBetween(moment(0, 0), moment(-2 * HOUR + 20_000, 20_000))).toBe(-2 * HOUR);
    // a long sleep where the counter goes on is no jump
    expect(jumpBetween(moment(0, 0), moment(3 * HOUR, 3 * HOUR))).toBe(0);
  });

  it('is as far off as the carrier’s date says, however long the answer took', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4 * HOUR, max: 4 * HOUR }), fc.nat(40_000), fc.nat(100), (off, took, part) => {
        // the carrier's clock is right; ours is `off` ahead
        const madeAt = AT + Math.round((took * part) / 100);
        const date = (Math.floor(madeAt / 1000) * 1000) as UtcMs;
        const skew = skewOf(date, (AT + off) as UtcMs, (AT + took + off) as UtcMs);
        expect(Math.abs(skew)).toBeLessThanOrEqual(Math.abs(off) + 1000);
        if (Math.abs(off) > took + 1000) expect(Math.sign(skew)).toBe(Math.sign(off));
        expect(Math.abs(skew - off)).toBeLessThanOrEqual(took + 1000);
      }),
    );
    expect(skewOf(AT, AT, (AT + 300) as UtcMs)).toBe(0);
    expect(skewOf(AT, (AT + 2 * HOUR) as UtcMs, (AT + 2 * HOUR + 300) as UtcMs)).toBe(2 * HOUR - 1000);
    expect(skewOf(AT, (AT - 2 * HOUR) as UtcMs, (AT - 2 * HOUR + 300) as UtcMs)).toBe(-2 * HOUR + 300);
  });

  it('is wrong from five minutes on, and in doubt after a jump until the carrier was heard', () => {
    expect(clockVerdict({ skew: null, jumped: false })).toBe('right');
    expect(clockVerdict({ skew: null, jumped: true })).toBe('unchecked');
    expect(clockVerdict({ skew: 4 * MINUTE, jumped: true })).toBe('right');
    expect(clockVerdict({ skew: 6 * MINUTE, jumped: false })).toBe('wrong');
    expect(clockVerdict({ skew: -6 * MINUTE, jumped: false })).toBe('wrong');
  });
});

describe('what happened meanwhile', () => {
  it('is no news when nothing had to leave or the sleep was short', () => {
    expect(worthTelling(AT, (AT + 3 * HOUR) as UtcMs, true)).toBe(true);
    expect(worthTelling(AT, (AT + 3 * HOUR) as UtcMs, false)).toBe(false);
    expect(worthTelling(AT, (AT + 5 * MINUTE) as UtcMs, true)).toBe(false);
  });

  it('tells two sleeps with a short waking between as one, and keeps the newest', () => {
    const first = withNote([], { kind: 'slept', from: AT, at: (AT + HOUR) as UtcMs });
    const joined = withNote(first, { kind: 'slept', from: (AT + HOUR + MINUTE) as UtcMs, at: (AT + 3 * HOUR) as UtcMs });
    expect(joined).toMatchObject([{ kind: 'slept', from: AT, at: AT + 3 * HOUR }]);
    let many: AwayNote[] = [];
    for (let i = 0; i < 30; i++) many = withNote(many, { kind: 'crashed', at: (AT + i) as UtcMs, checking: 0 });
    expect(many).toHaveLength(12);
    expect(new Set(many.map((n) => n.id)).size).toBe(12);
    expect(many[11]).toMatchObject({ at: AT + 29 });
  });
});
