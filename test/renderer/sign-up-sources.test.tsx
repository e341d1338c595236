import type { Out } from '@renderer/api';
import { useSay } from '@renderer/screens/reports/format';
import { SignUpSources } from '@renderer/screens/reports/SignUpSources';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

type Report = Out<'reports/sign-ups'>;
const rate = (estimate: number) => ({ estimate, low: estimate - 1, high: estimate + 1 });
const report = (o: Partial<Report> = {}): Report => ({
  from: '2026-09-01' as never,
  to: '2026-11-17' as never,
  total: 19,
  imported: 30,
  sales: 600,
  covered: { through: '2026-11-16' as never, signUps: 18 },
  perHundred: rate(3),
  sources: [
    { source: 'import', count: 30, perHundred: null, place: null, label: '' },
    { source: 'word:JOIN', count: 12, perHundred: rate(2), place: 'card', label: '' },
    { source: 'word:TABLE', count: 4, perHundred: rate(0.6), place: 'custom', label: 'the table tent' },
    { source: 'display', count: 2, perHundred: rate(0.3), place: null, label: '' },
    { source: 'word:GONE', count: 1, perHundred: rate(0.2), place: null, label: '' },
  ],
  best: 'word:JOIN',
  staff: [
    { staffId: 2 as never, name: 'Clara', signedUp: 2, asked: 5, answered: 3 },
    { staffId: 3 as never, name: null, signedUp: 1, asked: 0, answered: 0 },
    { staffId: null, name: null, signedUp: 1, asked: 0, answered: 0 },
  ],
  weeks: [{ week: '2026-11-09' as never, signUps: 19, sales: 300 }],
  ...o,
});
function Shown() {
  return <SignUpSources say={useSay()} />;
}

describe('where people sign up', () => {
  it('says the finding first, and how sure it is', async () => {
    draw(<Shown />, { 'reports/sign-ups': report() });
    expect(await screen.findByRole('heading', { name: '3 sign-ups per 100 sales; best: the counter card (JOIN) (12)' })).toBeTruthy();
    expect(screen.getByText(/Very likely between 2 and 4 per 100 sales, counted over 600 sales up to Mon 16 Nov/)).toBeTruthy();
    expect(screen.getByText(/30 more permissions came from a file you vouched for/)).toBeTruthy();
    expect(screen.getByText('the table tent (TABLE)')).toBeTruthy();
    expect(screen.getByText('the word GONE')).toBeTruthy();
    expect(screen.getByText('the customer display')).toBeTruthy();
  });

  it('names who asked, those who left and those nobody signed in for', async () => {
    draw(<Shown />, { 'reports/sign-ups': report() });
    const row = (await screen.findByText('Clara')).closest('tr') as HTMLElement;
    expect(row.textContent).toBe('Clara2535');
    expect(screen.getByText('Somebody who left')).toBeTruthy();
    expect(screen.getByText('Nobody signed in')).toBeTruthy();
  });

  it.each([
    [{ perHundred: null, best: null, sales: 42 }, '19 people signed up', /42 sales in the till file for these weeks: too few/],
    [{ perHundred: null, best: null, covered: null, sales: 0 }, '19 people signed up', /shows once your till file covers/],
    [{ perHundred: null, covered: null }, '19 people signed up; best: the counter card (JOIN) (12)', /shows once/],
  ])('is honest with little to go by: %#', async (o, title, hint) => {
    draw(<Shown />, { 'reports/sign-ups': report(o) });
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy();
    expect(screen.getByText(hint)).toBeTruthy();
  });

  it('before the first one says what it is for, and leads to the kit', async () => {
    draw(<Shown />, {
      'reports/sign-ups': report({ total: 0, imported: 0, sources: [], staff: [], weeks: [], best: null, perHundred: null }),
    });
    expect(await screen.findByRole('heading', { name: 'Nobody has signed up in these weeks' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Open the sign-up kit' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save as CSV' })).toBeNull();
  });

  it('asks again for another span, and saves both tables in one file', async () => {
    const bridge = draw(<Shown />, { 'reports/sign-ups': report(), 'shell/save-text': { path: '/tmp/x.csv' } });
    await userEvent.selectOptions(await screen.findByLabelText('Over'), '53');
    await waitFor(() =>
      expect(bridge.calls.some((c) => c.channel === 'reports/sign-ups' && (c.input as { weeks: number }).weeks === 53)).toBe(true),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
    await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'shell/save-text')).toBe(true));
    const saved = bridge.calls.find((c) => c.channel === 'shell/save-text')?.input as { text: string };
    expect(saved.text).toContain('the counter card (JOIN),12,63.2%,2,1–3');
    expect(saved.text).toContain('Clara,2,5,3,5');
  });
});
