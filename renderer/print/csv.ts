import type { Paper } from '@contract/papers';
import { csvCell } from '@domain/imports/cells';
import { minorDigits } from '@domain/imports/money';
import type { Out } from '@renderer/api/client';
import { wordsOf } from '@renderer/strings';
import { print } from '@renderer/strings/print';
import { reports } from '@renderer/strings/reports';
import type { Column } from '../ui/table';
import { type Unit, type WeekPaper, weekFigures } from './week-figures';

type Row = readonly (string | number | null)[];
type ShopOf = { currency: string; zone: string };

const text = (rows: readonly Row[]): string => `\ufeff${rows.map((r) => r.map(csvCell).join(',')).join('\r\n')}\r\n`;

/** Minor units as a plain decimal a spreadsheet can add up: 123456 → "1234.56". */
export const plainMoney = (minor: number, currency: string): string => (minor / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
/**
 * Millionths of a major unit, rounded to what the screen says: 1_240_000 → "1.24". Halves up, in whole numbers: 1.005 as a fraction of two
 * lies a little under itself, and a file would be a cent short of the screen.
 */
export const plainMicros = (micros: number, currency: string): string =>
  plainMoney(Math.round(micros / 10 ** (6 - minorDigits(currency))), currency);

/** Two more columns for a table's file: in which money and by which clock its rows speak, so that they stand on their own. */
export function unitColumns<R>({ currency, zone }: ShopOf): Column<R>[] {
  const [money, clock] = wordsOf(print, 'en').save.units as [string, string];
  return [
    { key: 'unit-currency', title: money, render: () => currency, text: () => currency },
    { key: 'unit-zone', title: clock, render: () => zone, text: () => zone },
  ];
}

/** A table of plain cells, each row with the money and the clock it speaks in. */
export const tableFile = (head: readonly string[], rows: readonly (readonly string[])[], { currency, zone }: ShopOf): string =>
  text([[...head, ...wordsOf(print, 'en').save.units], ...rows.map((r) => [...r, currency, zone])]);

/** What a chart's table shows, cell by cell as on screen, with the money and the clock it speaks in. */
export function chartCsv(table: { head: readonly string[]; rows: readonly (readonly string[])[] }, shop: ShopOf): string {
  // the joiner that keeps a minus with its number is seen by nobody, and found by no search
  return tableFile(
    table.head,
    table.rows.map((r) => r.map((c) => c.replaceAll('\u2060', ''))),
    shop,
  );
}

/** This week as figures: each with its unit and days, the seven before beside it. Money to the cent, as on screen and paper. */
export function weekCsv(paper: WeekPaper): string {
  const { week: d, shop, campaigns } = paper;
  const w = wordsOf(print, 'en');
  const t = w.week;
  const unit = (u: Unit) => (u === 'money' ? shop.currency : u === 'carrier' ? d.currency : w.save.unit[u]);
  const show = (u: Unit, n: number) => (u === 'money' ? plainMoney(n, shop.currency) : u === 'carrier' ? plainMicros(n, d.currency) : n);
  const rows: Row[] = weekFigures(paper).flatMap((f): Row[] => [
    [t.rows[f.name], show(f.unit, f.now), '', '', unit(f.unit), d.firstDay, d.lastDay, shop.zone],
    [w.save.before(t.rows[f.name]), show(f.unit, f.before), '', '', unit(f.unit), '', '', shop.zone],
  ]);
  const line = (name: string, value: string | number, of: string, c: (typeof campaigns)[number]): Row => [
    `${c.name}: ${name}`,
    value,
    '',
    '',
    of,
    '',
    c.window.endsOn,
    shop.zone,
  ];
  const [, , texted = '', came = '', used = '', direct = '', influenced = '', cost = ''] = t.campaignHead;
  for (const c of campaigns) {
    rows.push(
      line(texted, c.texted, w.save.unit.people, c),
      line(came, c.came, w.save.unit.people, c),
      line(used, c.redeemed, w.save.unit.people, c),
      line(direct, plainMoney(c.direct, shop.currency), shop.currency, c),
      line(influenced, plainMoney(c.influenced, shop.currency), shop.currency, c),
      line(cost, plainMicros(c.cost, c.currency), c.currency, c),
    );
  }
  return text([w.save.csvHead, ...rows]);
}

/** One campaign's figures with their ranges, one a row; money as plain decimals with its currency beside it. */
export function campaignCsv(r: Out<'reports/campaign'>, shop: ShopOf, firstDay: string): string {
  const w = wordsOf(print, 'en').save;
  const c = wordsOf(reports, 'en').campaign;
  const row = (name: string, value: string | number, low: string, high: string, unit: string): Row => [
    name,
    value,
    low,
    high,
    unit,
    firstDay,
    r.window.endsOn,
    shop.zone,
  ];
  const share = (n: number) => n.toFixed(4);
  const cash = (name: string, minor: number) => row(name, plainMoney(minor, shop.currency), '', '', shop.currency);
  const { takings: t, cost } = r;
  const rows: Row[] = [
    ...r.funnel.flatMap((s): Row[] => [
      row(c.steps[s.name], s.count, '', '', w.unit.people),
      ...(s.share && s.of
        ? [
            row(
              c.stepShare(c.steps[s.name], c.stepOf[s.of]),
              share(s.share.estimate),
              share(s.share.low),
              share(s.share.high),
              w.unit.share,
            ),
          ]
        : []),
    ]),
    cash(c.money.direct, t.direct.net),
    row(`${c.money.direct}, ${w.unit.sales}`, t.direct.sales, '', '', w.unit.sales),
    cash(c.money.influenced, t.influenced.net),
    row(`${c.money.influenced}, ${w.unit.sales}`, t.influenced.sales, '', '', w.unit.sales),
    ...(t.provisional.redemptions > 0 ? [cash(c.money.provisional, t.provisional.amount)] : []),
    cash(c.money.discount, t.discounts),
    row(c.money.cost, plainMicros(cost.known + cost.expected, cost.currency), '', '', cost.currency),
  ];
  const v = r.comparison?.verdict;
  if (v?.range) {
    const money = v.measure === 'profit';
    const say = (n: number) => (money ? plainMoney(Math.round(n), shop.currency) : String(Math.round(n)));
    rows.push(row(c.because, say(v.range.estimate), say(v.range.low), say(v.range.high), money ? shop.currency : w.unit.people));
  }
  return text([w.csvHead, ...rows]);
}

/** The file of a printed page: the same figures, for a spreadsheet. */
export function paperCsv(paper: Paper): { name: string; text: string } {
  const name = paper.file.replace(/\.pdf$/, '.csv');
  if (paper.kind === 'week') return { name, text: weekCsv(paper) };
  const first = new Intl.DateTimeFormat('en-CA', { timeZone: paper.shop.zone }).format(paper.report.head.startedAt);
  return { name, text: campaignCsv(paper.report, paper.shop, first) };
}
