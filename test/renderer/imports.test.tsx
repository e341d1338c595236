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
  current: true,
};
const problems = [{ row: 5, column: 'Date', reason: 'bad-date', values: ['2026-02-31'] }];
const base = { 'imports/first-rows': null, 'imports/examples': [], 'imports/list': { rows: [], total: 0 }, 'tasks/list': [], 'imports/problems': problems };

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
