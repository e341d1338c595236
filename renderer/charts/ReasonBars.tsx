import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { axisOf } from './axis';
import { AXIS, ChartFrame, type ChartTable, Key, tip } from './ChartFrame';

const KEYS = ['too-many', 'not-for-me', 'other', 'none'] as const;
type Reason = (typeof KEYS)[number];
// darkest for what can be changed, lightest for what nobody said: told apart in grey too
const COLORS: Readonly<Record<Reason, string>> = {
  'too-many': 'var(--rg-chart-4)',
  'not-for-me': 'var(--rg-chart-2)',
  other: 'var(--rg-chart-3)',
  none: 'var(--rg-chart-grid)',
};

export interface ReasonRow {
  name: string;
  reasons: Readonly<Record<Reason, number>>;
}

/** Why people left, stacked: months side by side (`upright`), or campaigns and groups below each other. */
export function ReasonBars(props: {
  title: string;
  note?: string | undefined;
  rows: readonly ReasonRow[];
  names: Readonly<Record<Reason, string>>;
  upright: boolean;
  show: (n: number) => string;
  table: ChartTable;
  nothing?: string | undefined;
}) {
  const data = props.rows.map((r) => ({ name: r.name, ...r.reasons }));
  const lines = Object.fromEntries(KEYS.map((k) => [k, { name: props.names[k], show: props.show, color: COLORS[k] }])) as Record<
    Reason,
    { name: string; show: (n: number) => string; color: string }
  >;
  const most = Math.max(0, ...props.rows.map((r) => KEYS.reduce((sum, k) => sum + r.reasons[k], 0)));
  const number = { ...axisOf(0, most, 1), axisLine: false, tickLine: false, tickFormatter: props.show, ...AXIS } as const;
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <Key items={KEYS.map((k) => lines[k])} />
      <ResponsiveContainer width="100%" height={props.upright ? 200 : props.rows.length * 36 + 40}>
        <BarChart
          accessibilityLayer={false}
          data={data}
          layout={props.upright ? 'horizontal' : 'vertical'}
          margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={!props.upright} horizontal={props.upright} stroke="var(--rg-chart-grid)" />
          {props.upright ? <XAxis dataKey="name" tickLine={false} minTickGap={8} {...AXIS} /> : <XAxis type="number" {...number} />}
          {props.upright ? (
            <YAxis width={44} {...number} />
          ) : (
            <YAxis
              type="category"
              dataKey="name"
              width={190}
              axisLine={false}
              tickLine={false}
              {...AXIS}
              tick={{ ...AXIS.tick, fontSize: 13, fill: 'var(--rg-text)' }}
            />
          )}
          <Tooltip isAnimationActive={false} content={tip((name) => String(name), lines)} cursor={{ fill: 'var(--rg-chart-band)' }} />
          {KEYS.map((k) => (
            <Bar
              key={k}
              dataKey={k}
              stackId="left"
              fill={COLORS[k]}
              stroke={k === 'none' ? 'var(--rg-chart-5)' : 'none'}
              strokeWidth={k === 'none' ? 1 : 0}
              maxBarSize={32}
              isAnimationActive={false}
            />
          ))}
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}
