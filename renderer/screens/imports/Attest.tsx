import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useTask } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { attest as catalogue } from '@renderer/strings/attest';
import { ConfirmDialog, ErrorNote, Note, Panel, ProgressLine, When } from '@renderer/ui';
import { useState } from 'react';
import { AttestForm } from './AttestForm';
import css from './attest.module.css';

export type AttestWords = (typeof catalogue)['en'];
export type View = Out<'consent/said'>;
type Someone = View['examples'][number];

/**
 * What a file says about permission: who may be vouched for, with the statement that does it, who is left out and why, and the way
 * back. Shows nothing for files that say nothing.
 */
export function Attest({ importId }: { importId: number }) {
  const w = useWords(catalogue);
  const said = useQuery('consent/said', { importId: importId as never }, { topics: ['consent', 'customers', 'imports'] });
  const take = useCommand('consent/unattest');
  const [signing, setSigning] = useState(false);
  const [asking, setAsking] = useState(false);
  const [taskId, setTask] = useState<string | null>(null);
  const task = useTask(taskId);
  const v = said.data;
  if (!v) return <ErrorNote error={said.error} onRetry={said.refetch} />;
  const { sms, email } = v;
  if (sms.yes + sms.no + sms.unknown + email.no === 0) return null;
  const running = task?.state === 'running';
  const standing = v.statements.some((s) => s.undoneAt === null);
  return (
    <Panel title={w.title}>
      {sms.yes > 0 && (v.may > 0 || !standing) && (
        <Note
          tone={v.may > 0 ? 'warn' : 'info'}
          title={w.said(sms.yes)}
          action={
            v.may > 0 &&
            !signing &&
            !running && (
              <Button size="xs" variant="default" onClick={() => setSigning(true)}>
                {w.open(v.may)}
              </Button>
            )
          }
        >
          <p>{v.may > 0 ? w.stillNo : w.none}</p>
        </Note>
      )}
      {sms.yes === 0 && <p className={css.quiet}>{w.nobodySaid}</p>}
      {running && <ProgressLine share={null} label={w.working} />}
      {signing && v.may > 0 && (
        <AttestForm
          importId={importId}
          view={v}
          words={w}
          onCancel={() => setSigning(false)}
          onStarted={(id) => {
            setSigning(false);
            setTask(id);
          }}
        />
      )}
      <Statements view={v} words={w} />
      {standing && !running && (
        <div className={css.actions}>
          <Button variant="default" onClick={() => setAsking(true)} loading={take.busy}>
            {w.undo}
          </Button>
        </div>
      )}
      <ErrorNote error={take.error} />
      {!signing && v.may > 0 && (
        <details className={css.details}>
          <summary>{w.who(v.may)}</summary>
          <Names people={v.examples} count={v.may} words={w} />
        </details>
      )}
      {v.left.length > 0 && (
        <section aria-label={w.left}>
          <h3 className={css.heading}>{w.left}</h3>
          {v.left.map((l) => (
            <details key={l.why} className={css.details}>
              <summary>
                {w.why[l.why]} <span className={css.quiet}>· {w.leftCount(l.count)}</span>
              </summary>
              <Names people={l.people} count={l.count} words={w} />
            </details>
          ))}
        </section>
      )}
      {sms.no + email.no > 0 && (
        <div className={css.noes}>
          {sms.no > 0 && <p>{w.noes(sms.no)}</p>}
          {email.no > 0 && <p>{w.emailNoes(email.no)}</p>}
        </div>
      )}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={w.undoTitle}
        confirm={w.undo}
        onConfirm={() => {
          setAsking(false);
          void take.run({ importId: importId as never }).then((started) => started && setTask(started.taskId));
        }}
      >
        {w.undoBody}
      </ConfirmDialog>
    </Panel>
  );
}

function Statements({ view, words: w }: { view: View; words: AttestWords }) {
  if (view.statements.length === 0) return null;
  return (
    <ul className={css.statements}>
      {view.statements.map((s) => (
        <li key={s.id} data-undone={s.undoneAt !== null || undefined}>
          <p>
            <strong>{s.undoneAt === null ? w.statement(s.people) : w.statementUndone}</strong>{' '}
            <span className={css.quiet}>
              <When at={s.undoneAt ?? s.at} near /> {s.staffName && `${w.by} ${s.staffName}`}
            </span>
          </p>
          <p className={css.quiet}>
            {w.methods[s.method]}: {s.detail} · {s.fromDay} – {s.toDay}
          </p>
          <p>
            <q>{s.wording}</q>
          </p>
        </li>
      ))}
    </ul>
  );
}

/** The first of them by name, with what the file says. */
export function Names({ people, count, words: w }: { people: readonly Someone[]; count: number; words: AttestWords }) {
  return (
    <ul className={css.names}>
      {people.map((p) => (
        <li key={p.row}>
          {p.customerId === null ? (
            p.name || w.row(p.row)
          ) : (
            <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: p.customerId as number })}>
              {p.name || w.row(p.row)}
            </button>
          )}{' '}
          <span className={css.quiet}>{w.cell(p.column, p.raw)}</span>
        </li>
      ))}
      {count > people.length && <li className={css.quiet}>{w.andMore(count - people.length)}</li>}
    </ul>
  );
}

/** On the import screen: files whose people somebody may still vouch for. */
export function AttestWaiting() {
  const w = useWords(catalogue);
  const waiting = useQuery('consent/said-waiting', {}, { topics: ['consent', 'imports'] });
  const rows = waiting.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={w.waiting} hint={w.waitingHint}>
      <ul className={css.waiting}>
        {rows.map((r) => (
          <li key={r.id}>
            <strong>{r.fileName}</strong>
            <span className={css.quiet}>{w.waitingRow(r.numbers)}</span>
            <Button size="xs" variant="default" onClick={() => go({ screen: 'import', id: r.id })}>
              {w.look}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
