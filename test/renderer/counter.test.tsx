import type { In, Out } from '@renderer/api/client';
import { type Answers, Refusal } from '@renderer/gallery/fake';
import { startAt, wishCounter } from '@renderer/nav';
import { CounterScreen } from '@renderer/screens/counter/CounterScreen';
import { SignUp } from '@renderer/screens/counter/SignUp';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

type Found = Out<'counter/find'>;
const offer = { name: 'Boots', kind: 'percent', percent: 15, amount: null, item: '', minSpend: 0, terms: '' };
const ana = {
  id: 7,
  name: 'Ana Gómez',
  phoneEnd: '0123',
  language: 'en',
  lastVisitAt: null,
  permission: { state: 'in', whyNot: null, carrierStop: false },
  offers: [],
};
const nothing = { code: null, people: [], more: false } as Found;
const good = {
  code: { state: 'ok', code: 'K7M4Q9X', shared: false, offer, expiresAt: 1_800_000_000_000, person: ana },
  people: [],
  more: false,
};

const form = {
  shopName: 'Corner Shoes',
  promiseMax: 4,
  topics: [
    { slug: 'offers', name: { en: 'Offers', es: 'Ofertas' }, about: { en: '', es: '' } },
    { slug: 'news', name: { en: 'New arrivals', es: 'Novedades' }, about: { en: '', es: '' } },
  ],
  wording: { en: { text: 'The exact English words.', hash: 'hash-en' }, es: { text: 'Las palabras exactas.', hash: 'hash-es' } },
  script: { en: 'May we?', es: '¿Podemos?' },
};
const answers = (change: Answers = {}): Answers => ({
  'counter/recent': [],
  'counter/sign-up-form': form as Out<'counter/sign-up-form'>,
  'counter/find': (i: In<'counter/find'>) => (i.final && i.text.toUpperCase() === 'K7M4Q9X' ? (good as Found) : nothing),
  ...change,
});

beforeEach(() => startAt({ screen: 'counter' }));

/** What a scanner does: keys a few milliseconds apart, then Enter, wherever the focus happens to be. */
function scan(text: string, ms = 5): { enterPrevented: boolean } {
  let at = performance.now();
  const press = (key: string) => {
    const target = document.activeElement ?? document.body;
    const e = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    at += ms;
    Object.defineProperty(e, 'timeStamp', { value: at });
    let free = true;
    act(() => {
      free = target.dispatchEvent(e);
    });
    if (free && key.length === 1 && target instanceof HTMLInputElement) fireEvent.change(target, { target: { value: target.value + key } });
    return !free;
  };
  for (const key of text) press(key);
  return { enterPrevented: press('Enter') };
}

it('takes a scan wherever the focus is, and the redeem button is ready for Enter', async () => {
  const bridge = draw(<CounterScreen />, answers());
  screen.getByRole('button', { name: /Sign up/ }).focus();
  expect(scan('K7M4Q9X').enterPrevented).toBe(true);
  await screen.findByText('15% off');
  expect(bridge.calls.filter((c) => c.channel === 'counter/find').at(-1)?.input).toEqual({ text: 'K7M4Q9X', final: true });
  expect(document.activeElement?.textContent).toContain('Redeem');
});

it('takes a scan out of another box it was typed into', async () => {
  draw(<CounterScreen />, answers());
  scan('K7M4Q9X');
  await screen.findByText('15% off');
  const receipt = screen.getByLabelText<HTMLInputElement>(/Receipt number/);
  fireEvent.change(receipt, { target: { value: '10' } });
  receipt.focus();
  expect(scan('K7M4Q9X').enterPrevented).toBe(true);
  await screen.findByText('15% off');
  expect(receipt.value).toBe('10');
});

it('leaves slow typing alone', () => {
  const bridge = draw(<CounterScreen />, answers());
  screen.getByRole('button', { name: /Sign up/ }).focus();
  expect(scan('K7M4Q9X', 90).enterPrevented).toBe(false);
  expect(bridge.calls.some((c) => (c.input as { final?: boolean }).final)).toBe(false);
});

it('redeems with one more Enter and offers to take it back', async () => {
  const bridge = draw(
    <CounterScreen />,
    answers({ 'counter/redeem': { redemptionId: 12, offer, discount: null } as Out<'counter/redeem'> }),
  );
  scan('K7M4Q9X');
  fireEvent.click(await screen.findByRole('button', { name: 'Redeem' }));
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'counter/redeem')).toBe(true));
  expect(bridge.calls.find((c) => c.channel === 'counter/redeem')?.input).toMatchObject({ code: 'K7M4Q9X', how: 'code', amount: null });
  await waitFor(() => expect(screen.queryByText('15% off')).toBeNull());
});

