import type { In, Out } from '@renderer/api/client';
import { type Answers, Refusal } from '@renderer/gallery/fake';
import { startAt } from '@renderer/nav';
import { CounterScreen } from '@renderer/screens/counter/CounterScreen';
import { MatchRate } from '@renderer/screens/imports/MatchRate';
import { PersonReceipts } from '@renderer/screens/links/PersonReceipts';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fifteenOff as offer } from '../support/offer-fixture';
import { draw } from '../support/render';

type View = Out<'links/note'>;
type Preview = Out<'links/preview'>;
const NOON = Date.UTC(2026, 10, 17, 16);
const ana = {
  id: 7,
  name: 'Ana Ruiz',
  phoneEnd: '0123',
  language: 'en',
  lastVisitAt: null,
  mails: false,
  clubs: [],
  permission: { state: 'in', whyNot: null, carrierStop: false },
  note: '',
  sizes: [],
  wishes: [],
  offers: [{ code: 'K7M4Q9X', shared: false, expiresAt: NOON + 1e9, offer, left: 1, refusal: null, mayHonour: false }],
};
const sale = (id: number, more: Partial<Preview['sale']> = {}) => ({
  saleId: id,
  at: NOON - id * 60_000,
  timeKnown: true,
  kind: 'sale' as const,
  receiptNo: '1042',
  paid: 4320,
  register: 'Front',
  fits: true,
  standing: 'free' as const,
  holder: null,
  ...more,
});
const preview = (more: Partial<Preview['sale']> = {}): Preview =>
  ({
    sale: sale(1, more),
    sales: 12,
    spend: 43_100,
    first: Date.UTC(2026, 2, 3),
    onlyThis: false,
    newest: [{ saleId: 1, at: NOON, kind: 'sale', paid: 4000, receiptNo: '1042', items: 'Boots' }],
  }) as unknown as Preview;
const view = (state: View['state'], more: Partial<View> = {}): View =>
  ({ linkId: 3, state, receiptNo: '1042', choices: [], preview: null, ...more }) as unknown as View;

const found = { code: null, people: [ana], more: false } as unknown as Out<'counter/find'>;
const answers = (change: Answers = {}): Answers => ({
  'desk/log': [],
  'counter/find': (i: In<'counter/find'>) => (i.text === '' ? ({ code: null, people: [], more: false } as Out<'counter/find'>) : found),
  'counter/here': { done: true },
  ...change,
});
const redeemedWith = (receipt: View | null, moment: unknown = null): Out<'counter/redeem'> =>
  ({ redemptionId: 12, offer, discount: null, receipt, moment }) as unknown as Out<'counter/redeem'>;

beforeEach(() => startAt({ screen: 'counter' }));
// What was typed is looked up a moment later; the backend must still be there then.
afterEach(() => act(() => new Promise<void>((resolve) => setTimeout(resolve, 250))));

async function toRedeem(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  await user.type(screen.getByLabelText('Find a person or a code'), 'Ana');
  await user.click(await screen.findByRole('button', { name: 'Redeem' }));
  await user.type(await screen.findByLabelText(/Receipt number/), '1042');
}

it('a receipt typed at redeem shows what it adds; Enter adds it, and it can be undone there', async () => {
  const user = userEvent.setup();
  const bridge = draw(
    <CounterScreen />,
    answers({
      'counter/redeem': redeemedWith(view('choose', { choices: [sale(1)] as never, preview: preview() })),
      'links/confirm': { linkId: 3, added: 12 },
      'links/undo': { removed: 12 },
    }),
  );
  await toRedeem(user);
  await user.keyboard('{Enter}'); // 1: redeem
  await screen.findByText('This adds 12 past sales, $431.00, since Mar 2026');
  expect(document.activeElement?.textContent).toBe('Add 12 sales to Ana Ruiz');
  await user.keyboard('{Enter}'); // 2: add
  await screen.findByText(/12 sales are now on Ana Ruiz’s record/);
  expect(bridge.calls.find((c) => c.channel === 'links/confirm')?.input).toEqual({ linkId: 3, saleId: 1, takeOver: false });
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'links/undo')).toBe(true));
});

