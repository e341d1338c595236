import type { Out } from '@renderer/api/client';
import type { Answers } from '@renderer/gallery/fake';
import { startAt, wishCounter } from '@renderer/nav';
import { CounterScreen } from '@renderer/screens/counter/CounterScreen';
import { CustomerPage } from '@renderer/screens/customer-display/CustomerPage';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { draw } from '../support/render';

type State = Out<'display/state'>;

const page = (turn: number): State =>
  ({
    phase: 'form',
    turn,
    what: 'sign-up',
    own: true,
    language: 'en',
    shop: { name: 'Corner Shoes', country: 'US' },
    words: {
      promises: [4],
      topics: [],
      wording: [{ language: 'en', promiseMax: 4, text: 'Yes, text me.', hash: 'en-4' }],
      email: { en: { text: '', hash: 'mail-en' }, es: { text: '', hash: 'mail-es' } },
      waits: 'no',
    },
    preferences: null,
    join: null,
    people: [],
    turnedBy: null,
    pinHint: null,
  }) as unknown as State;

/** The counter until its screen is turned, then the customer's page, as the frame does it. */
let setTurned: (now: boolean) => void = () => undefined;
function Window() {
  const [turned, set] = useState(false);
  setTurned = set;
  return turned ? <CustomerPage /> : <CounterScreen />;
}

/** Every customer's page comes when it is let through, as on a busy machine. */
function aWindow(display = false) {
  const pages: ((s: State) => void)[] = [];
  const answers: Answers = {
    'desk/log': [],
    'counter/find': { code: null, people: [], more: false } as Out<'counter/find'>,
    'sign-up/desk': { display, turn: null, ended: null } as Out<'sign-up/desk'>,
    'sign-up/turn': { where: display ? 'display' : 'counter' },
    'display/state': () => new Promise<State>((done) => void pages.push(done)),
    'display/step': { done: true },
  };
  const bridge = draw(<Window />, answers);
  return {
    bridge,
    /** As in a real window: nothing waits for effects to have run. */
    async comeUnawaited(turn: number) {
      await waitFor(() => expect(pages.length).toBeGreaterThan(0));
      const before = Reflect.get(globalThis, 'IS_REACT_ACT_ENVIRONMENT') as boolean;
      Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', false);
      for (const done of pages.splice(0)) done(page(turn));
      await new Promise((r) => setTimeout(r, 100));
      Reflect.set(globalThis, 'IS_REACT_ACT_ENVIRONMENT', before);
    },
    async come(turn: number) {
      await waitFor(() => expect(pages.length).toBeGreaterThan(0));
      await act(async () => pages.splice(0).forEach((done) => void done(page(turn))));
    },
  };
}
const box = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Find a person or a code' });
const number = () => document.querySelector<HTMLInputElement>('[data-number]');

beforeEach(() => startAt({ screen: 'counter' }));

it('digits pressed between F3 and the customer’s page are the start of their number, and land in no other box', async () => {
  const user = userEvent.setup();
  const w = aWindow();
  await waitFor(() => expect(w.bridge.calls.some((c) => c.channel === 'sign-up/desk')).toBe(true));
  act(() => wishCounter('sign-up'));
  await user.keyboard('41x');
  expect(box().value).toBe('');
  act(() => setTurned(true));
  await user.keyboard('5');
  await w.come(1);
  await waitFor(() => expect(number()?.value).toBe('(415)'));
  expect(document.activeElement).toBe(number());
  await user.keyboard('5550123');
  expect(number()?.value).toBe('(415) 555-0123');
  expect(w.bridge.calls.some((c) => c.channel === 'counter/find')).toBe(false);
});

it('a key pressed the very moment the page stands comes after those before it, never instead of them', async () => {
  const user = userEvent.setup();
  const w = aWindow();
  await waitFor(() => expect(w.bridge.calls.some((c) => c.channel === 'sign-up/desk')).toBe(true));
  act(() => wishCounter('sign-up'));
  await user.keyboard('6');
  act(() => setTurned(true));
  // in the task that puts the page there: what a later task would still have to set is not set yet
  const typed = new Promise<string | undefined>((done) => {
    const seen = new MutationObserver(() => {
      const now = number();
      if (!now) return;
      seen.disconnect();
      done(document.activeElement === now ? now.value : 'without the focus');
    });
    seen.observe(document.body, { childList: true, subtree: true });
  });
  await w.comeUnawaited(1);
  expect(await typed).toBe('6');
});

it('where the customer has a display of their own, staff go on typing at theirs', async () => {
  const user = userEvent.setup();
  const w = aWindow(true);
  await waitFor(() => expect(w.bridge.calls.some((c) => c.channel === 'sign-up/desk')).toBe(true));
  await act(async () => undefined);
  act(() => wishCounter('sign-up'));
  await user.keyboard('0123');
  expect(box().value).toBe('0123');
});

it('the next customer never sees or types into the page of the one before', async () => {
  const user = userEvent.setup();
  const w = aWindow();
  act(() => setTurned(true));
  await w.come(1);
  await user.keyboard('4155550123');
  expect(number()?.value).toBe('(415) 555-0123');
  act(() => setTurned(false));
  act(() => setTurned(true));
  expect(number()).toBeNull();
  await w.come(2);
  const theirs = number();
  expect(theirs?.value).toBe('');
  await user.keyboard('212');
  expect(number()).toBe(theirs);
  expect(theirs?.value).toBe('(212)');
});
