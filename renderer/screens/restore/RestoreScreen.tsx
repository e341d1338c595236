import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useShell } from '@renderer/api/useShell';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { when } from '@renderer/ui/format';
import { ProgressLine } from '@renderer/ui/ProgressLine';
import { Panel, Rows, Screen } from '@renderer/ui/Screen';
import { EmptyState, ErrorNote, Loaded, Note } from '@renderer/ui/States';
import { When } from '@renderer/ui/Values';
import { IconHistory } from '@tabler/icons-react';
import { HeldPanel } from './HeldPanel';
import css from './restore.module.css';
import { TakeBack } from './TakeBack';
import { type RestoreState, useRestoreState, useStanding } from './useRestore';

/** After an older copy took the shop's place: what came back, how far Twilio's list was read, what waits for the owner. */
export function RestoreScreen() {
  const w = useWords(words);
  const state = useRestoreState();
  const standing = useStanding();
  const retired = standing.data?.retired ?? null;
  return (
    <Screen
      title={w.title[retired !== null ? 'retired' : (state.data?.how ?? 'none')]}
      up={{ label: w.upToBackups, onClick: () => go({ screen: 'settings', section: 'backups' }) }}
    >
      {retired !== null ? (
        <TakeBack />
      ) : (
        <Loaded query={state} lines={8}>
          {(s) =>
            s === null ? (
              <Panel>
                <EmptyState
                  icon={<IconHistory size={32} stroke={1.5} />}
                  title={w.nothing}
                  action={
                    <Button variant="default" onClick={() => go({ screen: 'settings', section: 'backups' })}>
                      {w.toBackups}
                    </Button>
                  }
                >
                  {w.nothingHint}
                </EmptyState>
              </Panel>
            ) : (
              <Content state={s} />
            )
          }
        </Loaded>
      )}
    </Screen>
  );
}

function Content({ state: s }: { state: RestoreState }) {
  const w = useWords(words);
  const { shop, locale } = useShell();
  const done = useCommand('restore/done');
  const at = (t: number) => when(t, 'day-time', shop.zone, locale, Date.now());
  const settled = s.look === 'proven' && s.campaigns.length === 0 && s.personal.length === 0;
  return (
    <Rows>
      <div>
        <h2 className={css.headline}>{w.head[s.how](at(s.copyAt))}</h2>
        <p className={css.quiet}>{s.done ? w.finished : w.at(at(s.at))}</p>
      </div>
      <div className={css.columns}>
        <Brought state={s} />
        <Look state={s} at={at} />
      </div>
      {!s.done && <HeldPanel state={s} at={at} />}
      {!s.done && settled && (
        <div className={css.ends}>
          <span className={css.quiet}>{w.doneHint}</span>
          <Button loading={done.busy} onClick={() => void done.run({})}>
            {w.done}
          </Button>
        </div>
      )}
      <ErrorNote error={done.error} />
    </Rows>
  );
}

const KINDS = [
  'stops',
  'permissions',
  'signUps',
  'redemptions',
  'codes',
  'cards',
  'texts',
  'campaigns',
  'followUps',
  'reached',
  'links',
  'draws',
  'drawEntries',
  'rewards',
  'orders',
  'erased',
] as const;

function Brought({ state: { brought, journal, how } }: { state: RestoreState }) {
  const w = useWords(words).brought;
  const some = KINDS.filter((k) => brought[k] > 0);
  const own = how === 'taken-back' || how === 'other-computer';
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.stack}>
        {some.length > 0 ? (
          <ul className={css.facts}>
            {some.map((k) => (
              <li key={k}>{w.items[k](brought[k])}</li>
            ))}
          </ul>
        ) : (
          <p>{journal.read > 0 || own ? w.nothing : journal.foreign ? w.foreign : w.none}</p>
        )}
        {journal.gap > 0 && <Note tone="warn">{w.gap(journal.gap)}</Note>}
        {journal.unreadable > 0 && journal.read > 0 && <Note tone="warn">{w.unreadable(journal.unreadable)}</Note>}
        {journal.torn && <p className={css.quiet}>{w.torn}</p>}
      </div>
    </Panel>
  );
}

function Look({ state: s, at }: { state: RestoreState; at: (t: number) => string }) {
  const w = useWords(words).look;
  const n = s.found.adopted + s.found.unknown;
  const left = n + s.brought.texts;
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.stack}>
        {s.share !== null && <ProgressLine share={s.share} label={w.progress} />}
        {!s.connected ? (
          <Note
            tone={s.campaigns.length > 0 || s.personal.length > 0 ? 'warn' : 'info'}
            action={
              <Button size="xs" variant="default" onClick={() => go({ screen: 'settings', section: 'texting' })}>
                {w.connect}
              </Button>
            }
          >
            {w.notConnected}
          </Note>
        ) : (
          <p role="status">
            {s.look === 'first' ? (s.share === null ? w.waits : w.first) : s.look === 'second' ? w.second(at(s.lookAt ?? s.at)) : w.proven}
          </p>
        )}
        {s.look !== 'first' && (
          <ul className={css.facts}>
            <li>{left === 0 ? w.nothing : w.found(left)}</li>
            {s.found.unknown > 0 && <li>{w.unknown(s.found.unknown)}</li>}
            {s.found.codes > 0 && <li>{w.codes(s.found.codes)}</li>}
          </ul>
        )}
        {s.unsure > 0 && (
          <Note
            tone="warn"
            action={
              <Button size="xs" variant="default" onClick={() => go({ screen: 'texts' })}>
                {w.seeUnsure}
              </Button>
            }
          >
            {w.unsure(s.unsure)}
          </Note>
        )}
        {s.done && (
          <p className={css.quiet}>
            <When at={s.at} near />
          </p>
        )}
      </div>
    </Panel>
  );
}
