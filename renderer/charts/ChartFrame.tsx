import { useWords } from '@renderer/strings';
import { reports } from '@renderer/strings/reports';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { axisOf } from './axis';
import css from './charts.module.css';
import { ShareChart } from './ShareChart';

export interface ChartTable {
  head: readonly string[];
  /** First cell names the row. */
  rows: readonly (readonly string[])[];
}

interface ChartFrameProps {
  /** The finding, as a sentence. */
  title: ReactNode;
  note?: ReactNode;
  /** The same numbers; shown instead of the drawing at the press of T. */
  table: ChartTable;
  /** Says so when there is nothing to draw. */
  nothing?: ReactNode | undefined;
  children: ReactNode;
}

/** Every chart: its finding as the title, the drawing, and the same numbers as a table one key away. */
export function ChartFrame({ title, note, table, nothing, children }: ChartFrameProps) {
  const w = useWords(reports).charts;
  const id = useId();
  const figure = useRef<HTMLElement>(null);
  const [asTable, setAsTable] = useState(false);
  const onKey = (e: KeyboardEvent) => {
    if (e.key.toLowerCase() !== 't' || e.ctrlKey || e.metaKey || e.altKey) return;
    e.preventDefault();
    setAsTable((now) => !now);
  };
  return (
    <figure ref={figure} className={css.figure} aria-labelledby={id} onKeyDown={onKey}>
      <div className={css.head}>
        <figcaption>
          <div id={id} className={css.finding}>
            {title}
          </div>
          {note && <div className={css.note}>{note}</div>}
        </figcaption>
        {!nothing && (
          <div className={css.tools} data-not-pictured>
            <button type="button" className={css.switch} aria-pressed={asTable} onClick={() => setAsTable(!asTable)} title={w.tableKey}>
              {asTable ? w.asChart : w.asTable}
            </button>
            <ShareChart figure={figure} table={table} />
          </div>
        )}
      </div>
      {nothing ? (
        <div className={css.nothing}>{nothing}</div>
      ) : asTable ? (
        <NumberTable label={w.numbers} table={table} />
      ) : (
        <div className={css.plot} aria-hidden>
          {children}
        </div>
      )}
      {!nothing && !asTable && (
        <div className="rg-hidden">
          <NumberTable label={w.numbers} table={table} />
        </div>
      )}
    </figure>
  );
}

function NumberTable({ label, table }: { label: string; table: ChartTable }) {
  return (
    <table className={css.table} aria-label={label}>
      <thead>
        <tr>
          {table.head.map((h) =>
            h === '' ? (
              <td key="corner" />
            ) : (
              <th key={h} scope="col">
                {h}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody>
        {table.rows.map((r) => (
          <tr key={r.join(' ') /* two campaigns may have one name */}>
            {r.map((cell, i) => (
              // biome's rule wants stable keys: a cell is its column
              <td key={table.head[i]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface TipProps {
  active?: boolean | undefined;
  label?: unknown;
  payload?: readonly { dataKey?: unknown; value?: unknown; color?: string | undefined; payload?: unknown }[] | undefined;
}

/** What the pointer shows: the same text as the table's cells. `lines` maps a data key to its words. */
export function tip(
  heading: (label: unknown, row: unknown) => string,
  lines: Readonly<Record<string, { name: string; show: (value: number) => string; color: string }>>,
) {
  return function Tip({ active, label, payload }: TipProps) {
    if (!active || !payload?.length) return null;
    return (
      <div className={css.tip}>
        <div className={css.tipHead}>{heading(label, payload[0]?.payload)}</div>
        {payload.map((p) => {
          const line = lines[String(p.dataKey)];
          if (!line || typeof p.value !== 'number') return null;
          return (
            <div key={String(p.dataKey)} className={css.tipLine}>
              <span className={css.swatch} style={{ background: line.color }} />
              {line.name}: {line.show(p.value)}
            </div>
          );
        })}
      </div>
    );
  };
}

/** Names of the colours, for two or three series; never the only way to tell them apart in grey. */
export function Key({ items }: { items: readonly { name: string; color: string }[] }) {
  return (
    <div className={css.key}>
      {items.map((i) => (
        <span key={i.name} className={css.keyItem}>
          <span className={css.swatch} style={{ background: i.color }} />
          {i.name}
        </span>
      ))}
    </div>
  );
}

export const AXIS = { stroke: 'var(--rg-chart-axis)', tick: { fill: 'var(--rg-chart-axis)', fontSize: 12 } } as const;

/** The axis of days, or of the days weeks begin with. */
export const dayAxis = (day: (day: string) => string) => ({ ...AXIS, tickFormatter: day, tickLine: false, minTickGap: 48 }) as const;

/** The axis of whole numbers from nothing upwards, for figures up to `most`. */
export const countAxis = (show: (n: number) => string, most: number) =>
  ({
    ...AXIS,
    ...axisOf(0, most, 1),
    width: 52,
    axisLine: false,
    tickLine: false,
    tickFormatter: show,
  }) as const;
