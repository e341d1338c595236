import type { ErrorCode } from '@domain/errors';
import { Button } from '@mantine/core';
import { call, type Out, toApiError, useCommand, useQuery, useTask } from '@renderer/api';
import { ApiError } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { sources as catalogue } from '@renderer/strings/sources';
import { ConfirmDialog, Dialog, ErrorNote, FieldStack, Loaded, Note, Panel, StateBadge, SwitchField, TextField, When } from '@renderer/ui';
import { useState } from 'react';
import { FileTrouble } from './FileTrouble';
import css from './sources.module.css';
import { useFile } from './useImports';

type Sheet = Out<'sources/sheets'>[number];
type Words = (typeof catalogue)['en'];

const looks = (w: Words) =>
  ({
    never: { label: w.sheets.states.never, tone: 'neutral' },
    same: { label: w.sheets.states.same, tone: 'neutral' },
    new: { label: w.sheets.states.new, tone: 'warn' },
    'other-host': { label: w.sheets.states['other-host'], tone: 'warn' },
    failed: { label: w.sheets.states.failed, tone: 'danger' },
  }) as const;

/** Lists of people published on the web: each address shown large, fetched on the owner's word, imported on the owner's word. */
export function WebLists() {
  const w = useWords(catalogue).sheets;
  const sheets = useQuery('sources/sheets', {});
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title={w.title}
      hint={w.hint}
      padding="flush"
      action={
        <Button variant="default" onClick={() => setAdding(true)}>
          {w.add}
        </Button>
      }
    >
      <Loaded query={sheets} lines={2}>
        {(list) => (list.length === 0 ? <p className={css.empty}>{w.none}</p> : list.map((s) => <OneSheet key={s.id} sheet={s} />))}
      </Loaded>
      {adding && <AddSheet onClose={() => setAdding(false)} />}
    </Panel>
  );
}

function OneSheet({ sheet: s }: { sheet: Sheet }) {
  const words = useWords(catalogue);
  const w = words.sheets;
  const file = useFile();
  const refresh = useCommand('sources/refresh-sheet');
  const change = useCommand('sources/change-sheet');
  const allow = useCommand('sources/allow-host');
  const leave = useCommand('sources/leave-sheet');
  const remove = useCommand('sources/remove-sheet');
  const [task, setTask] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const running = useTask(task)?.state === 'running';
  const start = async () => {
    const started = await refresh.run({ id: s.id });
    if (started) setTask(started.taskId);
  };
  const look = () => (s.importId !== null ? go({ screen: 'import', id: s.importId }) : s.path !== null && void file.open(s.path));
  return (
    <section className={css.sheet} aria-label={s.name}>
      <div className={css.sheetHead}>
        <div className={css.words}>
          <div className={css.head}>
            <span className={css.name}>{s.name}</span>
            <StateBadge state={s.state} states={looks(words)} />
          </div>
          <span className={css.hostLine}>{s.host}</span>
          <span className={css.quiet}>
            {s.also.length > 0 && `${w.also(s.also.join(', '))} · `}
            {s.checkedAt !== null && (
              <>
                {w.checked} <When at={s.checkedAt} near />
              </>
            )}
          </span>
        </div>
        <div className={css.side}>
          <Button
            size="xs"
            variant="default"
            loading={refresh.busy || running}
            onClick={() => void start()}
            aria-label={`${w.refresh}: ${s.name}`}
          >
            {w.refresh}
          </Button>
          <Button size="xs" variant="subtle" color="gray" onClick={() => setAsking(true)} aria-label={`${w.remove}: ${s.name}`}>
            {w.remove}
          </Button>
        </div>
      </div>
      {s.state === 'new' && (
        <Note
          tone="warn"
          role="status"
          action={
            <div className={css.head}>
              <Button size="xs" onClick={look} disabled={file.busy}>
                {w.look}
              </Button>
              <Button size="xs" variant="subtle" color="gray" loading={leave.busy} onClick={() => void leave.run({ id: s.id })}>
                {w.leave}
              </Button>
            </div>
          }
        >
          {w.newBody}
        </Note>
      )}
      {s.askHost !== null && (
        <Note tone="warn" role="status" title={w.leadsOn}>
          <p className={css.host}>{s.askHost}</p>
          <p>{w.leadsOnBody(s.host)}</p>
          <Button
            size="xs"
            variant="default"
            loading={allow.busy}
            onClick={async () => {
              if (await allow.run({ id: s.id, host: s.askHost ?? '' })) await start();
            }}
          >
            {w.allowHost}
          </Button>
        </Note>
      )}
      {s.error !== null && !running && <FileTrouble error={new ApiError(s.error as ErrorCode)} />}
      <FileTrouble error={file.error} />
      <ErrorNote error={refresh.error ?? change.error ?? allow.error ?? leave.error ?? remove.error} />
      <SwitchField
        label={w.daily}
        hint={w.dailyHint}
        checked={s.daily}
        onChange={(daily) => void change.run({ id: s.id, name: s.name, daily })}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.removeTitle(s.name)}
        confirm={w.remove}
        busy={remove.busy}
        onConfirm={async () => {
          await remove.run({ id: s.id });
          setAsking(false);
        }}
      >
        <p>{w.removeBody}</p>
      </ConfirmDialog>
    </section>
  );
}

/** Two steps: the link, then the address it asks, shown large, with a button that names it. */
function AddSheet({ onClose }: { onClose: () => void }) {
  const w = useWords(catalogue).sheets;
  const [url, setUrl] = useState('');
  const [name, setName] = useState('');
  const [host, setHost] = useState<string | null>(null);
  const [error, setError] = useState<unknown>();
  const add = useCommand('sources/add-sheet');
  const refresh = useCommand('sources/refresh-sheet');
  const look = () => {
    setError(undefined);
    call('sources/look-at-link', { url }).then(
      (l) => setHost(l.host),
      (e: unknown) => setError(toApiError(e)),
    );
  };
  const save = async () => {
    const made = await add.run({ url, name });
    if (!made) return;
    await refresh.run({ id: made.id });
    onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.addTitle}
      width={560}
      actions={
        host === null ? (
          <Button onClick={look} disabled={!url.trim()}>
            {w.next}
          </Button>
        ) : (
          <Button onClick={() => void save()} loading={add.busy || refresh.busy}>
            {w.allow(host)}
          </Button>
        )
      }
    >
      <div className={css.stack}>
        <FieldStack onSubmit={() => (host === null ? look() : void save())}>
          <TextField
            label={w.link}
            hint={w.linkHint}
            value={url}
            autoFocus
            spellCheck={false}
            inputMode="text"
            onChange={(text) => {
              setUrl(text);
              setHost(null);
            }}
          />
          <TextField label={w.name} hint={w.nameHint} placeholder={w.namePlaceholder} value={name} maxLength={60} onChange={setName} />
        </FieldStack>
        <ErrorNote error={error ?? add.error ?? refresh.error} />
        {host !== null && (
          <div className={css.stack} role="status">
            <p>{w.asks}</p>
            <p className={css.host}>{host}</p>
            <p className={css.quiet}>{w.asksBody}</p>
          </div>
        )}
      </div>
    </Dialog>
  );
}