it('says what is wrong with a code in words', async () => {
  draw(<CounterScreen />, answers({ 'counter/find': { code: { state: 'locked', seconds: 42 }, people: [], more: false } as Found }));
  scan('K7M4Q9A');
  expect((await screen.findByRole('alert')).textContent).toContain('42 seconds');
});

it('F3 turns the screen to the customer', async () => {
  draw(<CounterScreen />, answers());
  act(() => wishCounter('sign-up'));
  expect(await screen.findByLabelText('Your mobile number')).toBeTruthy();
});

it('starts with an empty number and an empty box, and works without the tick', async () => {
  const user = userEvent.setup();
  const bridge = draw(
    <SignUp staffLanguage="en" onLeave={() => undefined} />,
    answers({ 'counter/sign-up': { customerId: 7, outcome: 'member', startNumber: null } as Out<'counter/sign-up'> }),
  );
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { hidden: true });
  await screen.findByText('The exact English words.');
  expect(box.checked).toBe(false);
  const number = screen.getByLabelText<HTMLInputElement>('Your mobile number');
  expect(number.value).toBe('');
  await user.type(number, '2125550123');
  expect(number.value).toBe('(212) 555-0123');
  await user.type(screen.getByLabelText(/First name/), 'Ana');
  await user.click(screen.getByRole('button', { name: 'Continue', hidden: true }));
  await screen.findByText('Welcome, Ana!');
  expect(bridge.calls.find((c) => c.channel === 'counter/sign-up')?.input).toMatchObject({
    how: 'screen',
    phone: '2125550123',
    ticked: false,
    topics: [],
  });
});

it('sends the hash of the words that were on screen when they ticked, in the language they chose', async () => {
  const user = userEvent.setup();
  const bridge = draw(
    <SignUp staffLanguage="en" onLeave={() => undefined} />,
    answers({ 'counter/sign-up': { customerId: 7, outcome: 'in', startNumber: null } as Out<'counter/sign-up'> }),
  );
  await screen.findByText('The exact English words.');
  await user.click(screen.getByRole('button', { name: 'Español', hidden: true }));
  expect(screen.getByText('Las palabras exactas.')).toBeTruthy();
  for (const digit of '2125550123') await user.click(screen.getByRole('button', { name: digit, hidden: true }));
  await user.click(screen.getByRole('checkbox', { hidden: true }));
  await user.click(screen.getByRole('button', { name: 'Continuar', hidden: true }));
  await screen.findByText('¡Gracias!');
  expect(bridge.calls.find((c) => c.channel === 'counter/sign-up')?.input).toMatchObject({
    ticked: true,
    language: 'es',
    wordingHash: 'hash-es',
  });
});

it('tells a customer kindly that they are in already, and what is wrong with a number', async () => {
  const user = userEvent.setup();
  let refusal = new Refusal('customer.bad-phone', { why: 'too-short' });
  draw(<SignUp staffLanguage="en" onLeave={() => undefined} />, answers({ 'counter/sign-up': () => refusal }));
  await screen.findByText('The exact English words.');
  await user.type(screen.getByLabelText('Your mobile number'), '5550123');
  await user.click(screen.getByRole('button', { name: 'Continue', hidden: true }));
  expect((await screen.findByRole('alert', { hidden: true })).textContent).toContain('Digits are missing');
  refusal = new Refusal('consent.already-in');
  await user.click(screen.getByRole('button', { name: 'Continue', hidden: true }));
  await screen.findByText('You are already signed up');
});

it('asks after 45 quiet seconds whether somebody is still there, and clears 20 later', async () => {
  vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
  try {
    const leave = vi.fn();
    draw(<SignUp staffLanguage="en" onLeave={leave} />, answers());
    act(() => void vi.advanceTimersByTime(44_000));
    fireEvent.keyDown(document.body, { key: '5' });
    act(() => void vi.advanceTimersByTime(44_000));
    expect(screen.queryByText('Still there?')).toBeNull();
    act(() => void vi.advanceTimersByTime(2_000));
    expect(screen.getByText('Still there?')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /still here/, hidden: true }));
    expect(screen.queryByText('Still there?')).toBeNull();
    act(() => void vi.advanceTimersByTime(64_000));
    expect(leave).not.toHaveBeenCalled();
    act(() => void vi.advanceTimersByTime(2_000));
    expect(leave).toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
