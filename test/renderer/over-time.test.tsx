import { isCondition, type Rule } from '@domain/segments/rule';
import type { Out } from '@renderer/api';
import { currentPlace, startAt } from '@renderer/nav';
import { ResultsScreen } from '@renderer/screens/reports/ResultsScreen';
import { overTime } from '@renderer/strings/over-time';
import { reports } from '@renderer/strings/reports';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const w = overTime.en;
type Trend = Out<'reports/campaign-trend'>;

const trendOf = (i: number, o: Partial<Trend['campaigns'][number]> = {}): Trend['campaigns'][number] => ({
  id: i as never,
  name: 'Fall boots', // copies keep their name
  startedAt: (Date.UTC(2026, 8, 1) + i * 86_400_000) as never,
  closed: true,
  offer: true,
  delivered: 400,
  redeemed: 20,
  used: { estimate: 0.05, low: 0.033, high: 0.076 },
  measured: {
    texted: 380,
    heldOut: 95,
    people: { estimate: 0.04, low: 0.01, high: 0.07 },
    profit: { estimate: 51_234, low: 20_010, high: 80_099 },
    cost: 424,
  },
  ...o,
});
const empty = {
  'reports/hours': { from: '2025-11-24', to: '2026-11-22', cells: [], dayOnly: { sales: 0, net: 0 }, weeks: [] },
  'reports/list-growth': { points: [], onList: 0, known: 0, withNumber: 0 },
  'reports/cohorts': { coveredThrough: null, cohorts: [] },
  'reports/rfm-map': { cells: [] },
  'reports/campaign-trend': { campaigns: [], pooled: null, marginPercent: null, counting: 0 },
  'reports/opt-outs': { months: [], counting: 0 },
} as unknown as Parameters<typeof draw>[1];
const full = {
  'reports/hours': {
    from: '2025-11-24',
    to: '2026-11-22',
    cells: [
      { weekday: 0, hour: 10, sales: 26, net: 260_000, days: 52 },
      { weekday: 5, hour: 14, sales: 468, net: 4_680_000, days: 52 },
    ],
    dayOnly: { sales: 3, net: 9000 },
    weeks: [
      { week: '2026-11-09', sales: 212, known: 140, net: 1_234_567, discounts: 4_501 },
      { week: '2026-11-16', sales: 90, known: 60, net: 500_099, discounts: 0 },
      { week: '2026-11-23', sales: 7, known: 5, net: 30_001, discounts: 0 },
    ],
  },
  'reports/list-growth': { points: [{ week: '2026-11-16', joined: 9, left: 1, onList: 208 }], onList: 208, known: 900, withNumber: 700 },
  'reports/cohorts': {
    coveredThrough: '2026-11-22',
    cohorts: [
      { month: '2026-08', people: 0, came: [0, 0, 0, 0] },
      { month: '2026-09', people: 50, came: [40, 20, 6] },
      { month: '2026-10', people: 10, came: [9, 4] },
    ],
  },
  'reports/rfm-map': {
    cells: [
      { r: 5, f: 5, people: 12, spend: 900_050 },
      { r: 1, f: 1, people: 40, spend: 100_000 },
    ],
  },
  'reports/campaign-trend': {
    campaigns: [trendOf(1), trendOf(2), trendOf(3, { closed: false, measured: null })],
    pooled: null,
    marginPercent: 45,
    counting: 0,
  },
  'reports/opt-outs': { months: [{ month: '2026-10', texts: 500, people: [300, 100, 0, 0], stopped: [2, 1, 0, 0] }], counting: 0 },
} as unknown as Parameters<typeof draw>[1];

const figureOf = async (title: string | RegExp) => (await screen.findByText(title)).closest('figure') as HTMLElement;
const tableOf = async (title: string | RegExp) => {
  const figure = await figureOf(title);
  const toggle = within(figure).getByRole('button', { name: reports.en.charts.asTable });
  toggle.focus();
  fireEvent.keyDown(toggle, { key: 't' });
  return within(figure).getByRole('table');
};