it('a receipt may be scanned while it is asked for, wherever the focus is; one of our codes is still a code', async () => {
  const user = userEvent.setup();
  const bridge = draw(<CounterScreen />, answers({ 'links/note': view('waiting') }));
  fireEvent.change(screen.getByLabelText('Find a person or a code'), { target: { value: 'Ana' } });
  await user.click(await screen.findByRole('button', { name: /Here now/ }));
  await screen.findByLabelText('Receipt number');
  let at = performance.now() + 1000; // not part of what was typed before
  for (const key of [...'R-2026-0042', 'Enter']) {
    const e = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    at += 5;
    Object.defineProperty(e, 'timeStamp', { value: at });
    act(() => void (document.activeElement ?? document.body).dispatchEvent(e));
  }
  await screen.findByText('Not in the till file yet');
  expect(bridge.calls.find((c) => c.channel === 'links/note')?.input).toMatchObject({ receiptNo: 'R-2026-0042' });
});

it('a receipt that is not imported yet asks for nothing more', async () => {
  const user = userEvent.setup();
  draw(<CounterScreen />, answers({ 'counter/redeem': redeemedWith(view('waiting')) }));
  await toRedeem(user);
  await user.keyboard('{Enter}');
  await waitFor(() => expect(screen.queryByLabelText(/Receipt number/)).toBeNull());
  expect(screen.queryByText('Not in the till file yet')).toBeNull();
});

it('somebody else’s till customer is left to the owner when staff type the number', async () => {
  const user = userEvent.setup();
  const bridge = draw(
    <CounterScreen />,
    answers({ 'links/note': view('choose', { choices: [sale(1)] as never, preview: preview({ standing: 'other', holder: 'Berta G.' }) }) }),
  );
  await user.type(screen.getByLabelText('Find a person or a code'), 'Ana');
  await user.click(await screen.findByRole('button', { name: /Here now/ }));
  await user.type(await screen.findByLabelText('Receipt number'), '1042{Enter}');
  await screen.findByText('The till knows this customer as Berta G.');
  expect(bridge.calls.find((c) => c.channel === 'links/note')?.input).toEqual({ customerId: 7, receiptNo: '1042', origin: 'here' });
  // The window of this test is the owner's: moving is a choice, never the Enter key.
  expect(screen.getByRole('button', { name: 'Move 12 sales to Ana Ruiz' })).not.toBe(document.activeElement);
});

it('several sales with one number are chosen by day and amount', async () => {
  const user = userEvent.setup();
  const choices = [sale(1), sale(2, { fits: false, paid: 999 })];
  const bridge = draw(
    <CounterScreen />,
    answers({
      'links/note': view('choose', { choices: choices as never }),
      'links/preview': preview(),
      'links/confirm': () => new Refusal('link.no-sale'),
    }),
  );
  await user.type(screen.getByLabelText('Find a person or a code'), 'Ana');
  await user.click(await screen.findByRole('button', { name: /Here now/ }));
  await user.type(await screen.findByLabelText('Receipt number'), '1042{Enter}');
  await screen.findByText('Which sale is receipt 1042?');
  await user.click(screen.getByRole('button', { name: /\$9\.99/ }));
  await screen.findByText(/This adds 12 past sales/);
  expect(bridge.calls.find((c) => c.channel === 'links/preview')?.input).toEqual({ customerId: 7, saleId: 2 });
  await user.click(screen.getByRole('button', { name: 'Add 12 sales to Ana Ruiz' }));
  await screen.findByText('This sale is not in the shop any more');
});

