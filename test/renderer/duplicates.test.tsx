import { currentPlace, go } from '@renderer/nav';
import { DuplicatesScreen } from '@renderer/screens/customers/Duplicates';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { draw } from '../support/render';

const person = (id: number, firstName: string, more: object = {}) => ({
  customer: {
    id,
    firstName,
    lastName: 'Lee',
    company: '',
    phone: null,
    phoneRaw: null,
    phoneKind: 'unknown',
    phoneProblem: null,
    email: null,
    language: 'en',
    birthday: null,
    street: '',
    city: '',
    region: '',
    postalCode: '',
    country: '',
    zone: null,
    note: '',
    tags: [],
    weak: false,
    createdAt: 0,
    updatedAt: 0,
    importId: null,
    visits: id,
    spend: 0,
    firstVisitAt: null,
    lastVisitAt: null,
    medianGapDays: null,
    lastItem: null,
    ...more,
  },
  permission: {
    state: 'never',
    mayText: false,
    whyNot: 'not-asked',
    since: null,
    promiseMax: null,
    expiresAt: null,
    carrierStop: false,
    topics: [],
  },
  sameNumber: [],
  sameEmail: [],
  alsoKnownBy: [],
  emailStopped: false,
  maybeSame: [],
  offers: [],
  tills: [],
});
const fields = ['firstName', 'lastName', 'company', 'phone', 'email', 'language', 'birthday', 'address', 'zone', 'note'];
const pair = {
  a: person(1, 'Ann', { phone: '+12125550101', note: 'size 8' }),
  b: person(2, 'Anna', { phone: '+12125550102', note: 'no wool' }),
  score: 70,
  reasons: ['same-last', 'same-postcode'],
  differ: ['firstName', 'phone', 'note'],
  defaults: { ...Object.fromEntries(fields.map((f) => [f, 'a'])), note: 'both' },
};
const rows = [
  { a: 1, b: 2, score: 70, reasons: ['same-last', 'same-postcode'], aName: 'Ann Lee', bName: 'Anna Lee' },
  { a: 3, b: 4, score: 60, reasons: ['same-phone'], aName: 'Bob Ruiz', bName: '' },
];
const base = {
  'customers/duplicates': { total: 2, checking: 0, rows },
  'customers/pair': pair,
  'customers/merges': { total: 0, rows: [] },
  'customers/merge': { mergeId: 9, id: 2 },
  'customers/not-same': { done: true },
};

beforeEach(() => go({ screen: 'customers', duplicates: '' }, { replace: true }));

it('side by side: what differs is chosen, and exactly that is merged', async () => {
  const bridge = draw(<DuplicatesScreen />, base as never);
  expect(await screen.findByText('2 pairs may be the same person')).toBeTruthy();
  const phone = await screen.findByRole('group', { name: 'Which stays: Phone' });
  expect(
    within(phone)
      .getAllByRole<HTMLInputElement>('radio')
      .map((r) => r.checked),
  ).toEqual([true, false]);
  await userEvent.click(within(phone).getAllByRole('radio')[1] as HTMLElement);
  await userEvent.click(screen.getByRole('button', { name: 'Make them one person' }));
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'customers/merge')?.input).toEqual({
      a: 1,
      b: 2,
      take: { firstName: 'a', phone: 'b', note: 'both' },
    }),
  );
  // on to the next pair
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'customers', duplicates: '3-4' }));
});

it('"not the same person" is said for exactly this pair', async () => {
  const bridge = draw(<DuplicatesScreen />, base as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Not the same person' }));
  await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'customers/not-same')?.input).toEqual({ a: 1, b: 2, same: false }));
});

it('warns when one of two numbers asked to stop: merging never lifts it', async () => {
  const stopped = { ...pair.b, permission: { ...pair.b.permission, state: 'out', whyNot: 'opted-out' } };
  draw(<DuplicatesScreen />, { ...base, 'customers/pair': { ...pair, b: stopped } } as never);
  expect(await screen.findByText('One number asked us to stop')).toBeTruthy();
});

it('undo of a merge tells what came since and stays', async () => {
  draw(<DuplicatesScreen />, {
    ...base,
    'customers/duplicates': { total: 0, checking: 0, rows: [] },
    'customers/merges': { total: 1, rows: [{ id: 9, at: 0, keptId: 2, keptName: 'Anna Lee', goneName: 'Ann Lee' }] },
    'customers/unmerge': { kept: 2, gone: 1, since: { sale: 3, visit_note: 1 }, edited: [] },
  } as never);
  expect(await screen.findByRole('heading', { name: 'Possible duplicates' })).toBeTruthy();
  await userEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  expect(await screen.findByText('3 sales and 1 note came since: it stays with the one that was kept.')).toBeTruthy();
});
