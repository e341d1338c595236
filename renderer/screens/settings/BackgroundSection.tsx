import { Button } from '@mantine/core';
import { call, type In, type Out, toApiError, useCommand, useQuery } from '@renderer/api';
import { useShell } from '@renderer/api/useShell';
import { useWords } from '@renderer/strings';
import { backgroundOwner as words } from '@renderer/strings/background';
import { shell as shellWords } from '@renderer/strings/shell';
import { ErrorNote, Loaded, Note, Panel, Rows, SelectField, SwitchField } from '@renderer/ui';
import { count, whenNear } from '@renderer/ui/format';
import { useState } from 'react';

type State = Out<'shell/background'>;
type Leaving = Out<'outbox/leaving'>;

/** What closing, logging in and falling asleep mean for texts, on this computer; and the one switch for everything that leaves. */
export function BackgroundSection() {
  const w = useWords(words).section;
  const query = useQuery('shell/background', {});
  const [changed, setChanged] = useState<State | null>(null);
  const [failed, setFailed] = useState<unknown>();
  const s = changed ?? query.data;
  const set = async (change: In<'shell/set-background'>) => {
    try {
      setFailed(undefined);
      setChanged(await call('shell/set-background', change));
    } catch (e) {
      setFailed(toApiError(e));
    }
  };
  if (!s) return <ErrorNote error={query.error} />;
  return (
    <Rows>
      <Panel title={w.title} hint={w.hint}>
        <Rows gap={16}>
          <SelectField
            label={w.close}
            value={s.onClose}
            onChange={(onClose) => void set({ onClose })}
            options={(['ask', 'background', 'quit'] as const).map((value) => ({ value, label: w.closeOptions[value] }))}
          />
          <SwitchField
            label={w.login}
            hint={s.login.supported ? w.loginHint : w.loginUnsupported}
            checked={s.login.on}
            disabled={!s.login.supported}
            onChange={(startAtLogin) => void set({ startAtLogin })}
          />
          {s.login.blocked && <Note tone="warn" title={w.loginBlocked[s.system]} />}
          <SwitchField label={w.awake} hint={w.awakeHint} checked={s.keepAwake} onChange={(keepAwake) => void set({ keepAwake })} />
          {!s.trayIsSeen && (
            <Note title={w.unseenTitle}>
              <p>{w.unseen}</p>
            </Note>
          )}
          <ErrorNote error={failed} />
        </Rows>
      </Panel>
      <AllSending />
    </Rows>
  );
}

function AllSending() {
  const w = useWords(words).section;
  const leaving = useQuery('outbox/leaving', {});
  const pause = useCommand('outbox/pause-all');
  const resume = useCommand('outbox/resume-all');
  return (
    <Panel title={w.sending} hint={w.sendingHint}>
      <Loaded query={leaving} lines={2}>
        {(l) => (
          <Rows gap={16}>
            <Waits l={l} />
            <div>
              {l.pausedSince === null ? (
                <Button variant="default" loading={pause.busy} onClick={() => void pause.run({})}>
                  {w.pause}
                </Button>
              ) : (
                <Button loading={resume.busy} onClick={() => void resume.run({})}>
                  {w.resume}
                </Button>
              )}
            </div>
            <ErrorNote error={pause.error ?? resume.error} />
          </Rows>
        )}
      </Loaded>
    </Panel>
  );
}

function Waits({ l }: { l: Leaving }) {
  const w = useWords(words).section.waits;
  const near = useWords(shellWords).days;
  const { shop, locale } = useShell();
  const n = (x: number) => count(x, locale);
  const at = (t: number | null) => (t === null ? '–' : whenNear(t, shop.zone, locale, Date.now(), near));
  const now = l.underWay + l.now;
  const lines = [
    ...(now > 0 ? [l.pausedSince === null ? w.now(n(now), now === 1) : w.held(n(now), now === 1)] : []),
    ...(l.later.count > 0 ? [w.later(n(l.later.count), l.later.count === 1, at(l.later.next))] : []),
    ...(l.scheduled.campaigns > 0 ? [w.scheduled(n(l.scheduled.campaigns), l.scheduled.campaigns === 1, at(l.scheduled.next))] : []),
    ...(l.atCarrier.count > 0 ? [w.atCarrier(n(l.atCarrier.count), l.atCarrier.count === 1)] : []),
    ...(l.waitsForOwner > 0 ? [w.owner(n(l.waitsForOwner), l.waitsForOwner === 1)] : []),
  ];
  return (
    <div>
      {(lines.length > 0 ? lines : [w.nothing]).map((line) => (
        <p key={line} style={{ margin: 0 }}>
          {line}
        </p>
      ))}
    </div>
  );
}
