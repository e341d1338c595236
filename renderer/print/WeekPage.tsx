import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { wordsOf } from '@renderer/strings';
import type { PrintWords } from '@renderer/strings/print';
import { reports } from '@renderer/strings/reports';
import { results, sayFinding } from '@renderer/strings/results';
import { amount, verdictChip } from '../screens/reports/verdict';
import { Figures, Footnotes, Lead, Masthead, Part } from './parts';
import css from './print.module.css';
import type { PaperSay } from './say';
import { goalSentence } from './sentences';
import { type WeekFigure, type WeekPaper, weekFigures, wholeCents } from './week-figures';

interface Props {
  paper: WeekPaper;
  w: PrintWords;
  say: PaperSay;
  made: string;
}

/** This week on paper: what was found, the week in figures, the campaigns of these days, what needs the owner. */
export function WeekPage({ paper, w, say, made }: Props) {
  const { week: d, shop } = paper;
  const t = w.week;
  const screen = wordsOf(reports, 'en').thisWeek;
  const show = (f: WeekFigure, n: number) =>
    f.unit === 'money' ? say.sum(n) : f.unit === 'carrier' ? say.micros(wholeCents(n), d.currency) : say.n(n);
  const through = d.coveredThrough !== null && d.coveredThrough < d.lastDay ? t.through(say.day(d.coveredThrough)) : undefined;
  return (
    <>
      <Masthead
        shop={shop.name}
        practice={shop.kind === 'practice' ? w.practice : null}
        title={t.title}
        about={t.about(say.day(d.firstDay), say.day(d.lastDay))}
        made={made}
      />
      <Found paper={paper} w={w} say={say} />
      <Part title={t.figures} note={[t.onList(say.n(d.list.onList)), through].filter(Boolean).join(' ')}>
        <Figures
          table={{
            head: t.head,
            rows: weekFigures(paper).map((f) => [t.rows[f.name], show(f, f.now), show(f, f.before)]),
          }}
        />
      </Part>
      <Campaigns paper={paper} w={w} say={say} />
      {d.needs.length > 0 && (
        <Part title={screen.needs.title}>
          <ul className={css.list}>
            {d.needs.map((n) => (
              <li key={n.code}>{screen.needs.codes[n.code](say.n(n.count), n.count === 1, n.day ? say.day(n.day) : '')}</li>
            ))}
          </ul>
        </Part>
      )}
      {d.suggestions.length > 0 && (
        <Part title={t.next}>
          <Figures
            table={{
              head: t.nextHead,
              rows: d.suggestions.map((s) => [s.name, say.n(s.mayBeTexted), say.n(s.people), say.micros(wholeCents(s.cost), d.currency)]),
            }}
          />
        </Part>
      )}
      <Footnotes
        title={w.how}
        lines={[
          t.notes.days(shop.zone),
          t.notes.takings(shop.currency),
          t.notes.credit,
          t.notes.cost,
          t.notes.verdict,
          ...(d.counting > 0 ? [w.counting] : []),
        ]}
      />
    </>
  );
}

/** The finding first: the last measured text as sentences; without one, what was taken. */
function Found({ paper, w, say }: Omit<Props, 'made'>) {
  const { week: d } = paper;
  const l = d.latest;
  const v = l?.verdict;
  if (!l || !v) return <Lead lines={[d.coveredThrough === null ? w.week.nothing : w.week.noTexts(say.sum(d.week.takings))]} />;
  const lines = sayFinding(l.finding, wordsOf(results, 'en'), { n: say.n, money: say.wholeMoney, day: say.day });
  return (
    <Lead lines={[...lines, w.week.latest(l.name, say.date(l.startedAt)), ...(l.goal ? [goalSentence(l.goal, say)] : [])]}>
      {v.range && (
        <div className={css.whisker}>
          <IntervalWhisker range={v.range} inner={v.range80} show={amount(v, say)} label={lines[1] ?? lines[0] ?? ''} />
        </div>
      )}
    </Lead>
  );
}

function Campaigns({ paper, w, say }: Omit<Props, 'made'>) {
  const words = wordsOf(reports, 'en');
  if (paper.campaigns.length === 0) return null;
  const verdict = (c: WeekPaper['campaigns'][number]) => {
    if (c.window.state === 'running') return words.results.running(say.day(c.window.endsOn));
    if (c.window.state === 'waiting-for-till') return words.results.waiting(say.day(c.window.endsOn));
    return c.verdict ? verdictChip(c.verdict, words).label : '';
  };
  return (
    <Part title={w.week.campaigns}>
      <Figures
        words={[1, 8]}
        table={{
          head: w.week.campaignHead,
          rows: paper.campaigns.map((c) => [
            c.name,
            say.short(c.startedAt),
            say.n(c.texted),
            say.n(c.came),
            say.n(c.redeemed),
            say.sum(c.direct),
            say.sum(c.influenced),
            say.micros(wholeCents(c.cost), c.currency),
            verdict(c),
          ]),
        }}
      />
    </Part>
  );
}
