import { useCommand } from '@renderer/api/useCommand';
import { forgetAnswers, useQuery } from '@renderer/api/useQuery';
import { Refusal } from '@renderer/gallery/fake';
import { sessionAs } from '@renderer/gallery/sample';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

function Probe({ channel = 'session/state' as const }) {
  const q = useQuery(channel, {});
  return <p>{q.loading ? 'loading' : (q.error?.code ?? q.data?.shop.name)}</p>;
}

it('asks again when the backend announces a change of its topics, once per burst', async () => {
  let name = 'First';
  const bridge = draw(<Probe />, { 'session/state': () => sessionAs('owner', { name }) });
  expect(screen.getByText('loading')).toBeTruthy();
  await screen.findByText('First');
  name = 'Second';
  act(() => bridge.emit('changed', ['tasks']));
  await new Promise((r) => setTimeout(r, 250));
  expect(bridge.calls).toHaveLength(1);
  act(() => {
    for (let i = 0; i < 5; i++) bridge.emit('changed', ['settings', 'shop']);
  });
  await screen.findByText('Second');
  expect(bridge.calls).toHaveLength(2);
});

it('after a slow answer it rests, however often changes are announced, and then tells the latest', async () => {
  let name = 'First';
  const slow = async () => {
    await new Promise((r) => setTimeout(r, 150));
    return sessionAs('owner', { name });
  };
  const bridge = draw(<Probe />, { 'session/state': slow as never });
  await screen.findByText('First');
  const answered = performance.now();
  while (performance.now() - answered < 700) {
    act(() => bridge.emit('changed', ['settings']));
    await new Promise((r) => setTimeout(r, 50));
  }
  expect(bridge.calls).toHaveLength(1);
  name = 'Latest';
  await screen.findByText('Latest', {}, { timeout: 3000 });
  expect(bridge.calls).toHaveLength(2);
});

it('asks again when the backend came back after a restart', async () => {
  let alive = false;
  const bridge = draw(<Probe />, {
    'session/state': () => (alive ? sessionAs('owner', { name: 'Back' }) : new Refusal('backend.restarted')),
  });
  await screen.findByText('backend.restarted');
  alive = true;
  act(() => bridge.emit('backend', { state: 'ready', errorCode: null }));
  await screen.findByText('Back');
});

it('ignores the answer to a question that is no longer asked', async () => {
  const waiting: Record<string, (n: number) => void> = {};
  function List() {
    const [search, setSearch] = useState('a');
    const q = useQuery('customers/list', { search });
    return (
      <>
        <button type="button" onClick={() => setSearch('b')}>
          next
        </button>
        <p>{q.data ? `total ${q.data.total}` : 'none'}</p>
      </>
    );
  }
  draw(<List />, {
    'customers/list': ({ search = '' }) => new Promise((resolve) => (waiting[search] = (total) => resolve({ total, rows: [] }))),
  });
  fireEvent.click(screen.getByText('next'));
  await waitFor(() => expect(waiting['b']).toBeTruthy());
  await act(async () => waiting['b']?.(2));
  await screen.findByText('total 2');
  await act(async () => waiting['a']?.(1));
  expect(screen.getByText('total 2')).toBeTruthy();
});

it('runs a command once however often the button is pressed, and keeps its refusal', async () => {
  function Lock() {
    const c = useCommand('session/unlock');
    return (
      <button type="button" onClick={() => void c.run({ staffId: 1 as never, pin: '1111' })}>
        {c.error?.code ?? 'go'}
      </button>
    );
  }
  const bridge = draw(<Lock />, { 'session/unlock': new Refusal('session.wrong-pin') as never });
  const button = screen.getByText('go');
  fireEvent.click(button);
  fireEvent.click(button);
  await screen.findByText('session.wrong-pin');
  expect(bridge.calls).toHaveLength(1);
});

it('an answer that was asked for before a lock is not shown to whoever comes after it', async () => {
  let arrive: () => void = () => {};
  let first = true;
  function Page() {
    const [open, setOpen] = useState(true);
    return (
      <>
        <button type="button" onClick={() => setOpen(!open)}>
          turn
        </button>
        {open && <Probe />}
      </>
    );
  }
  const answer = async () => {
    if (!first) return new Promise(() => {});
    first = false;
    await new Promise<void>((r) => {
      arrive = r;
    });
    return sessionAs('owner', { name: 'Of the owner' });
  };
  draw(<Page />, { 'session/state': answer as never });
  await waitFor(() => expect(first).toBe(false));
  fireEvent.click(screen.getByText('turn'));
  forgetAnswers();
  arrive();
  await act(async () => {
    await new Promise((r) => setTimeout(r, 20));
  });
  fireEvent.click(screen.getByText('turn'));
  expect(await screen.findByText('loading')).toBeTruthy();
  expect(screen.queryByText('Of the owner')).toBeNull();
});
