import { type Out, useShell } from '@renderer/api';
import { FunnelChart } from '@renderer/charts/FunnelChart';
import { type MoneyBar, TakingsAndCost } from '@renderer/charts/TakingsAndCost';
import { TimeBars } from '@renderer/charts/TimeBars';
import type { ReportWords } from '@renderer/strings/reports';
import { Panel } from '@renderer/ui';
import type { Say } from './format';
import css from './reports.module.css';

type Report = Out<'reports/campaign'>;
interface Props {
  report: Report;
  words: ReportWords;
  say: Say;
}

/** Texted → arrived → wrote back → came in → used the code → bought again. */
export function FunnelPanel({ report: r, words: w, say }: Props) {
  const c = w.campaign;
  const steps = r.funnel.filter((s) => r.head.offer !== null || s.name !== 'redeemed');
  const count = (name: string) => r.funnel.find((s) => s.name === name)?.count ?? 0;
  const shareText = (s: Report['funnel'][number]) => (s.share && s.of ? c.stepShare(say.share(s.share.estimate), c.stepOf[s.of]) : '');
  return (
    <Panel>
      <FunnelChart
        title={c.funnelTitle(say.n(count('came')), say.n(count('texted')))}
        note={r.stops.share ? c.stops(say.n(r.stops.count), say.share(r.stops.share.estimate)) : ''}
        bars={steps.map((s) => ({ name: c.steps[s.name], count: s.count, share: shareText(s) }))}
        show={say.n}
        nothing={count('texted') === 0 ? c.funnelNothing : undefined}
        table={{
          head: c.funnelHead,
          rows: steps.map((s) => [
            c.steps[s.name],
            say.n(s.count),
            shareText(s),
            s.share ? `${say.share(s.share.low)} – ${say.share(s.share.high)}` : '',
          ]),
        }}
      />
    </Panel>
  );
}

export function RedemptionsPanel({ report: r, words: w, say }: Props) {
  const c = w.campaign;
  const best = r.redemptionsByDay.reduce((top, d) => (d.count > top.count ? d : top), { day: '', count: 0, total: 0 });
  const total = r.redemptionsByDay.at(-1)?.total ?? 0;
  const nothing = r.head.offer === null ? c.noOffer : total === 0 ? c.redemptionsNone : undefined;
  return (
    <Panel>
      <TimeBars
        title={total > 0 ? c.redemptionsTitle(say.n(total), say.day(best.day)) : c.redemptionsNone}
        points={r.redemptionsByDay}
        names={c.redemptionsNames}
        day={say.day}
        show={say.n}
        nothing={nothing}
        table={{ head: c.redemptionsHead, rows: r.redemptionsByDay.map((d) => [say.day(d.day), say.n(d.count), say.n(d.total)]) }}
      />
    </Panel>
  );
}

/** Millionths of a major unit → minor units, rounded once; the carrier's currency is shown as it is when it is not the till's. */
const microsToMinor = (micros: number): number => Math.round(micros / 10_000);

export function MoneyPanel({ report: r, words: w, say }: Props) {
  const c = w.campaign;
  const { takings: t, cost } = r;
  const all = t.direct.net + t.influenced.net;
  const spent = cost.known + cost.expected;
  const sales = (n: number) => c.sales(say.n(n), n === 1);
  const lines: { bar: MoneyBar; how: string; show: string }[] = [
    { bar: { name: c.money.direct, cents: t.direct.net, kind: 'direct' }, how: sales(t.direct.sales), show: say.cents(t.direct.net) },
    {
      bar: { name: c.money.influenced, cents: t.influenced.net, kind: 'influenced' },
      how: sales(t.influenced.sales),
      show: say.cents(t.influenced.net),
    },
    ...(t.provisional.redemptions > 0
      ? [
          {
            bar: { name: c.money.provisional, cents: t.provisional.amount, kind: 'provisional' as const },
            how: sales(t.provisional.redemptions),
            show: say.cents(t.provisional.amount),
          },
        ]
      : []),
    ...(t.discounts > 0
      ? [{ bar: { name: c.money.discount, cents: t.discounts, kind: 'discount' as const }, how: '', show: say.cents(t.discounts) }]
      : []),
    {
      bar: { name: c.money.cost, cents: microsToMinor(spent), kind: 'cost' },
      how: c.texts(say.n(cost.texts), say.n(cost.segments)),
      show: say.micros(spent, cost.currency),
    },
  ];
  const shown = new Map(lines.map((l) => [l.bar.cents, l.show]));
  return (
    <Panel>
      <TakingsAndCost
        title={c.moneyTitle(say.cents(all), say.micros(spent, cost.currency))}
        note={c.moneyNote}
        bars={lines.map((l) => l.bar)}
        money={(cents) => shown.get(cents) ?? say.cents(cents)}
        table={{ head: c.moneyHead, rows: lines.map((l) => [l.bar.name, l.show, l.how]) }}
      />
      {cost.unpriced > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {c.priced(say.micros(cost.known, cost.currency), say.micros(cost.expected, cost.currency), say.n(cost.unpriced))}
        </p>
      )}
    </Panel>
  );
}

/** Every figure of the page explained, with this campaign's numbers filled in. */
export function HowPanel({ report: r, words: w, say }: Props) {
  const h = w.how.lines;
  const { shop } = useShell();
  const c = r.comparison;
  const lines: string[] = [h.sent, h.came(say.day(r.window.endsOn)), h.direct, h.net];
  if (r.people.heldOut > 0) {
    lines.push(h.heldBack(say.share(r.head.percentHeldOut / 100), say.n(r.people.texted + r.people.heldOut)));
    if (c) lines.push(h.fixed(say.n(c.notComparable)));
  } else lines.push(h.noHeldBack);
  if (r.recognised.of > 0) lines.push(h.recognised(say.share(r.recognised.sales / r.recognised.of)));
  lines.push(h.intervals, h.oneLook);
  if (c && c.marginPercent !== null) lines.push(h.profit(say.share(c.marginPercent / 100)));
  // before the verdict, and where nobody was held out, there is nothing profit could be told of
  else if (c && r.people.heldOut > 0) lines.push(r.cost.currency === shop.currency ? h.noMargin : h.otherCurrency(r.cost.currency));
  if (c?.visibleRise != null && r.people.heldOut > 0) lines.push(h.visible(say.share(c.visibleRise)));
  return (
    <Panel title={w.how.title}>
      <ul className={css.how}>
        {lines.map((l) => (
          <li key={l}>{l}</li>
        ))}
      </ul>
    </Panel>
  );
}
