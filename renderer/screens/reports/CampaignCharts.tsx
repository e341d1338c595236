import type { PeopleFigure } from '@domain/reports/figures';
import { type Out, useShell } from '@renderer/api';
import { FunnelChart } from '@renderer/charts/FunnelChart';
import { type MoneyBar, TakingsAndCost } from '@renderer/charts/TakingsAndCost';
import { TimeBars } from '@renderer/charts/TimeBars';
import { useWords } from '@renderer/strings';
import { campaignResults } from '@renderer/strings/campaign-results';
import { explain } from '@renderer/strings/explain';
import type { ReportWords } from '@renderer/strings/reports';
import { results, sayLeak } from '@renderer/strings/results';
import { HowCounted, Panel } from '@renderer/ui';
import own from './campaign/campaign.module.css';
import { Figure, useDrill } from './campaign/drill';
import { figureLines, moneyLines } from './campaign/how';
import { carrierMinor, paybackLines } from './campaign/payback';
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
  const said = { e: useWords(explain), w: useWords(campaignResults) };
  const open = useDrill();
  const others: { figure: PeopleFigure; n: number }[] = [
    { figure: 'not-delivered', n: r.people.texted - count('delivered') },
    { figure: 'not-came', n: count('delivered') - count('came') },
    { figure: 'stopped', n: r.stops.count },
    { figure: 'held-out', n: r.people.heldOut },
    { figure: 'excluded', n: r.people.excluded },
    { figure: 'not-compared', n: r.comparison && r.people.heldOut > 0 ? r.comparison.notComparable : 0 },
  ];
  const figures = steps.map((s) => ({ figure: s.name, n: s.count, share: s.share }));
  return (
    <Panel>
      <FunnelChart
        onPick={(i) => {
          const step = steps[i];
          if (step !== undefined && step.count > 0) open?.({ figure: step.name });
        }}
        title={count('texted') === 0 ? c.funnelNone : c.funnelTitle(say.n(count('came')), say.n(count('texted')))}
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
      <p className={`${own.who} rg-no-print`}>
        {said.w.who}
        {[...figures, ...others].map(
          ({ figure, n }) =>
            n > 0 && (
              <Figure key={figure} n={n} ask={{ figure }} say={say}>
                {`${said.w.figures[figure]} ${say.n(n)}`}
              </Figure>
            ),
        )}
      </p>
      <HowCounted lines={figureLines(r, [...figures, ...others], said, say)} />
    </Panel>
  );
}

export function RedemptionsPanel({ report: r, words: w, say }: Props) {
  const c = w.campaign;
  const best = r.redemptionsByDay.reduce((top, d) => (d.count > top.count ? d : top), { day: '', count: 0, total: 0 });
  const total = r.redemptionsByDay.at(-1)?.total ?? 0;
  const nothing = r.head.offer === null ? c.noOffer : total === 0 ? c.redemptionsNothing : undefined;
  const found = useWords(results);
  const e = useWords(explain).codes;
  const who = useWords(campaignResults);
  const redeemed = r.funnel.find((s) => s.name === 'redeemed')?.count ?? 0;
  const leak = r.head.offer === null ? null : sayLeak(r.leak, found, say);
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
      {leak && <p className={css.more}>{leak}</p>}
      {total > 0 && (
        <>
          <p className={`${own.who} rg-no-print`}>
            <Figure n={redeemed} ask={{ figure: 'redeemed' }} say={say}>
              {`${who.figures.redeemed} ${say.n(redeemed)}`}
            </Figure>
          </p>
          <HowCounted lines={[e.uses(say.n(total), total === 1), ...(leak ? [e.leak] : [])]} />
        </>
      )}
    </Panel>
  );
}

/** Millionths of a major unit → minor units, rounded once; the carrier's currency is shown as it is when it is not the till's. */

export function MoneyPanel({ report: r, words: w, say }: Props) {
  const c = w.campaign;
  const { takings: t, cost } = r;
  const all = t.direct.net + t.influenced.net;
  const spent = cost.known + cost.expected;
  const sales = (n: number) => c.sales(say.n(n), n === 1);
  const bar = (kind: MoneyBar['kind'], cents: number, how: string, label = say.cents(cents)): MoneyBar & { how: string } => ({
    name: c.money[kind],
    cents,
    label,
    kind,
    how,
  });
  const lines = [
    bar('direct', t.direct.net, sales(t.direct.sales)),
    bar('influenced', t.influenced.net, sales(t.influenced.sales)),
    ...(t.provisional.redemptions > 0 ? [bar('provisional', t.provisional.amount, sales(t.provisional.redemptions))] : []),
    ...(t.discounts > 0 ? [bar('discount', t.discounts, '')] : []),
    bar(
      'cost',
      Math.round(carrierMinor(spent, cost.currency)),
      c.texts(say.n(cost.texts), say.n(cost.segments)),
      say.micros(spent, cost.currency),
    ),
  ];
  const e = useWords(explain);
  const who = useWords(campaignResults);
  const each = paybackLines(r, c, say, useShell().shop.currency);
  return (
    <Panel>
      <TakingsAndCost
        title={c.moneyTitle(say.cents(all), say.micros(spent, cost.currency))}
        note={c.moneyNote}
        bars={lines}
        table={{ head: c.moneyHead, rows: lines.map((l) => [l.name, l.label, l.how]) }}
      />
      {cost.unpriced > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {c.priced(say.micros(cost.known, cost.currency), say.micros(cost.expected, cost.currency), say.n(cost.unpriced))}
        </p>
      )}
      {each.length > 0 && <p className={`${css.quiet} ${css.more}`}>{each.join(' ')}</p>}
      <p className={`${own.who} rg-no-print`}>
        {(['direct', 'influenced'] as const).map(
          (figure) =>
            t[figure].sales > 0 && (
              <Figure key={figure} n={t[figure].sales} ask={{ figure }} say={say}>
                {`${who.figures[figure]}: ${c.sales(say.n(t[figure].sales), t[figure].sales === 1)}`}
              </Figure>
            ),
        )}
      </p>
      <HowCounted lines={moneyLines(r, e, c.money, say)} />
    </Panel>
  );
}
