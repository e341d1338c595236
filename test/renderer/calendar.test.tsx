import { addDays } from '@domain/calendar';
import type { Micros, ShopDay } from '@domain/kernel';
import type { Out } from '@renderer/api';
import { CalendarScreen } from '@renderer/screens/calendar/CalendarScreen';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

type Ahead = Out<'ahead/days'>;
type Item = Ahead['days'][number]['items'][number];
const FIRST = '2026-11-22' as ShopDay;

const item = (o: Partial<Item> = {}): Item => ({
  kind: 'campaign',
  id: 7,
  name: 'Boots week',
  at: Date.parse('2099-11-25T16:00:00Z') as never,
  fixed: null,
  atMost: false,
  people: 40,
  leftOut: 2,
  later: 0,
  from: Date.parse('2099-11-25T16:00:00Z') as never,
  texts: 38,
  mails: 0,
  price: 400_000 as Micros,
  ...o,
});
const ahead = (on: Record<number, Item[]>, more: Partial<Ahead> = {}): Ahead => ({
  days: Array.from({ length: 30 }, (_, i) => {
    const items = on[i] ?? [];
    return {
      day: addDays(FIRST, i),
      holidays: i === 4 ? (['thanksgiving'] as const).slice() : [],
      law: 'open' as const,
      page: false,
      items,
      people: items.reduce((n, x) => n + x.texts + x.mails, 0),
      texts: items.reduce((n, x) => n + x.texts, 0),
      mails: 0,
      price: items.reduce((n, x) => n + x.price, 0) as Micros,
    };
  }),
  clashes: [],
  crowded: 0,
  load: [],
  spacingDays: 5,
  promise: 4,
  waiting: [],
  currency: 'USD',
  total: { people: 38, texts: 38, mails: 0, price: 400_000 as Micros },
  ...more,
});

const chip = async () => await screen.findByRole('button', { name: /^Boots week/ });

it('says what a month comes to, who is left out, and why', async () => {
  const source = { kind: 'campaign' as const, id: 7, name: 'Boots week', day: addDays(FIRST, 3) };
  const because = { kind: 'automation' as const, id: 2, name: 'Birthday', day: addDays(FIRST, 4) };
  draw(<CalendarScreen />, {
    'ahead/days': ahead(
      { 3: [item()] },
      {
        crowded: 2,
        clashes: [{ source, because, later: false, until: source.day, severalDays: false, reason: 'texted-recently', people: 2 }],
      },
    ),
  });
  expect(await screen.findByText('38 people will hear from you, about $0.40')).toBeTruthy();
  expect(screen.getByText('2 people would get two texts within 5 days, or more than promised')).toBeTruthy();
  expect(screen.getByText(/^2 people are left out of “Boots week” on /)).toBeTruthy();
  expect(screen.getByText(/^“Birthday” comes on /)).toBeTruthy();
  expect(screen.getByText('Thanksgiving')).toBeTruthy();
});

it('is calm and says what to do while nothing is planned', async () => {
  draw(<CalendarScreen />, { 'ahead/days': ahead({}, { total: { people: 0, texts: 0, mails: 0, price: 0 as Micros } }) });
  expect(await screen.findByText('Nothing will be sent in the next 30 days')).toBeTruthy();
  expect(screen.getByText('Nobody hears from you too often')).toBeTruthy();
});

it('arrow keys take a campaign to another day, Escape leaves it, Enter asks for the hour', async () => {
  draw(<CalendarScreen />, { 'ahead/days': ahead({ 3: [item()] }), 'campaigns/get': { latePolicy: 'ask' } as never });
  const held = await chip();
  held.focus();
  fireEvent.keyDown(held, { key: 'ArrowDown' });
  fireEvent.keyDown(held, { key: 'ArrowRight' });
  await waitFor(() => expect(screen.getByText(/^“Boots week” to .*Enter moves it/)).toBeTruthy());
  fireEvent.keyDown(held, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByText(/Enter moves it/)).toBeNull());
  fireEvent.keyDown(held, { key: 'ArrowRight' });
  fireEvent.keyDown(held, { key: 'Enter' });
  const dialog = await screen.findByRole('dialog');
  expect(within(dialog).getByText('Move “Boots week”')).toBeTruthy();
  expect((within(dialog).getByLabelText(/Day/) as HTMLInputElement).value).toBe(addDays(FIRST, 4));
});

it('dropping it on a day asks the same; what cannot be moved says why', async () => {
  draw(<CalendarScreen />, {
    'ahead/days': ahead({ 3: [item(), item({ kind: 'automation', id: 2, name: 'Birthday', fixed: 'own-day', at: null })] }),
    'campaigns/get': { latePolicy: 'ask' } as never,
  });
  const held = await chip();
  const birthday = screen.getByRole('button', { name: /^Birthday/ });
  fireEvent.dragStart(birthday, { dataTransfer: { setData: () => undefined, effectAllowed: '' } });
  expect(screen.getByRole('status').textContent).toContain('“Birthday” stays on its day. It goes by each person’s own day.');
  fireEvent.blur(birthday);
  expect(screen.getByRole('status').textContent).toBe('');
  fireEvent.keyDown(birthday, { key: 'ArrowRight' });
  expect(screen.getByRole('status').textContent).toContain('stays on its day');
  const days = within(screen.getByRole('list', { name: 'The next 30 days' })).getAllByRole('listitem');
  const target = days.find((d) => d.getAttribute('data-law') !== null && d.textContent?.startsWith('30')) as HTMLElement;
  const dataTransfer = { setData: () => undefined, effectAllowed: '' };
  fireEvent.dragStart(held, { dataTransfer });
  fireEvent.dragOver(target, { dataTransfer });
  fireEvent.drop(target, { dataTransfer });
  const dialog = await screen.findByRole('dialog');
  expect((within(dialog).getByLabelText(/Day/) as HTMLInputElement).value).toBe('2026-11-30');
});
