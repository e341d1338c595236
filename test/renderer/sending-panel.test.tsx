import type { ChannelOutput } from '@contract/index';
import type { CampaignId, Micros, OutboxId, PhoneE164, UtcMs } from '@domain/kernel';
import { sessionAs } from '@renderer/gallery/sample';
import { SendingPanel } from '@renderer/screens/campaigns/SendingPanel';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { draw } from '../support/render';

const NOW = Date.UTC(2026, 10, 17, 16) as UtcMs;
const status = (over: Partial<ChannelOutput<'outbox/status'>> = {}): ChannelOutput<'outbox/status'> => ({
  counts: { delivered: 180, sent: 10, waiting: 120, undelivered: 4, skipped: 2 },
  total: 316,
  done: 196,
  blocked: null,
  waiting: [{ reason: '', until: null, count: 120 }],
  skipped: [{ reason: 'texted-recently', count: 2 }],
  errors: [{ code: 30006, title: 'Landline, or a carrier without texts', whatToDo: 'Ask for another number.', count: 4 }],
  phase: 'full',
  phaseUntil: null,
  segmentsPerMinute: 48,
  lasts: 150_000,
  finish: null,
  state: 'sending',
  pauseReason: null,
  uncertain: { looking: 0, needsDecision: 0 },
  refused: 0,
  spentThisMonth: 3_570_000 as Micros,
  monthlyLimit: 50_000_000 as Micros,
  currency: 'USD',
  ...over,
});
const row = (n: number) => ({
  outboxId: n as OutboxId,
  person: { customerId: null, name: `Ana ${n}`, phone: `+1646555000${n}` as PhoneE164 },
  body: 'Boots are in',
  kind: 'not-confirmed' as const,
  triedAt: NOW,
  lookAgainAt: null,
  errorCode: null,
  attempts: 1,
});
const base = { 'session/state': () => sessionAs('owner') };
const campaign = <SendingPanel campaignId={1 as CampaignId} />;

it('says how far it is, how long it takes, what is spent and why some did not arrive', async () => {
  draw(campaign, { ...base, 'outbox/status': () => status() });
  await screen.findByText('196 of 316 done');
  expect(screen.getByText(/about .*min to go · 48 texts a minute/)).toBeTruthy();
  expect(screen.getByText('$3.57 of your $50.00 limit used this month')).toBeTruthy();
  expect(screen.getByText('Was texted only days ago')).toBeTruthy();
  expect(screen.getByText(/Landline/)).toBeTruthy();
  expect(screen.queryByText('Sending is paused')).toBeNull();
});

it('says why nothing leaves, and why it is paused', async () => {
  const blocked = { reason: 'replies-unread', until: NOW, code: null };
  draw(campaign, { ...base, 'outbox/status': () => status({ blocked }) });
  await screen.findByText(/somebody may have written STOP/);
  draw(campaign, { ...base, 'outbox/status': () => status({ state: 'paused', pauseReason: 'brake:same-error:30006:5/20' }) });
  await screen.findByText(/5 of 20 failed for the same reason: Landline/);
});

it('asks before sending an uncertain text again; leaving it needs no question', async () => {
  let uncertain = [row(1), row(2)];
  const bridge = draw(campaign, {
    ...base,
    'outbox/status': () => status({ uncertain: { looking: 0, needsDecision: uncertain.length } }),
    'outbox/uncertain': () => ({ rows: uncertain, total: uncertain.length }),
    'outbox/resend': () => ({ queued: 1, found: 0 }),
    'outbox/give-up': () => {
      uncertain = [];
      return { closed: 2 };
    },
  });
  await screen.findByText('2 people: we do not know if the text left');
  const asked = (channel: string) => bridge.calls.filter((c) => c.channel === channel).map((c) => c.input);
  fireEvent.click(screen.getAllByRole('button', { name: 'Send again' })[0] as HTMLElement);
  await screen.findByText(/they get it twice/);
  expect(asked('outbox/resend')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Text 1 person again' }));
  await waitFor(() => expect(asked('outbox/resend')).toEqual([{ outboxIds: [1] }]));
  fireEvent.click(screen.getAllByRole('button', { name: 'Leave it' }).at(-1) as HTMLElement);
  await waitFor(() => expect(asked('outbox/give-up')).toEqual([{ outboxIds: [1, 2] }]));
});
