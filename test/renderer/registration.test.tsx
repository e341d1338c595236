import type { Out } from '@renderer/api';
import { Refusal } from '@renderer/gallery/fake';
import { currentPlace, startAt } from '@renderer/nav';
import { RegistrationScreen } from '@renderer/screens/registration/RegistrationScreen';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { draw } from '../support/render';

type Guide = Out<'registration/guide'>;
const stage = (o: object) =>
  ({
    stage: 'brand',
    state: 'not-yet',
    since: null,
    expected: null,
    overdue: false,
    errorCode: null,
    tries: 0,
    next: ['submitted', 'approved'],
    mend: null,
    ...o,
  }) as never;
const guide = (o: Partial<Guide> = {}): Guide =>
  ({
    today: '2026-11-17',
    country: 'US',
    mode: 'twilio',
    senderApproved: false,
    hasNumber: true,
    hasTollFree: false,
    answers: null,
    choice: null,
    refused: [],
    costs: null,
    limits: null,
    tracker: null,
    lastStep: null,
    waiting: { confirmations: 0, questions: 0, tooOld: 0 },
    onList: 0,
    ...o,
  }) as Guide;
const answered = { trades: [], ein: true, website: true, tollFree: false, legalName: '', proofUrl: '' };
const choice = { path: 'low-volume', ageGate: false, makePages: false, takes: ['legal-name', 'ein'], also: 'toll-free' } as never;
const costs = {
  fees: [{ kind: 'brand', per: 'once', low: 4_000_000, high: 4_500_000, source: 'https://help.twilio.com/x' }],
  total: { once: { low: 4_000_000, high: 4_500_000 }, month: { low: 1_000_000, high: 1_000_000 } },
  checked: '2026-11-21',
} as never;
const limits = { partsPerDay: 2000, partsPerSecond: 3.75, numbers: 'several' } as never;
const open = (tracker: object, o: Partial<Guide> = {}) =>
  guide({
    answers: answered,
    choice,
    costs,
    limits,
    tracker: { current: 'brand', ready: null, approvedOn: null, ...tracker } as never,
    lastStep: 1,
    ...o,
  });

beforeEach(() => startAt({ screen: 'registration' }));

describe('the questions', () => {
  it('ask what is sold first, and tell a banned trade before anything about money', async () => {
    const bridge = draw(<RegistrationScreen />, { 'registration/guide': guide(), 'registration/answer': { done: true } });
    await userEvent.click(await screen.findByLabelText('Kratom'));
    expect(screen.getByText('Carriers will not deliver your texts: kratom')).toBeTruthy();
    expect(screen.queryByText('Do you have an EIN?')).toBeNull();
    expect(document.body.textContent).not.toContain('$');
    await userEvent.click(screen.getByRole('button', { name: 'Save these answers' }));
    expect(bridge.calls.find((c) => c.channel === 'registration/answer')?.input).toMatchObject({ trades: ['kratom'] });
  });

  it('need all three answers, and say so', async () => {
    const bridge = draw(<RegistrationScreen />, { 'registration/guide': guide(), 'registration/answer': { done: true } });
    const show = await screen.findByRole('button', { name: /Show me the way/ });
    expect((show as HTMLButtonElement).disabled).toBe(true);
    await userEvent.click(screen.getByLabelText('None of these'));
    const pick = async (question: string, answer: string) =>
      userEvent.click(within(screen.getByRole('radiogroup', { name: question })).getByText(answer));
    await pick('Do you have an EIN?', 'No');
    expect((show as HTMLButtonElement).disabled).toBe(true);
    await pick('Do you have a website?', 'Yes');
    await userEvent.click(show);
    expect(bridge.calls.find((c) => c.channel === 'registration/answer')?.input).toEqual({
      trades: [],
      ein: false,
      website: true,
      tollFree: false,
    });
  });

  it('a trade ticked after "none" takes that back, and none takes all trades back', async () => {
    draw(<RegistrationScreen />, { 'registration/guide': guide() });
    await userEvent.click(await screen.findByLabelText('None of these'));
    await userEvent.click(screen.getByLabelText('Fireworks'));
    expect((screen.getByLabelText('None of these') as HTMLInputElement).checked).toBe(false);
    await userEvent.click(screen.getByLabelText('None of these'));
    expect((screen.getByLabelText('Fireworks') as HTMLInputElement).checked).toBe(false);
  });
});

