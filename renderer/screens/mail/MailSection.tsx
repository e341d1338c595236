import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import type { Out } from '@renderer/api/client';
import { useWords } from '@renderer/strings';
import { mail as words } from '@renderer/strings/mail';
import {
  Chip,
  ConfirmDialog,
  EmptyState,
  ErrorNote,
  FieldRow,
  FieldStack,
  Loaded,
  Note,
  NumberField,
  Panel,
  TextAreaField,
  TextField,
  toast,
  When,
} from '@renderer/ui';
import { IconMail } from '@tabler/icons-react';
import { useState } from 'react';
import { SaveBar } from '../settings/SaveBar';
import css from '../settings/settings.module.css';
import { useDraft } from '../settings/useSettings';
import { ConnectMail } from './ConnectMail';
import { MailList } from './MailList';
import { ProblemAddresses, UncertainMails } from './MailTrouble';

export type MailStatus = Out<'mail/status'>;

/** The shop's own mail account: connect, look, test, limits, who asked for no more, what left. */
export function MailSection() {
  const status = useQuery('mail/status', {}, { topics: ['settings', 'outbox'] });
  return (
    <Loaded query={status} lines={6}>
      {(s) => (
        <>
          <Account status={s} />
          {s.mode !== 'none' && (
            <>
              {s.queue.uncertain > 0 && <UncertainMails />}
              <TestMail status={s} />
              <Look status={s} />
            </>
          )}
          <StopByHand />
          {(s.problems > 0 || s.mode !== 'none') && <ProblemAddresses />}
          {s.mode !== 'none' && <MailList practice={s.mode === 'practice'} />}
        </>
      )}
    </Loaded>
  );
}

function Account({ status: s }: { status: MailStatus }) {
  const w = useWords(words);
  const [connecting, setConnecting] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const disconnect = useCommand('mail/disconnect');
  const pause = useCommand('mail/pause');
  return (
    <>
      {s.mode === 'none' ? (
        <Panel>
          <EmptyState
            icon={<IconMail size={28} stroke={1.5} />}
            title={w.none}
            action={<Button onClick={() => setConnecting(true)}>{w.connect}</Button>}
          >
            {w.noneHint}
          </EmptyState>
        </Panel>
      ) : (
        <Panel
          title={s.mode === 'practice' ? w.practice : w.title}
          hint={s.mode === 'practice' ? w.practiceHint : undefined}
          action={
            s.mode === 'smtp' && (
              <div className={css.inline}>
                <Button variant="subtle" color="brick" onClick={() => setLeaving(true)}>
                  {w.disconnect}
                </Button>
                <Button variant="default" onClick={() => setConnecting(true)}>
                  {w.change}
                </Button>
              </div>
            )
          }
        >
          <div className={css.fields}>
            <Waits status={s} />
            <Facts status={s} />
            <ErrorNote error={pause.error} />
            <div>
              <Button size="xs" variant="default" loading={pause.busy} onClick={() => void pause.run({ paused: s.pausedSince === null })}>
                {s.pausedSince === null ? w.pause : w.resume}
              </Button>
            </div>
          </div>
        </Panel>
      )}
      <ConnectMail
        open={connecting}
        status={s}
        onClose={() => setConnecting(false)}
        onDone={() => {
          setConnecting(false);
          toast({ title: w.form.done, body: w.form.doneBody, tone: 'good' });
        }}
      />
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
        <ErrorNote error={disconnect.error} />
      </ConfirmDialog>
    </>
  );
}

/** Why nothing leaves, in one sentence; nothing when all is well or nothing waits. */
function Waits({ status: s }: { status: MailStatus }) {
  const w = useWords(words);
  if (s.pausedSince !== null) return <Note tone="warn">{w.paused}</Note>;
  const said = s.block === null ? undefined : w.blocks[s.block.reason];
  if (said === undefined) return null;
  const quiet = s.block?.reason === 'day-used' || s.block?.reason === 'busy' || s.block?.reason === 'unreachable';
  return (
    <Note tone={quiet ? 'info' : 'warn'} role="status">
      {said}
    </Note>
  );
}

