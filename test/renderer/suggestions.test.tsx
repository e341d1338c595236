import type { CampaignId } from '@domain/kernel';
import type { Out } from '@renderer/api';
import { currentPlace, startAt } from '@renderer/nav';
import { AnywayNote } from '@renderer/screens/campaigns/AnywayNote';
import { useSay } from '@renderer/screens/reports/format';
import { QuarterlyPanel } from '@renderer/screens/reports/QuarterlyPanel';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const id = 5 as CampaignId;
const review = { people: 212, price: 4_240_000 as never, currency: 'USD' };
const anyway: Out<'suggestions/anyway'> = {
  people: 212,
  usual: 150,
  anyway: 140,
  atLeast: 131,
  rest: 62,
  from: 'rhythm',
  seen: { x: 180, n: 200 },
};

describe('before a text is sent', () => {
  it('says who comes anyway, what the others cost, and narrows the text to them', async () => {
    const narrowed: number[] = [];
    draw(<AnywayNote id={id} review={review} busy={false} onNarrow={(s) => narrowed.push(s)} />, {
      'suggestions/anyway': anyway,
      'suggestions/late-only': { segmentId: 9 },
    } as never);
    expect(
      await screen.findByText(
        'Of 212, 150 are in their usual rhythm, and about 140 of those come anyway. Text the other 62, who are late.',
      ),
    ).toBeTruthy();
    expect(screen.getByText('That is $1.24, and no discount for people who were coming.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Text only the 62 who are late' }));
    await waitFor(() => expect(narrowed).toEqual([9]));
  });

  it('says nothing where the shop’s own sales do not carry it', async () => {
    let asked = 0;
    const answer = () => {
      asked++;
      return null;
    };
    draw(<AnywayNote id={id} review={review} busy={false} onNarrow={() => undefined} />, { 'suggestions/anyway': answer } as never);
    await waitFor(() => expect(asked).toBe(1));
    expect(screen.queryByRole('button')).toBeNull();
  });
});

describe('keep, change or switch off', () => {
  const line = (o: Partial<Out<'suggestions/quarterly'>['lines'][number]>): Out<'suggestions/quarterly'>['lines'][number] => ({
    kind: 'text',
    name: '{shop}: Hi',
    readyKey: null,
    offerId: null,
    verdict: 'keep',
    reason: 'brings',
    pooled: { estimate: 0.08, low: 0.034, high: 0.133 },
    campaigns: 2,
    delivered: 1037,
    stops: 11,
    redeemed: 95,
    withCode: false,
    lastId: 4 as never,
    lastName: 'Boots',
    ...o,
  });
  const Panel = () => <QuarterlyPanel say={useSay()} />;

  it('says each with its reason and what it rests on, and leads there', async () => {
    startAt({ screen: 'results' });
    const bridge = draw(<Panel />, {
      'shell/save-text': { path: '/tmp/keep-or-change.csv' },
      'suggestions/quarterly': {
        since: '2025-11-17' as never,
        counting: 0,
        lines: [
          line({ kind: 'offer', name: '20% off', offerId: 3 as never, verdict: 'off', reason: 'leaving', withCode: true }),
          line({ readyKey: 'miss-you' }),
        ],
      },
    });
    expect(await screen.findByText('Switch off')).toBeTruthy();
    expect(screen.getByText('Too many people stop your texts after it: surely more than 4 of every 100.')).toBeTruthy();
    expect(screen.getByText('Ready-made: it has been a while')).toBeTruthy();
    expect(
      screen.getByText(
        '2 measured campaigns, the last “Boots”: 1,037 texts arrived. Between 3.4 and 13.3 more of every 100 texted came. 95 used the code. 11 stopped.',
      ),
    ).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: /^Save as CSV/ }));
    await waitFor(() =>
      expect(JSON.stringify(bridge.calls.find((c) => c.channel === 'shell/save-text')?.input)).toContain(
        'Offer,20% off,Switch off,Too many people stop your texts after it: surely more than 4 of every 100.',
      ),
    );
    await userEvent.click(screen.getByRole('button', { name: 'See the offer: 20% off' }));
    expect(currentPlace()).toEqual({ screen: 'offers', id: 3 });
  });
});
