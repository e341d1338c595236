import { go } from '@renderer/nav';
import { ImportScreen } from '@renderer/screens/imports/ImportScreen';
import { type Look, type QueuedFile, useImportUi } from '@renderer/screens/imports/import.ui';
import { MappingEditor } from '@renderer/screens/imports/MappingEditor';
import { oneIn, period, sayCell } from '@renderer/screens/imports/say';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { Refusal } from '../../renderer/gallery/fake';
import { draw } from '../support/render';

const look = (
  fileName: string,
  profile: Look['profile'],
  columns: Look['suggestion']['columns'],
  kind: 'sales' | 'customers' = 'sales',
) => ({
  fileName,
  fileSize: 1,
  fingerprint: fileName,
  profile,
  encoding: 'utf-8',
  encodingGuessed: false,
  delimiter: ',',
  headerRow: 1,
  columns: [],
  suggestion: { kind, till: '', columns },
  remembered: false,
});
const square = (id: string, title: string, kind: 'sales' | 'customers' = 'sales') => ({ id, till: 'Square', title, kind });
const LOOKS: Record<string, object> = {
  '/d/payments.csv': look('payments.csv', square('square-transactions', 'Transactions'), { net: [1] }),
  '/d/people.csv': look('people.csv', square('square-customers', 'Customer directory', 'customers'), {}, 'customers'),
  '/d/mine.csv': look('mine.csv', null, {}),
  '/d/items.csv': look('items.csv', square('square-items', 'Items detail'), { item: [1] }),
};
const base = { 'imports/list': { rows: [], total: 0 }, 'tasks/list': [], 'imports/first-rows': null };

beforeEach(() => {
  useImportUi.getState().forget();
  useImportUi.getState().clear();
  go({ screen: 'import' }, { replace: true });
});

it('several files: people first, then items, then payments, then what must be explained; the wrong one last, with the right one', async () => {
  const files = ['/d/wrong.csv', '/d/payments.csv', '/d/mine.csv', '/d/items.csv', '/d/people.csv'];
  const bridge = draw(<ImportScreen />, {
    ...base,
    'shell/pick-files': files.map((path) => ({ path, name: path.slice(3) })),
    'imports/inspect': ({ path }: { path: string }) =>
      LOOKS[path] ?? new Refusal('import.wrong-file', { found: 'square-deposits', till: 'Square' }),
    'imports/preview': { id: 3, taskId: 't' },
  } as never);
  await userEvent.click(await screen.findByRole('button', { name: 'Choose a file' }));
  const start = await screen.findByRole('button', { name: 'Start with people.csv' });
  await waitFor(() => expect((start as HTMLButtonElement).disabled).toBe(false));
  const names = screen.getAllByRole('listitem').map((li) => li.querySelector('strong')?.textContent);
  expect(names).toEqual(['people.csv', 'items.csv', 'payments.csv', 'mine.csv', 'wrong.csv']);
  expect(within(screen.getAllByRole('listitem')[4] as HTMLElement).getByText(/deposits to your bank/)).toBeTruthy();
  await userEvent.click(start);
  await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'imports/preview')?.input).toMatchObject({ path: '/d/people.csv' }));
});

it('a long import tells how far it is, how long it takes, and can be stopped', async () => {
  go({ screen: 'import', id: 7 }, { replace: true });
  useImportUi.getState().started(7, 't2', '/d/items.csv');
  const task = {
    id: 't2',
    kind: 'import.commit',
    label: 'items.csv',
    state: 'running',
    done: 2500,
    total: 10_000,
    startedAt: Date.now() - 60_000,
    finishedAt: null,
    errorCode: null,
    result: null,
  };
  const bridge = draw(<ImportScreen />, {
    ...base,
    'tasks/list': [task],
    'imports/report': { id: 7, fileName: 'items.csv', state: 'committing', counts: null, questions: [], months: [], alsoToldBy: [] },
    'tasks/cancel': { done: true },
  } as never);
  expect(await screen.findByText('2,500 of 10,000 · about 3 min left')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'tasks/cancel')).toBe(true));
});

it('a file dealt with is not offered again', () => {
  const known = (path: string): QueuedFile => ({ path, name: path, state: 'known', look: null, error: undefined });
  useImportUi.setState({ queue: [known('a'), known('b')] });
  useImportUi.getState().over('a', 'done');
  useImportUi.getState().over('a', 'left');
  expect(useImportUi.getState().queue.map((f) => f.state)).toEqual(['done', 'known']);
});

