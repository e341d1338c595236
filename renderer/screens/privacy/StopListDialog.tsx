import { Button } from '@mantine/core';
import { call, type Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useTask } from '@renderer/api/useTask';
import { useWords } from '@renderer/strings';
import { privacy as catalogue } from '@renderer/strings/privacy';
import { CheckField, Dialog, ErrorNote, HoldButton, Note, TextAreaField, toast } from '@renderer/ui';
import { useEffect, useState } from 'react';
import css from './privacy.module.css';

type Preview = Out<'privacy/stop-list-preview'>;
type Source = { path: string | null; text: string | null };

/** Choose or paste, look at what it says, then stop everybody on it. There is no way back, so the button is held. */
export function StopListDialog({ onClose }: { onClose: () => void }) {
  const t = useWords(catalogue).list;
  const [source, setSource] = useState<Source | null>(null);
  const [seen, setSeen] = useState<Preview | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const look = async (s: Source) => {
    setBusy(true);
    setError(null);
    try {
      setSeen(await call('privacy/stop-list-preview', s));
      setSource(s);
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return seen && source ? (
    <Found preview={seen} source={source} onBack={() => setSeen(null)} onClose={onClose} />
  ) : (
    <Choose busy={busy} error={error} onLook={(s) => void look(s)} onClose={onClose} title={t.title} />
  );
}

function Choose(p: { busy: boolean; error: unknown; onLook: (s: Source) => void; onClose: () => void; title: string }) {
  const t = useWords(catalogue).list;
  const [text, setText] = useState('');
  const choose = async () => {
    const file = await call('shell/pick-file', { kind: 'csv' }).catch(() => null);
    if (file) p.onLook({ path: file.path, text: null });
  };
  return (
    <Dialog
      open
      onClose={p.onClose}
      title={p.title}
      width={600}
      actions={
        <Button loading={p.busy} disabled={text.trim() === ''} onClick={() => p.onLook({ path: null, text })}>
          {t.look}
        </Button>
      }
    >
      <div className={css.stack}>
        <div className={css.choose}>
          <Button variant="default" loading={p.busy} onClick={() => void choose()}>
            {t.choose}
          </Button>
          <span className={css.quiet}>{t.chooseHint}</span>
        </div>
        <TextAreaField label={t.paste} hint={t.pasteHint} value={text} onChange={setText} minRows={6} />
        <ErrorNote error={p.error} />
      </div>
    </Dialog>
  );
}

function Found({ preview: p, source, onBack, onClose }: { preview: Preview; source: Source; onBack: () => void; onClose: () => void }) {
  const t = useWords(catalogue).list;
  const [numbers, setNumbers] = useState(true);
  const [emails, setEmails] = useState(true);
  const stop = useCommand('privacy/stop-list');
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  const people = (numbers ? p.numbers.total - p.numbers.already : 0) + (emails ? p.emails.total - p.emails.already : 0);
  const all = p.numbers.total + p.emails.total;
  useEffect(() => {
    if (running?.state !== 'done') return;
    const r = (running.result ?? {}) as { numbers?: number; emails?: number };
    toast({ title: t.done((r.numbers ?? 0) + (r.emails ?? 0)), tone: 'good' });
    onClose();
  }, [running, onClose, t]);
  const busy = stop.busy || running?.state === 'running';
  return (
    <Dialog
      open
      onClose={onClose}
      title={t.found(p.fileName || t.pastedName)}
      width={640}
      actions={
        <>
          <Button variant="default" onClick={onBack} disabled={busy}>
            {t.another}
          </Button>
          <HoldButton
            tone="danger"
            busy={busy}
            disabled={people === 0}
            onDone={() => void stop.run({ ...source, hash: p.hash, numbers, emails }).then((r) => r && setTask(r.taskId))}
          >
            {t.go(people)}
          </HoldButton>
        </>
      }
    >
      <div className={css.stack}>
        <Columns preview={p} />
        {all === 0 && <p>{t.nothing}</p>}
        <div className={css.counts}>
          {p.numbers.total > 0 && (
            <div>
              <CheckField label={`${t.stopNumbers}: ${t.numbers(p.numbers.total)}`} checked={numbers} onChange={setNumbers} />
              <p className={css.quiet}>{t.split(p.numbers.already, p.numbers.known, p.numbers.unknown)}</p>
            </div>
          )}
          {p.emails.total > 0 && (
            <div>
              <CheckField label={`${t.stopEmails}: ${t.emails(p.emails.total)}`} checked={emails} onChange={setEmails} />
              <p className={css.quiet}>{t.split(p.emails.already, p.emails.known, p.emails.unknown)}</p>
            </div>
          )}
        </div>
        {p.leftOut.length > 0 && (
          <div>
            <ul className={css.plain}>
              {p.leftOut.map((l) => (
                <li key={l.why}>{t.left[l.why](l.count)}</li>
              ))}
            </ul>
            <section className={css.few} aria-label={t.rows('')}>
              {p.problems.slice(0, 60).map((x) => (
                <div key={x.row}>{t.rowCell(x.row, x.cell)}</div>
              ))}
              {p.problems.length > 60 && <div>{t.more(p.problems.length - 60)}</div>}
            </section>
          </div>
        )}
        {people > 0 && (
          <Note tone="warn">
            <p>{t.noUndo}</p>
          </Note>
        )}
        <ErrorNote error={stop.error} />
      </div>
    </Dialog>
  );
}

function Columns({ preview: { columns: c } }: { preview: Preview }) {
  const t = useWords(catalogue).list;
  const from = [...new Set([...c.phones, ...c.emails])];
  return (
    <p className={css.quiet}>
      {[`${t.columns}: ${t.column(from)}`, c.status.length > 0 && t.status(c.status), c.body !== null && t.body(c.body)]
        .filter(Boolean)
        .join(' · ')}
    </p>
  );
}
