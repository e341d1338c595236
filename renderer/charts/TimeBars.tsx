import { Bar, CartesianGrid, ComposedChart, Line, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartTable, countAxis, dayAxis, Key, tip } from './ChartFrame';

export interface TimePoint {
  /** YYYY-MM-DD. */
  day: string;
  count: number;
  total: number;
}

/** Something per day as bars, with the running total as a line. */
export function TimeBars(props: {
  title: string;
  note?: string;
  points: readonly TimePoint[];
  names: { count: string; total: string };
  day: (day: string) => string;
  show: (n: number) => string;
  table: ChartTable;
  nothing?: string | undefined;
}) {
  const lines = {
    count: { name: props.names.count, show: props.show, color: 'var(--rg-chart-1)' },
    total: { name: props.names.total, show: props.show, color: 'var(--rg-chart-2)' },
  };
  const few = props.points.length <= 1;
  const most = Math.max(0, ...props.points.map((p) => Math.max(p.count, p.total)));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <Key items={Object.values(lines)} />
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart accessibilityLayer={false} data={[...props.points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis dataKey="day" {...dayAxis(props.day)} />
          <YAxis {...countAxis(props.show, most)} />
          <Tooltip
            isAnimationActive={false}
            content={tip((day) => props.day(String(day)), lines)}
            cursor={{ fill: 'var(--rg-chart-band)' }}
          />
          <Bar dataKey="count" fill="var(--rg-chart-1)" radius={[3, 3, 0, 0]} maxBarSize={32} isAnimationActive={false} />
          <Line dataKey="total" stroke="var(--rg-chart-2)" strokeWidth={2} dot={few} isAnimationActive={false} type="stepAfter" />
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
