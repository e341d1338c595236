import type { In, Out } from '@renderer/api';
import { currentPlace, startAt } from '@renderer/nav';
import { ResultsScreen } from '@renderer/screens/reports/ResultsScreen';
import { campaignResults } from '@renderer/strings/campaign-results';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const w = campaignResults.en;

const line = (id: number, o: Partial<Record<string, unknown>> = {}) =>
  ({
    id,
    name: `Text ${id}`,
    startedAt: 1_790_000_000_000 - id * 86_400_000,
    window: { state: 'closed', endsOn: '2026-10-05' },
    texted: 310,
    delivered: 300,
    came: 60,
    redeemed: 20,
    stops: 3,
    direct: 100_000,
    influenced: 50_000,
    cost: 2_490_000,
    currency: 'USD',
    verdict: null,
    goal: null,
    ...o,
  }) as unknown as Out<'reports/campaigns'>['campaigns'][number];

describe('all campaigns', () => {
  const many = ({ offset = 0, limit = 100 }: In<'reports/campaigns'>) => ({
    total: 230,
    campaigns: Array.from({ length: Math.max(0, Math.min(230, offset + limit) - offset) }, (_, i) => line(offset + i + 1)),
    coveredThrough: null,
    counting: 0,
  });
  const overview = { campaigns: [], coveredThrough: null, pooled: null, marginPercent: null, counting: 0 };

  it('are read in pages, and all of them stand in the file', async () => {
    startAt({ screen: 'results' });
    const bridge = draw(<ResultsScreen />, {
      'reports/campaigns': many as never,
      'reports/overview': overview,
      'shell/save-text': { path: '/tmp/r.csv' },
    });
    const grid = await screen.findByRole('grid', { name: 'Results' });
    await within(grid).findByText('Text 1');
    expect(grid.getAttribute('aria-rowcount')).toBe('231');
    await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
    await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'shell/save-text')).toBe(true));
    const saved = bridge.calls.find((c) => c.channel === 'shell/save-text')?.input as { text: string } | undefined;
    const text = saved?.text ?? '';
    expect(text.trim().split('\r\n')).toHaveLength(231);
    expect(text).toContain('Text 230');
  });

  it('together they brought a range, drawn and explained', async () => {
    startAt({ screen: 'results' });
    const pooled = { campaigns: 6, texted: 4100, effect: { estimate: 0.03, low: 0.012, high: 0.048 } };
    draw(<ResultsScreen />, { 'reports/campaigns': many as never, 'reports/overview': { ...overview, pooled } });
    expect(await screen.findByText('Over 6 campaigns, texts brought in between 1.2 and 4.8 more of every 100 people texted')).toBeTruthy();
    expect(screen.getByText(/6 campaigns that held people back, 4,100 texted people compared/)).toBeTruthy();
  });

  it('say what the till gave away without a code, and lead there', async () => {
    startAt({ screen: 'results' });
    draw(<ResultsScreen />, {
      'reports/campaigns': many as never,
      'reports/overview': overview,
      'till-check/report': { open: { receipts: 5, discount: 5000 } } as never,
    });
    expect(await screen.findByText(/^5 receipts of the last four weeks have a text discount and no code: \$50\.00/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: w.till.see }));
    expect(currentPlace()).toEqual({ screen: 'till-check' });
  });
});

