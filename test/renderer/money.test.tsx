import type { Out } from '@renderer/api';
import { startAt } from '@renderer/nav';
import { LostRegulars } from '@renderer/screens/money/LostRegulars';
import { MarginsScreen } from '@renderer/screens/money/MarginsScreen';
import { TillCheckScreen } from '@renderer/screens/money/TillCheckScreen';
import type { Say } from '@renderer/screens/reports/format';
import { margins } from '@renderer/strings/margins';
import { tillCheck } from '@renderer/strings/till-check';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { draw } from '../support/render';

const w = tillCheck.en;
const m = margins.en;
const none = {
  till: 0,
  counter: 0,
  matched: 0,
  differs: 0,
  tillOnly: 0,
  counterOnly: 0,
  returned: 0,
  waiting: 0,
  tillCode: 0,
  tillCodeDiscount: 0,
  tillOnlyDiscount: 0,
  differsBy: 0,
};
type Report = Out<'till-check/report'>;
const report = (o: Partial<Record<keyof Report, unknown>> = {}): Report =>
  ({
    from: '2026-10-21',
    to: '2026-11-17',
    covered: '2026-11-16',
    tells: { any: true, named: 20, unnamed: 0, unnamedDiscount: 0 },
    undecided: 0,
    sums: { ...none, till: 14, counter: 9, matched: 9, tillOnly: 5, tillOnlyDiscount: 5000 },
    open: { receipts: 5, discount: 5000 },
    days: [{ name: '2026-11-10', ...none, till: 14, counter: 9, matched: 9, tillOnly: 5, tillOnlyDiscount: 5000 }],
    registers: [{ name: 'Counter', ...none, till: 14, tillOnly: 5 }],
    clerks: [{ name: 'Dana', ...none, till: 14, tillOnly: 5, tillOnlyDiscount: 5000 }],
    ...o,
  }) as unknown as Report;
const row = {
  kind: 'till-only',
  day: '2026-11-10',
  at: Date.UTC(2026, 10, 10, 20, 30),
  timeKnown: true,
  saleId: 13,
  redemptionId: null,
  receiptNo: 'R13Z',
  register: 'Counter',
  clerk: 'Dana',
  names: ['Text 20 %'],
  gross: 5000,
  discount: 1000,
  expected: null,
  customerId: null,
  code: null,
  offerName: null,
  staffName: null,
  tiedSays: null,
  by: null,
  settled: null,
};
const name = {
  name: 'Text 20 %',
  receipts: 14,
  discount: 14_000,
  withCode: 9,
  lastDay: '2026-11-10',
  meaning: null,
  offerId: null,
  known: false,
  suggested: 'says-text',
  suggestedOfferId: null,
};
const answers = (r: Report, names: unknown[] = []) => ({
  'till-check/report': r,
  'till-check/rows': { total: 1, rows: [row] } as never,
  'till-check/names': { names, offers: [{ id: 3, name: 'Fall boots' }] } as never,
  'till-check/say': { done: true } as never,
  'till-check/settle': { done: true } as never,
});

describe('the till check', () => {
  it('says it in one sentence: the till shows 14, the counter recorded nine, five are open, by receipt and clerk', async () => {
    startAt({ screen: 'till-check' });
    const bridge = draw(<TillCheckScreen />, answers(report()));
    expect(await screen.findByText('The till shows 14 text discounts, the counter recorded 9.')).toBeTruthy();
    expect(screen.getByText(/^5 receipts with a text discount and no code: \$50\.00 given away/)).toBeTruthy();
    const table = (await screen.findByText('R13Z')).closest('table') as HTMLElement;
    for (const text of ['Dana', 'Text 20 %', '$10.00']) expect(within(table).getByText(text)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Dana' }));
    await waitFor(() =>
      expect(bridge.calls).toContainEqual({ channel: 'till-check/rows', input: { days: 28, show: 'open', limit: 50, clerk: 'Dana' } }),
    );
    expect(screen.getByText(w.only('Dana'))).toBeTruthy();
    await userEvent.selectOptions(await screen.findByLabelText(w.settle.of('R13Z')), w.settle.forgotten);
    await waitFor(() => expect(bridge.calls).toContainEqual({ channel: 'till-check/settle', input: { saleId: 13, why: 'forgotten' } }));
  });

  it('claims nothing before a name’s meaning was said, and asks with its reason', async () => {
    const sums = { ...none, counter: 9, counterOnly: 9 };
    const bridge = draw(<TillCheckScreen />, answers(report({ sums, undecided: 14, open: { receipts: 0, discount: 0 } }), [name]));
    expect(await screen.findByText(w.names.ask)).toBeTruthy();
    expect(screen.getByText(/its name says so/)).toBeTruthy();
    expect(screen.queryByText(/The till shows/)).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: `Text 20 %: ${w.names.text}` }));
    await waitFor(() =>
      expect(bridge.calls).toContainEqual({
        channel: 'till-check/say',
        input: { names: [{ name: 'Text 20 %', said: { meaning: 'text', offerId: null } }] },
      }),
    );
  });

  it('says what the till file cannot tell, and what is empty', async () => {
    const tells = { any: true, named: 0, unnamed: 12, unnamedDiscount: 9000 };
    draw(
      <TillCheckScreen />,
      answers(report({ tells, sums: none, open: { receipts: 0, discount: 0 }, days: [], clerks: [], registers: [] })),
    );
    expect(await screen.findByText(w.states.amountsOnly)).toBeTruthy();
    expect(screen.getByText(/12 receipts with \$90\.00 off, none with a name/)).toBeTruthy();
  });

  it('in a shop without a till file it is about importing one', async () => {
    draw(<TillCheckScreen />, answers(report({ tells: { any: false, named: 0, unnamed: 0, unnamedDiscount: 0 }, sums: none })));
    expect(await screen.findByText(w.states.noSales)).toBeTruthy();
    expect(screen.getByRole('button', { name: w.states.import })).toBeTruthy();
  });
});

