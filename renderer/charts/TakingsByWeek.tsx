import { Bar, BarChart, CartesianGrid, Cell, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { axisOf } from './axis';
import { AXIS, ChartFrame, type ChartTable, dayAxis, tip } from './ChartFrame';

export interface TakingsPoint {
  /** Monday, YYYY-MM-DD. */
  week: string;
  /** Minor units; may be below zero in a week of returns. */
  net: number;
  /** The week is not over in the till file: drawn hollow. */
  open: boolean;
}

/** Takings week by week, as bars from zero. */
export function TakingsByWeek(props: {
  title: string;
  note?: string | undefined;
  points: readonly TakingsPoint[];
  name: string;
  day: (day: string) => string;
  /** To the cent, as in the table. */
  money: (cents: number) => string;
  /** Axis labels. */
  axis: (cents: number) => string;
  detail: (p: TakingsPoint) => string;
  table: ChartTable;
  nothing?: React.ReactNode;
}) {
  const lines = { net: { name: props.name, show: props.money, color: 'var(--rg-chart-1)' } };
  const net = props.points.map((p) => p.net);
  const below = net.some((n) => n < 0);
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={220}>
        <BarChart accessibilityLayer={false} data={[...props.points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis dataKey="week" {...dayAxis(props.day)} />
          <YAxis
            {...AXIS}
            width={76}
            axisLine={false}
            tickLine={false}
            tickFormatter={props.axis}
            {...axisOf(Math.min(0, ...net), Math.max(0, ...net), 100)}
          />
          {below && <ReferenceLine y={0} stroke="var(--rg-chart-axis)" />}
          <Tooltip
            isAnimationActive={false}
            content={tip((_, row) => props.detail(row as TakingsPoint), lines)}
            cursor={{ fill: 'var(--rg-chart-band)' }}
          />
          <Bar dataKey="net" radius={[3, 3, 0, 0]} maxBarSize={40} isAnimationActive={false}>
            {props.points.map((p) => (
              <Cell
                key={p.week}
                fill={p.open ? 'var(--rg-chart-band)' : 'var(--rg-chart-1)'}
                {...(p.open && { stroke: 'var(--rg-chart-1)', strokeDasharray: '3 3' })}
              />
            ))}
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
