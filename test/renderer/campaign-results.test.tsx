import { noSums } from '@domain/reports/outcome';
import type { In, Out } from '@renderer/api';
import { currentPlace, startAt } from '@renderer/nav';
import { addUp, standing } from '@renderer/screens/reports/campaign/apart';
import { paybackLines } from '@renderer/screens/reports/campaign/payback';
import { ResultsScreen } from '@renderer/screens/reports/ResultsScreen';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import { reports } from '@renderer/strings/reports';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const w = campaignResults.en;

type Report = Out<'reports/campaign'>;
type Apart = Out<'reports/breakdown'>;
type People = Out<'reports/people'>;

const arm = (n: number, buyers: number) => ({
  n,
  buyers,
  list: 0,
  discounts: 0,
  share: { estimate: buyers / n, low: 0.1, high: 0.2 },
});
const report = (o: Partial<Record<keyof Report, unknown>> = {}): Report =>
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
      goal: { kind: 'none', target: null },
    },
    window: { state: 'closed', endsOn: '2026-10-05' },
    people: { texted: 300, heldOut: 60, excluded: 12 },
    goal: null,
    funnel: [
      { name: 'texted', count: 295, of: null, share: null },
      { name: 'delivered', count: 290, of: 'texted', share: { estimate: 0.983, low: 0.96, high: 0.99 } },
      { name: 'replied', count: 0, of: 'delivered', share: { estimate: 0, low: 0, high: 0.01 } },
      { name: 'came', count: 40, of: 'delivered', share: { estimate: 0.138, low: 0.1, high: 0.18 } },
      { name: 'redeemed', count: 21, of: 'delivered', share: { estimate: 0.0724, low: 0.05, high: 0.11 } },
      { name: 'again', count: 3, of: 'came', share: { estimate: 0.075, low: 0.03, high: 0.2 } },
    ],
    stops: { count: 2, share: { estimate: 0.0069, low: 0.001, high: 0.02 } },
    redemptionsByDay: [{ day: '2026-09-21', count: 21, total: 21 }],
    takings: {
      direct: { sales: 21, net: 210_050 },
      influenced: { sales: 1, net: 190_000 },
      provisional: { redemptions: 0, amount: 0 },
      discounts: 31_500,
    },
    cost: { texts: 295, segments: 295, known: 3_390_000, expected: 0, unpriced: 0, currency: 'USD' },
    pathCost: null,
    firstSaid: null,
    comparison: {
      text: arm(280, 38),
      control: arm(55, 4),
      notComparable: 25,
      ratio: { chi2: 0, p: 1, suspicious: false },
      verdict: { code: 'counts-only', measure: 'buyers', range: null, range80: null, toward: null, moreCampaigns: null },
      inBuyers: { code: 'counts-only', measure: 'buyers', range: null, range80: null, toward: null, moreCampaigns: null },
      lift: null,
      visibleRise: null,
      marginPercent: null,
    },
    after28Days: null,
    recognised: { sales: 300, of: 900 },
    finding: { code: 'counts-only', text: { x: 38, n: 280 }, control: { x: 4, n: 55 } },
    leak: { all: 21, byHeldOut: 1, byOthers: 2, byUnknown: 0 },
    counting: 0,
    ...o,
  }) as unknown as Report;

const sums = (o: Partial<Apart['branches'][number]['sums']>) => ({ people: 0, ...noSums(), ...o });
const reached = (n: number, came: number) => sums({ people: n, reached: n, delivered: n, came });
const apart = (o: Partial<Record<keyof Apart, unknown>> = {}): Apart =>
  ({
    taps: false,
    rows: [],
    parts: [],
    branches: [],
    left: [
      { why: 'too-many', count: 1 },
      { why: null, count: 1 },
    ],
    counting: 0,
    ...o,
  }) as unknown as Apart;

const somebody = (id: number, o: Partial<Record<keyof People['rows'][number], unknown>> = {}) =>
  ({
    customerId: id,
    firstName: 'Ana',
    lastName: `No ${id}`,
    company: '',
    phone: '+15125550100',
    arm: 'text',
    part: 1,
    words: 'en.a.any',
    came: 1,
    redeemed: 0,
    direct: 0,
    influenced: 4200,
    list: 4200,
    cost: 8300,
    why: null,
    ...o,
  }) as unknown as People['rows'][number];
