import { Frame } from '@renderer/frame/Frame';
import { setPalette } from '@renderer/frame/frame-state';
import { customerRow, sampleAnswers, sessionAs, tasksSample } from '@renderer/gallery/sample';
import { currentPlace, go, startAt } from '@renderer/nav';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { draw } from '../support/render';

vi.stubGlobal('requestIdleCallback', (fn: () => void) => setTimeout(fn, 0));
Element.prototype.scrollIntoView = () => undefined;
afterEach(() => {
  setPalette(false);
  startAt({ screen: 'counter' });
});

it('shows staff the counter only, and asks for a PIN before anything else', async () => {
  const bridge = draw(<Frame />, sampleAnswers('staff'));
  await screen.findByRole('button', { name: 'Counter' });
  expect(screen.queryByRole('button', { name: 'Customers' })).toBeNull();
  act(() => bridge.emit('menu', { go: 'results' }));
  await screen.findByText('Who is it?');
  fireEvent.click(screen.getByText('Dana'));
  for (const d of '1234') fireEvent.click(screen.getByLabelText(`Digit ${d}`));
  fireEvent.click(screen.getByText('Sign in', { selector: 'main *' }));
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'results' }));
});

it('opens the palette, finds a screen and a person', async () => {
  const bridge = draw(<Frame />, sampleAnswers());
  await screen.findByRole('button', { name: 'Offers' });
  const user = userEvent.setup();
  await user.keyboard('{Control>}k{/Control}');
  const box = await screen.findByPlaceholderText(/Go to a screen/, undefined, { timeout: 5000 });
  await user.type(box, 'offer');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'offers' }));
  await user.keyboard('{Control>}k{/Control}');
  const again = await screen.findByPlaceholderText(/Go to a screen/);
  await user.type(again, 'ana');
  fireEvent.click(await screen.findByText('Ana Ortiz'));
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'customers', id: 1 }));
  expect(bridge.calls.some((c) => c.channel === 'customers/list')).toBe(true);
});

it('somebody found on the way to a screen’s name neither stays nor takes the meaning of Enter away', async () => {
  const ofelia = { ...customerRow(0), firstName: 'Ofelia', lastName: 'Marsh' };
  const bridge = draw(<Frame />, {
    ...sampleAnswers(),
    'customers/list': ({ search }) => ({ total: 1, rows: search === 'of' ? [ofelia] : [] }),
  });
  await screen.findByRole('button', { name: 'Offers' });
  const user = userEvent.setup();
  await user.keyboard('{Control>}k{/Control}');
  const box = await screen.findByPlaceholderText(/Go to a screen/, undefined, { timeout: 5000 });
  await user.type(box, 'of');
  await screen.findByText('Ofelia Marsh');
  await user.type(box, 'fers');
  await waitFor(() => expect(bridge.calls.some((c) => (c.input as { search?: string }).search === 'offers')).toBe(true));
  await waitFor(() => expect(screen.queryByText('Ofelia Marsh')).toBeNull());
  await user.keyboard('{Enter}');
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'offers' }));
});

it('goes back one level with Escape', async () => {
  draw(<Frame />, sampleAnswers());
  await screen.findByRole('button', { name: 'Offers' });
  await waitFor(() => expect(currentPlace()).toEqual({ screen: 'this-week' }));
  act(() => go({ screen: 'settings', section: 'money' }));
  fireEvent.keyDown(window, { key: 'Escape' });
  expect(currentPlace()).toEqual({ screen: 'this-week' });
});

it('shows jobs with cancel and their result', async () => {
  const bridge = draw(<Frame />, { ...sampleAnswers(), 'tasks/list': tasksSample, 'tasks/cancel': { done: true } });
  fireEvent.click(await screen.findByLabelText(/Cancel: Importing/));
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'tasks/cancel')).toBe(true));
  fireEvent.click(screen.getByText('See the result'));
  expect(currentPlace()).toEqual({ screen: 'campaigns', id: 4 });
});

it('says so once when a part restarted', async () => {
  const bridge = draw(<Frame />, sampleAnswers());
  await screen.findByRole('button', { name: 'Offers' });
  act(() => bridge.emit('backend', { state: 'ready', errorCode: null }));
  expect(screen.queryByText(/restarted a part of itself/)).toBeNull();
  act(() => bridge.emit('backend', { state: 'starting', errorCode: null }));
  act(() => bridge.emit('backend', { state: 'ready', errorCode: null }));
  await screen.findByText(/restarted a part of itself/);
});

it('does not call another shop a repair', async () => {
  const bridge = draw(<Frame />, sampleAnswers());
  await screen.findByRole('button', { name: 'Offers' });
  act(() => bridge.emit('backend', { state: 'ready', errorCode: null }));
  await waitFor(() => expect(bridge.calls.filter((c) => c.channel === 'shell/status')).toHaveLength(2));
  bridge.answers['shell/status'] = {
    backend: 'ready',
    errorCode: null,
    errorParams: {},
    shop: 'practice',
    version: '0.1.0',
    vault: 'system',
  };
  bridge.answers['session/state'] = sessionAs('owner', { kind: 'practice' });
  act(() => bridge.emit('backend', { state: 'ready', errorCode: null }));
  await screen.findByText('Practice shop');
  expect(screen.queryByText(/restarted a part of itself/)).toBeNull();
});

it('frames the practice shop and offers the way out', async () => {
  const bridge = draw(<Frame />, {
    ...sampleAnswers(),
    'session/state': sessionAs('owner', { kind: 'practice' }),
    'shell/open-shop': { backend: 'starting', errorCode: null, errorParams: {}, shop: 'real', version: '0.1.0', vault: 'system' },
  });
  fireEvent.click(await screen.findByText('Open the real shop'));
  await waitFor(() => expect(bridge.calls.at(-1)).toEqual({ channel: 'shell/open-shop', input: { kind: 'real' } }));
});

it('explains a shop that cannot be opened and a missing passphrase', async () => {
  draw(<Frame />, {
    'shell/status': {
      backend: 'failed',
      errorCode: 'shop.locked-by-other',
      errorParams: {},
      shop: 'real',
      version: '0.1.0',
      vault: 'system',
    },
  });
  await screen.findByText('This shop is open on another computer');
});
