import type { In, Out } from '@renderer/api/client';
import { type Answers, type FakeBridge, Refusal } from '@renderer/gallery/fake';
import { birthdayOf } from '@renderer/screens/counter/Birthday';
import { CustomerPage } from '@renderer/screens/customer-display/CustomerPage';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { draw } from '../support/render';

type State = Out<'display/state'>;

const state = {
  phase: 'form',
  turn: 3,
  what: 'sign-up',
  own: true,
  language: 'en',
  shop: { name: 'Corner Shoes', country: 'US' },
  words: {
    promises: [1, 2, 4],
    topics: [
      { slug: 'offers', name: { en: 'Offers', es: 'Ofertas' }, about: { en: '', es: '' } },
      { slug: 'news', name: { en: 'New arrivals', es: 'Novedades' }, about: { en: '', es: '' } },
    ],
    wording: ([1, 2, 4] as const).flatMap((n) => [
      { language: 'en' as const, promiseMax: n, text: `Yes, text me. Up to ${n} msgs/month.`, hash: `en-${n}` },
      { language: 'es' as const, promiseMax: n, text: `Quiero textos. Hasta ${n} mensajes al mes.`, hash: `es-${n}` },
    ]),
    email: { en: { text: 'Yes, e-mail me.', hash: 'mail-en' }, es: { text: 'Quiero correos.', hash: 'mail-es' } },
    waits: 'no',
  },
  preferences: null,
  join: null,
  people: [
    { id: 1, name: 'Olga', role: 'owner', language: 'en' },
    { id: 2, name: 'Clara', role: 'staff', language: 'en' },
  ],
  turnedBy: 2,
  pinHint: null,
} as unknown as State;
const done = (change: Partial<Out<'display/sign-up'>> = {}): Out<'display/sign-up'> => ({
  outcome: 'in',
  startNumber: null,
  waits: 'no',
  email: 'none',
  ...change,
});
const answers = (change: Answers = {}): Answers => ({
  'display/state': state,
  'display/step': { done: true },
  'display/end': { done: true },
  'display/sign-up': done(),
  ...change,
});
const sent = (b: FakeBridge) => b.calls.filter((c) => c.channel === 'display/sign-up').at(-1)?.input as In<'display/sign-up'> | undefined;
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const tick = () => document.querySelector<HTMLInputElement>('[data-tick]') as HTMLInputElement;

it('starts with an empty number and empty boxes, echoes the number as people write it, and works without the tick', async () => {
  const user = userEvent.setup();
  const bridge = draw(<CustomerPage />, answers({ 'display/sign-up': done({ outcome: 'member' }) }));
  const number = await screen.findByLabelText<HTMLInputElement>('Your mobile number');
  expect(number.value).toBe('');
  expect(tick().checked).toBe(false);
  await user.type(number, '4155550123');
  expect(number.value).toBe('(415) 555-0123');
  await user.type(screen.getByLabelText(/First name/), 'Ana');
  await user.click(button('Continue'));
  await screen.findByText('Welcome, Ana!');
  expect(sent(bridge)).toMatchObject({ turn: 3, phone: '4155550123', ticked: false, topics: [], email: '', emailTicked: false });
});

it('the words beside the box name the number of texts chosen, and their hash is what is sent; the language changes without a loss', async () => {
  const user = userEvent.setup();
  const bridge = draw(<CustomerPage />, answers());
  await screen.findByText('Yes, text me. Up to 4 msgs/month.');
  for (const d of '4155550123') await user.click(button(d));
  await user.type(screen.getByLabelText(/First name/), 'Ana');
  await user.click(button('New arrivals'));
  await user.click(button('2 a month'));
  expect(screen.getByText('Yes, text me. Up to 2 msgs/month.')).toBeTruthy();
  await user.click(tick());
  await user.click(button('Español'));
  expect(screen.getByText('Quiero textos. Hasta 2 mensajes al mes.')).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Tu número de celular').value).toBe('(415) 555-0123');
  expect(screen.getByLabelText<HTMLInputElement>(/Nombre/).value).toBe('Ana');
  expect(button('Novedades').getAttribute('aria-pressed')).toBe('true');
  await user.click(button('Continuar'));
  await screen.findByText('¡Gracias, Ana!');
  expect(sent(bridge)).toMatchObject({ ticked: true, language: 'es', promiseMax: 2, wordingHash: 'es-2', topics: ['news'] });
});

