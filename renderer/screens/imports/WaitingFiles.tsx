import type { ErrorCode } from '@domain/errors';
import { Button, Menu } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { ApiError } from '@renderer/api/client';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { sources as catalogue } from '@renderer/strings/sources';
import { ErrorNote, Panel, toast } from '@renderer/ui';
import { IconDots } from '@tabler/icons-react';
import { FileTrouble, troubleWords } from './FileTrouble';
import css from './sources.module.css';
import { useFile } from './useImports';

type Waiting = Out<'sources/folder'>['waiting'][number];

/** What came by itself and is not certain: each with its reason and what can be done. Nothing on screen when nothing waits. */
export function WaitingFiles() {
  const w = useWords(catalogue).waiting;
  const folder = useQuery('sources/folder', {});
  const file = useFile();
  const old = useCommand('sources/settle-old');
  const sheets = useQuery('sources/sheets', {});
  const lists = (sheets.data ?? []).filter((s) => s.state === 'new');
  const waiting = folder.data?.waiting ?? [];
  if (!waiting.length && !lists.length) return null;
  const there = waiting.filter((f) => f.why === 'was-there');
  const fresh = waiting.filter((f) => f.why !== 'was-there');
  const known = there.filter((f) => f.kind !== null && !f.error).length;
  const settle = async (take: boolean) => {
    const done = await old.run({ take });
    if (done) toast({ title: take ? w.tookOld(done.files) : w.leftOld, tone: 'good' });
  };
  return (
    <>
      <FileTrouble error={file.error} />
      {fresh.length + lists.length > 0 && (
        <Panel title={w.title(fresh.length, lists.length)} hint={w.hint} padding="flush">
          <ul className={css.list}>
            {lists.map((s) => (
              <ListRow key={s.id} sheet={s} open={file.open} busy={file.busy || file.looking !== null} />
            ))}
            {fresh.map((f) => (
              <Row key={f.hash} f={f} open={file.open} busy={file.busy || file.looking !== null} />
            ))}
          </ul>
        </Panel>
      )}
      {there.length > 0 && (
        <Panel
          title={w.old(there.length + (folder.data?.more ?? 0))}
          hint={w.oldHint}
          padding="flush"
          action={
            <div className={css.head}>
              <Button variant="subtle" color="gray" loading={old.busy} onClick={() => void settle(false)}>
                {w.leaveOld(there.length + (folder.data?.more ?? 0))}
              </Button>
              {known > 0 && (
                <Button variant="default" loading={old.busy} onClick={() => void settle(true)}>
                  {w.takeOld(known)}
                </Button>
              )}
            </div>
          }
        >
          <ErrorNote error={old.error} />
          <ul className={css.list}>
            {there.slice(0, 20).map((f) => (
              <Row key={f.hash} f={f} open={file.open} busy={file.busy || file.looking !== null} />
            ))}
          </ul>
          {there.length + (folder.data?.more ?? 0) > 20 && (
            <p className={`${css.foot} ${css.quiet}`}>{w.more(there.length + (folder.data?.more ?? 0) - 20)}</p>
          )}
        </Panel>
      )}
    </>
  );
}

/** A list on the web that says something new. */
function ListRow({
  sheet: s,
  open,
  busy,
}: {
  sheet: Out<'sources/sheets'>[number];
  open: ReturnType<typeof useFile>['open'];
  busy: boolean;
}) {
  const w = useWords(catalogue);
  const leave = useCommand('sources/leave-sheet');
  return (
    <li className={css.item}>
      <span className={css.words}>
        <span className={css.name}>{s.name}</span>
        <span className={css.quiet}>{s.host}</span>
        <span className={css.quiet}>{w.sheets.newBody}</span>
        <ErrorNote error={leave.error} />
      </span>
      <span className={css.side}>
        <Button
          size="xs"
          variant="default"
          disabled={busy}
          onClick={() => (s.importId !== null ? go({ screen: 'import', id: s.importId }) : s.path !== null && void open(s.path))}
          aria-label={`${w.sheets.look}: ${s.name}`}
        >
          {w.sheets.look}
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          loading={leave.busy}
          onClick={() => void leave.run({ id: s.id })}
          aria-label={`${w.sheets.leave}: ${s.name}`}
        >
          {w.sheets.leave}
        </Button>
      </span>
    </li>
  );
}

