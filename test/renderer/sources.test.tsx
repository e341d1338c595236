import type { Notice } from '@domain/sources/notice';
import { useNotices } from '@renderer/frame/useNotices';
import { currentPlace, go } from '@renderer/nav';
import { useImportUi } from '@renderer/screens/imports/import.ui';
import { Mappings } from '@renderer/screens/imports/Mappings';
import { Sources } from '@renderer/screens/imports/Sources';
import { WaitingFiles } from '@renderer/screens/imports/WaitingFiles';
import { useToasts } from '@renderer/ui/toast';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../../renderer/gallery/fake';
import { draw } from '../support/render';

const HASH = 'a'.repeat(64);
const file = { hash: HASH, fileName: 'sales-july.csv', path: '/till/sales-july.csv', till: 'Square', title: 'Items detail', kind: 'sales' };
const waits = (why: string, more: object = {}) => ({ ...file, rows: null, rejected: null, why, error: null, ...more });
const folder = (more: object = {}) => ({
  folder: { path: '/home/olga/Till exports', state: 'watching', chosenAt: 0 },
  waiting: [],
  more: 0,
  delayed: [],
  results: [],
  ...more,
});
const sheet = {
  id: 3,
  name: 'Book club',
  host: 'docs.google.com',
  also: [],
  askHost: null,
  daily: false,
  state: 'same',
  error: null,
  checkedAt: 0,
  importId: null,
  path: null,
};
const none = {
  'sources/folder': folder(),
  'sources/sheets': [],
  'sources/mappings': [],
  'tasks/list': [],
  'imports/list': { rows: [], total: 0 },
};
const called = (bridge: ReturnType<typeof draw>, channel: string) => bridge.calls.filter((c) => c.channel === channel).map((c) => c.input);

beforeEach(() => {
  useImportUi.getState().forget();
  go({ screen: 'import' }, { replace: true });
});

