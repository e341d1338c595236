import { go } from '@renderer/nav';
import { ImportScreen } from '@renderer/screens/imports/ImportScreen';
import { useImportUi } from '@renderer/screens/imports/import.ui';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';
import { Refusal } from '../../renderer/gallery/fake';
import { draw } from '../support/render';

const tally = (n: number) => ({ new: n, changed: 0, same: 0 });
const counts = {
  rows: 4,
  rejected: 1,
  skipped: 0,
  notes: 0,
  sales: tally(3),
  people: tally(0),
  anonymous: 3,
  refunds: 0,
  excluded: 0,
  cardsDropped: 0,
  rejectedBy: { 'bad-date': 1 },
  notesBy: {},
  linked: 0,
  kept: [],
  keptTotal: 0,
};
const report = {
  id: 7,
  fileName: 'items.csv',
  fileSize: 10,
  state: 'previewed',
  till: 'Square',
  title: 'Items detail',
  kind: 'sales',
  counts,
  firstSaleAt: null,
  lastSaleAt: null,
  staffId: null,
  createdAt: 0,
  finishedAt: null,
  undoneAt: null,
  months: [{ month: '2026-05', sales: 3, refunds: 0, net: 12345, tax: 100, total: null }],
  questions: [],
  reading: null,
  decisions: {},
  mapping: null,
  registers: [],
  staff: [],
  path: '/x/items.csv',
  sameFileAt: null,
  alsoToldBy: [],
  current: true,
};
const problems = [{ row: 5, column: 'Date', reason: 'bad-date', values: ['2026-02-31'] }];
const base = {
  'imports/first-rows': null,
  'imports/examples': [],
  'imports/list': { rows: [], total: 0 },
  'tasks/list': [],
  'imports/problems': problems,
};

beforeEach(() => {
  useImportUi.getState().forget();
  go({ screen: 'import' }, { replace: true });
});

it('shows what a till file would do and imports exactly that', async () => {
  const bridge = draw(<ImportScreen />, {
    ...base,
    'shell/pick-files': [{ path: '/x/items.csv', name: 'items.csv' }],
    'imports/inspect': { fileName: 'items.csv', fingerprint: 'f', profile: { id: 'square-items' }, suggestion: null },
    'imports/preview': { id: 7, taskId: 't1' },
    'imports/report': report,
    'imports/commit': { taskId: 't2' },
  } as never);
  expect(await screen.findByText('Nothing imported yet')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Choose a file' }));
  const button = await screen.findByRole('button', { name: 'Import 3 sales' });
  expect(screen.getByText('$123.45')).toBeTruthy();
  expect(await screen.findByText('Not a day that exists, or written differently from the rest of its column')).toBeTruthy();
  await userEvent.click(button);
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'imports/commit')).toBe(true));
});

it('says which export to use instead', async () => {
  draw(<ImportScreen />, {
    ...base,
    'shell/pick-files': [{ path: '/x/c.csv', name: 'c.csv' }],
    'imports/inspect': () => new Refusal('import.wrong-file', { found: 'square-catalog', till: 'Square' }),
  } as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Choose a file' }));
  expect(await screen.findByText(/item library/)).toBeTruthy();
});

it('asks what unknown columns mean before anything is read', async () => {
  const look = {
    fileName: 'list.csv',
    fileSize: 1,
    fingerprint: 'f',
    profile: null,
    encoding: 'utf-8',
    encodingGuessed: false,
    delimiter: ',',
    headerRow: 1,
    columns: [
      { index: 0, name: 'who', samples: ['Ann'] },
      { index: 1, name: 'call', samples: ['555'] },
    ],
    suggestion: { kind: 'customers', till: '', columns: {} },
    remembered: false,
  };
  const bridge = draw(<ImportScreen />, {
    ...base,
    'shell/pick-files': [{ path: '/x/list.csv', name: 'list.csv' }],
    'imports/inspect': look,
    'imports/preview': { id: 7, taskId: 't1' },
    'imports/report': { ...report, state: 'previewing', counts: null },
  } as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Choose a file' }));
  const check = await screen.findByRole('button', { name: 'Check the file' });
  expect((check as HTMLButtonElement).disabled).toBe(true);
  await userEvent.selectOptions(screen.getByLabelText('Means: who'), 'fullName');
  await userEvent.selectOptions(screen.getByLabelText('Means: call'), 'phone');
  await userEvent.click(check);
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'imports/preview')?.input).toMatchObject({
      mapping: { kind: 'customers', columns: { fullName: [0], phone: [1] } },
    }),
  );
});

it('an open question keeps the import button closed', async () => {
  go({ screen: 'import', id: 7 });
  const question = { kind: 'date-order', field: 'date', column: 'date', samples: ['01/02/2026'], suggestion: 'mdy' };
  draw(<ImportScreen />, { ...base, 'imports/report': { ...report, questions: [question] } } as never);
  const button = await screen.findByRole('button', { name: 'Import 3 sales' });
  expect((button as HTMLButtonElement).disabled).toBe(true);
  expect(screen.getByRole('radio', { name: 'Day first' })).toBeTruthy();
  expect(screen.getByText('1 February 2026')).toBeTruthy();
});

it('figures overtaken by another import are worked out again with one press', async () => {
  go({ screen: 'import', id: 7 });
  const bridge = draw(<ImportScreen />, {
    ...base,
    'imports/report': { ...report, current: false, decisions: { decimal: { net: ',' } } },
    'imports/preview': { id: 8, taskId: 't3' },
  } as never);
  expect(((await screen.findByRole('button', { name: 'Import 3 sales' })) as HTMLButtonElement).disabled).toBe(true);
  await userEvent.click(screen.getByRole('button', { name: 'Check the file again' }));
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'imports/preview')?.input).toMatchObject({
      path: '/x/items.csv',
      decisions: { decimal: { net: ',' } },
    }),
  );
});

it('a choice about how the file is written checks it again', async () => {
  go({ screen: 'import', id: 7 });
  const reading = {
    encoding: 'windows-1252',
    encodingGuessed: true,
    delimiter: ',',
    headerRow: 4,
    dateOrder: { date: 'mdy' },
    decimal: { net: '.' },
    zone: 'shop',
    shopZone: 'America/New_York',
    currency: 'USD',
  };
  const bridge = draw(<ImportScreen />, {
    ...base,
    'imports/report': { ...report, reading },
    'imports/first-rows': {
      columns: [
        { field: 'date', name: 'Date' },
        { field: 'net', name: 'Net' },
      ],
      rows: [
        [
          { raw: '03/04/2026', says: { is: 'day', day: '2026-03-04', minutes: null } },
          { raw: '12.50', says: { is: 'money', cents: 1250 } },
        ],
      ],
      unused: ['Notes'],
    },
    'imports/preview': { id: 8, taskId: 't3' },
  } as never);
  expect(await screen.findByText('4 March 2026')).toBeTruthy();
  expect(screen.getByText('A guess: are the accents right?')).toBeTruthy();
  expect(screen.getByText('Found in row 4; what stands above is left out')).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText('Dates'), 'dmy');
  await waitFor(() =>
    expect(bridge.calls.find((c) => c.channel === 'imports/preview')?.input).toMatchObject({ decisions: { dateOrder: { date: 'dmy' } } }),
  );
});
