import type { Out } from '@renderer/api';
import { CounterTasks } from '@renderer/screens/counter/CounterTasks';
import { useLanguage } from '@renderer/strings';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { draw } from '../support/render';

type Task = Out<'counter-tasks/open'>['open'][number];
const task = (over: Partial<Task> = {}): Task => ({
  id: 1,
  kind: 'hold',
  words: 'blue runner, 8',
  said: 'HOLD blue runner, 8',
  campaignName: 'Boots',
  name: 'Ana G.',
  phoneEnd: '0147',
  dueAt: (Date.now() + 86_400_000) as never,
  state: 'open',
  outcome: null,
  createdAt: Date.now() as never,
  doneAt: null,
  ...over,
});

afterEach(() => useLanguage.getState().setLanguage('en'));

it('shows nothing while there is nothing to do', async () => {
  const bridge = draw(<CounterTasks />, { 'counter-tasks/open': { open: [], more: 0 } });
  await waitFor(() => expect(bridge.calls).toHaveLength(1));
  expect(document.querySelector('section')).toBeNull();
});

it('is worked off with the arrow keys, and the next task takes the focus', async () => {
  let open = [task(), task({ id: 2, name: 'Bo D.', kind: 'question', words: 'red in 9?', dueAt: (Date.now() - 1000) as never })];
  const bridge = draw(<CounterTasks />, {
    'counter-tasks/open': () => ({ open, more: 0 }),
    'counter-tasks/close': (input: { id: number }) => {
      open = open.filter((t) => t.id !== input.id);
      return { done: true };
    },
    'counter-tasks/reopen': { done: true },
  } as never);
  expect(await screen.findByText('2 things to do for customers')).toBeTruthy();
  expect(screen.getByText('Hold: blue runner, 8')).toBeTruthy();
  expect(screen.getByText(/^was due/)).toBeTruthy();
  const first = screen.getByRole('button', { name: 'Picked up: Ana G.' });
  first.focus();
  fireEvent.keyDown(first, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Sold: Ana G.' }));
  fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Not reached: Bo D.' }));
  fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowUp' });
  fireEvent.click(document.activeElement as Element);
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'counter-tasks/close')).toBe(true));
  expect(bridge.calls.find((c) => c.channel === 'counter-tasks/close')?.input).toEqual({ id: 1, outcome: 'sold', note: '' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Answered: Bo D.' })));
});

it('speaks Spanish, and shows no number but the last four', async () => {
  useLanguage.getState().setLanguage('es');
  draw(<CounterTasks />, { 'counter-tasks/open': { open: [task()], more: 3 } });
  expect(await screen.findByText('4 encargos de clientes')).toBeTruthy();
  expect(screen.getByText('Apartar: blue runner, 8')).toBeTruthy();
  expect(screen.getByText('el número termina en 0147')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Recogido: Ana G.' })).toBeTruthy();
});