describe('saying what columns mean', () => {
  const columns = [
    { index: 0, name: 'Tag', samples: ['14.05.2026'] },
    { index: 1, name: 'Uhr', samples: ['10:30'] },
    { index: 2, name: 'Was', samples: ['Sandals'] },
  ];
  function Editor({ withSamples = true }: { withSamples?: boolean }) {
    const [mapping, setMapping] = useState<Look['suggestion']>({ kind: 'sales', till: '', columns: { date: [0] } });
    return (
      <MappingEditor
        columns={withSamples ? columns : columns.map((c) => ({ ...c, samples: [] }))}
        mapping={mapping}
        onChange={setMapping}
        guess={{ kind: 'sales', till: '', columns: { date: [0] } }}
      />
    );
  }

  it('marks a guess until it is changed, puts two columns together, and doubts a value that does not fit', async () => {
    draw(<Editor />);
    expect(screen.getByText('our guess')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('Means: Uhr'), 'date');
    expect(screen.getByText('Together: “14.05.2026 10:30”')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('Means: Was'), 'total');
    expect(screen.getByText('“Sandals” does not look like: Total paid')).toBeTruthy();
    await userEvent.selectOptions(screen.getByLabelText('Means: Tag'), '');
    expect(screen.queryByText('our guess')).toBeNull();
  });

  it('works without a file at hand', () => {
    draw(<Editor withSamples={false} />);
    expect(screen.queryByText('For example')).toBeNull();
    expect(screen.getByText('Say which column is an amount.')).toBeTruthy();
  });
});

describe('words', () => {
  const at = (iso: string) => Date.parse(iso);
  it.each([
    ['2026-05-01T12:00Z', '2026-05-31T12:00Z', '1–31 May 2026'],
    ['2026-05-02T12:00Z', '2026-05-02T20:00Z', '2 May 2026'],
    ['2026-04-28T12:00Z', '2026-05-03T12:00Z', '28 April – 3 May 2026'],
    ['2025-12-31T12:00Z', '2026-01-02T12:00Z', '31 December 2025 – 2 January 2026'],
  ])('%s to %s is %s', (from, to, said) => expect(period(at(from), at(to), 'America/New_York', 'en-US')).toBe(said));

  it('a share of rows as people say it, and nothing where it is nothing', () => {
    expect([oneIn(30, 100), oneIn(99, 100), oneIn(1, 100), oneIn(0, 0)]).toEqual([3, 1, null, null]);
  });

  it('a cell is told in words that cannot be misread', () => {
    const shop = { currency: 'USD', zone: 'America/New_York' };
    const say = (raw: string, says: Parameters<typeof sayCell>[1]) => sayCell(raw, says, shop, 'en-US', { yes: 'yes', no: 'no' });
    expect(say('03/04/26', { is: 'day', day: '2026-04-03', minutes: 555 })).toBe('3 April 2026, 9:15 am');
    expect(say('1.234,50', { is: 'money', cents: 123450 as never })).toBe('$1,234.50');
    expect(say('2125550173', { is: 'phone', phone: '+12125550173', kind: 'mobile' })).toBe('(212) 555-0173');
    expect(say('2.500', { is: 'quantity', milli: 2500 })).toBe('2.5');
  });
});

it('going back from a checked file that was not imported leaves it among those to be taken', async () => {
  const queue: QueuedFile[] = ['/d/people.csv', '/d/items.csv'].map((path) => ({
    path,
    name: path.slice(3),
    state: 'known',
    look: LOOKS[path] as Look,
    error: undefined,
  }));
  useImportUi.setState({ queue });
  useImportUi.getState().started(7, 't', '/d/people.csv');
  go({ screen: 'import', id: 7 }, { replace: true });
  const tally = { new: 0, changed: 0, same: 0 };
  const counts = { rows: 2, rejected: 0, skipped: 0, notes: 0, sales: tally, people: { ...tally, new: 2 }, anonymous: 0, refunds: 0 };
  const rest = {
    excluded: 0,
    excludedBy: {},
    skippedBy: {},
    cardsDropped: 0,
    rejectedBy: {},
    notesBy: {},
    linked: 0,
    kept: [],
    keptTotal: 0,
  };
  draw(<ImportScreen />, {
    ...base,
    'imports/report': {
      id: 7,
      fileName: 'people.csv',
      state: 'previewed',
      till: 'Square',
      title: 'Customer directory',
      kind: 'customers',
      counts: { ...counts, ...rest },
      months: [],
      questions: [],
      registers: [],
      staff: [],
      reading: null,
      decisions: {},
      mapping: null,
      path: '/d/people.csv',
      firstSaleAt: null,
      lastSaleAt: null,
      sameFileAt: null,
      alsoToldBy: [],
      current: true,
    },
  } as never);
  expect(await screen.findByText('File 1 of 2')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Back to the files' }));
  expect(await screen.findByRole('button', { name: 'Start with people.csv' })).toBeTruthy();
});
