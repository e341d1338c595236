import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { call, type Out } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useShell } from '@renderer/api/useShell';
import { useTask } from '@renderer/api/useTask';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { privacy as catalogue } from '@renderer/strings/privacy';
import { ErrorNote, Loaded, Note, Panel, PhoneText, TextField, toast, When } from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useDay } from './Certificate';
import css from './privacy.module.css';
import { StopListDialog } from './StopListDialog';

type Records = Out<'privacy/records'>;

/** Settings, Permission records: is everything whole, one number's proof, everything saved, lists of stops, what is kept how long. */
export function RecordsSection() {
  const query = useQuery('privacy/records', {});
  return (
    <Loaded query={query} lines={10}>
      {(r) => (
        <>
          {r.returned.length > 0 && <Returned rows={r.returned} />}
          <Whole records={r} />
          <LookUp />
          <SaveAll empty={r.events === 0} />
          <StopLists records={r} />
          <Kept records={r} />
          <Erased />
        </>
      )}
    </Loaded>
  );
}

function Whole({ records: r }: { records: Records }) {
  const t = useWords(catalogue).records;
  const { shop, locale } = useShell();
  const verify = useCommand('privacy/verify');
  const [task, setTask] = useState<string | null>(null);
  const running = useTask(task);
  const busy = verify.busy || running?.state === 'running';
  const at = (ms: number) => when(ms, 'day-time', shop.zone, locale, Date.now());
  return (
    <Panel
      title={t.title}
      hint={t.hint}
      action={
        <Button loading={busy} disabled={r.events === 0} onClick={() => void verify.run({}).then((x) => x && setTask(x.taskId))}>
          {t.verify}
        </Button>
      }
    >
      <ErrorNote error={verify.error} />
      <p className={css.figure}>
        {r.events === 0 || r.since === null
          ? t.empty
          : t.events(count(r.events, locale), when(r.since, 'day', shop.zone, locale, Date.now()))}
      </p>
      {r.events > 0 && (
        <p className={css.quiet}>
          {t.numbers(count(r.numbers, locale))}
          {r.emails > 0 && ` · ${t.emails(count(r.emails, locale))}`}
        </p>
      )}
      {r.check?.ok === false ? (
        <Note tone="danger" title={t.bad} role="alert">
          <ul className={css.plain}>
            {r.check.faults.map((f) => (
              <li key={`${f.what} ${f.eventId}`}>{t.faultAt(t.faults[f.what] ?? f.what, f.eventId)}</li>
            ))}
          </ul>
          <p>{t.badNext}</p>
        </Note>
      ) : (
        <p className={css.check} role="status">
          {busy ? (
            <>
              <IconCircleDashed size={18} stroke={1.75} aria-hidden /> {t.verifying}
            </>
          ) : r.check ? (
            <>
              <IconCircleCheck size={18} stroke={1.75} className={css.good} aria-hidden />{' '}
              <span>
                {t.ok(count(r.check.events, locale), at(r.check.at))} {!r.check.current && t.okOld}
              </span>
            </>
          ) : (
            r.events > 0 && <span className={css.quiet}>{t.never}</span>
          )}
        </p>
      )}
    </Panel>
  );
}

function LookUp() {
  const t = useWords(catalogue).records;
  const [text, setText] = useState('');
  const [error, setError] = useState<unknown>(null);
  const look = async () => {
    if (text.trim() === '') return;
    try {
      const { phone } = await call('privacy/read-number', { text });
      go({ screen: 'records', phone });
    } catch (e) {
      setError(e);
    }
  };
  return (
    <Panel title={t.lookTitle} hint={t.lookHint}>
      <div className={css.row}>
        <div className={css.grow}>
          <TextField
            label={t.look}
            value={text}
            inputMode="tel"
            maxLength={60}
            onChange={(v) => {
              setText(v);
              setError(null);
            }}
            onEnter={() => void look()}
          />
        </div>
        <Button variant="default" onClick={() => void look()} disabled={text.trim() === ''}>
          {t.lookGo}
        </Button>
      </div>
      <ErrorNote error={error} />
    </Panel>
  );
}

