import type { PeopleFigure } from '@domain/reports/figures';
import { useShell } from '@renderer/api';
import { RangeBar } from '@renderer/charts/RangeBar';
import { plainMicros, plainMoney, unitColumns } from '@renderer/print/csv';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { reports } from '@renderer/strings/reports';
import { type Column, HowCounted, Panel, tableCsv } from '@renderer/ui';
import { saveCsv } from '../Export';
import type { Say } from '../format';
import { cameShare, type Sums, scaleOf } from './apart';
import { CsvButton } from './CsvButton';
import css from './campaign.module.css';
import { type Ask, Figure } from './drill';

export interface ApartRow {
  key: string;
  name: string;
  /** A quiet second line: its offer, what it waits for. */
  under?: string;
  /** Steps stand under the step before them. */
  depth?: number;
  sums: Sums;
  /** Where its numbers lead; null = nowhere, for its people are of several campaigns. */
  ask: Omit<Ask, 'figure'> | null;
}

interface Props {
  /** The finding, or what is told apart where nothing may be found. */
  title: string;
  hint: string;
  /** What the table tells apart, for its file and for screen readers. */
  name: string;
  /** Of the first column. */
  head: string;
  rows: readonly ApartRow[];
  how: readonly string[];
  taps: boolean;
  codes: boolean;
  currency: string;
  say: Say;
}

type Shown = Column<ApartRow> & { figure?: PeopleFigure };

/** Figures of a campaign side by side: people as links to them, the share who came with its range drawn, takings, cost. */
export function ApartTable(p: Props) {
  const { rows, say, codes, taps } = p;
  const w = useWords(campaignResults);
  const r = useWords(reports);
  const { shop } = useShell();
  const c = w.apart.columns;
  const people = (
    figure: PeopleFigure,
    key: 'reached' | 'delivered' | 'tapped' | 'replied' | 'came' | 'redeemed' | 'stopped',
    title: string,
  ): Shown => ({
    key,
    title,
    render: (row) => (row.ask === null ? say.n(row.sums[key]) : <Figure n={row.sums[key]} ask={{ ...row.ask, figure }} say={say} />),
    text: (row) => String(row.sums[key]),
  });
  const shares = new Map(rows.map((row) => [row.key, cameShare(row.sums)]));
  const max = scaleOf([...shares.values()]);
  const between = (row: ApartRow) => {
    const s = shares.get(row.key);
    return s ? w.apart.between(say.share(s.low), say.share(s.high)) : '';
  };
  const columns: Shown[] = [
    people('texted', 'reached', c.texted),
    people('delivered', 'delivered', c.delivered),
    ...(taps ? [people('tapped', 'tapped', c.tapped)] : []),
    people('replied', 'replied', c.replied),
    people('came', 'came', c.came),
    {
      key: 'range',
      title: c.range,
      render: (row) => {
        const s = shares.get(row.key);
        return (
          s && (
            <>
              {say.share(s.estimate)} <RangeBar range={s} max={max} />
              <span className={css.range}>{between(row)}</span>
            </>
          )
        );
      },
      text: between,
    },
    ...(codes ? [people('redeemed', 'redeemed', c.redeemed)] : []),
    people('stopped', 'stopped', c.stopped),
    {
      key: 'takings',
      title: c.takings,
      render: (row) => say.cents(row.sums.direct + row.sums.influenced),
      text: (row) => plainMoney(row.sums.direct + row.sums.influenced, shop.currency),
    },
    {
      key: 'cost',
      title: c.cost,
      render: (row) => say.micros(row.sums.cost, p.currency),
      text: (row) => plainMicros(row.sums.cost, p.currency),
    },
  ];
  const csv = () => {
    const name: Column<ApartRow> = { key: 'name', title: p.head, render: () => null, text: (row) => row.name };
    return saveCsv(
      r,
      `${p.name.toLowerCase().replaceAll(' ', '-')}.csv`,
      tableCsv([name, ...columns, ...unitColumns<ApartRow>(shop)], rows),
    );
  };
  return (
    <Panel title={p.title} hint={p.hint} action={<CsvButton of={p.name} onSave={csv} />}>
      <div className={css.scroll}>
        <table className={css.table} aria-label={p.name}>
          <thead>
            <tr>
              <th scope="col">{p.head}</th>
              {columns.map((col) => (
                <th key={col.key} scope="col" className={col.key === 'replied' ? css.wide : undefined}>
                  {col.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row" style={row.depth ? { paddingLeft: row.depth * 20 } : undefined}>
                  {row.name}
                  {row.under && <span className={css.under}>{row.under}</span>}
                </th>
                {columns.map((col) => (
                  <td key={col.key} className={col.key === 'replied' ? css.wide : undefined}>
                    {col.render(row)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <HowCounted lines={p.how} />
    </Panel>
  );
}
