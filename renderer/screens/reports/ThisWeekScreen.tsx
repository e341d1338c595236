import { Button } from '@mantine/core';
import { call, type Out, useQuery } from '@renderer/api';
import { IntervalWhisker } from '@renderer/charts/IntervalWhisker';
import { go, type Place } from '@renderer/nav';
import { SavePaper } from '@renderer/print/SavePaper';
import { useWords } from '@renderer/strings';
import { looseRefunds } from '@renderer/strings/links';
import { type ReportWords, reports } from '@renderer/strings/reports';
import { results, sayFinding } from '@renderer/strings/results';
import { signUps } from '@renderer/strings/sign-ups';
import { Columns, Loaded, Panel, Rows, Screen, StatRow, StatTile } from '@renderer/ui';
import { ResponsePanel } from '../inbox/ResponsePanel';
import { type Say, useSay } from './format';
import { GoalLine } from './GoalLine';
import { GrowthPanel } from './GrowthPanel';
import css from './reports.module.css';
import { perHundred } from './SignUpSources';
import { SuggestionsPanel } from './SuggestionsPanel';
import own from './sign-ups.module.css';
import { amount } from './verdict';
import { ZeroNote } from './ZeroNote';

type Week = Out<'reports/this-week'>;

/** The owner's home: what happened, what needs a look, what could come next. */
export function ThisWeekScreen() {
  const w = useWords(reports);
  const say = useSay();
  const query = useQuery('reports/this-week', {});
  const t = w.thisWeek;
  const data = query.data;
  return (
    <Screen
      title={t.title}
      subtitle={data ? t.span(say.day(data.firstDay), say.day(data.lastDay)) : '\u00a0'}
      actions={data && <SavePaper load={() => call('papers/week', {})} />}
      primary={<Button onClick={() => go({ screen: 'campaigns' })}>{t.primary}</Button>}
    >
      <Loaded query={query} lines={10}>
        {(d) => (
          <Rows>
            <Latest d={d} words={w} say={say} />
            <Tiles d={d} words={w} say={say} />
            {d.list.onList < 250 && d.list.known > 0 && <ZeroNote d={d} say={say} />}
            <Columns min={400}>
              <Paid d={d} words={w} say={say} />
              <Needs d={d} words={w} say={say} />
            </Columns>
            <SuggestionsPanel d={d} say={say} />
            <ResponsePanel />
            <GrowthPanel weeks={26} words={w} say={say} />
            <Health d={d} words={w} say={say} />
          </Rows>
        )}
      </Loaded>
    </Screen>
  );
}

interface Props {
  d: Week;
  words: ReportWords;
  say: Say;
}

function Tiles({ d, words: w, say }: Props) {
  const loose = useWords(looseRefunds);
  const su = useWords(signUps).week;
  const t = w.thisWeek.tiles;
  const { week, before } = d;
  return (
    <div>
      <StatRow>
        <StatTile label={t.onList} value={say.n(d.list.onList)} note={t.onListNote(say.n(week.joined), say.n(week.left))} />
        <StatTile label={t.sent} value={say.n(week.sent)} note={t.sentNote(say.n(week.delivered), say.n(week.replies))} />
        <StatTile label={t.redeemed} value={say.n(week.redeemed)} note={t.redeemedNote(say.n(before.redeemed))} />
        <StatTile
          label={t.takings}
          value={d.coveredThrough === null ? '–' : say.wholeMoney(week.takings)}
          note={d.coveredThrough === null ? t.noSales : t.takingsNote(say.wholeMoney(week.direct + week.influenced))}
        />
        <StatTile label={t.cost} value={say.micros(week.cost, d.currency)} note={t.costNote(say.micros(before.cost, d.currency))} />
      </StatRow>
      {d.signUps.count > 0 && (
        <div className={own.line}>
          <span>
            {d.signUps.perHundred === null
              ? su.lineOnly(say.n(d.signUps.count), d.signUps.count === 1)
              : su.line(say.n(d.signUps.count), d.signUps.count === 1, perHundred(d.signUps.perHundred))}
          </span>
          <Button size="compact-xs" variant="subtle" onClick={() => go({ screen: 'results' })}>
            {su.see}
          </Button>
        </div>
      )}
      {week.looseRefunds > 0 && (
        <p className={`${css.quiet} ${css.more}`}>
          {loose.week(say.n(week.looseRefunds), week.looseRefunds === 1, say.wholeMoney(week.looseNet))}
        </p>
      )}
      {d.coveredThrough !== null && d.coveredThrough < d.lastDay && (
        <p className={`${css.quiet} ${css.more}`}>{w.thisWeek.takingsThrough(say.day(d.coveredThrough))}</p>
      )}
    </div>
  );
}

