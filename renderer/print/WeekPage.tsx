import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { wordsOf } from '@renderer/strings';
import type { PrintWords } from '@renderer/strings/print';
import { reports } from '@renderer/strings/reports';
import { results, sayFinding } from '@renderer/strings/results';
import { sayAnyway, sayLike, sayReason, sayTaken, suggestionName, suggestions } from '@renderer/strings/suggestions';
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
      <Paid d={d} w={w} say={say} />
      {d.needs.length > 0 && (
        <Part title={screen.needs.title}>
          <ul className={css.list}>
            {d.needs.map((n) => (
              <li key={n.code}>{screen.needs.codes[n.code](say.n(n.count), n.count === 1, n.day ? say.day(n.day) : '')}</li>
            ))}
          </ul>
        </Part>
      )}
      <Next d={d} w={w} say={say} />
      <Footnotes
        title={w.how}
        lines={[
          t.notes.days(shop.zone.split('/').at(-1)?.replaceAll('_', ' ') ?? shop.zone),
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

type Section = { d: WeekPaper['week']; w: PrintWords; say: PaperSay };

/** What texts cost beside what came after them, and what the measured ones before the last brought. */
function Paid({ d, w, say }: Section) {
  const t = wordsOf(reports, 'en').thisWeek.paid;
  const found = wordsOf(results, 'en');
  const cost = say.micros(wholeCents(d.week.cost), d.currency);
  return (
    <Part title={w.week.paid}>
      <p>{d.coveredThrough === null ? t.noTill(cost) : t.week(cost, say.sum(d.week.direct), say.sum(d.week.direct + d.week.influenced))}</p>
      {d.paid.length > 0 && (
        <ul className={css.list}>
          {d.paid.map((l) => {
            const [first = '', second] = sayFinding(l.finding, found, { n: say.n, money: say.wholeMoney, day: say.day });
            return (
              <li key={l.id}>
                <strong>{l.name}</strong>: {second ?? first}
              </li>
            );
          })}
        </ul>
      )}
    </Part>
  );
}

/** Groups worth a text, each with its reason; and what became of those that were taken. */
function Next({ d, w, say }: Section) {
  const s = wordsOf(suggestions, 'en');
  const taken = sayTaken(d.taken, s, say);
  const cost = (micros: number) => say.micros(wholeCents(micros), d.currency);
  if (d.suggestions.length === 0 && taken === null) return null;
  return (
    <Part title={s.title}>
      <ul className={css.list}>
        {d.suggestions.map((x) => (
          <li key={x.key}>
            <strong>{suggestionName(x, s)}</strong>: {sayReason(x, s, say)} {w.week.mayBe(say.n(x.mayBeTexted), cost(x.cost))}{' '}
            {sayLike(x.like[0], s, say)}
            {x.anyway !== null && x.costOfRest !== null && ` ${sayAnyway(x.anyway, cost(x.costOfRest), s, say).join(' ')}`}
          </li>
        ))}
      </ul>
      {taken !== null && <p className={css.note}>{taken}</p>}
    </Part>
  );
}
