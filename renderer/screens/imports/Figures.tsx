import { useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { imports as catalogue } from '@renderer/strings/imports';
import { looseRefunds } from '@renderer/strings/links';
import { type Column, Count, DataTable, Money, Panel, StatRow, StatTile, When } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { useMemo } from 'react';
import type { Report } from './import.ui';
import css from './imports.module.css';

type Month = Report['months'][number];

/** Head-counts of the plan, and what one should know beside them. */
export function Figures({ report: r }: { report: Report }) {
  const words = useWords(catalogue);
  const w = words.plan;
  const { locale } = useShell();
  const c = r.counts;
  if (!c) return null;
  const most = (by: Record<string, number>) => Object.entries(by).sort((a, b) => b[1] - a[1]);
  const statesOf = (by: Record<string, number>) =>
    most(by)
      .map(([state, n]) => `${count(n, locale)} ${(words.examples.states[state] ?? state).toLowerCase()}`)
      .join(', ');
  const kindsOf = (by: Record<string, number>) =>
    most(by)
      .map(([why, n]) => w.skippedBy[why]?.(n) ?? '')
      .filter(Boolean)
      .join(', ');
  const hasSales = c.sales.new + c.sales.changed + c.sales.same > 0;
  const hasPeople = c.people.new + c.people.changed + c.people.same > 0;
  const remarks = [
    hasSales && c.anonymous > 0 && w.anonymous(c.anonymous),
    c.refunds > 0 && w.refunds(c.refunds),
    c.excluded > 0 && w.excluded(c.excluded, statesOf(c.excludedBy)),
    c.skipped > 0 && w.skipped(c.skipped, kindsOf(c.skippedBy)),
    c.cardsDropped > 0 && w.cards(c.cardsDropped),
    c.linked > 0 && w.linked(c.linked),
    c.people.new > 0 && r.state !== 'undone' && w.permission,
  ].filter((x): x is string => typeof x === 'string');
  return (
    <div>
      <StatRow>
        {hasSales && <StatTile label={w.tileNewSales} value={<Count n={c.sales.new} />} />}
        {c.sales.changed > 0 && <StatTile label={w.tileChangedSales} value={<Count n={c.sales.changed} />} />}
        {c.sales.same > 0 && <StatTile label={w.tileSameSales} value={<Count n={c.sales.same} />} />}
        {hasPeople && <StatTile label={w.tileNewPeople} value={<Count n={c.people.new} />} />}
        {c.people.changed > 0 && <StatTile label={w.tileChangedPeople} value={<Count n={c.people.changed} />} />}
        {c.people.same > 0 && <StatTile label={w.tileSamePeople} value={<Count n={c.people.same} />} />}
        <StatTile
          label={w.tileRejected}
          value={<Count n={c.rejected} />}
          note={w.ofRows(c.rows)}
          tone={c.rejected > 0 ? 'warn' : 'plain'}
        />
      </StatRow>
      {remarks.length > 0 && (
        <ul className={css.remarks}>
          {remarks.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}

const monthName = (month: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-15T00:00:00Z`));

/** Stands for the sum of all months. */
const ALL = 'all';

/** More than one month: the last row is their sum. A month without a total collected leaves the sum without one. */
function withSum(months: readonly Month[]): Month[] {
  if (months.length < 2) return [...months];
  const add = (pick: (m: Month) => number) => months.reduce((n, m) => n + pick(m), 0);
  const total = months.some((m) => m.total === null) ? null : add((m) => m.total ?? 0);
  const sum = {
    month: ALL,
    sales: add((m) => m.sales),
    refunds: add((m) => m.refunds),
    net: add((m) => m.net),
    tax: add((m) => m.tax),
    total,
    looseRefunds: add((m) => m.looseRefunds ?? 0),
    looseNet: add((m) => m.looseNet ?? 0),
  };
  return [...months, sum as Month];
}

/** The file's own totals per month, to be held against the till's report. */
export function Months({ report: r }: { report: Report }) {
  const w = useWords(catalogue).plan;
  const loose = useWords(looseRefunds);
  const { shop, locale } = useShell();
  const day = (at: number) => when(at, 'day', shop.zone, locale, Date.now());
  const open = r.state === 'previewed';
  const rows = useMemo(() => withSum(r.months), [r.months]);
  const withTotal = r.months.some((m) => m.total !== null);
  const withLoose = r.months.some((m) => (m.looseRefunds ?? 0) > 0);
  const columns = useMemo<Column<Month>[]>(
    () => [
      {
        key: 'month',
        title: w.month,
        width: 'minmax(106px, 2fr)',
        render: (m) => (m.month === ALL ? <strong>{w.all}</strong> : monthName(m.month, locale)),
        text: (m) => m.month,
      },
      { key: 'sales', title: w.count, width: '64px', align: 'right', render: (m) => <Count n={m.sales} />, text: (m) => String(m.sales) },
      {
        key: 'refunds',
        title: w.refundCount,
        width: '76px',
        align: 'right',
        render: (m) => <Count n={m.refunds} />,
        text: (m) => String(m.refunds),
      },
      ...(withLoose
        ? [
            {
              key: 'loose',
              title: loose.column,
              width: 'minmax(158px, 1fr)',
              align: 'right' as const,
              render: (m: Month) => (m.looseRefunds ? <Money cents={m.looseNet ?? 0} /> : '–'),
              text: (m: Month) => ((m.looseNet ?? 0) / 100).toFixed(2),
            },
          ]
        : []),
      {
        key: 'net',
        title: w.net,
        width: 'minmax(142px, 1fr)',
        align: 'right',
        render: (m) => <Money cents={m.net} />,
        text: (m) => (m.net / 100).toFixed(2),
      },
      { key: 'tax', title: w.tax, align: 'right', render: (m) => <Money cents={m.tax} />, text: (m) => (m.tax / 100).toFixed(2) },
      ...(withTotal
        ? [
            {
              key: 'total',
              title: w.total,
              align: 'right' as const,
              render: (m: Month) => (m.total === null ? '–' : <Money cents={m.total} />),
            },
          ]
        : []),
    ],
    [w, locale, withTotal, withLoose, loose],
  );
  return (
    <Panel
      title={open ? w.check : w.byMonth}
      hint={
        <>
          {open && w.checkHint}
          {r.firstSaleAt !== null && r.lastSaleAt !== null && (
            <>
              {open && ' '}
              {day(r.firstSaleAt) === day(r.lastSaleAt) ? w.allOn : w.firstSale} <When at={r.firstSaleAt} style="day" />
              {day(r.firstSaleAt) !== day(r.lastSaleAt) && (
                <>
                  , {w.lastSale} <When at={r.lastSaleAt} style="day" />
                </>
              )}
              .
            </>
          )}
        </>
      }
      padding="flush"
    >
      <DataTable bare label={w.byMonth} columns={columns} rows={rows} rowKey={(m) => m.month} />
    </Panel>
  );
}