it('an e-mail has its own empty box with its own words', async () => {
  const user = userEvent.setup();
  const bridge = draw(<CustomerPage />, answers({ 'display/sign-up': done({ outcome: 'member', email: 'in' }) }));
  await user.type(await screen.findByLabelText('Your mobile number'), '4155550123');
  await user.click(button('E-mails too?'));
  const box = document.querySelector<HTMLInputElement>('[data-email-tick]') as HTMLInputElement;
  expect(box.checked).toBe(false);
  await user.type(screen.getByLabelText(/Your e-mail/), 'ana@example.com');
  await user.click(box);
  await user.click(button('Continue'));
  await screen.findByText(/We send our e-mails/);
  expect(sent(bridge)).toMatchObject({ ticked: false, email: 'ana@example.com', emailTicked: true, emailWordingHash: 'mail-en' });
});

it('says honestly when the confirmation comes, and never whether a number was known', async () => {
  for (const [waits, said] of [
    ['no', /comes to confirm it\./],
    ['approval', /as soon as the phone companies have approved/],
    ['account', /as soon as our texting is set up/],
  ] as const) {
    const user = userEvent.setup();
    draw(<CustomerPage />, answers({ 'display/sign-up': done({ waits }) }));
    await user.type((await screen.findAllByLabelText('Your mobile number')).at(-1) as HTMLElement, '4155550123');
    await user.click(screen.getAllByRole('button', { name: 'Continue' }).at(-1) as HTMLElement);
    const end = await screen.findByText(said);
    expect(end.textContent).toContain('If this number is on our list already, nothing changes.');
    document.body.innerHTML = '';
  }
});

it('refuses somebody too young without a reason to lie about', async () => {
  const user = userEvent.setup();
  draw(<CustomerPage />, answers({ 'display/sign-up': done({ outcome: 'refused' }) }));
  await user.type(await screen.findByLabelText('Your mobile number'), '4155550123');
  expect(screen.getByRole('main').textContent).not.toMatch(/over 18|18 and|\bage\b|adult/i);
  await user.click(button('Continue'));
  await screen.findByText('Thank you for asking!');
  expect(screen.getByRole('main').textContent).not.toMatch(/18|young|\bage\b|birthday|year/i);
});

it('says what is wrong with a number, and asks to read the words again when they changed', async () => {
  const user = userEvent.setup();
  let refusal = new Refusal('customer.bad-phone', { why: 'too-short' });
  draw(<CustomerPage />, answers({ 'display/sign-up': () => refusal }));
  await user.type(await screen.findByLabelText('Your mobile number'), '5550123');
  await user.click(button('Continue'));
  expect((await screen.findByRole('alert')).textContent).toContain('Digits are missing');
  refusal = new Refusal('input.invalid', { field: 'wording' });
  await user.click(button('Continue'));
  await screen.findByText(/have just changed/);
});

it('asks after 45 quiet seconds whether somebody is still there; 20 later nothing they typed is left, in no box and no state', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'], shouldAdvanceTime: false });
  try {
    const bridge = draw(<CustomerPage />, answers());
    const number = await screen.findByLabelText<HTMLInputElement>('Your mobile number');
    fireEvent.change(number, { target: { value: '4155550123' } });
    fireEvent.change(screen.getByLabelText(/First name/), { target: { value: 'Anastasia' } });
    act(() => void vi.advanceTimersByTime(44_000));
    fireEvent.keyDown(document.body, { key: '5' });
    act(() => void vi.advanceTimersByTime(44_000));
    expect(screen.queryByText('Still there?')).toBeNull();
    act(() => void vi.advanceTimersByTime(2_000));
    expect(screen.getByText('Still there?')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /still here/, hidden: true }));
    expect(screen.queryByText('Still there?')).toBeNull();
    act(() => void vi.advanceTimersByTime(64_000));
    expect(document.body.textContent).toContain('Still there?');
    act(() => void vi.advanceTimersByTime(2_000));
    expect(bridge.calls.at(-1)).toEqual({ channel: 'display/end', input: { turn: 3 } });
    const inputs = [...document.querySelectorAll('input')].map((i) => i.value).join();
    expect(`${document.body.innerHTML} ${inputs}`).not.toMatch(/Anastasia|555-0123|5550123/);
  } finally {
    vi.useRealTimers();
  }
});

