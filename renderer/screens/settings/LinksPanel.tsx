import { Button } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { taps as catalogue } from '@renderer/strings/taps';
import { Chip, ConfirmDialog, Dialog, ErrorNote, Loaded, Note, Panel, TextField, toast, When } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';
import css from './settings.module.css';

type Source = NonNullable<Out<'taps/source'>>;

/** Links of the shop's own in texts: connected to its website's file of visits, or not at all. */
export function LinksPanel() {
  const w = useWords(catalogue);
  const source = useQuery('taps/source', {});
  const [connecting, setConnecting] = useState(false);
  const connected = source.data ?? null;
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      action={
        source.data === undefined ? undefined : (
          <Button variant="default" onClick={() => setConnecting(true)}>
            {connected ? w.change : w.connect}
          </Button>
        )
      }
    >
      <Loaded query={source} lines={2}>
        {(s) =>
          s === null ? (
            <div className={css.fields}>
              <div>
                <Chip>{w.none}</Chip>
              </div>
              <p className={css.quiet}>{w.noneBody}</p>
            </div>
          ) : (
            <Connected source={s} />
          )
        }
      </Loaded>
      {connecting && <ConnectLinks source={connected} onClose={() => setConnecting(false)} />}
    </Panel>
  );
}

function Connected({ source: s }: { source: Source }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const look = useCommand('taps/look');
  const disconnect = useCommand('taps/disconnect');
  const [leaving, setLeaving] = useState(false);
  const fine = s.state === 'fine' || s.state === 'new';
  return (
    <div className={css.fields}>
      <dl className={css.facts}>
        <dt>{w.example}</dt>
        <dd className="rg-num">{s.example}</dd>
        <dt>{w.file}</dt>
        <dd>{s.path}</dd>
        <dt>{w.read}</dt>
        <dd>
          <Chip tone={fine ? 'good' : 'warn'} dot>
            {w.state[s.state]}
          </Chip>{' '}
          {s.readAt !== null && <When at={s.readAt} near />}
        </dd>
        <dt>{w.visits(count(s.clicks, locale))}</dt>
        <dd>
          {[w.counted(count(s.counted, locale)), s.strangers > 0 && w.strangers(s.strangers), s.unread > 0 && w.unread(s.unread)]
            .filter(Boolean)
            .join(' · ')}
        </dd>
      </dl>
      {!fine && <Note tone="warn">{w.trouble}</Note>}
      <ErrorNote error={look.error ?? disconnect.error} />
      <div className={css.inline}>
        <Button
          size="xs"
          variant="default"
          loading={look.busy}
          onClick={async () => {
            const done = await look.run({});
            if (done) toast({ title: w.looked(done.fresh) });
          }}
        >
          {w.look}
        </Button>
        <Button size="xs" variant="subtle" color="brick" onClick={() => setLeaving(true)}>
          {w.disconnect}
        </Button>
      </div>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={w.disconnectTitle}
        confirm={w.disconnect}
        danger
        busy={disconnect.busy}
        onConfirm={async () => {
          if (await disconnect.run({})) setLeaving(false);
        }}
      >
        <p>{w.disconnectBody}</p>
      </ConfirmDialog>
    </div>
  );
}

function ConnectLinks({ source, onClose }: { source: Source | null; onClose: () => void }) {
  const w = useWords(catalogue);
  const connect = useCommand('taps/connect');
  const [base, setBase] = useState(source?.base ?? '');
  const [path, setPath] = useState(source?.path ?? '');
  const ready = base.trim() !== '' && path !== '';
  const save = async () => {
    if (ready && (await connect.run({ base, path }))) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.connect}
      width={560}
      actions={
        <Button disabled={!ready} loading={connect.busy} onClick={() => void save()}>
          {w.save}
        </Button>
      }
    >
      <div className={css.fields}>
        <TextField
          label={w.base}
          hint={w.baseHint}
          value={base}
          onChange={setBase}
          placeholder="yourshop.com/t/"
          spellCheck={false}
          maxLength={120}
          autoFocus
          onEnter={() => void save()}
        />
        <div>
          <p className={css.label}>{w.file}</p>
          <div className={css.inline}>
            <Button
              variant="default"
              onClick={async () => {
                const file = await call('shell/pick-file', { kind: 'csv' }).catch(() => null);
                if (file) setPath(file.path);
              }}
            >
              {w.pick}
            </Button>
            <span className={css.quiet}>{path || w.noFile}</span>
          </div>
          <p className={css.quiet}>{w.fileHint}</p>
        </div>
        <ErrorNote error={connect.error} />
      </div>
    </Dialog>
  );
}