it('without a number, sales of the same minutes are offered, never taken by themselves', async () => {
  const user = userEvent.setup();
  const moment = {
    redemptionId: 12,
    at: NOON,
    amount: 4320,
    offerName: null,
    choices: [
      { ...sale(1), sameCard: true },
      { ...sale(2), sameCard: false },
    ],
  };
  const bridge = draw(
    <CounterScreen />,
    answers({ 'counter/redeem': redeemedWith(null, moment), 'links/preview': preview(), 'links/take': { linkId: 4, added: 12 } }),
  );
  await user.type(screen.getByLabelText('Find a person or a code'), 'Ana');
  await user.click(await screen.findByRole('button', { name: 'Redeem' }));
  await user.keyboard('{Enter}');
  await screen.findByText('Is one of these Ana Ruiz’s?');
  expect(bridge.calls.some((c) => c.channel === 'links/take')).toBe(false);
  await user.click(screen.getByRole('button', { name: /same card as before/ }));
  await user.click(await screen.findByRole('button', { name: 'Add 12 sales to Ana Ruiz' }));
  await screen.findByText(/12 sales are now on Ana Ruiz’s record/);
  expect(bridge.calls.find((c) => c.channel === 'links/take')?.input).toMatchObject({ customerId: 7, saleId: 1, redemptionId: 12 });
});

it('the person’s page undoes a link, removes a number, and asks about sales of the same minutes', async () => {
  const user = userEvent.setup();
  const bridge = draw(<PersonReceipts customerId={7} who="Ana" />, {
    'links/of-person': {
      linked: [{ linkId: 3, receiptNo: '1042', origin: 'here', at: NOON, byItself: false, sales: 12, mayUndo: true }],
      waiting: [{ ...view('waiting', { linkId: 4, receiptNo: '2000' }), at: NOON }],
      moments: [{ redemptionId: 12, at: NOON, amount: 4320, offerName: 'Boots', choices: [{ ...sale(9), sameCard: false }] }],
    } as unknown as Out<'links/of-person'>,
    'links/undo': { removed: 12 },
    'links/drop': { done: true },
    'links/not-theirs': { done: true },
  });
  await screen.findByText('Could these be theirs?');
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await user.click(screen.getByRole('button', { name: 'Remove' }));
  await user.click(screen.getByRole('button', { name: 'Not theirs' }));
  const sent = (channel: string) => bridge.calls.find((c) => c.channel === channel)?.input;
  expect(sent('links/undo')).toEqual({ linkId: 3 });
  expect(sent('links/drop')).toEqual({ linkId: 4 });
  expect(sent('links/not-theirs')).toEqual({ customerId: 7, saleId: 9 });
});

it('the match rate says its finding and the next step in words', async () => {
  const weeks = [{ week: '2026-11-09', sales: 200, matched: 44 }];
  draw(<MatchRate />, {
    'links/match-rate': {
      sales: 200,
      matched: 44,
      firstDay: '2026-08-17',
      lastDay: '2026-11-16',
      weeks,
      rows: [
        { group: 'source', name: 'Square', sales: 200, matched: 44, weeks: [{ sales: 200, matched: 44 }], advice: null },
        { group: 'staff', name: 'Ana', sales: 100, matched: 4, weeks: [{ sales: 100, matched: 4 }], advice: { kind: 'ask', others: 0.4 } },
        { group: 'staff', name: 'Tom', sales: 12, matched: 0, weeks: [{ sales: 12, matched: 0 }], advice: null },
      ],
    } as unknown as Out<'links/match-rate'>,
    'links/candidates': {
      todo: [{ customerId: 7, name: 'Ana Ruiz', kind: 'redemption', receiptNo: null, at: NOON, choices: 2 }],
      waiting: 1,
      more: false,
    } as unknown as Out<'links/candidates'>,
  });
  await screen.findByText('Your till’s files name a known person on 22% of sales');
  expect(screen.getByText(/Ana’s sales have a name 4 times in 100, the others’ 40/)).toBeTruthy();
  expect(screen.getByText('too few sales to say')).toBeTruthy();
  expect(await screen.findByText('One sale could be tied')).toBeTruthy();
});

it('an empty shop is told what the match rate is for', async () => {
  draw(<MatchRate />, {
    'links/match-rate': { sales: 0, matched: 0, firstDay: null, lastDay: null, weeks: [], rows: [] },
    'links/candidates': { todo: [], waiting: 0, more: false },
  });
  await screen.findByText('No sales yet');
});