/** Known kinds that wait only for a yes. */
const TAKEABLE: readonly Waiting['why'][] = ['was-there', 'first-time', 'always-ask', 'stopped'];

function Row({ f, open, busy }: { f: Waiting; open: ReturnType<typeof useFile>['open']; busy: boolean }) {
  const w = useWords(catalogue).waiting;
  const take = useCommand('sources/take');
  const leave = useCommand('sources/leave');
  const takeable = f.kind !== null && !f.error && TAKEABLE.includes(f.why);
  const from = w.from(f.till, f.title);
  const reason = f.error
    ? troubleWords(new ApiError(f.error.code as ErrorCode, f.error.params))
    : f.why === 'many-rejected' && f.rows !== null && f.rejected !== null && f.rows > 0
      ? w.rejected(f.rejected, f.rows)
      : f.why === 'first-time'
        ? w.firstQuestion(f.till, f.title)
        : f.why === 'was-there' && f.kind === null
          ? w.why['unknown-columns']
          : w.why[f.why];
  const yes = (always: boolean | null) => void take.run({ hash: f.hash, always });
  const wrong = f.error?.code === 'import.wrong-file';
  const canOpen = !wrong;
  return (
    <li className={css.item}>
      <span className={css.words}>
        <span className={css.name}>{f.fileName}</span>
        {from && f.why !== 'first-time' && <span className={css.quiet}>{from}</span>}
        {!(f.why === 'was-there' && takeable) && <span className={css.quiet}>{reason}</span>}
        <ErrorNote error={take.error ?? leave.error} />
      </span>
      <span className={css.side}>
        {f.why === 'first-time' && (
          <>
            <Button size="xs" variant="light" loading={take.busy} onClick={() => yes(true)} aria-label={`${w.alwaysShort}: ${f.fileName}`}>
              {w.alwaysShort}
            </Button>
            <Button size="xs" variant="default" loading={take.busy} onClick={() => yes(false)} aria-label={`${w.once}: ${f.fileName}`}>
              {w.once}
            </Button>
          </>
        )}
        {takeable && f.why !== 'first-time' && (
          <Button size="xs" variant="default" loading={take.busy} onClick={() => yes(null)} aria-label={`${w.import}: ${f.fileName}`}>
            {w.import}
          </Button>
        )}
        {canOpen && f.why !== 'first-time' && (
          <Button
            size="xs"
            variant={takeable ? 'subtle' : 'default'}
            disabled={busy}
            onClick={() => void open(f.path)}
            aria-label={`${f.kind === null ? w.explain : w.look}: ${f.fileName}`}
          >
            {f.kind === null ? w.explain : w.look}
          </Button>
        )}
        {f.error && (
          <Button size="xs" variant="default" loading={leave.busy} onClick={() => void leave.run({ hash: f.hash, likeIt: false })}>
            {w.leave}
          </Button>
        )}
        <Menu position="bottom-end" withinPortal>
          <Menu.Target>
            <Button size="xs" variant="subtle" color="gray" aria-label={`${w.others}: ${f.fileName}`}>
              <IconDots size={18} stroke={1.75} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {f.why === 'first-time' && canOpen && <Menu.Item onClick={() => void open(f.path)}>{w.look}</Menu.Item>}
            {f.why === 'always-ask' && takeable && <Menu.Item onClick={() => yes(true)}>{w.always}</Menu.Item>}
            <Menu.Item onClick={() => void leave.run({ hash: f.hash, likeIt: false })}>{w.leave}</Menu.Item>
            <Menu.Item onClick={() => void leave.run({ hash: f.hash, likeIt: true })}>{w.leaveLike}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </li>
  );
}
