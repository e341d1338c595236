import type { Out } from '@renderer/api';
import { currentPlace, startAt } from '@renderer/nav';
import { ResultsScreen } from '@renderer/screens/reports/ResultsScreen';
import { ThisWeekScreen } from '@renderer/screens/reports/ThisWeekScreen';
import { explain } from '@renderer/strings/explain';
import { reports } from '@renderer/strings/reports';
import { signUps } from '@renderer/strings/sign-ups';
import { suggestions } from '@renderer/strings/suggestions';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const w = reports.en;
const su = signUps.en;
const sg = suggestions.en;
const week = (o: Partial<Out<'reports/this-week'>> = {}): Out<'reports/this-week'> => {
  const none = {
    joined: 0,
    left: 0,
    newPeople: 0,
    sent: 0,
    delivered: 0,
    failed: 0,
    replies: 0,
    redeemed: 0,
    takings: 0,
    direct: 0,
    influenced: 0,
    looseRefunds: 0,
    looseNet: 0,
    cost: 0,
  };
  return {
    firstDay: '2026-11-11',
    lastDay: '2026-11-17',
    week: none,
    before: none,
    currency: 'USD',
    coveredThrough: null,
    list: { known: 0, withNumber: 0, onList: 0, joinedIn14Days: 0, reach250At: null },
    pace: null,
    signUps: { count: 0, perHundred: null },
    waitsForCarriers: true,
    health: { code: 'quiet', sent: 0, delivered: 0, filtered: 0, stops: 0 },
    needs: [],
    suggestions: [],
    taken: { sent: 0, measured: 0, texted: 0, came: 0, extra: null },
    latest: null,
    paid: [],
    ...o,
  } as unknown as Out<'reports/this-week'>;
};
const noSignUps: Out<'reports/sign-ups'> = {
  from: '2026-09-01' as never,
  to: '2026-11-17' as never,
  total: 0,
  imported: 0,
  sales: 0,
  covered: null,
  perHundred: null,
  sources: [],
  best: null,
  staff: [],
  weeks: [],
};
const growth = { points: [], onList: 0, known: 0, withNumber: 0 };