/** A list of so many, in pages as they are asked for. */
const listOf =
  (total: number) =>
  (input: In<'reports/people'>): People => {
    const from = (input.after ?? 0) + 1;
    const to = Math.min(total, from + (input.limit ?? 100) - 1);
    const rows = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => somebody(from + i));
    return { total, rows, next: to < total ? (to as never) : null, counting: 0 };
  };

const one = (o: Parameters<typeof draw>[1] = {}) => {
  startAt({ screen: 'results', campaignId: 5 });
  return draw(<ResultsScreen />, { 'reports/campaign': report(), 'reports/breakdown': apart(), 'reports/people': listOf(40), ...o });
};

describe('from a number to its people', () => {
  it('opens who came, says how that is counted, and leads to a person', async () => {
    const bridge = one();
    await userEvent.click(await screen.findByRole('button', { name: 'Came in 40' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/^40 people came in after the text arrived and until Mon 5 Oct: a sale/)).toBeTruthy();
    expect(within(dialog).getByText('Ana No 1')).toBeTruthy();
    expect(within(dialog).getAllByText('$42.00').length).toBeGreaterThan(0);
    expect(bridge.calls.find((c) => c.channel === 'reports/people')?.input).toMatchObject({
      campaignId: 5,
      figure: 'came',
      part: null,
      after: null,
    });
    await userEvent.click(within(dialog).getByText('Ana No 2'));
    expect(currentPlace()).toEqual({ screen: 'customers', id: 2 });
  });

  it('reads a long list page after page, each once, and never everything at once', async () => {
    const bridge = one({ 'reports/people': listOf(90_000) });
    await userEvent.click(await screen.findByRole('button', { name: 'Not seen 250' }));
    const grid = await screen.findByRole('grid', { name: w.figures['not-came'] });
    await waitFor(() => expect(grid.getAttribute('aria-rowcount')).toBe('90001'));
    await within(grid).findByText('Ana No 1');
    const asked = bridge.calls.filter((c) => c.channel === 'reports/people').map((c) => (c.input as { after: number | null }).after);
    expect(asked).toEqual([null, 100]);
    expect(within(grid).getAllByRole('row').length).toBeLessThan(60);
    expect(screen.getByRole('dialog').textContent).toContain('90,000');
  });

  it('both sides of the comparison are lists of people, too', async () => {
    const bridge = one();
    await userEvent.click(await screen.findByRole('button', { name: 'Held back, bought: 4. See who' }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText(/of the 55 held back bought something and kept it/)).toBeTruthy();
    expect(bridge.calls.find((c) => c.channel === 'reports/people')?.input).toMatchObject({ figure: 'bought-held-out' });
  });

  it('who left says why, in their words where they gave any', async () => {
    one({
      'reports/people': { total: 2, rows: [somebody(1, { why: 'too-many' }), somebody(2)], next: null, counting: 0 },
    });
    expect(await screen.findByText('2 people stopped after this text')).toBeTruthy();
    expect(screen.getByText('1 said: too many texts')).toBeTruthy();
    expect(screen.getByText('1 did not say why')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: w.left.see }));
    const dialog = await screen.findByRole('dialog');
    expect(await within(dialog).findByText('Too many texts')).toBeTruthy();
    expect(within(dialog).getByText('Did not say')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).toBe(screen.getByRole('button', { name: w.left.see })); // whoever came by keys goes on from there
  });

  it('saves the list as the backend makes it: all of it, written down', async () => {
    const bridge = one({
      'reports/people-file': { name: 'first-boots-came.csv', text: 'person\r\n1\r\n', people: 40 },
      'shell/save-text': { path: '/tmp/x.csv' },
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Came in 40' }));
    const dialog = await screen.findByRole('dialog');
    await userEvent.click(await within(dialog).findByRole('button', { name: w.people.file }));
    await waitFor(() => expect(bridge.calls.some((c) => c.channel === 'shell/save-text')).toBe(true));
    expect(bridge.calls.find((c) => c.channel === 'reports/people-file')?.input).toEqual({
      campaignId: 5,
      figure: 'came',
      part: null,
      words: null,
    });
    expect(bridge.calls.find((c) => c.channel === 'shell/save-text')?.input).toEqual({
      name: 'first-boots-came.csv',
      text: 'person\r\n1\r\n',
    });
  });

  it('nobody is no list', async () => {
    one({ 'reports/campaign': report({ stops: { count: 0, share: { estimate: 0, low: 0, high: 0.01 } } }) });
    expect(await screen.findByText(w.left.nobody)).toBeTruthy();
    expect(screen.queryByRole('button', { name: /^Wrote back/ })).toBeNull();
    expect(screen.queryByRole('button', { name: /^Stopped/ })).toBeNull();
  });
});

describe('how is this counted', () => {
  it('every panel says it with its own numbers', async () => {
    one();
    await screen.findByText(/Held back: 10% of the people who could have been texted \(360\)/);
    const all = screen.getAllByText(explain.en.title).map((s) => s.parentElement?.textContent ?? '');
    expect(all.length).toBeGreaterThanOrEqual(5);
    const said = all.join('\n');
    expect(said).toContain('For 290 people the phone confirmed that it arrived.');
    expect(said).toContain('13.8% is what was seen; the habit behind it very likely lies between 10% and 18%.');
    expect(said).toContain('25 people your till did not know before the draw.');
    expect(said).toContain('1 other sale of people the text reached, until Mon 5 Oct.');
    expect(said).toContain('295 texts in 295 parts. $3.39 of it is what the carrier charged.');
    expect(said).toContain('21 uses of the code at the counter');
  });

  it('how far the code travelled stands with the codes', async () => {
    one();
    expect(await screen.findByText('3 of the 21 who used the code were not sent it.')).toBeTruthy();
  });
});

describe('what each code and each person cost', () => {
  const paid = (o: Partial<Record<keyof Report, unknown>>) =>
    paybackLines(
      report({
        cost: { known: 6_000_000, expected: 3_000_000, currency: 'USD' },
        takings: { discounts: 5_100 },
        redemptionsByDay: [{ day: '2026-09-21', count: 12, total: 12 }],
        ...o,
      }),
      reports.en.campaign,
      { cents: (n) => `$${(n / 100).toFixed(2)}` },
      'USD',
    );
  const brought = (low: number) => ({ inBuyers: { range: { estimate: 15, low, high: 30 } } });

  it('is texts and discounts by the code, and texts by the person only where some were shown to have come because of it', () => {
    expect(paid({ comparison: brought(2) })).toEqual([
      'Each code used cost about $5.00, texts and discounts together.',
      'Each person who came because of the text cost about $0.60 in texts.',
    ]);
    // who came after a follow-up is among them, and its texts are paid for
    expect(paid({ comparison: brought(2), pathCost: 24_000_000 })[1]).toBe(
      'Each person who came because of the text cost about $1.60 in texts.',
    );
    expect(paid({ comparison: brought(-1) })).toHaveLength(1);
    expect(paid({ comparison: null, redemptionsByDay: [] })).toEqual([]);
  });

  it('guesses no exchange rate', () => {
    expect(paid({ comparison: brought(2), cost: { known: 1, expected: 0, currency: 'EUR' } })).toEqual([]);
  });
});

describe('told apart', () => {
  const row = (part: number, words: string, s: Partial<Apart['rows'][number]>, side = 'text') => ({ ...sums(s), part, words, arm: side });
  const rows = [
    row(1, 'en.a.any', { people: 150, reached: 150, delivered: 150, came: 45, redeemed: 11, direct: 100_000, cost: 1_200_000 }),
    row(2, 'en.a.any', { people: 140, reached: 140, delivered: 140, came: 7, redeemed: 2, influenced: 30_050, cost: 1_100_000 }),
    row(1, '', { people: 30 }, 'control'),
  ];
  const parts = [
    { part: 1, name: 'Regulars', offer: '15% off' },
    { part: 2, name: '', offer: '15% off' },
  ];

  it('by group: the finding, its shares, and its people', async () => {
    const bridge = one({ 'reports/breakdown': apart({ rows, parts }) });
    expect(await screen.findByText('“Regulars” came in most: 30% of those reached, “Group 2” 5%')).toBeTruthy();
    expect(screen.getByText(w.apart.parts.hint)).toBeTruthy();
    const table = screen.getByRole('table', { name: w.apart.parts.title });
    const second = within(table).getByRole('row', { name: /^Group 2/ });
    expect(within(second).getByText('$300.50')).toBeTruthy();
    await userEvent.click(within(second).getByRole('button', { name: 'Code used: 2. See who'.replace('Code used', w.figures.redeemed) }));
    await screen.findByRole('dialog');
    expect(bridge.calls.find((c) => c.channel === 'reports/people')?.input).toMatchObject({ figure: 'redeemed', part: 2 });
    // one wording, one offer, no steps: nothing to tell apart
    for (const name of [w.apart.words.title, w.apart.branches.title, w.apart.offers.title])
      expect(screen.queryByRole('table', { name })).toBeNull();
  });

  it('finds nothing before the days are over, and nothing where it may be chance', async () => {
    one({
      'reports/breakdown': apart({ rows, parts }),
      'reports/campaign': report({ window: { state: 'running', endsOn: '2026-10-05' }, comparison: null }),
    });
    expect(await screen.findByText(w.apart.soFar)).toBeTruthy();
    expect(screen.queryByText(/came in most/)).toBeNull();
    expect(standing([reached(150, 20), reached(140, 16)])).toEqual({ code: 'same' });
    expect(standing([reached(49, 40), reached(500, 1)])).toEqual({ code: 'few' });
    expect(standing([reached(100, 5), reached(100, 4)])).toEqual({ code: 'few' });
    expect(standing([])).toEqual({ code: 'few' });
  });

  it('of eight groups alike, hardly ever one is said to stand out', () => {
    let seed = 7;
    const chance = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    let wrong = 0;
    const shops = 400;
    for (let k = 0; k < shops; k++) {
      const groups = Array.from({ length: 8 }, () => reached(120, Array.from({ length: 120 }, chance).filter((x) => x < 0.15).length));
      if (standing(groups).code === 'most') wrong++;
    }
    expect(wrong / shops).toBeLessThan(0.06);
    expect(standing([reached(120, 18), reached(120, 60)])).toEqual({ code: 'most', best: 1, worst: 0 });
  });

  it('wordings get no second verdict; steps lead to their own people', async () => {
    const step = {
      campaignId: 8,
      parentId: 5,
      reaction: 'nothing',
      afterDays: 4,
      name: 'Once more',
      offer: '20% off',
      sums: reached(90, 9),
    };
    const first = {
      campaignId: 5,
      parentId: null,
      reaction: null,
      afterDays: 0,
      name: 'First boots',
      offer: '15% off',
      sums: reached(290, 40),
    };
    const bridge = one({
      'reports/breakdown': apart({
        rows: [row(1, 'en.a.any', { delivered: 200, came: 100 }), row(1, 'es.b.no', { delivered: 200, came: 2, tapped: 9 })],
        parts: [{ part: 1, name: 'All', offer: '15% off' }],
        branches: [first, step, { ...step, campaignId: 9, reaction: 'came', name: 'Thanks', offer: '15% off', sums: reached(30, 1) }],
      }),
    });
    const words = await screen.findByRole('table', { name: w.apart.words.title });
    expect(within(words).getByText('Wording B, Spanish, phones without links')).toBeTruthy();
    expect(screen.queryByText(/: 50% of those reached came in/)).toBeNull();
    expect(within(words).queryByText(w.apart.columns.tapped)).toBeNull(); // no website tells of links
    const steps = screen.getByRole('table', { name: w.apart.branches.title });
    expect(within(steps).getByText(/Got it, did nothing, 4 days after the text · 20% off/)).toBeTruthy();
    const offers = screen.getByRole('table', { name: w.apart.offers.title });
    expect(within(offers).getByRole('row', { name: /^20% off/ }).textContent).toContain('90');
    expect(within(offers).getByRole('row', { name: /^15% off/ }).textContent).toContain('430');
    await userEvent.click(within(steps).getByRole('button', { name: 'Came in, Once more: 9. See who' }));
    await screen.findByRole('dialog');
    expect(bridge.calls.find((c) => c.channel === 'reports/people')?.input).toMatchObject({ campaignId: 8, figure: 'came', part: null });
  });

  it('sums of rows are the sums of their rows', () => {
    expect(addUp([reached(3, 1), reached(4, 2)])).toMatchObject({ people: 7, reached: 7, delivered: 7, came: 3, redeemed: 0 });
    expect(addUp([])).toMatchObject({ people: 0, came: 0 });
  });
});

describe('while figures are being counted', () => {
  it('says how many, shows what is there in grey, and asks again when told', async () => {
    const bridge = one({ 'reports/campaign': report({ counting: 1200 }) });
    expect(await screen.findByText('1,200 people are still being counted.')).toBeTruthy();
    const grey = screen.getByRole('button', { name: 'Came in 40' }).closest('[data-counting]');
    expect(grey).toBeTruthy();
    bridge.answers['reports/campaign'] = report({ counting: 0 });
    act(() => bridge.emit('changed', ['reports']));
    await waitFor(() => expect(screen.queryByText(/still being counted/)).toBeNull());
    expect(screen.getByRole('button', { name: 'Came in 40' }).closest('[data-counting]')).toBeNull();
  });
});