describe('the way', () => {
  it('names figures as about, with their day and the page that counts; what a text costs comes from the account', async () => {
    draw(<RegistrationScreen />, {
      'registration/guide': open({ stages: [stage({})] }, { lastStep: null }),
      'registration/prices': { outbound: 8300 as never, inbound: 7900 as never, currency: 'USD' },
    });
    expect(await screen.findByText('about $4.00–$4.50 once')).toBeTruthy();
    expect(screen.getByText(/last checked Sat 21 Nov/)).toBeTruthy();
    expect(screen.getByText('help.twilio.com/x')).toBeTruthy();
    expect(await screen.findByText(/A text then costs \$0.0083 per part, a reply \$0.0079/)).toBeTruthy();
  });

  it('tells shops elsewhere that there is nothing to pay', async () => {
    draw(<RegistrationScreen />, {
      'registration/guide': guide({
        answers: answered,
        choice: { ...(choice as object), path: 'elsewhere', takes: [], also: null } as never,
      }),
    });
    expect(await screen.findByText('No registration for you yet')).toBeTruthy();
    expect(document.body.textContent).not.toContain('$');
  });
});

describe('the tracker', () => {
  it('says what a number means and leads to what has to be mended', async () => {
    draw(<RegistrationScreen />, {
      'registration/guide': open({ stages: [stage({ state: 'rejected', since: '2026-11-16', errorCode: 30842, mend: 'proof-missing' })] }),
      'registration/pack': () => new Promise(() => undefined),
    });
    expect(await screen.findByText(/Error 30842: The reviewer could not see how people say yes/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'See what to fill in' }));
    expect(currentPlace()).toEqual({ screen: 'registration', part: 'form' });
  });

  it('takes the day and the number, and refuses letters', async () => {
    const bridge = draw(<RegistrationScreen />, {
      'registration/guide': open({ stages: [stage({ state: 'waiting', next: ['approved', 'rejected'], since: '2026-11-10' })] }),
      'registration/step': { done: true },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Who you are: It was sent back' }));
    const number = screen.getByLabelText('Twilio’s error number');
    await userEvent.type(number, '30x');
    expect(screen.getByText('Only the number, like 30893')).toBeTruthy();
    await userEvent.clear(number);
    await userEvent.type(number, '30893');
    await userEvent.click(screen.getByRole('button', { name: 'Note it' }));
    await waitFor(() =>
      expect(bridge.calls.find((c) => c.channel === 'registration/step')?.input).toEqual({
        stage: 'brand',
        kind: 'rejected',
        day: '2026-11-17',
        errorCode: 30893,
      }),
    );
  });

  it('a refusal of the backend is told beside it', async () => {
    draw(<RegistrationScreen />, {
      'registration/guide': open({ stages: [stage({})] }),
      'registration/step': () => new Refusal('input.invalid', { field: 'day' }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Who you are: I handed it in' }));
    await userEvent.click(screen.getByRole('button', { name: 'Note it' }));
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});

describe('approved', () => {
  const done = { stages: [stage({ state: 'approved', since: '2026-11-16', next: ['rejected'] })], current: null, approvedOn: '2026-11-16' };
  it('says what leaves now before it does', async () => {
    const bridge = draw(<RegistrationScreen />, {
      'registration/guide': open(done, { waiting: { confirmations: 23, questions: 1, tooOld: 2 } }),
      'registration/approve-sender': { done: true },
    });
    expect(await screen.findByText('23 confirmations leave first, in their hours.')).toBeTruthy();
    expect(screen.getByText('1 person is asked to answer Y.')).toBeTruthy();
    expect(screen.getByText(/2 are older than 30 days and will not be sent/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Let texts leave' }));
    expect(bridge.calls.some((c) => c.channel === 'registration/approve-sender')).toBe(true);
  });

  it('without an account leads to it instead', async () => {
    draw(<RegistrationScreen />, { 'registration/guide': open(done, { mode: 'none' }) });
    await userEvent.click(await screen.findByRole('button', { name: 'Connect the account' }));
    expect(currentPlace()).toEqual({ screen: 'settings', section: 'texting' });
    expect(screen.queryByRole('button', { name: 'Let texts leave' })).toBeNull();
  });
});