const PLACES: Readonly<Record<Week['needs'][number]['code'], Place>> = {
  holds: { screen: 'replies' },
  replies: { screen: 'replies' },
  tasks: { screen: 'counter' },
  uncertain: { screen: 'texts', view: 'unknown' },
  refused: { screen: 'texts', view: 'unknown' },
  paused: { screen: 'campaigns' },
  'follow-ups': { screen: 'campaigns' },
  automations: { screen: 'automations' },
  'import-overdue': { screen: 'import' },
  'no-import': { screen: 'import' },
  'files-waiting': { screen: 'import' },
  'wrong-numbers': { screen: 'customers', cannot: 'numbers' },
  discounts: { screen: 'till-check' },
  'replies-unread': { screen: 'settings', section: 'texting' },
  'paper-failed': { screen: 'settings', section: 'papers' },
  'backup-failed': { screen: 'settings', section: 'backups' },
  'no-second-backup': { screen: 'settings', section: 'backups' },
  account: { screen: 'account' },
  registration: { screen: 'registration' },
  'registration-rejected': { screen: 'registration' },
  'registration-late': { screen: 'registration' },
};

function Needs({ d, words: w, say }: Props) {
  const t = w.thisWeek.needs;
  return (
    <Panel title={t.title}>
      {d.needs.length === 0 ? (
        <p className={css.quiet}>{t.nothing}</p>
      ) : (
        <ul className={css.needs}>
          {d.needs.map((n) => {
            const text = t.codes[n.code](say.n(n.count), n.count === 1, n.day ? say.day(n.day) : '');
            const place: Place = n.campaignId === null ? PLACES[n.code] : { screen: 'campaigns', id: n.campaignId };
            return (
              <li key={n.code} className={css.need}>
                <span>{text}</span>
                <Button size="xs" variant="default" onClick={() => go(place)} aria-label={`${t.open}: ${text}`}>
                  {t.open}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

/** The first line of the page: what the last measured text did, as a ratio. Nothing before there is one; `Paid` tells then. */
function Latest({ d, words: w, say }: Props) {
  const t = w.thisWeek.latest;
  const found = useWords(results);
  const l = d.latest;
  const v = l?.verdict;
  if (!l || !v) return null;
  const [first = '', ...rest] = sayFinding(l.finding, found, { n: say.n, money: say.wholeMoney, day: say.day });
  return (
    <Panel
      title={<span className={css.finding}>{first}</span>}
      hint={`${l.name} · ${say.date(l.startedAt)}`}
      action={
        <Button size="xs" variant="default" onClick={() => go({ screen: 'results', campaignId: l.id })}>
          {t.open}
        </Button>
      }
    >
      {rest.map((line) => (
        <p key={line} className={css.more}>
          {line}
        </p>
      ))}
      {l.goal && <GoalLine goal={l.goal} say={say} />}
      {v.range && <IntervalWhisker range={v.range} inner={v.range80} show={amount(v, say)} label={rest[0] ?? first} />}
    </Panel>
  );
}

/** What earlier texts brought, and what texting cost in these days beside the sales after it. */
function Paid({ d, words: w, say }: Props) {
  const t = w.thisWeek.paid;
  const found = useWords(results);
  const { week } = d;
  const after = week.direct + week.influenced;
  return (
    <Panel title={t.title}>
      <p>
        {d.coveredThrough === null
          ? t.noTill(say.micros(week.cost, d.currency))
          : t.week(say.micros(week.cost, d.currency), say.wholeMoney(week.direct), say.wholeMoney(after))}
      </p>
      {d.latest === null && <p className={`${css.quiet} ${css.more}`}>{w.thisWeek.latest.none}</p>}
      {d.paid.length > 0 && (
        <ul className={`${css.needs} ${css.more}`}>
          {d.paid.map((l) => {
            const [first = '', second] = sayFinding(l.finding, found, { n: say.n, money: say.wholeMoney, day: say.day });
            return (
              <li key={l.id} className={css.need}>
                <span>
                  <strong>{l.name}</strong>
                  <br />
                  {second ?? first}
                </span>
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`${t.open}: ${l.name}`}
                  onClick={() => go({ screen: 'results', campaignId: l.id })}
                >
                  {t.open}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Panel>
  );
}

function Health({ d, words: w, say }: Props) {
  const t = w.thisWeek.health;
  const h = d.health;
  const share = h.sent > 0 ? say.share(h.delivered / h.sent) : '';
  return (
    <Panel title={t.title} tone={h.code === 'bad' ? 'danger' : h.code === 'watch' ? 'warn' : 'plain'}>
      <p>{h.sent === 0 ? t.none : h.code === 'quiet' ? t.quiet(say.n(h.sent)) : t[h.code](share, say.n(h.sent))}</p>
      {h.sent > 0 && <p className={css.quiet}>{t.details(say.n(h.filtered), say.n(h.stops))}</p>}
    </Panel>
  );
}
