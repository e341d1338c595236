import type { Out } from '@renderer/api';
import { Refusal } from '@renderer/gallery/fake';
import { go } from '@renderer/nav';
import { RepliesScreen } from '@renderer/screens/inbox/RepliesScreen';
import { setFilter, setSearch } from '@renderer/screens/inbox/useReplies';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import { draw } from '../support/render';

const ANA = '+12125550123';
const AT = Date.UTC(2026, 10, 17, 16) as never;
const line = (over: Partial<Out<'inbox/list'>['threads'][number]> = {}): Out<'inbox/list'>['threads'][number] => ({
  phone: ANA,
  customerId: 7 as never,
  name: 'Ana Ruiz',
  lastAt: AT,
  lastBody: 'enough already',
  lastFromUs: false,
  lastMeaning: 'hold',
  unread: 1,
  parked: 1,
  others: 0,
  waitingSince: AT,
  ...over,
});
const parked: Out<'inbox/list'>['parked'][number] = {
  sid: 'SM1',
  phone: ANA,
  customerId: 7 as never,
  name: 'Ana Ruiz',
  body: 'enough already',
  rule: 'weak:enough',
  campaignId: null,
  receivedAt: AT,
  holdUntil: AT,
};
const inbox = (over: Partial<Out<'inbox/list'>> = {}): Out<'inbox/list'> => ({
  threads: [line()],
  total: 1,
  parked: [parked],
  counts: { needsYou: 1, parked: 1, unread: 1 },
  checkedAt: AT,
  lastError: null,
  ...over,
});
const thread = (over: Partial<Out<'inbox/thread'>> = {}): Out<'inbox/thread'> => ({
  phone: ANA,
  customerId: 7 as never,
  name: 'Ana Ruiz',
  unread: 1,
  waiting: true,
  price: { perSegment: 11_300 as never, currency: 'USD' },
  people: [{ id: 7 as never, name: 'Ana Ruiz', firstName: 'Ana', language: 'en' }],
  more: false,
  permission: [],
  tasks: [],
  language: 'en',
  fields: { 'first name': 'Ana', shop: 'Corner Shoes', hours: 'Mon-Sat 9am-6pm' },
  state: 'in',
  carrierStop: false,
  mayReply: true,
  parked: [],
  messages: [
    {
      id: 'o1',
      fromUs: true,
      body: 'Boots are in',
      at: AT,
      meaning: null,
      rule: '',
      automatic: false,
      answered: null,
      taskId: null,
      campaignName: 'Boots',
      cause: 'campaign',
      state: 'delivered',
      reason: null,
    },
    {
      id: 'SM1',
      fromUs: false,
      body: 'enough already',
      at: AT,
      meaning: 'hold',
      rule: 'weak:enough',
      automatic: false,
      answered: null,
      taskId: null,
      campaignName: 'Boots',
      cause: null,
      state: null,
      reason: null,
    },
  ],
  ...over,
});

const NOW: Out<'consent/when'> = { kind: 'now', at: AT, closesAt: null, why: [], zones: ['America/New_York'] };
const CALM: Out<'inbox/response'> = { days: 30, answered: 0, open: 0, medianMinutes: null, withinADay: { x: 0, n: 0 }, longest: [] };

const drawReplies = (answers: Parameters<typeof draw>[1]) => draw(<RepliesScreen />, { 'inbox/response': CALM, ...answers });

beforeEach(() => {
  setFilter('all');
  setSearch('');
  go({ screen: 'replies' });
});

it('says what the screen is for when nobody has replied', async () => {
  drawReplies({ 'inbox/list': inbox({ threads: [], total: 0, parked: [], counts: { needsYou: 0, parked: 0, unread: 0 } }) });
  expect(await screen.findByText('No replies yet')).toBeTruthy();
});

it('stops with one press, and asks for words before it lets somebody be texted again', async () => {
  const bridge = drawReplies({ 'inbox/list': inbox(), 'inbox/decide-hold': { done: true } });
  fireEvent.click(await screen.findByRole('button', { name: 'Not a stop request' }));
  const dialog = await screen.findByRole('dialog');
  const confirm = within(dialog).getByRole('button', { name: 'Text them as before' });
  expect(confirm).toHaveProperty('disabled', true);
  fireEvent.change(within(dialog).getByRole('textbox'), { target: { value: 'meant the rain' } });
  fireEvent.click(confirm);
  await waitFor(() =>
    expect(bridge.calls.filter((c) => c.channel === 'inbox/decide-hold')).toEqual([
      { channel: 'inbox/decide-hold', input: { sid: 'SM1', decision: 'not-a-stop', reason: 'meant the rain' } },
    ]),
  );
  const first = bridge.calls.length;
  fireEvent.click(screen.getByRole('button', { name: 'Stop texting them', hidden: true }));
  await waitFor(() => expect(bridge.calls.slice(first)[0]?.input).toMatchObject({ decision: 'stop' }));
});

