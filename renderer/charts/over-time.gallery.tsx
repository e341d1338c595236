import { Panel, Rows, Screen } from '@renderer/ui';
import { type ComponentType, useState } from 'react';
import { RangeBar } from './RangeBar';
import { type ShadeCell, ShadeGrid } from './ShadeGrid';
import { TakingsByWeek, type TakingsPoint } from './TakingsByWeek';
import { type WhiskerPoint, Whiskers } from './Whiskers';

const n = (v: number) => Math.round(v).toLocaleString('en-US');
const tenth = (v: number) => (Math.round(v * 10) / 10).toLocaleString('en-US');
const dollars = (cents: number) => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const round = (cents: number) => dollars(cents).replace(/\.\d\d$/, '');
const dayNo = (i: number) => new Date(Date.UTC(2026, 0, 5 + i)).toISOString().slice(0, 10);

const weeks = (count: number): TakingsPoint[] =>
  Array.from({ length: count }, (_, i) => ({
    week: dayNo(i * 7),
    net: Math.round(1_200_000 + 400_000 * Math.sin(i / 6) + ((i * 7919) % 90_000)),
    open: i === count - 1,
  }));

function Takings({ title, points }: { title: string; points: TakingsPoint[] }) {
  return (
    <Panel title={title}>
      <TakingsByWeek
        title="The last four whole weeks took $52,310, $2,100 more than the four before"
        points={points}
        name="Takings"
        day={(d) => d}
        money={dollars}
        axis={round}
        detail={(p) => `Week of ${p.week}${p.open ? ', so far' : ''}`}
        nothing={points.length === 0 ? 'Once your till file is here, every week’s takings stand here.' : undefined}
        table={{ head: ['Week of', 'Takings'], rows: points.map((p) => [p.week, dollars(p.net)]) }}
      />
    </Panel>
  );
}

const dots = (count: number, middle: number): WhiskerPoint[] =>
  Array.from({ length: count }, (_, i) => {
    const value = middle + 2.5 * Math.sin(i * 1.7);
    const half = 1.5 + (i % 4);
    return {
      key: i,
      label: dayNo(i * 9).slice(5),
      value,
      low: value - half,
      high: value + half * 1.2,
      open: i === count - 1 && count > 1,
      tip: [`Campaign ${i + 1}`, `${tenth(value)} of 100`],
    };
  });

function Ranges(props: { title: string; points: WhiskerPoint[]; kind: 'dots' | 'bars'; band?: boolean }) {
  return (
    <Panel title={props.title}>
      <Whiskers
        title="Texts brought people in: between 1.1 and 4.2 more of every 100, over 12 measured campaigns"
        kind={props.kind}
        points={props.points}
        show={tenth}
        band={props.band ? { low: 1.1, high: 4.2, value: 2.6, label: 'All together 2.6' } : null}
        nothing={props.points.length === 0 ? 'Nothing has been measured yet.' : undefined}
        table={{
          head: ['Campaign', 'Of 100', 'Range'],
          rows: props.points.map((p) => [`${Number(p.key) + 1}`, tenth(p.value), `${tenth(p.low)} – ${tenth(p.high)}`]),
        }}
      />
    </Panel>
  );
}

const stops: WhiskerPoint[] = [0.8, 1.1, 2.3, 4.6].map((value, i) => ({
  key: i,
  label: ['First of the month', 'Second', 'Third', 'Fourth and later'][i] ?? '',
  value,
  low: value * 0.6,
  high: value * (1.4 + i * 0.2),
  tip: [`${value} of 100`],
}));

const cells = [
  { estimate: 0.192, low: 0.16, high: 0.23 },
  { estimate: 0.04, low: 0.03, high: 0.06 },
  { estimate: 0, low: 0, high: 0.2 },
  { estimate: 1, low: 0.2, high: 1 },
];

/** As they stand in the cells of a table. */
function InCells() {
  return (
    <Panel title="Ranges in the cells of a table: usual, small, nobody, everybody">
      {cells.map((range) => (
        <p key={range.estimate}>
          {tenth(100 * range.estimate)}% <RangeBar range={range} max={0.25} /> {tenth(100 * range.low)}% – {tenth(100 * range.high)}%
        </p>
      ))}
    </Panel>
  );
}