describe('results over time', () => {
  it('is reached from Results and leads back', async () => {
    startAt({ screen: 'results' });
    draw(<ResultsScreen />, empty);
    await userEvent.click(await screen.findByRole('radio', { name: w.parts['over-time'] }));
    expect(currentPlace()).toEqual({ screen: 'results', part: 'over-time' });
    await userEvent.click(await screen.findByRole('radio', { name: w.parts.campaigns }));
    expect(currentPlace()).toEqual({ screen: 'results' });
  });

  it('an empty shop reads what each drawing is for, and the button that fills it', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, empty);
    for (const text of [w.takings.empty, w.hours.empty, w.cohorts.empty, w.rfm.empty, w.redemption.empty, w.returns.empty, w.stops.empty])
      expect(await screen.findByText(text)).toBeTruthy();
    expect(screen.getByText(reports.en.growth.nothing)).toBeTruthy();
    const [first] = screen.getAllByRole('button', { name: w.to.counter });
    await userEvent.click(first as HTMLElement);
    expect(currentPlace()).toEqual({ screen: 'counter' });
  });

  it('takings stand in the table to the cent; a week that is not over says so', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, full);
    const table = await tableOf('The week of Mon 16 Nov took $5,001');
    expect(within(table).getByText('$12,345.67')).toBeTruthy();
    expect(within(table).getByText('$45.01')).toBeTruthy();
    expect(within(table).getByText('Mon 23 Nov, so far')).toBeTruthy();
  });

  it('hours are a table of figures, with the days they rest on', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, full);
    const figure = await figureOf('Busiest is Saturday at 2 pm with 9 sales in the hour, slowest Monday at 10 am with 0.5');
    const row = within(figure).getByRole('row', { name: /^Saturday/ });
    expect(within(row).getByText('9').getAttribute('title')).toBe('Saturday at 2\u00a0pm: 9 sales in the hour, from 468 sales on 52 days');
    expect(within(figure).getByRole('columnheader', { name: /^10\sam$/ })).toBeTruthy();
    expect(screen.getByText('3 sales have no hour in your till file and are left out here.')).toBeTruthy();
  });

  it('sign-ups are followed from the first of them on; a month that is not over is marked', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, full);
    // November is not covered to its end: only September’s one month after counts
    const figure = await figureOf('Of 100 people who signed up, 40 came in the month after');
    expect(within(figure).queryByText(/Aug/)).toBeNull();
    const september = within(figure).getByRole('row', { name: /^Sep 2026 50/ });
    expect(within(september).getByText('40').getAttribute('title')).toBe('Signed up in Sep 2026: 20 of 50 came in the month after, 40%');
    expect(within(september).getByText('12').getAttribute('title')).toMatch(/\(the month is not over\)$/);
  });

  it('returns are added up only where people were left out, and said for each dollar', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, full);
    const table = await tableOf(/^Texts paid: 2 measured campaigns earned between \$\d+ and \$1,4\d\d after the cost of the texts$/);
    expect(screen.getByText(/^For each \$1 spent on texts, between /)).toBeTruthy();
    expect(within(table).getAllByText('$512.34')).toHaveLength(2);
    expect(within(table).getAllByText('$200.10 – $800.99')).toHaveLength(2);
    expect(screen.getByText(w.returns.others('1', true))).toBeTruthy();
    expect(screen.queryByText(/In people it is settled/)).toBeNull();
    // three campaigns of one name are three rows
    const codes = await tableOf(/^About as usual: 5 of 100 people reached used the code/);
    expect(within(codes).getAllByRole('row')).toHaveLength(4);
    expect(within(codes).getByText('Fall boots (not over yet)')).toBeTruthy();
  });

  it('says what people show where money is not settled yet', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    const one = trendOf(1);
    const open = { ...one, measured: one.measured && { ...one.measured, profit: { estimate: 100, low: -90_000, high: 90_000 } } };
    draw(<ResultsScreen />, {
      ...full,
      'reports/campaign-trend': {
        campaigns: [open, { ...open, id: 2 as never, name: 'Again' }],
        pooled: { estimate: 0.04, low: 0.015, high: 0.066 },
        marginPercent: 45,
        counting: 0,
      },
    });
    expect(await screen.findByText(/^Not settled yet: 2 measured campaigns brought anywhere from −/)).toBeTruthy();
    expect(screen.getByText('In people it is settled: between 1.5 and 6.6 more of every 100 texted came.')).toBeTruthy();
  });

  it('without a margin nothing is said of profit, and the way to type one is there', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    const bare = trendOf(1);
    draw(<ResultsScreen />, {
      ...full,
      'reports/campaign-trend': {
        campaigns: [{ ...bare, measured: bare.measured && { ...bare.measured, profit: null } }],
        pooled: null,
        marginPercent: null,
        counting: 0,
      },
    });
    expect(await screen.findByText('Texts brought people in: between 1 and 7 more of every 100, over one measured campaign')).toBeTruthy();
    expect(screen.getByText(w.returns.noMargin)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: w.to.margins }));
    expect(currentPlace()).toEqual({ screen: 'margins' });
  });

  it('stops are told by the text of the month, with their range', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, full);
    const table = await tableOf('No clear difference: 0.5 of 100 first texts in a month ended in a “stop”, 1 of 100 later ones');
    expect(within(table).getByRole('row', { name: /^First of the month 400 2 0\.5/ })).toBeTruthy();
    expect(within(table).queryByText('Third')).toBeNull();
  });

  it('says when figures are still being counted', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    draw(<ResultsScreen />, { ...full, 'reports/opt-outs': { months: [], counting: 1200 } });
    expect((await screen.findAllByRole('status')).some((s) => s.textContent?.includes('1,200'))).toBe(true);
  });

  it('asks for the time chosen', async () => {
    startAt({ screen: 'results', part: 'over-time' });
    const bridge = draw(<ResultsScreen />, full);
    await userEvent.click(await screen.findByRole('radio', { name: w.period.quarter }));
    await waitFor(() => expect(bridge.calls).toContainEqual({ channel: 'reports/hours', input: { weeks: 13 } }));
    expect(bridge.calls).toContainEqual({ channel: 'reports/opt-outs', input: { months: 3 } });
  });
});