it('back to staff asks for a PIN, first of whoever turned the screen; a customer who pressed it goes back', async () => {
  const user = userEvent.setup();
  const bridge = draw(<CustomerPage />, answers({ 'display/leave': () => new Refusal('session.wrong-pin') }));
  await user.click(await screen.findByRole('button', { name: 'Staff' }));
  await screen.findByText('PIN of Clara');
  await user.keyboard('2580{Enter}');
  await screen.findByText('This PIN is not right.');
  expect(bridge.calls.find((c) => c.channel === 'display/leave')?.input).toEqual({ unlock: { staffId: 2, pin: '2580' } });
  await user.click(button('Not staff'));
  await screen.findByLabelText('Your mobile number');
});

it('a second window shows the shop’s name and nothing to touch while nobody’s turn it is', async () => {
  draw(<CustomerPage />, answers({ 'display/state': { ...state, phase: 'idle', own: false, words: null, people: [] } as State }));
  await screen.findByRole('heading', { name: 'Corner Shoes' });
  expect(screen.queryAllByRole('button')).toEqual([]);
  expect(screen.queryAllByRole('textbox')).toEqual([]);
});

it('preferences: what is there is shown, only what changed is sent, stop is one step and why comes after', async () => {
  const user = userEvent.setup();
  const preferences = {
    name: 'Ana',
    phoneEnd: '0123',
    hasEmail: false,
    state: 'in',
    emailState: 'never',
    promiseMax: 4,
    promises: [1, 2, 4],
    topics: [
      { slug: 'offers', name: { en: 'Offers', es: 'Ofertas' }, about: { en: '', es: '' }, on: true },
      { slug: 'news', name: { en: 'New arrivals', es: 'Novedades' }, about: { en: '', es: '' }, on: false },
    ],
    language: 'en',
  };
  const bridge = draw(
    <CustomerPage />,
    answers({
      'display/state': { ...state, what: 'preferences', words: null, preferences } as unknown as State,
      'display/prefer': { done: true },
      'display/stop': { done: true },
      'display/why': { done: true },
    }),
  );
  await screen.findByText('For the number that ends in 0123');
  await user.click(button('1 a month'));
  await user.click(button('Offers'));
  await user.click(button('New arrivals'));
  await user.click(button('Save'));
  await screen.findByText('Saved');
  expect(bridge.calls.find((c) => c.channel === 'display/prefer')?.input).toEqual({
    turn: 3,
    topics: ['news'],
    language: 'en',
    promiseMax: 1,
  });
});

it('stop on the screen is one step, and why is asked after it', async () => {
  const user = userEvent.setup();
  const preferences = {
    name: '',
    phoneEnd: '0123',
    hasEmail: false,
    state: 'in',
    emailState: 'never',
    promiseMax: 4,
    promises: [1, 2, 4],
    topics: [],
    language: 'en',
  };
  const bridge = draw(
    <CustomerPage />,
    answers({
      'display/state': { ...state, what: 'preferences', words: null, preferences } as unknown as State,
      'display/stop': { done: true },
      'display/why': { done: true },
    }),
  );
  await user.click(await screen.findByRole('button', { name: 'Stop all texts' }));
  await screen.findByText('You get no more texts from us.');
  expect(bridge.calls.map((c) => c.channel)).not.toContain('display/why');
  await user.click(button('Too many'));
  await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'display/why')?.input).toEqual({ turn: 3, reason: 'too-many' }));
});

it('no birthday can be typed wrong', () => {
  expect(birthdayOf('3', '4', '')).toBe('--03-04');
  expect(birthdayOf('3', '4', '1985')).toBe('1985-03-04');
  expect(birthdayOf('3', '4', '85')).toBe('--03-04');
  expect(birthdayOf('2', '29', '2001')).toBe('--02-29');
  expect(birthdayOf('2', '29', '2000')).toBe('2000-02-29');
  expect(birthdayOf('2', '30', '')).toBe('');
  expect(birthdayOf('', '4', '1985')).toBe('');
});
