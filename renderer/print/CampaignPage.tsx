import type { Paper } from '@contract/papers';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { wordsOf } from '@renderer/strings';
import type { PrintWords } from '@renderer/strings/print';
import { reports } from '@renderer/strings/reports';
import { results, sayEnd, sayFinding, sayLeak } from '@renderer/strings/results';
import { paybackLines } from '../screens/reports/campaign/payback';
import { amount } from '../screens/reports/verdict';
import { Figures, Footnotes, Lead, Masthead, Part } from './parts';
import css from './print.module.css';
import type { PaperSay } from './say';
import { goalSentence, howCounted } from './sentences';
import { ToldApart } from './ToldApart';

type CampaignPaper = Extract<Paper, { kind: 'campaign' }>;
type Report = CampaignPaper['report'];
interface Props {
  paper: CampaignPaper;
  w: PrintWords;
  say: PaperSay;
}

/** One campaign on paper: the verdict in sentences, then every table of its screen. */
export function CampaignPage({ paper, w, say, made }: Props & { made: string }) {
  const { report: r, shop } = paper;
  const t = w.campaign;
  return (
    <>
      <Masthead
        shop={shop.name}
        practice={shop.kind === 'practice' ? w.practice : null}
        title={r.head.name}
        about={t.about(say.date(r.head.startedAt), say.n(r.head.windowDays), say.day(r.window.endsOn), r.head.offer)}
        made={made}
      />
      <Verdict paper={paper} w={w} say={say} />
      <Compared report={r} w={w} say={say} />
      <Funnel report={r} w={w} say={say} />
      <Money report={r} w={w} say={say} currency={shop.currency} />
      <Redemptions report={r} w={w} say={say} />
      <ToldApart paper={paper} w={w} say={say} />
      <Footnotes title={w.how} lines={[...howCounted(r, shop.currency, say), ...(r.counting > 0 ? [w.counting] : [])]} />
    </>
  );
}

function Verdict({ paper: { report: r }, w, say }: Props) {
  const words = wordsOf(results, 'en');
  const lines = sayFinding(r.finding, words, { n: say.n, money: say.wholeMoney, day: say.day });
  const leak = r.head.offer === null ? null : sayLeak(r.leak, words, say);
  const v = r.comparison?.verdict;
  const late = r.after28Days?.verdict;
  const lateEnd = (x: number) => sayEnd(x, late?.measure ?? 'buyers', words, { n: say.n, money: say.wholeMoney });
  const more = [
    w.campaign.heldOut(say.n(r.people.texted), say.n(r.people.heldOut), say.n(r.people.excluded)),
    ...(r.goal ? [goalSentence(r.goal, say)] : []),
    ...(leak ? [leak] : []),
    ...(late?.range ? [wordsOf(reports, 'en').campaign.after28(lateEnd(late.range.low), lateEnd(late.range.high))] : []),
  ];
  return (
    <Lead lines={[...lines, ...more]}>
      {v?.range && (
        <div className={css.whisker}>
          <IntervalWhisker range={v.range} inner={v.range80} show={amount(v, say)} label={lines[1] ?? lines[0] ?? ''} />
        </div>
      )}
    </Lead>
  );
}

interface Of {
  report: Report;
  w: PrintWords;
  say: PaperSay;
}

function Compared({ report: r, w, say }: Of) {
  const c = r.comparison;
  const words = wordsOf(reports, 'en').campaign;
  if (!c || c.control.n === 0) return null;
  const row = (name: string, arm: typeof c.text) => [
    name,
    say.n(arm.n),
    say.n(arm.buyers),
    arm.share ? say.share(arm.share.estimate) : '',
    arm.share ? say.between(say.share(arm.share.low), say.share(arm.share.high)) : '',
  ];
  return (
    <Part
      title={w.campaign.compared}
      note={c.lift && c.lift.low > 0 ? words.lift(c.lift.estimate.toFixed(1), c.lift.low.toFixed(1), c.lift.high.toFixed(1)) : undefined}
    >
      <Figures table={{ head: words.compareHead, rows: [row(words.compareTexted, c.text), row(words.compareHeld, c.control)] }} />
    </Part>
  );
}

function Funnel({ report: r, w, say }: Of) {
  const c = wordsOf(reports, 'en').campaign;
  const steps = r.funnel.filter((s) => r.head.offer !== null || s.name !== 'redeemed');
  const most = Math.max(1, ...steps.map((s) => s.count));
  return (
    <Part title={w.campaign.funnel} note={r.stops.share ? c.stops(say.n(r.stops.count), say.share(r.stops.share.estimate)) : undefined}>
      <Figures
        words={[2]}
        bars={steps.map((s) => s.count / most)}
        table={{
          head: w.campaign.funnelHead,
          rows: steps.map((s) => [
            c.steps[s.name],
            say.n(s.count),
            s.share && s.of ? c.stepShare(say.share(s.share.estimate), c.stepOf[s.of]) : '',
            s.share ? say.between(say.share(s.share.low), say.share(s.share.high)) : '',
          ]),
        }}
      />
    </Part>
  );
}

function Money({ report: r, w, say, currency }: Of & { currency: string }) {
  const c = wordsOf(reports, 'en').campaign;
  const { takings: t, cost } = r;
  const sales = (n: number) => c.sales(say.n(n), n === 1);
  const spent = say.micros(cost.known + cost.expected, cost.currency);
  const rows = [
    [c.money.direct, say.sum(t.direct.net), sales(t.direct.sales)],
    [c.money.influenced, say.sum(t.influenced.net), sales(t.influenced.sales)],
    ...(t.provisional.redemptions > 0 ? [[c.money.provisional, say.sum(t.provisional.amount), sales(t.provisional.redemptions)]] : []),
    ...(t.discounts > 0 ? [[c.money.discount, say.sum(t.discounts), '']] : []),
    [c.money.cost, spent, c.texts(say.n(cost.texts), say.n(cost.segments))],
  ];
  const open =
    cost.unpriced > 0
      ? ` ${c.priced(say.micros(cost.known, cost.currency), say.micros(cost.expected, cost.currency), say.n(cost.unpriced))}.`
      : '';
  const each = paybackLines(r, c, { cents: say.sum }, currency);
  return (
    <Part title={w.campaign.money} note={[`${c.moneyNote}${open}`, ...each].join(' ')}>
      <Figures table={{ head: w.campaign.moneyHead, rows }} />
    </Part>
  );
}

function Redemptions({ report: r, w, say }: Of) {
  const days = r.redemptionsByDay.filter((d) => d.count > 0);
  const most = Math.max(1, ...days.map((d) => d.count));
  if (days.length === 0) return null;
  return (
    <Part title={w.campaign.redemptions}>
      <Figures
        bars={days.map((d) => d.count / most)}
        table={{ head: w.campaign.redemptionsHead, rows: days.map((d) => [say.day(d.day), say.n(d.count), say.n(d.total)]) }}
      />
    </Part>
  );
}
