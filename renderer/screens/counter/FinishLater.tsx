import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { Chip, Dialog, ErrorNote, FieldStack, Panel, Rows, TextField, toast } from '@renderer/ui';
import { IconCards } from '@tabler/icons-react';
import { useCallback, useEffect, useState } from 'react';
import css from './busy.module.css';

type Row = Out<'later/list'>['rows'][number];
const REASONS = ['left', 'no-thanks', 'twice', 'other'] as const;

function usePut(): { put: (name: string) => Promise<boolean>; busy: boolean; error: unknown } {
  const w = useWords(catalogue).later;
  const { run, busy, error } = useCommand('later/add');
  const put = useCallback(
    async (name: string) => {
      const done = await run({ name });
      if (done) toast({ title: w.added, tone: 'good' });
      return done !== undefined;
    },
    [run, w],
  );
  return { put, busy, error };
}

/** One key hands over the card, whatever stands on the counter: F6. Nothing is asked; the queue is long. */
export function HandOverKey() {
  const { put, error } = usePut();
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.key !== 'F6' || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
      e.preventDefault();
      if (!e.repeat && document.querySelector('[role="dialog"]') === null) void put('');
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [put]);
  return <ErrorNote error={error} />;
}

/** The same with the mouse, where a name may be noted with it. */
export function HandOver() {
  const w = useWords(catalogue).later;
  const { put, busy, error } = usePut();
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState('');
  const go = async () => {
    if (!(await put(name))) return;
    setNaming(false);
    setName('');
  };
  return (
    <>
      <Button
        variant="default"
        size="md"
        className={css.touch ?? ''}
        leftSection={<IconCards size={20} stroke={1.6} aria-hidden />}
        onClick={() => setNaming(true)}
      >
        {w.hand} <kbd className={css.key}>F6</kbd>
      </Button>
      {naming && (
        <Dialog open onClose={() => setNaming(false)} title={w.hand}>
          <FieldStack onSubmit={() => void go()}>
            <p>{w.handHint}</p>
            <TextField label={w.name} value={name} onChange={setName} maxLength={60} autoFocus />
            <ErrorNote error={error} />
            <Button type="submit" size="lg" className={css.touch ?? ''} loading={busy}>
              {w.put}
            </Button>
          </FieldStack>
        </Dialog>
      )}
    </>
  );
}

/** Who was handed a card when the queue was long, with how long ago. Nothing here is a permission: each ends by the person's own act, or with a reason. */
export function FinishLater({ onSignUp }: { onSignUp: () => void }) {
  const w = useWords(catalogue).later;
  const list = useQuery('later/list', {});
  const finish = useCommand('later/done');
  const drop = useCommand('later/drop');
  const undo = useCommand('later/undo');
  const [dropping, setDropping] = useState<Row | null>(null);
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const t = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(t);
  }, []);
  if (!list.data || list.data.rows.length === 0) return null;
  const ended = (id: number, said: string) =>
    toast({ title: said, tone: 'good', action: { label: w.undo, onClick: () => void undo.run({ id }) } });
  const close = async (row: Row) => {
    if (await finish.run({ id: row.id })) ended(row.id, w.isDone);
  };
  return (
    <Panel title={w.title}>
      <ErrorNote error={finish.error ?? drop.error ?? undo.error} />
      <ul className={css.later} aria-label={w.title}>
        {list.data.rows.map((row) => (
          <li key={row.id} data-later={row.id}>
            <div className={css.laterWho}>
              <strong>{row.name || w.nobody}</strong>
              <span>
                {w.ago(now - row.at)}
                {row.staffName && ` · ${w.by(row.staffName)}`}
              </span>
              {row.signedUp && (
                <Chip tone="good" dot>
                  {w.signedUp}
                </Chip>
              )}
            </div>
            {!row.signedUp && (
              <Button size="md" variant="light" className={css.touch ?? ''} onClick={onSignUp}>
                {w.finish}
              </Button>
            )}
            <Button size="md" variant="default" className={css.touch ?? ''} onClick={() => void close(row)}>
              {w.done}
            </Button>
            <Button size="md" variant="subtle" color="gray" className={css.touch ?? ''} onClick={() => setDropping(row)}>
              {w.drop}
            </Button>
          </li>
        ))}
      </ul>
      {list.data.more > 0 && <p className={css.quiet}>{w.more(list.data.more)}</p>}
      {dropping && (
        <Dialog open onClose={() => setDropping(null)} title={`${w.drop}: ${dropping.name || w.nobody}`}>
          <Rows gap={16}>
            <div className={css.reasons}>
              {REASONS.map((reason) => (
                <Button
                  key={reason}
                  size="md"
                  variant="default"
                  className={css.touch ?? ''}
                  disabled={drop.busy}
                  onClick={async () => {
                    if (!(await drop.run({ id: dropping.id, reason }))) return;
                    setDropping(null);
                    ended(dropping.id, w.dropped);
                  }}
                >
                  {w.reasons[reason]}
                </Button>
              ))}
            </div>
            <ErrorNote error={drop.error} />
          </Rows>
        </Dialog>
      )}
    </Panel>
  );
}
