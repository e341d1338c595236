import type { ReactNode } from 'react';
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { ChartFrame, type ChartTable, countAxis, dayAxis, tip } from './ChartFrame';

export interface GrowthPoint {
  /** Monday, YYYY-MM-DD. */
  week: string;
  joined: number;
  left: number;
  onList: number;
}

/** People who may be texted, week by week. */
export function ListGrowth(props: {
  title: string;
  note?: string | undefined;
  points: readonly GrowthPoint[];
  names: { onList: string };
  day: (day: string) => string;
  show: (n: number) => string;
  detail: (p: GrowthPoint) => string;
  table: ChartTable;
  nothing?: ReactNode;
}) {
  const lines = { onList: { name: props.names.onList, show: props.show, color: 'var(--rg-chart-1)' } };
  const most = Math.max(0, ...props.points.map((p) => p.onList));
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={220}>
        <AreaChart accessibilityLayer={false} data={[...props.points]} margin={{ top: 8, right: 8, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis dataKey="week" {...dayAxis(props.day)} />
          <YAxis {...countAxis(props.show, most)} />
          <Tooltip
            isAnimationActive={false}
            content={tip((week, row) => `${props.day(String(week))} · ${props.detail(row as GrowthPoint)}`, lines)}
            cursor={{ stroke: 'var(--rg-chart-axis)', strokeDasharray: '3 3' }}
          />
          <Area
            dataKey="onList"
            type="monotone"
            stroke="var(--rg-chart-1)"
            strokeWidth={2}
            fill="var(--rg-chart-band)"
            isAnimationActive={false}
            dot={props.points.length === 1}
          />
        </AreaChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