describe('two campaigns side by side', () => {
  const side = (l: ReturnType<typeof line>, came: number | null) => ({
    line: l,
    came: came === null ? null : { estimate: came, low: came - 0.04, high: came + 0.04 },
    redeemed: came === null ? null : { estimate: 0.066, low: 0.04, high: 0.1 },
    stopped: came === null ? null : { estimate: 0.01, low: 0, high: 0.03 },
  });
  const pair = (o: Partial<Out<'reports/compare'>> = {}): Out<'reports/compare'> =>
    ({
      a: side(line(1), 0.2),
      b: side(line(2, { came: 24 }), 0.08),
      difference: {
        came: { estimate: 0.12, low: 0.064, high: 0.174 },
        redeemed: { estimate: 0, low: -0.04, high: 0.04 },
        stopped: { estimate: -0.002, low: -0.02, high: 0.02 },
      },
      counting: 0,
      ...o,
    }) as unknown as Out<'reports/compare'>;
  const list = { total: 2, campaigns: [line(1), line(2)], coveredThrough: null, counting: 0 };
  const at = (compare: string, answers: Parameters<typeof draw>[1] = {}) => {
    startAt({ screen: 'results', compare });
    return draw(<ResultsScreen />, { 'reports/campaigns': list, 'reports/compare': pair(), ...answers });
  };

  it('says what happened, how far apart, and what it does not say', async () => {
    at('1-2');
    expect(await screen.findByText('Of 100 reached, between 6.4 and 17.4 more came in after “Text 1” than after “Text 2”')).toBeTruthy();
    expect(screen.getByText(w.compare.honest)).toBeTruthy();
    const table = screen.getByRole('table', { name: w.compare.title });
    const came = within(table).getByRole('row', { name: /^Came in/ });
    expect(came.textContent).toContain('60 · 20%');
    expect(came.textContent).toContain('+12.0 (+6.4 to +17.4)');
    expect(within(table).getByRole('row', { name: /^Used the code/ }).textContent).toContain('0.0 (−4.0 to +4.0)');
  });

  it('turned around the sentence turns with it; what may be chance is called that', async () => {
    const d = pair().difference;
    at('1-2', { 'reports/compare': pair({ difference: { ...d, came: { estimate: -0.12, low: -0.174, high: -0.064 } } }) });
    expect(await screen.findByText('Of 100 reached, between 6.4 and 17.4 more came in after “Text 2” than after “Text 1”')).toBeTruthy();
  });

  it('does not tell apart what a range with zero in it does not', async () => {
    const d = pair().difference;
    at('1-2', { 'reports/compare': pair({ difference: { ...d, came: d.redeemed } }) });
    expect(await screen.findByText('“Text 1” and “Text 2” can’t be told apart by who came in')).toBeTruthy();
  });

  it('one that reached nobody is called that', async () => {
    at('1-2', { 'reports/compare': pair({ b: side(line(2), null) as never, difference: { came: null, redeemed: null, stopped: null } }) });
    expect(await screen.findByText(w.compare.finding.none)).toBeTruthy();
    expect(screen.getAllByText(w.compare.unknown)).toHaveLength(3);
  });

  it('nothing is compared while one of them still runs: it would say which began earlier', async () => {
    const running = line(2, { window: { state: 'running', endsOn: '2026-10-05' } });
    at('1-2', { 'reports/compare': pair({ b: side(running, 0.08) as never }) });
    expect(await screen.findByText(w.compare.finding.open)).toBeTruthy();
    expect(screen.queryByText(/more came in after/)).toBeNull();
    expect(screen.queryByText(/\+12\.0/)).toBeNull();
    expect(screen.getByText('60 · 20%', { exact: false })).toBeTruthy();
  });

  it('is chosen from two lists that never offer the same twice', async () => {
    const bridge = at('1-');
    const second = await screen.findByLabelText(w.compare.second);
    expect(screen.getByText(w.compare.pick)).toBeTruthy();
    expect(bridge.calls.some((c) => c.channel === 'reports/compare')).toBe(false);
    expect((within(second).getByRole('option', { name: /^Text 1,/ }) as HTMLOptionElement).disabled).toBe(true);
    fireEvent.change(second, { target: { value: '2' } });
    expect(currentPlace()).toEqual({ screen: 'results', compare: '1-2' });
    await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'reports/compare')?.input).toEqual({ a: 1, b: 2 }));
  });

  it('takes two', async () => {
    at('-', { 'reports/campaigns': { ...list, total: 1, campaigns: [line(1)] } });
    expect(await screen.findByText(w.compare.one)).toBeTruthy();
  });
});