describe('what waits', () => {
  it('a first file of a known till is one question, asked once', async () => {
    const bridge = draw(<WaitingFiles />, {
      ...none,
      'sources/folder': folder({ waiting: [waits('first-time')] }),
      'sources/take': { done: true },
    } as never);
    expect(await screen.findByText('One file waits for you')).toBeTruthy();
    expect(screen.getByText('Import Square · Items detail by itself from now on?')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Yes, from now on: sales-july.csv' }));
    expect(called(bridge, 'sources/take')).toEqual([{ hash: HASH, always: true }]);
  });

  it('a file with unknown columns opens the wizard on exactly that file', async () => {
    const bridge = draw(<WaitingFiles />, {
      ...none,
      'sources/folder': folder({ waiting: [waits('unknown-columns', { kind: null, till: '', title: '' })] }),
      'imports/inspect': { fileName: 'sales-july.csv', fingerprint: 'f', profile: { id: 'square-items' }, suggestion: null },
      'imports/preview': { id: 7, taskId: 't1' },
    } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Say what its columns mean: sales-july.csv' }));
    await waitFor(() => expect(currentPlace()).toEqual({ screen: 'import', id: 7 }));
    expect(called(bridge, 'imports/preview')).toMatchObject([{ path: '/till/sales-july.csv' }]);
  });

  it('a wrong file says which one to take, and can be left for good', async () => {
    const bridge = draw(<WaitingFiles />, {
      ...none,
      'sources/folder': folder({
        waiting: [waits('refused', { kind: null, till: '', error: { code: 'import.wrong-file', params: { found: 'pdf' } } })],
      }),
      'sources/leave': { done: true },
    } as never);
    expect(await screen.findByText(/This is a PDF/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'More: sales-july.csv' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Never ask about such files' }));
    expect(called(bridge, 'sources/leave')).toEqual([{ hash: HASH, likeIt: true }]);
  });

  it('what lay there before is offered together', async () => {
    const bridge = draw(<WaitingFiles />, {
      ...none,
      'sources/folder': folder({
        waiting: [waits('was-there'), waits('was-there', { hash: 'b'.repeat(64), fileName: 'x.csv', kind: null })],
      }),
      'sources/settle-old': { files: 1 },
    } as never);
    expect(await screen.findByText('2 files were already in the folder')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Import the one that is recognised' }));
    expect(called(bridge, 'sources/settle-old')).toEqual([{ take: true }]);
  });

  it('a doubt is said in figures, and only looking at it is offered', async () => {
    draw(<WaitingFiles />, {
      ...none,
      'sources/folder': folder({ waiting: [waits('many-rejected', { rows: 400, rejected: 90 })] }),
    } as never);
    expect(await screen.findByText(/90 of 400 rows cannot be taken/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Look at it: sales-july.csv' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Import it/ })).toBeNull();
  });

  it('nothing on screen when nothing waits', async () => {
    const bridge = draw(<WaitingFiles />, none as never);
    await waitFor(() => expect(bridge.calls.length).toBeGreaterThan(1));
    expect(screen.queryByRole('heading')).toBeNull();
  });
});

describe('the folder', () => {
  it('is chosen, shown, paused and let go', async () => {
    const bridge = draw(<Sources />, {
      ...none,
      'sources/folder': folder({ folder: null }),
      'shell/pick-folder': { path: '/home/olga/Downloads' },
      'sources/choose-folder': { done: true },
      'sources/pause-folder': { done: true },
    } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Choose a folder' }));
    await waitFor(() => expect(called(bridge, 'sources/choose-folder')).toEqual([{ path: '/home/olga/Downloads' }]));
    bridge.answers = { ...bridge.answers, 'sources/folder': folder({ delayed: [{ fileName: 'big.csv', why: 'writing' }] }) as never };
    act(() => bridge.emit('changed', ['imports']));
    expect(await screen.findByText('/home/olga/Till exports')).toBeTruthy();
    expect(screen.getByText('still being written')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Pause' }));
    expect(called(bridge, 'sources/pause-folder')).toEqual([{ paused: true }]);
    await userEvent.click(screen.getByRole('button', { name: 'Stop watching' }));
    await waitFor(() => expect(called(bridge, 'sources/choose-folder').at(-1)).toEqual({ path: null }));
  });

  it('that is gone is told kindly', async () => {
    draw(<Sources />, { ...none, 'sources/folder': folder({ folder: { path: '/usb', state: 'gone', chosenAt: 0 } }) } as never);
    expect(await screen.findByText(/If it is on a USB stick or a network drive/)).toBeTruthy();
  });

  it('lists what came of files, with the way to each', async () => {
    const result = { ...file, rows: 3, rejected: 0, importId: 9, nothing: false, undone: false, at: 0 };
    draw(<Sources />, { ...none, 'sources/folder': folder({ results: [result] }) } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'See what it brought: sales-july.csv' }));
    expect(currentPlace()).toEqual({ screen: 'import', id: 9 });
  });
});

describe('lists on the web', () => {
  it('the address is shown large before anything is asked, and the button names it', async () => {
    const bridge = draw(<Sources />, {
      ...none,
      'sources/look-at-link': { host: 'docs.google.com' },
      'sources/add-sheet': { id: 3 },
      'sources/refresh-sheet': { taskId: 't' },
    } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Add a list' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Link'), 'https://docs.google.com/x/pub?output=csv');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Go on' }));
    expect(await within(dialog).findByText('docs.google.com')).toBeTruthy();
    expect(called(bridge, 'sources/add-sheet')).toEqual([]);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Ask docs.google.com' }));
    await waitFor(() => expect(called(bridge, 'sources/refresh-sheet')).toEqual([{ id: 3 }]));
  });

  it('changing the link after looking takes the approval back', async () => {
    const bridge = draw(<Sources />, { ...none, 'sources/look-at-link': { host: 'a.example' } } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Add a list' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Link'), 'https://a.example/x');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Go on' }));
    await within(dialog).findByText('a.example');
    await userEvent.type(within(dialog).getByLabelText('Link'), '2');
    expect(within(dialog).queryByText('a.example')).toBeNull();
    expect(called(bridge, 'sources/add-sheet')).toEqual([]);
  });

  it('a link for people says what to do instead', async () => {
    draw(<Sources />, { ...none, 'sources/look-at-link': () => new Refusal('sheet.edit-link') } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Add a list' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Link'), 'https://docs.google.com/spreadsheets/d/1/edit');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Go on' }));
    expect(await within(dialog).findByText(/Publish to web/)).toBeTruthy();
  });

  it('something new is looked at before it counts; a new address needs a word', async () => {
    const bridge = draw(<Sources />, {
      ...none,
      'sources/sheets': [
        { ...sheet, state: 'new', importId: 12, path: '/x/Book club.csv' },
        { ...sheet, id: 4, name: 'Other', state: 'other-host', askHost: 'files.example.org' },
      ],
      'sources/allow-host': { done: true },
      'sources/refresh-sheet': { taskId: 't' },
    } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Look at it' }));
    expect(currentPlace()).toEqual({ screen: 'import', id: 12 });
    expect(screen.getByText('files.example.org')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Allow this address' }));
    await waitFor(() => expect(called(bridge, 'sources/refresh-sheet')).toEqual([{ id: 4 }]));
    expect(called(bridge, 'sources/allow-host')).toEqual([{ id: 4, host: 'files.example.org' }]);
  });
});

describe('remembered mappings', () => {
  const stored = {
    fingerprint: 'f1',
    name: 'Old till',
    mapping: { kind: 'sales', till: 'Old till', columns: { date: [0], total: [2] } },
    columnNames: ['when', 'bon', 'sum'],
    savedAt: 0,
    usedAt: 0,
    lastFile: 'x.csv',
    imports: 2,
  };
  it('are changed for the next file; past imports stay, and doing one again is offered', async () => {
    const bridge = draw(<Mappings />, { ...none, 'sources/mappings': [stored], 'sources/mapping-save': { done: true } } as never);
    expect(await screen.findByText('when, bon, sum')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Change: Old till' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getByText(/Past imports stay as they are/)).toBeTruthy();
    await userEvent.selectOptions(within(dialog).getByLabelText(/bon$/), 'saleId');
    await userEvent.clear(within(dialog).getByLabelText('What you call it'));
    await userEvent.type(within(dialog).getByLabelText('What you call it'), 'Corner till');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save for the next file' }));
    await waitFor(() =>
      expect(called(bridge, 'sources/mapping-save')).toMatchObject([
        { fingerprint: 'f1', name: 'Corner till', mapping: { columns: { date: [0], saleId: [1], total: [2] } } },
      ]),
    );
    expect(useToasts.getState().toasts[0]?.action?.label).toBe('Import a file again');
  });

  it('are forgotten after a question', async () => {
    const bridge = draw(<Mappings />, { ...none, 'sources/mappings': [stored], 'sources/mapping-forget': { done: true } } as never);
    await userEvent.click(await screen.findByRole('button', { name: 'Forget: Old till' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Forget' }));
    await waitFor(() => expect(called(bridge, 'sources/mapping-forget')).toEqual([{ fingerprint: 'f1' }]));
  });

  it('say what they are for when there is none', async () => {
    draw(<Mappings />, none as never);
    expect(await screen.findByText(/what you say about its columns is remembered here/)).toBeTruthy();
  });
});

describe('notices', () => {
  const imported: Notice = {
    kind: 'imported',
    file: 'sales-july.csv',
    importId: 5 as never,
    newSales: 412,
    newPeople: 0,
    changed: 0,
    rejected: 3,
  };
  function Listener({ owner }: { owner: boolean }) {
    useNotices(owner);
    return null;
  }
  const away = (yes: boolean) => vi.spyOn(document, 'hasFocus').mockReturnValue(!yes);

  it('are said on screen, and through the system while the window is not in front', async () => {
    away(true);
    const bridge = draw(<Listener owner />, { 'shell/notify': { done: true } });
    go({ screen: 'this-week' });
    act(() => bridge.emit('notice', imported));
    await waitFor(() => expect(useToasts.getState().toasts).toHaveLength(1));
    const words = { title: 'A till file was imported', body: 'sales-july.csv: 412 new sales, 3 rows not taken' };
    expect(useToasts.getState().toasts[0]).toMatchObject(words);
    expect(called(bridge, 'shell/notify')).toEqual([words]);
    useToasts.getState().toasts[0]?.action?.onClick();
    expect(currentPlace()).toEqual({ screen: 'import', id: 5 });
  });

  it('that come together are one, and what is on screen anyway is not said again', async () => {
    away(true);
    const bridge = draw(<Listener owner />, { 'shell/notify': { done: true } });
    act(() => {
      for (const name of ['a.csv', 'b.csv', 'c.csv'])
        bridge.emit('notice', { kind: 'waits', file: name, why: 'first-time' } satisfies Notice);
    });
    const words = { title: '3 files wait for you', body: 'a.csv, b.csv, c.csv' };
    await waitFor(() => expect(called(bridge, 'shell/notify')).toEqual([words]));
    expect(useToasts.getState().toasts).toEqual([]); // the import screen lists them
  });

  it('lie over nothing at the locked counter, and are not said twice', async () => {
    away(false);
    const bridge = draw(<Listener owner={false} />, {});
    act(() => bridge.emit('notice', imported));
    await act(() => new Promise((r) => setTimeout(r, 1400)));
    expect([useToasts.getState().toasts, bridge.calls]).toEqual([[], []]);
  });
});
