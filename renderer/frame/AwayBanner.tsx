import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { backgroundOwner as words } from '@renderer/strings/background';
import { shell as shellWords } from '@renderer/strings/shell';
import { count, duration, when, whenNear } from '@renderer/ui/format';
import { ErrorNote } from '@renderer/ui/States';
import { IconCalendarClock, IconClockExclamation, IconInfoCircle, IconPlayerPause } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import css from './background.module.css';

type State = Out<'away/state'>;
type Note = State['notes'][number];

/** How this shop says numbers and moments, for these few lines. */
function useSaying() {
  const { shop, locale } = useShell();
  const near = useWords(shellWords).days;
  const now = Date.now();
  return {
    n: (x: number) => count(x, locale),
    at: (t: number) => whenNear(t, shop.zone, locale, now, near),
    /** The end of something that began then: the day only when it is another. */
    until: (from: number, to: number) => {
      const day = (t: number) => when(t, 'day', shop.zone, locale, now);
      return day(from) === day(to) ? when(to, 'time', shop.zone, locale, now) : whenNear(to, shop.zone, locale, now, near);
    },
    time: (ms: number) => duration(ms, locale),
  };
}

function Banner({ tone, icon, children, action }: { tone: 'info' | 'warn'; icon: ReactNode; children: ReactNode; action: ReactNode }) {
  return (
    <div className={css.banner} data-tone={tone} role="status">
      {icon}
      <div className={css.words}>{children}</div>
      {action}
    </div>
  );
}

function Paused({ since }: { since: number }) {
  const w = useWords(words).paused;
  const say = useSaying();
  const resume = useCommand('outbox/resume-all');
  return (
    <Banner
      tone="warn"
      icon={<IconPlayerPause size={20} stroke={1.75} aria-hidden />}
      action={
        <Button size="xs" variant="default" loading={resume.busy} onClick={() => void resume.run({})}>
          {w.resume}
        </Button>
      }
    >
      <p>
        <strong>{w.since(say.at(since))}</strong>
      </p>
      <p>{w.hint}</p>
      <ErrorNote error={resume.error} />
    </Banner>
  );
}

function Clock({ clock }: { clock: State['clock'] }) {
  const w = useWords(words).clock;
  const say = useSaying();
  const check = useCommand('away/check-clock');
  if (clock.verdict === 'right') return null;
  const skew = clock.skewMs ?? 0;
  return (
    <Banner
      tone="warn"
      icon={<IconClockExclamation size={20} stroke={1.75} aria-hidden />}
      action={
        <Button size="xs" variant="default" loading={check.busy} onClick={() => void check.run({})}>
          {w.again}
        </Button>
      }
    >
      {clock.verdict === 'wrong' ? (
        <>
          <p>
            <strong>{w.wrong(say.time(Math.abs(skew)), skew > 0)}</strong>
          </p>
          <p>{w.wrongHint}</p>
        </>
      ) : (
        <p>{w.unchecked}</p>
      )}
      <ErrorNote error={check.error} />
    </Banner>
  );
}

/** What became of the texts after a sleep, as it stands now. */
function AfterSleep() {
  const w = useWords(words).away;
  const say = useSaying();
  const { data: l } = useQuery('outbox/leaving', {});
  if (!l || l.pausedSince !== null) return null;
  const now = l.underWay + l.now;
  return (
    <>
      {now > 0 && ` ${w.leavingAgain(say.n(now), now === 1)}`}
      {l.later.count > 0 && l.later.next !== null && ` ${w.waits(say.n(l.later.count), l.later.count === 1, say.at(l.later.next))}`}
    </>
  );
}

function Line({ note: x, last }: { note: Note; last: boolean }) {
  const w = useWords(words).away;
  const say = useSaying();
  switch (x.kind) {
    case 'crashed':
    case 'part-restarted':
      return (
        <p>
          {x.kind === 'crashed' ? w.crashed(say.at(x.at)) : w.restarted(say.at(x.at))}{' '}
          {x.checking > 0 ? w.checking(say.n(x.checking), x.checking === 1) : w.nothingLost}
        </p>
      );
    case 'slept':
      return (
        <p>
          {w.slept(say.time(x.at - x.from), say.at(x.from), say.until(x.from, x.at))}
          {last && <AfterSleep />}
        </p>
      );
    case 'clock-changed':
      return <p>{w.clock(say.time(Math.abs(x.byMs)), x.byMs > 0)}</p>;
  }
}

const DECLINED = 'regulars-login-declined';

/** Offered once, when something is set for later that needs this computer: starting by itself. */
function LoginOffer({ scheduled }: { scheduled: State['scheduled'] }) {
  const w = useWords(words).login;
  const say = useSaying();
  const { data, refetch } = useQuery('shell/background', {});
  const start = useCommand('shell/set-background');
  const [declined, setDeclined] = useState(() => localStorage.getItem(DECLINED) !== null);
  if (declined || scheduled.next === null || !data?.login.supported || data.login.on) return null;
  return (
    <Banner
      tone="info"
      icon={<IconCalendarClock size={20} stroke={1.75} aria-hidden />}
      action={
        <div className={css.choicesInLine}>
          <Button size="xs" variant="default" loading={start.busy} onClick={() => void start.run({ startAtLogin: true }).then(refetch)}>
            {w.yes}
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              localStorage.setItem(DECLINED, 'yes');
              setDeclined(true);
            }}
          >
            {w.no}
          </Button>
        </div>
      }
    >
      <p>{w.offer(say.n(scheduled.campaigns), scheduled.campaigns === 1, say.at(scheduled.next))}</p>
      <p>{w.hint}</p>
      <ErrorNote error={start.error} />
    </Banner>
  );
}

/** Told above every screen of the owner: everything paused, a clock that is off, and what happened while nobody was looking. */
export function AwayBanner() {
  const w = useWords(words).away;
  const { data } = useQuery('away/state', {});
  const dismiss = useCommand('away/dismiss');
  if (!data) return null;
  const { notes, clock, pausedSince, scheduled } = data;
  const lastSleep = notes.findLast((x) => x.kind === 'slept')?.id;
  return (
    <div className="rg-no-print">
      {pausedSince !== null && <Paused since={pausedSince} />}
      <Clock clock={clock} />
      {scheduled.campaigns > 0 && <LoginOffer scheduled={scheduled} />}
      {notes.length > 0 && (
        <Banner
          tone="info"
          icon={<IconInfoCircle size={20} stroke={1.75} aria-hidden />}
          action={
            <Button size="xs" variant="default" loading={dismiss.busy} onClick={() => void dismiss.run({ ids: notes.map((x) => x.id) })}>
              {w.gotIt}
            </Button>
          }
        >
          <p>
            <strong>{w.title}</strong>
          </p>
          {notes.slice(-4).map((x) => (
            <Line key={x.id} note={x} last={x.id === lastSleep && clock.verdict === 'right'} />
          ))}
        </Banner>
      )}
    </div>
  );
}
