import type { Out } from '@renderer/api';
import { LoyaltyCard } from '@renderer/screens/counter/LoyaltyCard';
import { useLanguage } from '@renderer/strings';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { draw } from '../support/render';

type Card = NonNullable<Out<'loyalty/card'>>;
const offer: Card['rewards'][number]['offer'] = {
  name: 'Free coffee',
  tillKey: '',
  kind: 'amount',
  percent: null,
  amount: 1000 as never,
  item: '',
  bundle: null,
  points: null,
  minSpend: 0 as never,
  terms: '',
  items: [],
  categories: [],
  validDays: 30,
  fromDay: null,
  untilDay: null,
  weekdays: 127,
  fromMinute: null,
  untilMinute: null,
  codeMode: 'personal',
  codeUses: 1,
  mostUses: null,
  membersOnly: false,
};
const card = (over: Partial<Card> = {}): Card => ({
  kind: 'visits',
  on: true,
  joining: 'all',
  collects: true,
  have: 6,
  unconfirmed: 0,
  missing: 4,
  rewards: [{ offerId: 1 as never, needs: 10, times: 0, offer }],
  tier: null,
  expiring: null,
  useUntil: null,
  countedToday: false,
  staffMost: 1,
  recent: [],
  ...over,
});
const show = (c: Card | null, more: object = {}, onRedeem: (o: unknown) => void = () => undefined) =>
  draw(<LoyaltyCard customerId={7 as never} onRedeem={onRedeem} />, { 'loyalty/card': c, ...more } as never);

afterEach(() => useLanguage.getState().setLanguage('en'));

it('is not there while the shop has no rewards', async () => {
  const bridge = show(null);
  await waitFor(() => expect(bridge.calls).toHaveLength(1));
  expect(document.querySelector('[data-loyalty]')).toBeNull();
});

it('says how far it is, in both languages, and what waits for the till file', async () => {
  show(card({ unconfirmed: 1 }));
  expect(await screen.findByText('6 of 10 visits')).toBeTruthy();
  expect(screen.getByText('4 more visits for $10.00 off')).toBeTruthy();
  expect(screen.getByText('1 visit noted here, still waiting for the till file')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Use reward' })).toBeNull();
  expect(document.querySelectorAll('[data-on]')).toHaveLength(6);
});

it('speaks Spanish', async () => {
  useLanguage.getState().setLanguage('es');
  show(card({ countedToday: true, tier: { name: 'Gold', nameEs: 'Oro' } }));
  expect(await screen.findByText('6 de 10 visitas')).toBeTruthy();
  expect(screen.getByText('Oro')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Hoy ya cuenta' }).disabled).toBe(true);
});

it('a reward that is ready becomes a code, to be redeemed like any other', async () => {
  const given = { code: 'K7M4Q9X', shared: false, expiresAt: null, offer, left: 1, refusal: null, mayHonour: false };
  const redeemed: unknown[] = [];
  const ready = card({ have: 10, missing: null, rewards: [{ offerId: 1 as never, needs: 10, times: 1, offer }] });
  const bridge = show(ready, { 'loyalty/give': given }, (o) => redeemed.push(o));
  fireEvent.click(await screen.findByRole('button', { name: 'Use reward' }));
  await waitFor(() => expect(redeemed).toEqual([given]));
  expect(bridge.calls.find((c) => c.channel === 'loyalty/give')?.input).toEqual({ customerId: 7, offerId: 1 });
});

it('says so when it is below zero, and nothing can be counted once rewards have ended', async () => {
  show(card({ have: -2, missing: 12, on: false, useUntil: null }));
  expect(await screen.findByText(/2 below zero, usually because something was brought back/)).toBeTruthy();
  expect(screen.getByText('Rewards have ended. What is here can still be used.')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Count this visit' })).toBeNull();
});
