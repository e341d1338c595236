import { Panel, Rows, Screen } from '@renderer/ui';
import type { ComponentType } from 'react';
import { FunnelChart } from './FunnelChart';
import { GroupTrend } from './GroupTrend';
import { IntervalWhisker } from './IntervalWhisker';
import { type GrowthPoint, ListGrowth } from './ListGrowth';
import { ReasonBars, type ReasonRow } from './ReasonBars';
import { type MoneyBar, TakingsAndCost } from './TakingsAndCost';
import { TimeBars, type TimePoint } from './TimeBars';
import { WeekBars } from './WeekBars';

const n = (v: number) => Math.round(v).toLocaleString('en-US');
const dollars = (cents: number) => (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
const dayNo = (i: number) => new Date(Date.UTC(2026, 0, 5 + i)).toISOString().slice(0, 10);

const series = (days: number): TimePoint[] => {
  let total = 0;
  return Array.from({ length: days }, (_, i) => {
    const count = Math.round(9 * Math.exp(-i / 5) + ((i * 7) % 4));
    total += count;
    return { day: dayNo(i), count, total };
  });
};
const growth = (weeks: number): GrowthPoint[] =>
  Array.from({ length: weeks }, (_, i) => ({ week: dayNo(i * 7), joined: 12 + (i % 5), left: i % 3, onList: 40 + i * 12 }));

function Bars({ title, points }: { title: string; points: TimePoint[] }) {
  return (
    <Panel title={title}>
      <TimeBars
        title={points.length ? `${n(points.at(-1)?.total ?? 0)} codes were redeemed` : 'No code has been redeemed yet'}
        points={points}
        names={{ count: 'Redeemed that day', total: 'So far' }}
        day={(d) => d}
        show={n}
        nothing={points.length === 0 ? 'No code has been redeemed yet.' : undefined}
        table={{ head: ['Day', 'Redeemed', 'So far'], rows: points.map((p) => [p.day, n(p.count), n(p.total)]) }}
      />
    </Panel>
  );
}

function Growth({ title, points }: { title: string; points: GrowthPoint[] }) {
  return (
    <Panel title={title}>
      <ListGrowth
        title={`${n(points.at(-1)?.onList ?? 0)} people may be texted`}
        points={points}
        names={{ onList: 'May be texted' }}
        day={(d) => d}
        show={n}
        detail={(p) => `${p.joined} joined, ${p.left} left`}
        nothing={points.length === 0 ? 'Nobody has joined yet.' : undefined}
        table={{
          head: ['Week of', 'Joined', 'Left', 'May be texted'],
          rows: points.map((p) => [p.week, n(p.joined), n(p.left), n(p.onList)]),
        }}
      />
    </Panel>
  );
}

function Trend({ title, days }: { title: string; days: number }) {
  const points = Array.from({ length: days }, (_, i) => ({
    day: dayNo(i),
    people: 900 + Math.round(90 * Math.sin(i / 9)) + i,
    permitted: 400 + Math.round(60 * Math.sin(i / 9)) + i,
  }));
  return (
    <Panel title={title}>
      <GroupTrend
        title={`${n(points.at(-1)?.people ?? 0)} people`}
        points={points}
        names={{ people: 'People', permitted: 'May be texted' }}
        day={(d) => d}
        show={n}
        nothing={days < 2 ? 'The line begins tomorrow.' : undefined}
        table={{ head: ['Day', 'People', 'May be texted'], rows: points.map((p) => [p.day, n(p.people), n(p.permitted)]) }}
      />
    </Panel>
  );
}

function Weeks({ title, weeks, scale = 1 }: { title: string; weeks: number; scale?: number }) {
  const points = Array.from({ length: weeks }, (_, i) => ({ week: dayNo(i * 7), count: scale * (3 + ((i * 5) % 11)) }));
  return (
    <Panel title={title}>
      <WeekBars
        title={`${n(points.reduce((all, p) => all + p.count, 0))} people signed up`}
        points={points}
        name="Signed up"
        day={(d) => d}
        show={n}
        nothing={weeks === 0 ? 'Nobody has signed up yet.' : undefined}
        table={{ head: ['Week of', 'Signed up'], rows: points.map((p) => [p.week, n(p.count)]) }}
      />
    </Panel>
  );
}

const reasons = { 'too-many': 'Too many texts', 'not-for-me': 'Not for me', other: 'Something else', none: 'Did not say' };
const leavers = (count: number, scale: number): ReasonRow[] =>
  Array.from({ length: count }, (_, i) => ({
    name: dayNo(i * 31).slice(0, 7),
    reasons: { 'too-many': scale * (1 + (i % 3)), 'not-for-me': scale * (i % 4), other: scale * (i % 2), none: scale * (2 + (i % 5)) },
  }));

function Left({ title, rows, upright }: { title: string; rows: ReasonRow[]; upright: boolean }) {
  return (
    <Panel title={title}>
      <ReasonBars
        title={rows.length === 0 ? 'Nobody has left' : 'Most did not say why they left'}
        rows={rows}
        names={reasons}
        upright={upright}
        show={n}
        nothing={rows.length === 0 ? 'Nobody has left yet.' : undefined}
        table={{
          head: ['When', ...Object.values(reasons)],
          rows: rows.map((r) => [r.name, ...Object.values(r.reasons).map(n)]),
        }}
      />
    </Panel>
  );
}

function TimePage() {
  return (
    <Screen title="Charts over time">
      <Rows>
        <Bars title="Fourteen days" points={series(14)} />
        <Bars title="One day" points={series(1)} />
        <Bars title="A whole year" points={series(365)} />
        <Bars title="Nothing yet" points={[]} />
        <Growth title="A year of weeks" points={growth(52)} />
        <Growth title="Three years of very many" points={growth(156).map((p) => ({ ...p, onList: p.onList * 97 }))} />
        <Growth title="One week" points={growth(1)} />
        <Growth title="Nobody yet" points={[]} />
        <Trend title="A group, two months" days={60} />
        <Trend title="A group, the first day" days={1} />
        <Weeks title="Sign-ups, a year of weeks" weeks={52} />
        <Weeks title="Sign-ups, one week" weeks={1} />
        <Weeks title="Sign-ups, very many" weeks={12} scale={9971} />
        <Weeks title="No week yet" weeks={0} />
        <Left title="Why people left, month by month" rows={leavers(12, 1)} upright />
        <Left title="One month" rows={leavers(1, 1)} upright />
        <Left title="Very many, one below the other" rows={leavers(4, 997)} upright={false} />
        <Left title="Nobody has left" rows={[]} upright />
      </Rows>
    </Screen>
  );
}

const funnel = (scale: number) => [
  { name: 'Texted', count: 312 * scale, share: '' },
  { name: 'Arrived', count: 301 * scale, share: '96.5% of texted' },
  { name: 'Wrote back', count: 9 * scale, share: '3% of arrived' },
  { name: 'Came in', count: 58 * scale, share: '19.3% of arrived' },
  { name: 'Used the code', count: 24 * scale, share: '8% of arrived' },
  { name: 'Bought again', count: 0, share: '0% of those who came' },
];

function Funnel({ title, scale }: { title: string; scale: number }) {
  const bars = funnel(scale);
  return (
    <Panel title={title}>
      <FunnelChart
        title={`${n(58 * scale)} of ${n(312 * scale)} people came in after the text`}
        bars={bars}
        show={n}
        nothing={scale === 0 ? 'Nothing has left yet.' : undefined}
        table={{ head: ['Step', 'People', 'Share'], rows: bars.map((b) => [b.name, n(b.count), b.share]) }}
      />
    </Panel>
  );
}

function Takings({ title, bars: given }: { title: string; bars: Omit<MoneyBar, 'label'>[] }) {
  const bars = given.map((b) => ({ ...b, label: dollars(b.cents) }));
  return (
    <Panel title={title}>
      <TakingsAndCost
        title={`${dollars(bars[0]?.cents ?? 0)} in takings stand beside ${dollars(bars.at(-1)?.cents ?? 0)} spent on texts`}
        bars={bars}
        table={{ head: ['', 'Amount'], rows: bars.map((b) => [b.name, b.label]) }}
      />
    </Panel>
  );
}

const ranges = [
  { title: 'Clearly yes', range: { estimate: 72, low: 23, high: 109 }, inner: { estimate: 72, low: 41, high: 98 } },
  { title: 'Leaning yes', range: { estimate: 24, low: -3, high: 46 }, inner: { estimate: 24, low: 6, high: 40 } },
  { title: 'Clearly no', range: { estimate: -40, low: -80, high: -9 }, inner: { estimate: -40, low: -66, high: -18 } },
  { title: 'Hardly anything known', range: { estimate: 1, low: -900, high: 1200 }, inner: null },
  { title: 'Very narrow', range: { estimate: 500, low: 499, high: 501 }, inner: null },
];

function AmountPage() {
  return (
    <Screen title="Charts of amounts">
      <Rows>
        <Funnel title="A campaign" scale={1} />
        <Funnel title="A very large campaign" scale={1200} />
        <Funnel title="Not sent yet" scale={0} />
        <Takings
          title="Takings and cost"
          bars={[
            { name: 'With the code', cents: 1_087_840, kind: 'direct' },
            { name: 'After the text, no code', cents: 1_231_220, kind: 'influenced' },
            { name: 'Typed at the counter', cents: 4500, kind: 'provisional' },
            { name: 'Discounts given', cents: 273_880, kind: 'discount' },
            { name: 'Texts', cents: 1190, kind: 'cost' },
          ]}
        />
        <Takings
          title="Nothing but cost"
          bars={[
            { name: 'With the code', cents: 0, kind: 'direct' },
            { name: 'Texts', cents: 1190, kind: 'cost' },
          ]}
        />
        <Takings
          title="More brought back than bought"
          bars={[
            { name: 'With the code', cents: 4500, kind: 'direct' },
            { name: 'After the text, no code', cents: -12_950, kind: 'influenced' },
            { name: 'Texts', cents: 83, kind: 'cost' },
          ]}
        />
        <Takings
          title="Nothing at all"
          bars={[
            { name: 'With the code', cents: 0, kind: 'direct' },
            { name: 'Texts', cents: 0, kind: 'cost' },
          ]}
        />
        <Takings
          title="Very much"
          bars={[
            { name: 'With the code', cents: 98_765_432_100, kind: 'direct' },
            { name: 'After the text, no code', cents: 198_765_432_100, kind: 'influenced' },
            { name: 'Texts', cents: 3_456_789, kind: 'cost' },
          ]}
        />
        {ranges.map((r) => (
          <Panel key={r.title} title={r.title}>
            <IntervalWhisker range={r.range} inner={r.inner} show={n} label={r.title} />
          </Panel>
        ))}
      </Rows>
    </Screen>
  );
}

export const pages: Record<string, ComponentType> = { 'Charts: over time': TimePage, 'Charts: amounts': AmountPage };
