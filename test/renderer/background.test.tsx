import type { Out } from '@renderer/api/client';
import { AwayBanner } from '@renderer/frame/AwayBanner';
import { QuitDialog } from '@renderer/frame/QuitDialog';
import { BackgroundSection } from '@renderer/screens/settings/BackgroundSection';
import { useLanguage } from '@renderer/strings';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

type Leaving = Out<'outbox/leaving'>;
type Away = Out<'away/state'>;
const HOUR = 3_600_000;
const AT = Date.UTC(2026, 10, 17, 16) as never;
const later = (ms: number) => (AT + ms) as never;
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
const calm: Away = {
  notes: [],
  clock: { verdict: 'right', skewMs: 0 },
  pausedSince: null,
  scheduled: { campaigns: 0, next: null },
};
const home: Out<'shell/background'> = {
  onClose: 'ask',
  keepAwake: true,
  login: { supported: true, on: false, blocked: false },
  trayIsSeen: true,
  system: 'windows',
};
afterEach(() => useLanguage.getState().setLanguage('en'));

describe('before quitting', () => {
  const ask = (leaving: Leaving | null, more: Partial<Parameters<typeof QuitDialog>[0]['question']> = {}) => {
    const answer = vi.fn();
    draw(<QuitDialog question={{ cause: 'menu', leaving, trayIsSeen: true, system: 'windows', ...more }} answer={answer} />);
    return answer;
  };

  it('says what leaves now, what waits until when, and what leaves from the carrier whatever is chosen', async () => {
    ask({
      ...quiet,
      underWay: 4,
      now: 240,
      lasts: 300_000,
      closesAt: later(HOUR),
      beforeClose: HOUR,
      later: { count: 68, next: later(23 * HOUR) },
      atCarrier: { count: 12, next: later(24 * HOUR) },
    });
    expect(await screen.findByText('312 texts have not left yet')).toBeTruthy();
    expect(screen.getByText(/^244 are leaving now; at the pace of your number that takes about 5 min\.$/)).toBeTruthy();
    expect(screen.getByText(/^68 wait, the next of them until Wed 18 Nov/)).toBeTruthy();
    expect(screen.getByText(/^12 more are already with Twilio and leave on their day/)).toBeTruthy();
    expect(screen.getByText(/small icon near the clock/)).toBeTruthy();
  });

  it('says what is left when the hours end before all have left', async () => {
    ask({ ...quiet, now: 900, lasts: 2 * HOUR, closesAt: later(HOUR), beforeClose: HOUR });
    expect(await screen.findByText(/Whatever is left at .* waits for the next day\./)).toBeTruthy();
  });

  it('promises no icon where the desktop shows none', async () => {
    ask({ ...quiet, now: 2, lasts: 1000 }, { trayIsSeen: false, system: 'linux' });
    expect(await screen.findByText(/The window is only made small/)).toBeTruthy();
  });

  it('shows staff no number, in their language', async () => {
    useLanguage.getState().setLanguage('es');
    const answer = ask(null, { cause: 'window' });
    expect(await screen.findByText('Quedan mensajes por enviar')).toBeTruthy();
    expect(screen.getByRole('dialog').textContent).not.toMatch(/\d/);
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(screen.getByRole('button', { name: 'Seguir en segundo plano' }));
    expect(answer).toHaveBeenCalledWith('background', true);
  });

  it('takes Escape for “cancel”', async () => {
    const answer = ask({ ...quiet, now: 2, lasts: 1000 });
    await screen.findByText('2 texts have not left yet');
    await userEvent.keyboard('{Escape}');
    expect(answer).toHaveBeenCalledWith('cancel', false);
  });
});