function RangePage() {
  return (
    <Screen title="Charts with ranges">
      <Rows>
        <Takings title="A year of weeks, the last one not over" points={weeks(52)} />
        <Takings title="Three years" points={weeks(156)} />
        <Takings title="One week" points={weeks(1)} />
        <Takings title="A week of returns" points={[...weeks(3), { week: dayNo(21), net: -320_050, open: false }]} />
        <Takings title="No sales yet" points={[]} />
        <Ranges title="A dozen campaigns, and all together" kind="dots" points={dots(12, 2.6)} band />
        <Ranges title="One campaign" kind="dots" points={dots(1, 6)} />
        <Ranges title="Eighty campaigns" kind="dots" points={dots(80, 9)} />
        <Ranges title="Below zero" kind="dots" points={dots(5, -7)} />
        <Ranges title="Not measured yet" kind="dots" points={[]} />
        <Ranges title="Bars with ranges" kind="bars" points={stops} />
        <Ranges title="One bar" kind="bars" points={stops.slice(0, 1)} />
        <InCells />
      </Rows>
    </Screen>
  );
}

const cell = (value: number, most: number, says: string): ShadeCell => ({
  text: value >= 10 ? n(value) : tenth(value),
  weight: value / most,
  says,
});
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const hour = (h: number) => `${((h + 11) % 12) + 1} ${h < 12 ? 'am' : 'pm'}`;

function Hours({ title, from, to, scale }: { title: string; from: number; to: number; scale: number }) {
  const hours = Array.from({ length: to - from }, (_, i) => from + i);
  return (
    <Panel title={title}>
      <ShadeGrid
        title="Busiest is Saturday at 2 pm, slowest Monday at 9 am"
        corner="Day"
        columns={hours.map(hour)}
        rows={DAYS.map((name, d) => ({
          name,
          cells: hours.map((h) =>
            cell(Math.max(0, scale * (Math.sin((h - from) / 3) + d / 6 - (d === 6 ? 1.2 : 0))), scale * 2, `${name} at ${hour(h)}`),
          ),
        }))}
      />
    </Panel>
  );
}

function Cohorts({ title, months }: { title: string; months: number }) {
  return (
    <Panel title={title}>
      <ShadeGrid
        title="Of 100 people who signed up, 41 came in the month after and 22 came 6 months after"
        corner="Signed up in"
        detailHead="People"
        columns={Array.from({ length: months }, (_, k) => (k === 0 ? 'Same month' : `+${k}`))}
        rows={Array.from({ length: months }, (_, i) => ({
          name: dayNo(i * 31).slice(0, 7),
          detail: n(40 + i * 13),
          cells: Array.from({ length: months }, (_, k) => {
            if (k >= months - i) return null;
            const value = 78 / (1 + k * 0.45);
            return { ...cell(Math.round(value), 100, `+${k}: ${Math.round(value)}`), open: k === months - i - 1 };
          }),
        }))}
        foot="A dashed cell is a month that is not over."
      />
    </Panel>
  );
}

function PeopleMap({ title, scale }: { title: string; scale: number }) {
  const [picked, setPicked] = useState<{ row: number; column: number } | null>({ row: 0, column: 4 });
  const steps = [5, 4, 3, 2, 1];
  const people = (f: number, r: number) => Math.round(scale * (f === r ? 9 : 4 / (1 + Math.abs(f - r))) * (r === 1 && f === 5 ? 0 : 1));
  return (
    <Panel title={title}>
      <ShadeGrid
        title="Of 1,240 people who came within a year, 312 came often and lately, 88 often but not lately"
        corner="How often ↓   How lately →"
        columns={['Longest ago', 'Long ago', 'A while ago', 'Lately', 'Just now']}
        rows={steps.map((f) => ({
          name: ['Least', 'Less', 'Some', 'Often', 'Most often'][f - 1] ?? '',
          cells: [1, 2, 3, 4, 5].map((r) => ({
            text: n(people(f, r)),
            weight: people(f, r) / (9 * scale),
            says: `${n(people(f, r))} people`,
          })),
        }))}
        picked={picked}
        onPick={(row, column) => setPicked({ row, column })}
        foot="Press a figure to see who they are."
      />
    </Panel>
  );
}

function GridPage() {
  return (
    <Screen title="Grids">
      <Rows>
        <Hours title="A shop open ten hours" from={9} to={19} scale={3} />
        <Hours title="Open all day" from={0} to={24} scale={140} />
        <Hours title="One hour" from={12} to={13} scale={1} />
        <Cohorts title="A year of sign-ups" months={12} />
        <Cohorts title="The first month" months={1} />
        <PeopleMap title="A map of people" scale={11} />
        <PeopleMap title="A map of very many people" scale={2300} />
        <Panel title="Nothing yet">
          <ShadeGrid
            title="No sales yet"
            corner="Day"
            columns={[]}
            rows={[]}
            nothing="Once your till file is here, you see when the shop is busy."
          />
        </Panel>
      </Rows>
    </Screen>
  );
}

export const pages: Record<string, ComponentType> = { 'Charts: ranges': RangePage, 'Charts: grids': GridPage };
