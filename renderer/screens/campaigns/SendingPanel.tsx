import type { ChannelOutput } from '@contract/index';
import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useShell } from '@renderer/api/useShell';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { outbox as words } from '@renderer/strings/outbox';
import { Count, ErrorNote, Loaded, Note, Panel, ProgressLine, Rows, StatRow, StatTile } from '@renderer/ui';
import { count, duration, micros, when } from '@renderer/ui/format';
import { useFinish } from '../account/useFinish';
import { PauseNote } from './PauseNote';
import css from './sending.module.css';
import { blockedRemedy, blockedWords, waitWords } from './sending-words';
import { UncertainTexts } from './UncertainTexts';

type Status = ChannelOutput<'outbox/status'>;

/** How sending of a campaign goes: progress, endings, why texts wait, and what only the owner can decide. */
export function SendingPanel({ campaignId, texts = true }: { campaignId: CampaignId; texts?: boolean }) {
  const query = useQuery('outbox/status', { campaignId }, { topics: ['outbox', 'campaigns', 'settings'] });
  return <Loaded query={query}>{(status) => <Sending status={status} campaignId={campaignId} texts={texts} />}</Loaded>;
}

const sum = (s: Status, ...states: (keyof Status['counts'])[]) => states.reduce((n, state) => n + (s.counts[state] ?? 0), 0);

function Sending({ status: s, campaignId, texts }: { status: Status; campaignId: CampaignId; texts: boolean }) {
  const w = useWords(words);
  const { locale, shop } = useShell();
  const n = (x: number) => count(x, locale);
  const finish = useFinish();
  const clock = (at: number) => when(at, 'time', shop.zone, locale, Date.now());
  const openCount = sum(s, 'staged', 'waiting', 'sending');
  const onTheWay = sum(s, 'sending', 'accepted', 'queued', 'sent');
  const failed = sum(s, 'undelivered', 'failed', 'rejected');
  const leftOut = sum(s, 'skipped', 'cancelled');
  const unknown = s.uncertain.looking + s.uncertain.needsDecision;
  /** To the cent: of a sum nobody wants to see hundredths of one. */
  const spent = Math.round(s.spentThisMonth / 10_000) * 10_000;
  const paused = s.state === 'paused' && openCount > 0;
  const moving = openCount > 0 && (s.state === 'sending' || s.state === 'finished');
  // what becomes of mails stands with them (MailPanel)
  if (!texts) return s.state === 'paused' ? <PauseNote reason={s.pauseReason ?? 'owner'} /> : null;
  /** Pace and end are true only while nothing stands in the way. */
  const leaving = moving && s.blocked === null;
  const phase = s.phase === 'results' ? w.phase.results(clock(s.phaseUntil ?? Date.now())) : w.phase[s.phase];
  return (
    <Rows>
      {paused && <PauseNote reason={s.pauseReason ?? 'owner'} />}
      {moving && s.blocked && !SAID_ABOVE.has(s.blocked.reason) && <Blocked blocked={s.blocked} />}
      {s.total > 0 && (
        <Panel
          title={s.state === 'finished' && openCount === 0 ? w.allLeft : w.title}
          hint={leaving ? phase : moving && s.blocked && SAID_ABOVE.has(s.blocked.reason) ? blockedWords(w, s.blocked) : undefined}
        >
          <ProgressLine
            share={s.done / s.total}
            label={w.done(n(s.done), n(s.total))}
            detail={leaving && s.lasts !== null ? `${w.lasts(duration(s.lasts, locale))} · ${w.pace(n(s.segmentsPerMinute))}` : undefined}
            tone={paused || (moving && !leaving) ? 'warn' : 'accent'}
          />
          {leaving && s.finish && <p className={css.spent}>{finish(s.finish)}</p>}
          <p className={css.spent}>
            {s.monthlyLimit === null
              ? w.spent(micros(spent, s.currency, locale))
              : w.limit(micros(spent, s.currency, locale), micros(s.monthlyLimit, s.currency, locale))}
          </p>
        </Panel>
      )}
      <StatRow>
        <StatTile label={w.delivered} value={<Count n={sum(s, 'delivered')} />} note={w.arrivedHint} />
        <StatTile label={w.onTheWay} value={<Count n={onTheWay} />} note={w.onTheWayHint} />
        {openCount > 0 && <StatTile label={w.waiting} value={<Count n={sum(s, 'staged', 'waiting')} />} note={w.waitingHint} />}
        <StatTile
          label={w.notDelivered}
          value={<Count n={failed} />}
          note={failed > 0 ? w.notDeliveredHint : undefined}
          tone={failed > 0 ? 'warn' : 'plain'}
        />
        <StatTile label={w.leftOut} value={<Count n={leftOut} />} note={w.leftOutHint} />
        {unknown > 0 && <StatTile label={w.open} value={<Count n={unknown} />} note={w.openHint} tone="warn" />}
      </StatRow>
      {(unknown > 0 || s.refused > 0) && <UncertainTexts campaignId={campaignId} />}
      <Reasons title={w.whyWaiting} rows={moving ? s.waiting.filter((r) => r.reason !== '') : []} />
      <Reasons title={w.whyLeftOut} rows={s.skipped.map((r) => ({ ...r, until: null }))} />
      {s.errors.length > 0 && (
        <Panel title={w.whyFailed}>
          <ul className={css.list}>
            {s.errors.map((e) => (
              <li key={e.code}>
                <span className={css.number}>{n(e.count)}</span>
                <span>
                  <strong>{e.title}.</strong> {e.whatToDo} <span className={css.quiet}>({e.code})</span>
                </span>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </Rows>
  );
}

/** Told above every screen already, with the button that mends it (frame/AwayBanner): not a second time here. */
const SAID_ABOVE: ReadonlySet<string> = new Set(['paused-all', 'clock-wrong', 'clock-unchecked']);

function Blocked({ blocked }: { blocked: NonNullable<Status['blocked']> }) {
  const w = useWords(words);
  const remedy = blockedRemedy(w, blocked.reason);
  const tryNow = useCommand('outbox/try-now');
  return (
    <Rows gap={8}>
      <Note
        tone="warn"
        role="status"
        action={
          remedy ? (
            <Button size="xs" variant="default" onClick={() => go(remedy.place)}>
              {remedy.label}
            </Button>
          ) : (
            <Button size="xs" variant="default" loading={tryNow.busy} onClick={() => void tryNow.run({})}>
              {w.tryNow}
            </Button>
          )
        }
      >
        <p>{blockedWords(w, blocked)}</p>
      </Note>
      <ErrorNote error={tryNow.error} />
    </Rows>
  );
}

function Reasons({ title, rows }: { title: string; rows: readonly { reason: string; until: number | null; count: number }[] }) {
  const w = useWords(words);
  const { locale, shop } = useShell();
  if (rows.length === 0) return null;
  return (
    <Panel title={title}>
      <ul className={css.list}>
        {rows.map((r) => (
          <li key={r.reason}>
            <span className={css.number}>{count(r.count, locale)}</span>
            <span>
              {waitWords(w, r.reason)}
              {r.until !== null && (
                <span className={css.quiet}> · {w.until(when(r.until, 'day-time', shop.zone, locale, Date.now()))}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