describe('the map of recency and frequency', () => {
  const answers = (groups: unknown[]) =>
    ({
      ...full,
      'segments/list': groups,
      'segments/why-not': { reachable: 8, reasons: [] },
      'segments/members': { rows: [], total: 0 },
      'segments/save': { id: 77 },
    }) as unknown as Parameters<typeof draw>[1];
  const press = async () => {
    startAt({ screen: 'results', part: 'over-time' });
    await userEvent.click(
      await screen.findByRole('button', { name: /^12 people\. How often: Most often\. How lately: Latest\. .*\$9,000\.50/ }),
    );
  };

  it('a press shows the people of the cell and makes a group of them', async () => {
    const bridge = draw(<ResultsScreen />, answers([]));
    await press();
    const make = await screen.findByRole('button', { name: w.rfm.make });
    await waitFor(() => expect(make.hasAttribute('disabled')).toBe(false));
    await userEvent.click(make);
    const saved = bridge.calls.find((c) => c.channel === 'segments/save')?.input as { rule: Rule };
    expect(saved.rule).toEqual({
      all: [
        { is: 'score', of: 'recency', least: 5 },
        { is: 'score', of: 'frequency', least: 5 },
      ],
    });
    expect(bridge.calls.some((c) => c.channel === 'segments/members')).toBe(true);
    await waitFor(() => expect(currentPlace()).toEqual({ screen: 'groups', id: 77 }));
  });

  it('opens the group where there is one already', async () => {
    const rule: Rule = {
      all: [
        { is: 'score', of: 'recency', least: 5 },
        { is: 'score', of: 'frequency', least: 5 },
      ],
    };
    expect(isCondition(rule)).toBe(false);
    draw(<ResultsScreen />, answers([{ id: 4, name: 'Best', rule, readyMade: null, sentence: '', count: 12, permitted: 8, updatedAt: 1 }]));
    await press();
    await userEvent.click(await screen.findByRole('button', { name: w.rfm.open }));
    expect(currentPlace()).toEqual({ screen: 'groups', id: 4 });
  });
});