describe('this week', () => {
  it('is useful in a shop where nobody may be texted yet', async () => {
    startAt({ screen: 'this-week' });
    draw(<ThisWeekScreen />, {
      'reports/this-week': week({
        list: { known: 3912, withNumber: 3100, onList: 0, joinedIn14Days: 0, reach250At: null },
        pace: { perDay: 10, assumed: true, on: '2026-12-18' as never },
        needs: [{ code: 'no-import', count: 1, campaignId: null, day: null }],
      }),
      'reports/list-growth': growth,
      'reports/sign-ups': noSignUps,
    });
    expect(await screen.findByText('3,912 people, 0 may be texted yet')).toBeTruthy();
    expect(screen.getByText(su.zero.normal)).toBeTruthy();
    expect(screen.getByText(/^At 10 sign-ups a day, a usual pace.*250 by Fri 18 Dec/)).toBeTruthy();
    // the next three steps
    expect(screen.getAllByRole('button', { name: /^(Put up a sign|Ask at the counter|Get approved)/ })).toHaveLength(3);
    await userEvent.click(screen.getByRole('button', { name: /^Get approved/ }));
    expect(currentPlace()).toEqual({ screen: 'registration' });
    expect(screen.getByText('No sales yet. Import your till file and your regulars appear.')).toBeTruthy();
    expect(screen.getByText(sg.none)).toBeTruthy();
    expect(await screen.findByText(w.growth.nothing)).toBeTruthy();
  });

  it('says the real pace, and who signed up this week', async () => {
    draw(<ThisWeekScreen />, {
      'reports/this-week': week({
        list: { known: 900, withNumber: 700, onList: 40, joinedIn14Days: 18, reach250At: null },
        pace: { perDay: 1.5, assumed: false, on: '2027-05-14' as never },
        signUps: { count: 9, perHundred: 3.04 },
        waitsForCarriers: false,
      }),
      'reports/list-growth': growth,
      'reports/sign-ups': noSignUps,
    });
    expect(await screen.findByText('9 people signed up, 3 per 100 sales.')).toBeTruthy();
    expect(screen.getByText(/^At 1.5 sign-ups a day, 250 by Fri 14 May 2027/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Get approved/ })).toBeNull();
    await screen.findByText(w.growth.nothing);
  });

  it('says what waits, how many, and leads there', async () => {
    draw(<ThisWeekScreen />, {
      'reports/this-week': week({
        needs: [
          { code: 'holds', count: 1, campaignId: null, day: null },
          { code: 'import-overdue', count: 3, campaignId: null, day: '2026-11-13' as never },
        ],
      }),
      'reports/list-growth': growth,
      'reports/sign-ups': noSignUps,
    });
    const hold = await screen.findByText('1 reply may mean “stop”. They get no texts until you decide.');
    expect(within(hold.closest('li') as HTMLElement).getByRole('button')).toBeTruthy();
    expect(screen.getByText(/3 open days are missing from your sales/)).toBeTruthy();
    await screen.findByText(w.growth.nothing);
  });

  const shirts = (o: Partial<Out<'reports/this-week'>['suggestions'][number]> = {}): Out<'reports/this-week'>['suggestions'][number] => ({
    key: 'bought-not:category:shirts>category:suits',
    kind: 'bought-not',
    segmentId: null,
    name: 'Bought Shirts, never Suits',
    people: 82,
    mayBeTexted: 61,
    cost: 512_400 as never,
    pair: { x: { what: 'category', name: 'Shirts' }, y: { what: 'category', name: 'Suits' }, ofBuyers: 31, ofAll: 12 },
    like: [
      {
        id: 7 as never,
        name: 'Suits for shirt people',
        startedAt: 1_790_000_000_000 as never,
        texted: 120,
        came: 30,
        redeemed: 4,
        hasOffer: false,
        brought: { code: 'made-money', best: 9, low: 3, high: 15 },
      },
    ],
    pooled: { estimate: 0.08, low: 0.03, high: 0.13 },
    because: 'shown',
    anyway: null,
    costOfRest: null,
    ...o,
  });
  const drawn = (s: Out<'reports/this-week'>['suggestions'], more: Parameters<typeof draw>[1] = {}) =>
    draw(<ThisWeekScreen />, {
      'reports/this-week': week({
        list: { known: 900, withNumber: 700, onList: 400, joinedIn14Days: 4, reach250At: null },
        suggestions: s,
        taken: { sent: 4, measured: 2, texted: 200, came: 40, extra: { best: 14, low: 3, high: 25 } },
      }),
      'reports/list-growth': growth,
      'reports/sign-ups': noSignUps,
      ...more,
    });

  it('suggests a group with its head-count, its price and the reason, and what taken ones brought', async () => {
    drawn([shirts()]);
    expect(await screen.findByText('82 people bought shirts and never suits. 61 of them may be texted.')).toBeTruthy();
    expect(screen.getByText('The last text like it brought 9.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Text 61 people · about $0.51' })).toBeTruthy();
    expect(
      screen.getByText(/^Suggestions you took: 4, 2 measured\. 40 of 200 texted came\. About 14 of them because of the text/),
    ).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: sg.why.open }));
    expect(screen.getByText(/^Of every 100 who bought Shirts, 31 bought Suits too; of everybody it is 12\./)).toBeTruthy();
    expect(screen.getByText(sg.why.shown)).toBeTruthy();
    await screen.findByText(w.growth.nothing);
  });

  it('one click makes the campaign; most who come anyway are left out with one', async () => {
    startAt({ screen: 'this-week' });
    const asked: unknown[] = [];
    const take = (input: unknown) => {
      asked.push(input);
      return { campaignId: 12 };
    };
    const anyway = { people: 212, usual: 150, anyway: 140, atLeast: 131, rest: 62, from: 'held-out' as const, seen: { x: 93, n: 100 } };
    drawn([shirts({ anyway, costOfRest: 1_240_000 as never })], { 'suggestions/take': take as never });
    expect(
      await screen.findByText(
        'Of 212, 150 are in their usual rhythm, and about 140 of those come anyway. Text the other 62, who are late.',
      ),
    ).toBeTruthy();
    expect(screen.getByText('Seen on people you left out of earlier texts like this: 93 of 100 in their usual rhythm came.')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Only the 62 who are late · about $1.24' }));
    expect(asked).toEqual([{ key: 'bought-not:category:shirts>category:suits', name: 'Bought Shirts, never Suits', lateOnly: true }]);
    expect(currentPlace()).toEqual({ screen: 'campaigns', id: 12 });
  });

  it('a suggestion is put off, and may be brought back at once', async () => {
    const asked: string[] = [];
    const note = (what: string) => () => {
      asked.push(what);
      return {};
    };
    drawn([shirts()], {
      'suggestions/put-off': note('off') as never,
      'suggestions/bring-back': note('back') as never,
    });
    await userEvent.click(await screen.findByRole('button', { name: sg.off }));
    await userEvent.click(await screen.findByRole('button', { name: sg.back }));
    expect(asked).toEqual(['off', 'back']);
  });
});

