import type { Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import { sessionAs } from '@renderer/gallery/sample';
import { startAt } from '@renderer/nav';
import { TextsScreen } from '@renderer/screens/texts/TextsScreen';
import { fateWords, type History, historyLines, type Text } from '@renderer/screens/texts/text-words';
import { outbox } from '@renderer/strings/outbox';
import { texts } from '@renderer/strings/texts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const at = (minutes: number) => (NOW + minutes * 60_000) as UtcMs;
const off = { code: 30003, title: 'Phone off or out of reach', whatToDo: 'Worth another try.' };

const text = (over: Partial<Text> = {}): Text => ({
  outboxId: 7 as OutboxId,
  cause: { kind: 'campaign', campaignId: 3 as never, name: 'Boots are in' },
  person: { customerId: 12 as never, name: 'Ana Morris', phone: '+16465550001' as PhoneE164 },
  body: 'Corner Shoes: boots are in',
  state: 'delivered',
  reason: null,
  error: null,
  queuedAt: NOW,
  leftAt: at(1),
  price: 11_300 as Micros,
  priceCurrency: 'USD',
  segments: 1,
  ...over,
});
const history = (over: Partial<History> = {}): History => ({
  outboxId: 7 as OutboxId,
  cause: { kind: 'campaign', campaignId: 3 as never, name: 'Boots are in' },
  person: { customerId: 12 as never, name: 'Ana Morris', phone: '+16465550001' as PhoneE164 },
  state: 'delivered',
  reason: null,
  body: 'Corner Shoes: boots are in',
  segments: 1,
  carrierSegments: 1,
  cost: { amount: 11_300 as Micros, is: 'awaited', currency: 'USD' },
  logOver: false,
  sid: 'SM1',
  sender: '+12125550140',
  error: null,
  queuedAt: NOW,
  leftAt: at(1),
  finalAt: at(9),
  retryAt: null,
  attempts: [{ startedAt: at(1), finishedAt: at(2), outcome: 'uncertain', httpStatus: null, error: null }],
  steps: [
    { at: at(2), state: 'uncertain', reason: null, error: null },
    { at: at(7), state: 'queued', reason: null, error: null },
    { at: at(9), state: 'delivered', reason: null, error: null },
  ],
  ...over,
});
const lines = (h: History) => historyLines(texts.en, outbox.en, h).map((l) => [l.title, l.detail].filter(Boolean).join(' | '));

describe('what became of a text', () => {
  it('tells a broken line, the find in the carrier’s list and the arrival, in order', () => {
    expect(lines(history())).toEqual([
      'Made ready',
      'Sent to the carrier | The line broke before we heard an answer. It is looked for in the carrier’s list, not sent again.',
      'Found in the carrier’s list: In the carrier’s queue',
      'Arrived',
    ]);
  });

  it('tells two tries, and why the first was refused', () => {
    const refused = { code: 20003, title: 'Twilio does not accept the key', whatToDo: 'Enter it again.' };
    const told = lines(
      history({
        attempts: [
          { startedAt: at(1), finishedAt: at(1), outcome: 'rejected', httpStatus: 401, error: refused },
          { startedAt: at(30), finishedAt: at(30), outcome: 'accepted', httpStatus: 201, error: null },
        ],
        steps: [
          { at: at(1), state: 'rejected', reason: null, error: refused },
          { at: at(29), state: 'waiting', reason: 'resend', error: null },
          { at: at(30), state: 'queued', reason: null, error: null },
          { at: at(33), state: 'undelivered', reason: null, error: off },
        ],
        state: 'undelivered',
        error: off,
      }),
    );
    expect(told).toEqual([
      'Made ready',
      'Sent to the carrier | The carrier refused it. Twilio does not accept the key. Enter it again.',
      'Back in the queue | You asked to send it again.',
      'Sent to the carrier, try 2 | The carrier took it.',
      'In the carrier’s queue',
      'Did not arrive | Phone off or out of reach. Worth another try.',
    ]);
  });

  it('of a text from before steps were kept, when it left and how it ended', () => {
    expect(lines(history({ attempts: [], steps: [] }))).toEqual(['Made ready', 'Sent to the carrier', 'Arrived']);
  });

  it('says for each text that did not simply arrive what holds it', () => {
    const fate = (t: Partial<Text>) => fateWords(texts.en, outbox.en, text(t));
    expect(fate({ state: 'undelivered', error: off })).toBe('Did not arrive: Phone off or out of reach');
    expect(fate({ state: 'waiting', reason: 'quiet-hours' })).toBe('Waits: Too early or too late where they are');
    expect(fate({ state: 'skipped', reason: 'opted-out' })).toBe('Left out: Asked to stop');
    expect(fate({ state: 'uncertain', reason: 'not-confirmed' })).toBe('Looked for during an hour and not found. You decide.');
    expect(fate({ state: 'uncertain', reason: 'given-up' })).toBe('You left it: it counts as sent.');
  });
});

it('opens the story of a text from the list, by keyboard', async () => {
  startAt({ screen: 'texts' });
  const user = userEvent.setup();
  draw(<TextsScreen />, {
    'session/state': () => sessionAs('owner'),
    'outbox/texts': () => ({ rows: [text()], total: 1 }),
    'outbox/history': () => history({ cost: { amount: 11_300 as Micros, is: 'estimate', currency: 'USD' }, logOver: true }),
  });
  await screen.findByText('Ana Morris');
  screen.getByRole('grid').focus();
  await user.keyboard('{Enter}');
  const dialog = await screen.findByRole('dialog');
  await within(dialog).findByText('Found in the carrier’s list: In the carrier’s queue');
  expect(within(dialog).getByText(/the carrier never said/)).toBeTruthy();
  expect(within(dialog).getByText(/keeps its own log for 13 months/)).toBeTruthy();
  expect(within(dialog).getByText('SM1')).toBeTruthy();
  expect(within(dialog).getByRole('button', { name: 'Open this person' })).toBeTruthy();
});

it('says plainly that nothing waits for a decision', async () => {
  startAt({ screen: 'texts', view: 'unknown' });
  draw(<TextsScreen />, {
    'session/state': () => sessionAs('owner'),
    'outbox/texts': () => ({ rows: [], total: 0 }),
    'outbox/uncertain': () => ({ rows: [], total: 0 }),
  });
  await screen.findByText('Nothing to decide');
});