describe('margins', () => {
  const list = {
    total: 2,
    rows: [
      { name: 'Boots', category: '', lines: 40, takings: 400_000, bp: null, holds: { bp: 4800, from: 'shop' } },
      { name: 'Socks', category: '', lines: 90, takings: 100_000, bp: 6050, holds: { bp: 6050, from: 'category' } },
    ],
    shopPercent: 48,
    from: '2025-11-17',
    to: '2026-11-17',
    takings: 500_000,
    covered: 100_000,
  };

  it('stand beside takings; what is typed is saved in one go, what is no percent is not', async () => {
    const bridge = draw(<MarginsScreen />, { 'margins/list': list as never, 'margins/save': { done: true } as never });
    const boots = await screen.findByLabelText(m.list.marginOf('Boots'));
    expect(boots.getAttribute('placeholder')).toBe('48');
    expect(screen.getByText('80%')).toBeTruthy();
    await userEvent.type(boots, '140');
    expect(screen.getByText(m.list.bad)).toBeTruthy();
    expect((screen.getByRole('button', { name: m.save('1', true) }) as HTMLButtonElement).disabled).toBe(true);
    await userEvent.clear(boots);
    await userEvent.type(boots, '52,5');
    await userEvent.clear(screen.getByLabelText(m.list.marginOf('Socks')));
    await userEvent.click(screen.getByRole('button', { name: m.save('2', false) }));
    const margins = [
      { kind: 'category', name: 'Boots', bp: 5250 },
      { kind: 'category', name: 'Socks', bp: null },
    ];
    await waitFor(() => expect(bridge.calls).toContainEqual({ channel: 'margins/save', input: { margins } }));
  });
});

describe('margins from a file', () => {
  const preview = {
    fileName: 'items.csv',
    shape: 'cost',
    proposals: [
      { kind: 'category', name: 'Boots', bp: 5250, was: null, sold: true },
      { kind: 'item', name: 'Red boot', bp: 4000, was: 4000, sold: true },
      { kind: 'item', name: 'Old clog', bp: 3000, was: null, sold: false },
    ],
    unread: [{ row: 7, cell: '??' }],
    withoutCost: 4,
  };
  const list = { total: 0, rows: [], shopPercent: 48, from: '2025-11-17', to: '2026-11-17', takings: 1, covered: 0 };

  it('shows what it would set, takes over only what is new, and categories alone when asked', async () => {
    const bridge = draw(<MarginsScreen />, {
      'margins/list': list as never,
      'margins/save': { done: true } as never,
      'margins/read-file': preview as never,
      'shell/pick-file': { path: '/x/items.csv', name: 'items.csv', size: 9 } as never,
    });
    await userEvent.click(await screen.findByRole('button', { name: m.file.open }));
    expect(await screen.findByText(m.file.title('items.csv'))).toBeTruthy();
    expect(screen.getByText(/4 rows tell no cost.*the first is row 7/)).toBeTruthy();
    expect(screen.getByRole('button', { name: m.file.take('2', false) })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: m.file.onlyCategories }));
    await userEvent.click(screen.getByRole('button', { name: m.file.take('1', true) }));
    await waitFor(() =>
      expect(bridge.calls).toContainEqual({
        channel: 'margins/save',
        input: { margins: [{ kind: 'category', name: 'Boots', bp: 5250 }] },
      }),
    );
  });
});

describe('what opt-outs put at stake', () => {
  const say = { n: String, wholeMoney: (c: number) => `$${Math.round(c / 100)}`, month: (d: string) => d } as unknown as Say;
  it('says about how much, as a range, and that stopping texts is not staying away', async () => {
    const cost = {
      stopped: 7,
      regulars: 3,
      unknown: 1,
      yearly: { estimate: 41_860, low: 21_200, high: 62_500 },
      cameSince: { x: 2, n: 3 },
      measure: 'margin',
      months: [],
    };
    draw(<LostRegulars campaignId={5 as never} say={say} />, { 'costs/opt-outs': cost as never });
    expect(await screen.findByText('3 of the 7 people who stopped were regulars')).toBeTruthy();
    expect(screen.getByText('Going by their own rhythm before, they left about $420 of margin a year ($210 to $630).')).toBeTruthy();
    expect(screen.getByText(/Stopping texts is not staying away: of 3 who have had a month to come, 2 did\./)).toBeTruthy();
  });
});