function Facts({ status: s }: { status: MailStatus }) {
  const w = useWords(words);
  const f = w.facts;
  return (
    <dl className={css.facts}>
      <dt>{f.from}</dt>
      <dd>{s.fromAddress}</dd>
      {s.mode === 'smtp' && (
        <>
          <dt>{f.server}</dt>
          <dd>
            {s.host} <Chip tone="good">{s.security === 'tls' ? 'TLS' : 'STARTTLS'}</Chip>
          </dd>
        </>
      )}
      <dt>{f.today}</dt>
      <dd className="rg-num">{f.todayOf(s.leftToday, s.dailyLimit)}</dd>
      <dt>{f.waiting}</dt>
      <dd className="rg-num">{s.queue.waiting + s.queue.sending === 0 ? f.nothing : s.queue.waiting + s.queue.sending}</dd>
      {s.mode === 'smtp' && (
        <>
          <dt>{f.mailbox}</dt>
          <dd>
            {s.inbox === null ? (
              f.byHand
            ) : (
              <>
                {f.read},{' '}
                {s.inbox.readAt === null ? (
                  f.notYet
                ) : (
                  <>
                    {f.lastRead} <When at={s.inbox.readAt} near />
                  </>
                )}
              </>
            )}
          </dd>
        </>
      )}
    </dl>
  );
}

function TestMail({ status: s }: { status: MailStatus }) {
  const w = useWords(words).test;
  const [to, setTo] = useState(s.mode === 'smtp' ? s.fromAddress : '');
  const [sent, setSent] = useState<string | null>(null);
  const send = useCommand('mail/test');
  const go = async () => {
    setSent(null);
    if (await send.run({ to })) setSent(to);
  };
  return (
    <Panel title={w.title} hint={w.hint}>
      <FieldStack onSubmit={() => void go()}>
        <TextField label={w.to} type="email" value={to} onChange={setTo} spellCheck={false} maxLength={254} />
        <ErrorNote error={send.error} />
        {sent !== null && (
          <Note tone="good" role="status">
            {s.mode === 'practice' ? w.kept : w.sent(sent)}
          </Note>
        )}
        <div className={css.inline}>
          <Button type="submit" loading={send.busy} disabled={to.trim() === '' || s.testsLeft === 0}>
            {w.send}
          </Button>
          <span className={css.quiet}>{w.left(s.testsLeft)}</span>
        </div>
      </FieldStack>
    </Panel>
  );
}

function Look({ status: s }: { status: MailStatus }) {
  const w = useWords(words).look;
  const save = useCommand('mail/save');
  const [saves, setSaves] = useState(0);
  const { draft, change, dirty } = useDraft({ fromName: s.fromName, replyTo: s.replyTo, postal: s.postal, dailyLimit: s.dailyLimit });
  return (
    <Panel title={w.title} hint={w.hint}>
      <div className={css.fields}>
        <FieldRow widths="1fr 1fr">
          <TextField label={w.fromName} value={draft.fromName} maxLength={60} onChange={(fromName) => change({ fromName })} />
          <TextField
            label={w.replyTo}
            hint={w.replyHint}
            type="email"
            value={draft.replyTo}
            maxLength={254}
            spellCheck={false}
            onChange={(replyTo) => change({ replyTo })}
          />
        </FieldRow>
        {s.postalShown.length === 0 && draft.postal.trim() === '' && <Note tone="warn">{w.postalMissing}</Note>}
        <TextAreaField
          label={w.postal}
          hint={w.postalHint}
          placeholder={s.postal === '' ? s.postalShown.join('\n') : ''}
          value={draft.postal}
          minRows={2}
          maxLength={300}
          onChange={(postal) => change({ postal })}
        />
        <NumberField
          label={w.limit}
          hint={w.limitHint}
          value={draft.dailyLimit}
          min={1}
          max={20_000}
          width={420}
          onChange={(n) => n !== null && change({ dailyLimit: n })}
        />
        <ErrorNote error={save.error} />
        <SaveBar
          dirty={dirty}
          busy={save.busy}
          saves={saves}
          onSave={async () => {
            if (await save.run(draft)) setSaves((n) => n + 1);
          }}
        />
      </div>
    </Panel>
  );
}

/** Somebody said it in their own way. */
function StopByHand() {
  const w = useWords(words).stop;
  const [email, setEmail] = useState('');
  const stop = useCommand('mail/stop');
  const go = async () => {
    const done = await stop.run({ email });
    if (!done) return;
    toast({ title: w.done(email.trim()), ...(done.waiting > 0 && { body: w.doneWaiting(done.waiting) }), tone: 'good' });
    setEmail('');
  };
  return (
    <Panel title={w.title} hint={w.hint}>
      <FieldStack onSubmit={() => void go()}>
        <TextField label={w.email} type="email" value={email} onChange={setEmail} spellCheck={false} maxLength={254} />
        <ErrorNote error={stop.error} />
        <div>
          <Button type="submit" variant="default" loading={stop.busy} disabled={email.trim() === ''}>
            {w.button}
          </Button>
        </div>
      </FieldStack>
    </Panel>
  );
}