function SaveAll({ empty }: { empty: boolean }) {
  const t = useWords(catalogue).records;
  const save = useCommand('privacy/export-ledger');
  const [job, setJob] = useState<{ taskId: string; folder: string } | null>(null);
  const running = useTask(job?.taskId);
  useEffect(() => {
    if (!job || running?.state !== 'done') return;
    toast({ title: t.exported, body: job.folder, tone: 'good', ms: 10_000 });
    setJob(null);
  }, [job, running, t.exported]);
  const go = async () => {
    const place = await call('shell/pick-folder', {}).catch(() => null);
    const started = place && (await save.run({ folder: place.path }));
    if (started) setJob(started);
  };
  return (
    <Panel
      title={t.exportTitle}
      hint={t.exportHint}
      action={
        <Button variant="default" disabled={empty} loading={save.busy || running?.state === 'running'} onClick={() => void go()}>
          {t.export}
        </Button>
      }
    >
      <ErrorNote error={save.error} />
    </Panel>
  );
}

function StopLists({ records: r }: { records: Records }) {
  const t = useWords(catalogue).records;
  const [open, setOpen] = useState(false);
  return (
    <Panel
      title={t.listTitle}
      hint={t.listHint}
      action={
        <Button variant="default" onClick={() => setOpen(true)}>
          {t.list}
        </Button>
      }
    >
      {r.lists.length > 0 && (
        <>
          <p className={css.label}>{t.listsTitle}</p>
          <ul className={css.rows}>
            {r.lists.map((l) => (
              <li key={l.id}>
                <span className={css.name}>{l.fileName || t.pasted}</span>
                <span className={css.quiet}>
                  {t.listCounts(l.numbers, l.emails, l.already)}
                  {!l.done && ` · ${t.notFinished}`}
                </span>
                <span className={css.end}>
                  <When at={l.at} near />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {open && <StopListDialog onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function Kept({ records: { retention: k } }: { records: Records }) {
  const t = useWords(catalogue).records;
  const day = useDay();
  return (
    <Panel title={t.keepTitle}>
      <dl className={css.facts}>
        <dt>{t.keepReplies}</dt>
        <dd>
          {t.keepRepliesBody(k.inboundMonths, day(k.repliesBefore))}{' '}
          {k.oldestReplyGoes && <span className={css.quiet}>{t.keepRepliesNext(day(k.oldestReplyGoes))} </span>}
          {k.repliesEmptied > 0 && <span className={css.quiet}>{t.emptied(k.repliesEmptied)}</span>}
        </dd>
        <dt>{t.keepProof}</dt>
        <dd>
          {t.keepProofBody(k.proofYears, day(k.proofBefore))}{' '}
          {k.proofsGone > 0 && <span className={css.quiet}>{t.gone(k.proofsGone)}</span>}
        </dd>
        <dt>{t.keepStops}</dt>
        <dd>{t.keepStopsBody}</dd>
      </dl>
    </Panel>
  );
}

function Erased() {
  const t = useWords(catalogue).records;
  const list = useQuery('privacy/erasures', { offset: 0, limit: 50 });
  const rows = list.data?.rows ?? [];
  return (
    <Panel title={t.erasedTitle} hint={rows.length > 0 ? t.erasedHint : t.erasedNone}>
      <ErrorNote error={list.error} onRetry={list.refetch} />
      {rows.length > 0 && (
        <ul className={css.rows}>
          {rows.map((r) => (
            <li key={r.id}>
              <span className={css.mono}>{r.serial}</span>
              <span className={css.quiet}>
                <When at={r.at} />
                {r.staffName && ` · ${r.staffName}`}
                {r.again && ` · ${t.again}`}
              </span>
              <span className={css.end}>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => go({ screen: 'records', certificate: r.id })}
                  aria-label={`${t.see} ${r.serial}`}
                >
                  {t.see}
                </Button>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function Returned({ rows }: { rows: Records['returned'] }) {
  const t = useWords(catalogue).records;
  const answer = useCommand('privacy/answer-returned');
  return (
    <Panel tone="warn" title={t.returnedTitle(rows.length)} hint={t.returnedBody}>
      <ErrorNote error={answer.error} />
      <ul className={css.rows}>
        {rows.map((r) => (
          <li key={r.customerId}>
            <IconAlertTriangle size={18} stroke={1.75} aria-hidden />
            <button type="button" className={css.link} onClick={() => go({ screen: 'customers', id: r.customerId })}>
              {r.name || (r.phone ? <PhoneText phone={r.phone} /> : '—')}
            </button>
            <span className={css.quiet}>{r.fileName && t.returnedFrom(r.fileName)}</span>
            <span className={css.end}>
              <Button size="xs" variant="default" loading={answer.busy} onClick={() => void answer.run({ id: r.customerId, same: false })}>
                {t.other}
              </Button>
              <Button size="xs" color="brick" loading={answer.busy} onClick={() => void answer.run({ id: r.customerId, same: true })}>
                {t.same}
              </Button>
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