describe('above every screen of the owner', () => {
  it('is nothing on a calm day', async () => {
    const bridge = draw(<AwayBanner />, { 'away/state': calm });
    await waitFor(() => expect(bridge.calls.length).toBeGreaterThan(0));
    expect(screen.queryByRole('status')).toBeNull();
  });

  it('tells a sleep and until when the texts wait', async () => {
    draw(<AwayBanner />, {
      'away/state': { ...calm, notes: [{ id: 1, kind: 'slept', from: AT, at: later(3 * HOUR) }] },
      'outbox/leaving': { ...quiet, later: { count: 412, next: later(23 * HOUR) } },
    });
    expect(await screen.findByText(/This computer slept for 3 hr, from Tue 17 Nov, 11:00 am to 2:00 pm\./)).toBeTruthy();
    expect(await screen.findByText(/412 texts wait until Wed 18 Nov, 10:00 am\./)).toBeTruthy();
  });

  it('tells an unexpected end and what is looked for; a clean one is not told', async () => {
    draw(<AwayBanner />, { 'away/state': { ...calm, notes: [{ id: 1, kind: 'crashed', at: AT, checking: 3 }] } });
    expect(await screen.findByText(/Regulars ended unexpectedly \(about Tue 17 Nov, 11:00 am\)\./)).toBeTruthy();
    expect(screen.getByText(/3 texts were on their way just then: they are looked for at Twilio/)).toBeTruthy();
  });

  it('says by how much the clock is off and what to do, and nothing of leaving texts meanwhile', async () => {
    draw(<AwayBanner />, {
      'away/state': {
        ...calm,
        clock: { verdict: 'wrong', skewMs: 2 * HOUR },
        notes: [{ id: 1, kind: 'slept', from: AT, at: later(3 * HOUR) }],
      },
      'outbox/leaving': { ...quiet, now: 30, lasts: 1000 },
    });
    expect(await screen.findByText('This computer’s clock is 2 hr ahead of the real time.')).toBeTruthy();
    expect(screen.getByText(/Set the time in the computer’s settings/)).toBeTruthy();
    expect(screen.queryByText(/leaving now/)).toBeNull();
  });

  it('lets everything go on with one press', async () => {
    const bridge = draw(<AwayBanner />, { 'away/state': { ...calm, pausedSince: AT }, 'outbox/resume-all': { done: true } });
    await userEvent.click(await screen.findByRole('button', { name: 'Resume sending' }));
    expect(bridge.calls.some((c) => c.channel === 'outbox/resume-all')).toBe(true);
  });

  it('offers to start by itself when a campaign is set for later, and takes “not now” for an answer', async () => {
    const answers = {
      'away/state': { ...calm, scheduled: { campaigns: 1, next: later(22 * HOUR) } },
      'shell/background': home,
    };
    draw(<AwayBanner />, answers);
    expect(await screen.findByText(/A campaign is set for Wed 18 Nov, 9:00 am\. This computer has to be on then/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Not now' }));
    expect(screen.queryByText(/A campaign is set/)).toBeNull();
  });
});

describe('settings of running in the background', () => {
  it('say what keeps it from starting, per system', async () => {
    draw(<BackgroundSection />, {
      'shell/background': { ...home, login: { supported: true, on: true, blocked: true } },
      'outbox/leaving': quiet,
    });
    expect(await screen.findByText(/Windows keeps Regulars from starting: switch it on in Task Manager/)).toBeTruthy();
    expect(await screen.findByText('Nothing waits to leave.')).toBeTruthy();
  });

  it('say what waits, and what the pause of everything leaves alone', async () => {
    draw(<BackgroundSection />, {
      'shell/background': { ...home, login: { supported: false, on: false, blocked: false } },
      'outbox/leaving': { ...quiet, now: 12, lasts: 1, waitsForOwner: 1, pausedSince: AT },
    });
    expect(await screen.findByText('12 texts would leave now and are held back.')).toBeTruthy();
    expect(screen.getByText('1 text waits for you (paused, limit, approval).')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(/Start when I log in/).disabled).toBe(true);
    expect(screen.getByRole('button', { name: 'Resume sending' })).toBeTruthy();
  });
});
