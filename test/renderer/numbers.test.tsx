import type { Answers } from '@renderer/gallery/fake';
import { currentPlace, go } from '@renderer/nav';
import { CannotTextScreen } from '@renderer/screens/numbers/CannotTextScreen';
import { NumberPanel } from '@renderer/screens/numbers/NumberPanel';
import { TrafficPanel } from '@renderer/screens/numbers/TrafficPanel';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { draw } from '../support/render';

const row = (id: number, more: object = {}) => ({
  id,
  firstName: 'Ana',
  lastName: `Lee ${id}`,
  company: '',
  phone: '+12125550140',
  phoneRaw: null,
  email: null,
  mayEmail: false,
  hasAddress: false,
  visits: 3,
  lastVisitAt: Date.UTC(2026, 10, 1, 17),
  why: 'landline',
  how: 'learned',
  knownAt: Date.UTC(2026, 9, 5, 17),
  errorTitle: 'Not a mobile number',
  soft: false,
  ...more,
});
/** Branded ids and money are plain numbers here. */
const answers = (a: { [K in keyof Answers]?: unknown }): Answers => a as Answers;

const counts = {
  numbers: 3,
  landline: 1,
  'not-a-number': 1,
  dead: 0,
  'not-reached': 1,
  refused: 0,
  'toll-free': 0,
  'no-number': 4,
  fresh: 0,
};
const people = { any: 9, in: 1, pending: 0, out: 2, none: 2, 'no-phone': 4 };
beforeEach(() => go({ screen: 'customers', cannot: 'numbers' }));

it('says of everybody why, how that is known and what to do instead; reasons nobody has are not offered', async () => {
  draw(
    <CannotTextScreen />,
    answers({
      'numbers/counts': counts,
      'customers/counts': people,
      'numbers/cannot-text': {
        total: 3,
        rows: [
          row(1, { email: 'a@b.c', mayEmail: true }),
          row(2, { why: 'not-reached', soft: true, email: 'x@y.z' }),
          row(3, { why: 'not-a-number', phone: null, phoneRaw: '555 ask Maria', how: null, knownAt: null, hasAddress: true }),
        ],
      },
    }),
  );
  const grid = await screen.findByRole('grid');
  const line = (name: RegExp) => within(within(grid).getByRole('row', { name }));
  await waitFor(() => expect(line(/Lee 1/).getByText(/seen when texting, .*5 Oct/)).toBeTruthy());
  expect(line(/Lee 1/).getByText('Call · E-mail')).toBeTruthy();
  // no yes to e-mails, no e-mail
  expect(line(/Lee 2/).getByText('Try again · At the counter')).toBeTruthy();
  expect(line(/Lee 3/).getByText('555 ask Maria')).toBeTruthy();
  expect(line(/Lee 3/).getByText('by your records')).toBeTruthy();
  expect(line(/Lee 3/).getByText('Postcard · At the counter')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /^Refused/ })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: /^Asked to stop/ }));
  expect(currentPlace()).toEqual({ screen: 'customers', cannot: 'stopped' });
  expect(screen.getByText(/They said stop, so no texts/)).toBeTruthy();
});

it('a number is corrected in one field; a bad one is said there', async () => {
  const asked: unknown[] = [];
  draw(
    <CannotTextScreen />,
    answers({
      'numbers/counts': counts,
      'customers/counts': people,
      'numbers/cannot-text': { total: 1, rows: [row(1)] },
      'customers/save': (input: unknown) => {
        asked.push(input);
        return { id: 1 };
      },
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: /Correct the number of Ana Lee 1/ }));
  await userEvent.type(screen.getByLabelText('New number'), '646 321 4567{Enter}');
  await waitFor(() => expect(asked).toEqual([{ id: 1, fields: { phone: '646 321 4567' }, sharedNumber: false }]));
});

it('nobody in the list is good news, with words', async () => {
  draw(
    <CannotTextScreen />,
    answers({
      'numbers/counts': { ...counts, numbers: 0 },
      'customers/counts': people,
      'numbers/cannot-text': { total: 0, rows: [] },
    }),
  );
  expect(await screen.findByText(/Every number you have can be texted/)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Save as CSV' })).toHaveProperty('disabled', true);
});

it('the price stands there before anything is asked, and the button says it', async () => {
  const started: unknown[] = [];
  draw(
    <CannotTextScreen />,
    answers({
      'numbers/counts': counts,
      'customers/counts': people,
      'numbers/cannot-text': { total: 0, rows: [] },
      'numbers/look-up-quote': {
        count: 1000,
        perNumber: 8000,
        price: 8_000_000,
        currency: 'USD',
        balance: { amount: 5_000_000, currency: 'USD' },
        token: '1000-8000-0',
        last: null,
      },
      'numbers/look-up': (input: unknown) => {
        started.push(input);
        return { taskId: 'task-1' };
      },
      'tasks/list': [],
    }),
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Look numbers up…' }));
  const pay = await screen.findByRole('button', { name: 'Look up for $8.00' });
  expect(screen.getByText(/less in the account than this costs/)).toBeTruthy();
  expect(started).toEqual([]);
  await userEvent.click(pay);
  await waitFor(() => expect(started).toEqual([{ token: '1000-8000-0' }]));
});

it('a person’s number: nothing known is said as not known', async () => {
  const known = {
    phone: '+12125550140',
    kind: 'unknown',
    how: null,
    knownAt: null,
    madeUp: false,
    provenAt: null,
    lookedUpAt: null,
    problem: null,
  };
  draw(<NumberPanel customerId={1} />, answers({ 'numbers/person': { ...known, links: 'unknown', linksAt: null } }));
  expect(await screen.findByText('Not known')).toBeTruthy();
  expect(screen.queryByText('by your records')).toBeNull();
  expect(screen.getByRole('button', { name: 'No smartphone' })).toBeTruthy();
});

it('another copy of this shop is an alarm, with what to do', async () => {
  const day = { day: '2026-11-17', asked: 212, sent: 40, foreign: { total: 14, ours: 9, alike: 2 } };
  draw(<TrafficPanel />, answers({ 'numbers/traffic': { days: [day], lastAlikeAt: Date.UTC(2026, 10, 17, 16) } }));
  expect(await screen.findByText(/Asked the carrier 212 times today/)).toBeTruthy();
  expect(screen.getByRole('alert').textContent).toMatch(/Another copy of this shop.*Close Regulars on the other computer/);
  expect(screen.getByText(/14 texts that this shop did not send have left the account .* 9 of them to your customers/)).toBeTruthy();
});