const report = (o: Partial<Out<'reports/campaign'>> = {}): Out<'reports/campaign'> =>
  ({
    head: {
      id: 5,
      name: 'First boots',
      state: 'finished',
      startedAt: 1_790_000_000_000,
      windowEndsAt: 1_791_000_000_000,
      windowDays: 14,
      offer: '15% off',
      percentHeldOut: 10,
      goal: { kind: 'visits', target: 30 },
    },
    window: { state: 'waiting-for-till', endsOn: '2026-10-05', coveredThrough: '2026-10-01' },
    people: { texted: 300, heldOut: 33, excluded: 0 },
    goal: { kind: 'visits', target: 30, reached: 40, verdict: 'reached' },
    funnel: [
      { name: 'texted', count: 300, of: null, share: null },
      { name: 'delivered', count: 290, of: 'texted', share: { estimate: 0.9667, low: 0.94, high: 0.98 } },
      { name: 'replied', count: 4, of: 'delivered', share: { estimate: 0.0138, low: 0.005, high: 0.035 } },
      { name: 'came', count: 40, of: 'delivered', share: { estimate: 0.1379, low: 0.1, high: 0.18 } },
      { name: 'redeemed', count: 21, of: 'delivered', share: { estimate: 0.0724, low: 0.05, high: 0.11 } },
      { name: 'again', count: 3, of: 'came', share: { estimate: 0.075, low: 0.03, high: 0.2 } },
    ],
    stops: { count: 2, share: { estimate: 0.0069, low: 0, high: 0.02 } },
    redemptionsByDay: [
      { day: '2026-09-21', count: 12, total: 12 },
      { day: '2026-09-22', count: 9, total: 21 },
    ],
    takings: {
      direct: { sales: 21, net: 210_050 },
      influenced: { sales: 19, net: 190_000 },
      provisional: { redemptions: 0, amount: 0 },
      discounts: 31_500,
    },
    cost: { texts: 300, segments: 300, known: 3_390_000, expected: 0, unpriced: 0, currency: 'USD' },
    pathCost: null,
    firstSaid: null,
    comparison: null,
    after28Days: null,
    recognised: { sales: 300, of: 900 },
    finding: { code: 'waiting', endsOn: '2026-10-05', coveredThrough: '2026-10-01' },
    leak: { all: 0, byHeldOut: 0, byOthers: 0, byUnknown: 0 },
    ...o,
  }) as unknown as Out<'reports/campaign'>;

const apart: Out<'reports/breakdown'> = { taps: false, rows: [], parts: [], branches: [], left: [], counting: 0 };

describe('results of one campaign', () => {
  it('waits for the till file and offers to import it', async () => {
    startAt({ screen: 'results', campaignId: 5 });
    draw(<ResultsScreen />, { 'reports/campaign': report(), 'reports/breakdown': apart });
    expect(await screen.findByText(/Waiting for the till file to Mon 5 Oct\. It reaches Thu 1 Oct so far\./)).toBeTruthy();
    expect(screen.getByRole('button', { name: w.campaign.importNow })).toBeTruthy();
    expect(screen.getByText('Goal reached')).toBeTruthy();
    expect(screen.getByText(/40 people came in, you hoped for 30\./)).toBeTruthy();
  });

  it('shows the numbers of a chart as a table at the press of T, to the cent', async () => {
    startAt({ screen: 'results', campaignId: 5 });
    draw(<ResultsScreen />, { 'reports/campaign': report(), 'reports/breakdown': apart });
    const title = await screen.findByText('$4,000.50 in takings stand beside $3.39 spent on texts');
    const figure = title.closest('figure') as HTMLElement;
    const toggle = within(figure).getByRole('button', { name: w.charts.asTable });
    toggle.focus();
    fireEvent.keyDown(toggle, { key: 't' });
    expect(within(figure).getByRole('button', { name: w.charts.asChart })).toBeTruthy();
    const table = within(figure).getByRole('table');
    for (const text of ['$2,100.50', '$1,900.00', '$315.00', '$3.39', '21 sales', '300 texts, 300 parts'])
      expect(within(table).getByText(text)).toBeTruthy();
  });

  it('explains every figure with its own numbers filled in', async () => {
    startAt({ screen: 'results', campaignId: 5 });
    draw(<ResultsScreen />, { 'reports/campaign': report(), 'reports/breakdown': apart });
    expect(await screen.findByText(/Held back: 10% of the people who could have been texted \(333\)/)).toBeTruthy();
    expect(screen.getByText(/recognized the customer on 33\.3% of all sales/)).toBeTruthy();
    // nothing is compared yet: no word of profit, whether a margin was typed or not
    expect(screen.queryByText(explain.en.verdict.noMargin)).toBeNull();
  });

  it('saves its own page as PDF, and the same figures as a file', async () => {
    startAt({ screen: 'results', campaignId: 5 });
    const shop = { name: 'Harbor', kind: 'real', country: 'US', currency: 'USD', zone: 'America/Chicago' };
    const paper = { kind: 'campaign', size: 'letter', shop, madeAt: 0, file: 'first-boots.pdf', report: report(), breakdown: apart };
    const bridge = draw(<ResultsScreen />, {
      'reports/campaign': report(),
      'reports/breakdown': apart,
      'papers/campaign': paper as never,
      'shell/save-paper': { path: '/tmp/x.pdf' },
      'shell/save-text': { path: '/tmp/x.csv' },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Save as PDF' }));
    await waitFor(() => expect(bridge.calls.find((c) => c.channel === 'shell/save-paper')?.input).toEqual({ paper }));
    await userEvent.click(screen.getByRole('button', { name: 'Save as CSV' }));
    await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'shell/save-text')).toBe(true));
    const file = bridge.calls.find((c) => c.channel === 'shell/save-text')?.input as { name: string; text: string };
    expect(file.name).toBe('first-boots.csv');
    expect(file.text).toContain('With the code,2100.50');
  });
});
