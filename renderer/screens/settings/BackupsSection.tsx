import { Button } from '@mantine/core';
import { call, type Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useShell } from '@renderer/api/useShell';
import { useTask } from '@renderer/api/useTask';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { restore as restoreWords } from '@renderer/strings/restore';
import { settings as words } from '@renderer/strings/settings';
import { Chip } from '@renderer/ui/Chip';
import { DataTable } from '@renderer/ui/DataTable';
import { ConfirmDialog, Dialog } from '@renderer/ui/Dialog';
import { bytes, when } from '@renderer/ui/format';
import { Panel } from '@renderer/ui/Screen';
import { EmptyState, ErrorNote, Loaded, Note } from '@renderer/ui/States';
import { toast } from '@renderer/ui/toast';
import { When } from '@renderer/ui/Values';
import { useEffect, useRef, useState } from 'react';
import { MoveDialog } from '../restore/MoveDialog';
import { useRestoreState } from '../restore/useRestore';
import { RecoveryCode } from './RecoveryCode';
import { SecondPlace } from './SecondPlace';
import css from './settings.module.css';
import { useBackups } from './useSettings';

type Backups = Out<'backups/list'>;
type File = Backups['files'][number];

/** The list, one now, the second place, bringing one back, the recovery code. */
export function BackupsSection() {
  const w = useWords(words);
  const b = w.backups;
  const { locale, shop } = useShell();
  const { move: m, banner } = useWords(restoreWords);
  const past = useRestoreState();
  const [moving, setMoving] = useState(false);
  const list = useBackups();
  const make = useCommand('backups/make');
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  const [restore, setRestore] = useState<{ path: string; file: File | null } | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const newCode = useCommand('settings/make-recovery-code');
  const said = useRef<string | null>(null);
  useEffect(() => {
    if (running?.state === 'done' && said.current !== running.id) {
      said.current = running.id;
      toast({ title: b.made, tone: 'good' });
    }
  }, [running, b.made]);
  const busy = make.busy || running?.state === 'running';
  return (
    <>
      <Panel
        title={w.sections.backups}
        hint={b.hint}
        action={
          <Button
            loading={busy}
            onClick={async () => {
              const id = await make.run({});
              if (id) setTask(id);
            }}
          >
            {b.now}
          </Button>
        }
      >
        <ErrorNote error={make.error} />
        <Loaded query={list} lines={4}>
          {(d) => (
            <div className={css.fields}>
              <p>
                {b.last}: <strong>{d.lastGoodAt === null ? b.none : <When at={d.lastGoodAt} near />}</strong>
              </p>
              {d.nag && <Note tone="warn">{b.nag}</Note>}
              <DataTable<File>
                label={w.sections.backups}
                rows={d.files}
                rowKey={(f) => f.path}
                height={Math.min(360, 42 + Math.max(1, d.files.length) * 44)}
                onOpen={(f) => setRestore({ path: f.path, file: f })}
                columns={[
                  { key: 'made', title: b.columns.made, render: (f) => <When at={f.madeAt} near />, width: 'minmax(120px, 1.4fr)' },
                  {
                    key: 'place',
                    title: b.columns.place,
                    render: (f) => <Chip>{b.places[f.place]}</Chip>,
                    width: '120px',
                  },
                  { key: 'size', title: b.columns.size, render: (f) => bytes(f.bytes, locale), width: '64px', align: 'right' },
                  {
                    key: 'go',
                    title: b.restore,
                    quietTitle: true,
                    width: '112px',
                    align: 'right',
                    render: (f) => (
                      <Button size="xs" variant="default" onClick={() => setRestore({ path: f.path, file: f })}>
                        {b.restore}
                      </Button>
                    ),
                  },
                ]}
                empty={
                  <EmptyState title={b.empty} compact>
                    {b.emptyHint}
                  </EmptyState>
                }
              />
              {past.data && (
                <div>
                  <Button variant="default" size="xs" onClick={() => go({ screen: 'restore' })}>
                    {banner.open}
                  </Button>
                </div>
              )}
              <div>
                <Button
                  variant="subtle"
                  size="xs"
                  className={css.flush ?? ''}
                  onClick={async () => {
                    const file = await call('shell/pick-file', { kind: 'backup' }).catch(() => null);
                    if (file) setRestore({ path: file.path, file: null });
                  }}
                >
                  {b.fromFile}
                </Button>
              </div>
            </div>
          )}
        </Loaded>
      </Panel>
      <Panel title={b.second} hint={b.secondHint}>
        <SecondPlace path={list.data?.secondPlace ?? null} problem={list.data?.secondPlaceProblem ?? null} />
      </Panel>
      <Panel
        title={b.recovery}
        hint={b.recoveryHint}
        action={
          <Button
            variant="default"
            loading={newCode.busy}
            onClick={async () => {
              const made = await newCode.run({});
              if (made) setCode(made.code);
            }}
          >
            {b.newCode}
          </Button>
        }
      >
        <ErrorNote error={newCode.error} />
      </Panel>
      <Panel
        title={m.title}
        hint={m.hint}
        action={
          shop.kind === 'real' && (
            <Button variant="default" onClick={() => setMoving(true)}>
              {m.start}
            </Button>
          )
        }
      />
      {moving && <MoveDialog onClose={() => setMoving(false)} />}
      {restore && <Restore target={restore} locale={locale} onClose={() => setRestore(null)} />}
      <Dialog open={code !== null} onClose={() => setCode(null)} title={b.newCodeTitle} width={560}>
        {code !== null && <RecoveryCode code={code} onKept={() => setCode(null)} keptLabel={w.saved} />}
      </Dialog>
    </>
  );
}

function Restore({ target, locale, onClose }: { target: { path: string; file: File | null }; locale: string; onClose: () => void }) {
  const b = useWords(words).backups;
  const { shop } = useShell();
  const restore = useCommand('backups/restore');
  const at = target.file ? when(target.file.madeAt, 'day-time', shop.zone, locale, Date.now()) : null;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={at ? b.restoreTitle(at) : b.restoreFileTitle}
      confirm={b.restoreConfirm}
      busy={restore.busy}
      danger
      onConfirm={async () => {
        const done = await restore.run({ path: target.path });
        if (!done) return;
        toast({ title: b.restored(done.replayed, done.pausedCampaigns), tone: 'good', ms: 10_000 });
        onClose();
      }}
    >
      <ul className={css.plainList}>
        {b.restoreBody.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p className={css.path}>{target.path}</p>
      <ErrorNote error={restore.error} />
    </ConfirmDialog>
  );
}
