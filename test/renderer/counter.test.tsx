import type { In, Out } from '@renderer/api/client';
import type { Answers } from '@renderer/gallery/fake';
import { startAt, wishCounter } from '@renderer/nav';
import { CounterScreen } from '@renderer/screens/counter/CounterScreen';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { fifteenOff as offer } from '../support/offer-fixture';
import { draw } from '../support/render';

type Found = Out<'counter/find'>;
const ana = {
  id: 7,
  name: 'Ana Gómez',
  phoneEnd: '0123',
  language: 'en',
  lastVisitAt: null,
  mails: false,
  clubs: [],
  permission: { state: 'in', whyNot: null, carrierStop: false },
  offers: [],
  note: '',
  sizes: [],
  wishes: [],
};
const nothing = { code: null, people: [], more: false } as Found;
const good = {
  code: { state: 'ok', code: 'K7M4Q9X', shared: false, offer, expiresAt: 1_800_000_000_000, left: 1, person: ana },
  people: [],
  more: false,
};

const answers = (change: Answers = {}): Answers => ({
  'desk/log': [],
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
    answers({ 'counter/redeem': { redemptionId: 12, offer, discount: null, left: 0 } as unknown as Out<'counter/redeem'> }),
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

it('F3 asks to turn the screen to the customer', async () => {
  const bridge = draw(<CounterScreen />, answers());
  act(() => wishCounter('sign-up'));
  await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'sign-up/turn')?.input).toEqual({ language: 'en', customerId: null }));
});