it('opens a conversation, marks it read, and sends an answer', async () => {
  const bridge = drawReplies({
    'inbox/list': inbox({ parked: [] }),
    'inbox/thread': thread(),
    'inbox/mark-read': { done: true },
    'inbox/reply': { id: 1 as never, segments: 1, leavesAt: AT },
    'consent/when': NOW,
    'inbox/templates': [],
  });
  fireEvent.mouseDown(await screen.findByRole('option', { name: /Ana Ruiz/ }));
  const log = await screen.findByRole('log');
  expect(within(log).getByText('Boots are in')).toBeTruthy();
  await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'inbox/mark-read')).toBe(true));
  fireEvent.change(screen.getByLabelText('Your answer'), { target: { value: 'Yes, size 8 is here' } });
  expect(screen.getByText(/letters left in one text/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Send answer' }));
  await waitFor(() =>
    expect(bridge.calls.filter((c) => c.channel === 'inbox/reply').at(-1)).toEqual({
      channel: 'inbox/reply',
      input: { phone: ANA, body: 'Yes, size 8 is here', hours: 'wait' },
    }),
  );
});

it('offers no box to people who said stop, and says who can lift it', async () => {
  go({ screen: 'replies', phone: ANA });
  drawReplies({
    'inbox/list': inbox({ parked: [] }),
    'inbox/thread': thread({ state: 'out', carrierStop: true, mayReply: false }),
    'consent/of': { phone: ANA as never, marketing: 'out', carrierStop: true, states: [], startNumber: '+12125550140' as never },
  });
  expect(await screen.findByText(/texting START to \(212\) 555-0140/)).toBeTruthy();
  expect(screen.queryByLabelText('Your answer')).toBeNull();
});

it('says that nothing leaves while replies cannot be read', async () => {
  drawReplies({ 'inbox/list': inbox({ lastError: 'sms.unreachable' }), 'inbox/sync': () => new Refusal('sms.unreachable') });
  expect(await screen.findByText('Replies could not be read')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Read new replies' }));
  expect(await screen.findByRole('alert')).toBeTruthy();
});

const three = ['Ana Ruiz', 'Bo Diaz', 'Cleo Park'].map((name, i) =>
  line({ name, phone: `+1212555012${i}`, parked: 0, lastMeaning: 'message' }),
);

it('walks the conversations with the arrow keys, answers with Enter and closes with E', async () => {
  const bridge = drawReplies({
    'inbox/list': inbox({ threads: three, total: 3, parked: [] }),
    'inbox/thread': (({ phone }: { phone: string }) => thread({ phone, name: three.find((t) => t.phone === phone)?.name ?? '' })) as never,
    'inbox/mark-read': { done: true },
    'inbox/close': { done: true },
    'consent/when': NOW,
    'inbox/templates': [],
  });
  const list = await screen.findByRole('listbox');
  list.focus();
  for (const name of ['Ana Ruiz', 'Bo Diaz', 'Cleo Park']) {
    fireEvent.keyDown(list, { key: 'ArrowDown' });
    expect(await screen.findByRole('heading', { name })).toBeTruthy();
    expect(screen.getByRole('option', { name: new RegExp(name) }).getAttribute('aria-selected')).toBe('true');
  }
  fireEvent.keyDown(list, { key: 'ArrowUp' });
  expect(await screen.findByRole('heading', { name: 'Bo Diaz' })).toBeTruthy();
  fireEvent.keyDown(list, { key: 'Enter' });
  expect(document.activeElement).toBe(screen.getByLabelText('Your answer'));
  fireEvent.keyDown(screen.getByLabelText('Your answer'), { key: 'Escape' });
  expect(document.activeElement).toBe(list);
  fireEvent.keyDown(list, { key: 'e' });
  expect(await screen.findByRole('heading', { name: 'Cleo Park' })).toBeTruthy();
  expect(bridge.calls.filter((c) => c.channel === 'inbox/close')).toEqual([{ channel: 'inbox/close', input: { phone: '+12125550121' } }]);
});
