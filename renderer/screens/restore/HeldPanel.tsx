import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useTask } from '@renderer/api/useTask';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { restore as words } from '@renderer/strings/restore';
import { Chip } from '@renderer/ui/Chip';
import { ConfirmDialog } from '@renderer/ui/Dialog';
import { ProgressLine } from '@renderer/ui/ProgressLine';
import { Panel } from '@renderer/ui/Screen';
import { ErrorNote } from '@renderer/ui/States';
import { toast } from '@renderer/ui/toast';
import { useEffect, useRef, useState } from 'react';
import css from './restore.module.css';
import type { HeldCampaign, RestoreState } from './useRestore';

type Which = HeldCampaign['id'] | 'personal';
type Ask = { what: 'go-on' | 'end'; which: Which; n: number };

/** What waits for the owner since the restore: per campaign what left and what did not, and the two ways on. */
export function HeldPanel({ state, at }: { state: RestoreState; at: (t: number) => string }) {
  const w = useWords(words).held;
  const goOn = useCommand('restore/go-on');
  const end = useCommand('restore/end');
  const [ask, setAsk] = useState<Ask | null>(null);
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (running?.state !== 'done' || said.current === running.id) return;
    said.current = running.id;
    toast({ title: w.going, tone: 'good' });
  }, [running, w.going]);
  const ready = state.look !== 'first';
  const proven = state.look === 'proven';
  const busy = running?.state === 'running';
  const carryOn = async (which: Which, early: boolean) => {
    const id = await goOn.run({ which, early });
    if (id) setTask(id);
    setAsk(null);
  };
  const wish = (which: Which, n: number) => (proven || n === 0 ? void carryOn(which, !proven) : setAsk({ what: 'go-on', which, n }));
  const personal = state.personal.reduce((n, p) => n + p.n, 0);
  const empty = state.campaigns.length === 0 && personal === 0;
  /** One thing to decide is the page's one main button; of several, none is more so than the others. */
  const one = state.campaigns.length + (personal > 0 ? 1 : 0) === 1;
  const buttons = (which: Which, n: number, planned: boolean) => (
    <div className={css.buttons}>
      <Button size="xs" variant={one ? 'filled' : 'default'} disabled={!ready || busy} loading={goOn.busy} onClick={() => wish(which, n)}>
        {planned ? w.goOnPlanned : w.goOn(n)}
      </Button>
      <Button size="xs" variant="default" disabled={!ready || busy} onClick={() => setAsk({ what: 'end', which, n })}>
        {which === 'personal' ? w.endPersonal : w.end}
      </Button>
    </div>
  );
  return (
    <Panel title={w.title} hint={empty ? undefined : w.hint}>
      {empty ? (
        <p>{w.none}</p>
      ) : (
        <ul className={css.held}>
          {state.campaigns.map((c) => (
            <li key={c.id}>
              <div className={css.heldWords}>
                <button type="button" className={css.name} onClick={() => go({ screen: 'campaigns', id: c.id })}>
                  {c.name}
                </button>
                <span className={css.counts}>
                  {c.state === 'scheduled' && <Chip>{w.planned}</Chip>}
                  <Count n={c.left} label={w.people.left} />
                  <Count n={c.notLeft} label={w.people.notLeft} />
                  {c.unsure > 0 && <Count n={c.unsure} label={w.people.unsure} />}
                </span>
              </div>
              {buttons(c.id, c.notLeft, c.state === 'scheduled' && c.notLeft === 0)}
            </li>
          ))}
          {personal > 0 && (
            <li>
              <div className={css.heldWords}>
                <span className={css.name}>{w.personal}</span>
                <span className={css.counts}>{state.personal.map((p) => (w.classes[p.messageClass] ?? String)(p.n)).join(' · ')}</span>
              </div>
              {buttons('personal', personal, false)}
            </li>
          )}
        </ul>
      )}
      {busy && <ProgressLine share={null} label={w.running} />}
      <ErrorNote error={goOn.error ?? end.error} />
      {ask?.what === 'go-on' && (
        <ConfirmDialog
          open
          onClose={() => setAsk(null)}
          title={w.earlyTitle}
          confirm={w.earlyConfirm}
          busy={goOn.busy}
          onConfirm={() => void carryOn(ask.which, true)}
        >
          <p>{w.early(at(state.lookAt ?? state.at))}</p>
        </ConfirmDialog>
      )}
      {ask?.what === 'end' && (
        <ConfirmDialog
          open
          danger
          onClose={() => setAsk(null)}
          title={w.endTitle}
          confirm={ask.which === 'personal' ? w.endPersonal : w.end}
          busy={end.busy}
          onConfirm={async () => {
            if (await end.run({ which: ask.which })) toast({ title: w.ended, tone: 'good' });
            setAsk(null);
          }}
        >
          <p>{w.endBody(ask.n)}</p>
        </ConfirmDialog>
      )}
    </Panel>
  );
}

function Count({ n, label }: { n: number; label: string }) {
  return (
    <span>
      <strong>{n.toLocaleString('en-US')}</strong> {label}
    </span>
  );
}
