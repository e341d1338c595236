import { type ReturnsFinding, redemptionFinding, returnsFinding } from '@domain/reports/campaign-trend';
import { Button } from '@mantine/core';
import type { Out, QueryState } from '@renderer/api';
import { Whiskers } from '@renderer/charts/Whiskers';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { type OverTimeWords, overTime, sayRedemption, sayReturns } from '@renderer/strings/over-time';
import { HowCounted, Loaded, Panel } from '@renderer/ui';
import { Nothing } from './Nothing';
import type { OverTimeSay } from './say';

type Trend = Out<'reports/campaign-trend'>;
type Line = Trend['campaigns'][number];
interface Props {
  query: QueryState<Trend>;
  say: OverTimeSay;
  /** A day as it stands under the axis. */
  tick: (at: number) => string;
}

/** How many of the people reached used the code, campaign by campaign. */
export function RedemptionPanel({ query, say, tick }: Props) {
  const all = useWords(overTime);
  const w = all.redemption;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {({ campaigns }) => {
          const shown = campaigns.flatMap((c) => (c.offer && c.used ? [{ ...c, used: c.used }] : []));
          const name = (c: Line) => (c.closed ? c.name : w.open(c.name));
          const range = (c: (typeof shown)[number]) => say.range(100 * c.used.low, 100 * c.used.high);
          return (
            <>
              <Whiskers
                kind="dots"
                title={sayRedemption(redemptionFinding(campaigns), all, say)}
                points={shown.map((c) => ({
                  key: c.id,
                  label: tick(c.startedAt),
                  value: 100 * c.used.estimate,
                  low: 100 * c.used.low,
                  high: 100 * c.used.high,
                  open: !c.closed,
                  tip: [
                    `${name(c)} · ${say.date(c.startedAt)}`,
                    w.used(say.n(c.redeemed), say.n(c.delivered), say.tenth(100 * c.used.estimate)),
                    w.between(range(c)),
                  ],
                }))}
                show={say.tenth}
                nothing={shown.length === 0 && <ToCampaigns words={all}>{w.empty}</ToCampaigns>}
                table={{
                  head: w.head,
                  rows: shown.map((c) => [
                    name(c),
                    tick(c.startedAt),
                    say.n(c.delivered),
                    say.n(c.redeemed),
                    say.tenth(100 * c.used.estimate),
                    range(c),
                  ]),
                }}
              />
              {shown.length > 0 && <HowCounted lines={w.how} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

/** What texts brought and cost, only where people were left out by lot. */
export function ReturnsPanel({ query, say, tick }: Props) {
  const all = useWords(overTime);
  const w = all.returns;
  return (
    <Panel>
      <Loaded query={query} lines={6}>
        {({ campaigns, pooled, marginPercent }) => {
          const finding = returnsFinding(campaigns, pooled);
          const shown = campaigns.flatMap((c) => (c.measured ? [{ ...c, measured: c.measured }] : []));
          const money = 'profit' in finding;
          const left = campaigns.length - shown.length;
          const point = (c: (typeof shown)[number]) => {
            const m = c.measured;
            const of = money && m.profit ? m.profit : scaled(m.people);
            return {
              key: c.id,
              label: tick(c.startedAt),
              value: of.estimate,
              low: of.low,
              high: of.high,
              tip: [
                `${c.name} · ${say.date(c.startedAt)}`,
                w.tipPeople(
                  say.tenth(Math.abs(100 * m.people.estimate)),
                  m.people.estimate < 0,
                  say.range(100 * m.people.low, 100 * m.people.high),
                ),
                ...(m.profit
                  ? [w.tipProfit(say.cents(m.profit.estimate), all.range(say.cents(m.profit.low), say.cents(m.profit.high)))]
                  : []),
                ...(m.cost === null ? [] : [w.tipCost(say.cents(m.cost))]),
              ],
            };
          };
          const band =
            pooled && !money
              ? { ...scaled(pooled), value: 100 * pooled.estimate, label: w.together(say.tenth(100 * pooled.estimate)) }
              : null;
          return (
            <>
              <Whiskers
                kind="dots"
                title={sayReturns(finding, all, say)}
                note={noteOf(finding, pooled, all, say)}
                points={shown.map(point)}
                band={band}
                show={money ? say.wholeMoney : say.tenth}
                finest={money ? 100 : 0.1}
                nothing={shown.length === 0 && <ToCampaigns words={all}>{w.empty}</ToCampaigns>}
                table={{
                  head: w.head,
                  rows: shown.map(({ name, startedAt, measured: m }) => [
                    name,
                    tick(startedAt),
                    say.n(m.texted),
                    say.n(m.heldOut),
                    say.tenth(100 * m.people.estimate),
                    say.range(100 * m.people.low, 100 * m.people.high),
                    m.profit ? say.cents(m.profit.estimate) : w.dash,
                    m.profit ? all.range(say.cents(m.profit.low), say.cents(m.profit.high)) : w.dash,
                    m.cost === null ? w.dash : say.cents(m.cost),
                  ]),
                }}
              />
              {shown.length > 0 && marginPercent === null && (
                <p>
                  <Button size="compact-sm" variant="subtle" onClick={() => go({ screen: 'margins' })}>
                    {all.to.margins}
                  </Button>
                </p>
              )}
              {shown.length > 0 && <HowCounted lines={[...w.how, ...(left > 0 ? [w.others(say.n(left), left === 1)] : [])]} />}
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
}

const scaled = (i: { estimate: number; low: number; high: number }) => ({
  estimate: 100 * i.estimate,
  low: 100 * i.low,
  high: 100 * i.high,
});

/** What came back for each dollar, what people say where money is not settled yet, or why this speaks of people. */
function noteOf(f: ReturnsFinding, pooled: Trend['pooled'], all: OverTimeWords, say: OverTimeSay): string | undefined {
  const w = all.returns;
  if (f.code === 'none') return undefined;
  if (!('profit' in f)) return w.noMargin;
  if (f.code === 'unclear')
    return pooled && pooled.low > 0 ? w.inPeople(say.tenth(100 * pooled.low), say.tenth(100 * pooled.high)) : undefined;
  const unit = 100; // of money, as a price is said
  return f.perUnit
    ? w.perUnit(say.wholeMoney(unit), say.cents(Math.round(f.perUnit.low * unit)), say.cents(Math.round(f.perUnit.high * unit)))
    : undefined;
}

function ToCampaigns({ words, children }: { words: OverTimeWords; children: string }) {
  return <Nothing action={{ label: words.to.campaign, onClick: () => go({ screen: 'campaigns' }) }}>{children}</Nothing>;
}
