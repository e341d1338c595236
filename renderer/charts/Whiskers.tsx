import {
  Bar,
  CartesianGrid,
  ComposedChart,
  ErrorBar,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { axisOf } from './axis';
import { AXIS, ChartFrame, type ChartTable } from './ChartFrame';
import css from './charts.module.css';

export interface WhiskerPoint {
  key: string | number;
  /** Under the axis. */
  label: string;
  value: number;
  low: number;
  high: number;
  /** Not final yet: drawn hollow. */
  open?: boolean;
  /** What the pointer shows: the same text as the table's cells, the first line as the heading. */
  tip: readonly string[];
}

/** With more points than this the ends of their ranges would run into each other. */
const MANY = 30;

/** Something with its 95 % range: as dots along a time line, or as bars from zero. `band`: all of them taken together. */
export function Whiskers(props: {
  title: string;
  note?: string | undefined;
  points: readonly WhiskerPoint[];
  kind: 'dots' | 'bars';
  /** Axis labels. */
  show: (n: number) => string;
  /** The finest `show` can tell: a tenth, or a whole unit of money. */
  finest?: number;
  band?: { low: number; high: number; value: number; label: string } | null;
  table: ChartTable;
  nothing?: React.ReactNode;
}) {
  const { band, kind } = props;
  const data = props.points.map((p) => ({ ...p, range: [p.value - p.low, p.high - p.value] }));
  const labels = new Map(props.points.map((p) => [p.key, p.label]));
  const least = Math.min(0, ...props.points.map((p) => p.low), band?.low ?? 0);
  const most = Math.max(0, ...props.points.map((p) => p.high), band?.high ?? 0);
  const whisker = (
    <ErrorBar
      dataKey="range"
      direction="y"
      width={props.points.length > MANY ? 0 : 7}
      strokeWidth={2}
      stroke={kind === 'bars' ? 'var(--rg-text)' : 'var(--rg-chart-1)'}
      isAnimationActive={false}
    />
  );
  return (
    <ChartFrame title={props.title} note={props.note} table={props.table} nothing={props.nothing}>
      <ResponsiveContainer width="100%" height={220}>
        <ComposedChart accessibilityLayer={false} data={data} margin={{ top: 12, right: band ? 116 : 16, bottom: 0, left: 0 }}>
          <CartesianGrid vertical={false} stroke="var(--rg-chart-grid)" />
          <XAxis
            dataKey="key"
            {...AXIS}
            tickLine={false}
            axisLine={least === 0}
            tickFormatter={(key: string | number) => labels.get(key) ?? ''}
            minTickGap={16}
            padding={{ left: 24, right: 24 }}
          />
          <YAxis
            {...AXIS}
            width={68}
            axisLine={false}
            tickLine={false}
            tickFormatter={props.show}
            {...axisOf(least, most, props.finest ?? 0.1)}
          />
          {band && <ReferenceArea y1={band.low} y2={band.high} fill="var(--rg-chart-band)" fillOpacity={1} ifOverflow="extendDomain" />}
          {least < 0 && <ReferenceLine y={0} stroke="var(--rg-chart-axis)" />}
          {band && (
            <ReferenceLine
              y={band.value}
              stroke="var(--rg-chart-1)"
              strokeDasharray="4 4"
              label={{ value: band.label, position: 'right', fill: 'var(--rg-text)', fontSize: 12 }}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            content={Tip}
            cursor={{ fill: 'var(--rg-chart-band)', stroke: 'var(--rg-chart-axis)', strokeDasharray: '3 3' }}
          />
          {kind === 'bars' ? (
            <Bar dataKey="value" fill="var(--rg-chart-3)" radius={[3, 3, 0, 0]} maxBarSize={72} isAnimationActive={false}>
              {whisker}
            </Bar>
          ) : (
            <Line dataKey="value" stroke="none" dot={Dot} activeDot={false} isAnimationActive={false}>
              {whisker}
            </Line>
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

interface DotProps {
  cx?: number | undefined;
  cy?: number | undefined;
  payload?: { key: string | number; open?: boolean };
}

function Dot({ cx, cy, payload }: DotProps) {
  if (cx === undefined || cy === undefined || Number.isNaN(cy)) return null;
  const open = payload?.open === true;
  return (
    <circle
      cx={cx}
      cy={cy}
      r={5}
      fill={open ? 'var(--rg-surface)' : 'var(--rg-chart-1)'}
      stroke={open ? 'var(--rg-chart-1)' : 'var(--rg-surface)'}
      strokeWidth={2}
    />
  );
}

function Tip({ active, payload }: { active?: boolean; payload?: readonly { payload?: unknown }[] }) {
  const point = payload?.[0]?.payload as WhiskerPoint | undefined;
  if (!active || !point) return null;
  const [head, ...lines] = point.tip;
  return (
    <div className={css.tip}>
      <div className={css.tipHead}>{head}</div>
      {lines.map((l) => (
        <div key={l}>{l}</div>
      ))}
    </div>
  );
}
