import { can } from '@domain/campaigns/state';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { CodesChoice } from '@renderer/screens/offers/CodesChoice';
import { WhyDialog } from '@renderer/screens/why/WhyDialog';
import { useWords } from '@renderer/strings';
import { campaigns as catalogue } from '@renderer/strings/campaigns';
import { mailComposer } from '@renderer/strings/mail-composer';
import { schedule as scheduleWords } from '@renderer/strings/schedule';
import { why as whyCatalogue } from '@renderer/strings/why';
import {
  Chip,
  Columns,
  ConfirmDialog,
  ErrorNote,
  Loaded,
  Note,
  Panel,
  ProgressLine,
  Rows,
  Screen,
  StateBadge,
  toast,
  When,
} from '@renderer/ui';
import { count, when } from '@renderer/ui/format';
import { useState } from 'react';
import css from './campaigns.module.css';
import { HeldPanel } from './HeldPanel';
import { LadderPath } from './ladder/LadderPath';
import { MailPanel } from './MailPanel';
import { type PeopleAsk, PeopleDialog } from './PeopleDialog';
import { PeopleTable, type PeopleView } from './PeopleTable';
import { SendingPanel } from './SendingPanel';
import { TapsPanel } from './TapsPanel';
import { TextsPanel } from './TextsPanel';
import { groupsOf, reasonWords, stateChips } from './words';

type Campaign = Out<'campaigns/get'>;
const VIEWS = [
  'all',
  'text',
  'delivered',
  'on-the-way',
  'waiting',
  'not-delivered',
  'skipped',
  'control',
  'excluded',
] as const satisfies PeopleView[];

/** A campaign that was sent: how it goes, what became of everybody, and the brakes. */
export function CampaignDetail({ campaign: c }: { campaign: Campaign }) {
  const w = useWords(catalogue);
  const s = useWords(scheduleWords);
  const { locale, shop } = useShell();
  const pause = useCommand('campaigns/pause');
  const resume = useCommand('campaigns/resume');
  const cancel = useCommand('campaigns/cancel');
  const copy = useCommand('campaigns/copy');
  const [cancelling, setCancelling] = useState(false);
  const [codes, setCodes] = useState<'honour' | 'void'>('honour');
  /** All of it lies at Twilio until its hour: nothing to watch yet. */
  const held = c.viaCarrier && c.state === 'sending' && c.left === 0 && (c.startedAt ?? 0) > Date.now();
  const error = pause.error ?? resume.error ?? cancel.error ?? copy.error;
  return (
    <Screen
      title={c.name}
      badge={held ? <Chip tone="info">{s.atTwilio}</Chip> : <StateBadge state={c.state} states={stateChips(w)} />}
      subtitle={
        c.startedAt !== null && (
          <>
            {groupsOf(c, w) ? `${groupsOf(c, w)} · ` : ''}
            {c.startedAt > Date.now() ? s.leaves(when(c.startedAt, 'day-time', shop.zone, locale, Date.now())) : w.started}{' '}
            {c.startedAt <= Date.now() && <When at={c.startedAt} near />}
          </>
        )
      }
      up={{ label: w.title, onClick: () => go({ screen: 'campaigns' }) }}
      actions={
        <>
          {can(c.state, 'cancel') && (
            <Button variant="subtle" color="brick" onClick={() => setCancelling(true)}>
              {w.cancel}
            </Button>
          )}
          {(c.state === 'finished' || c.state === 'cancelled') && (
            <Button
              variant="default"
              loading={copy.busy}
              onClick={async () => {
                const done = await copy.run({ id: c.id, name: w.copyName(c.name) });
                if (done) go({ screen: 'campaigns', id: done.id });
              }}
            >
              {w.again}
            </Button>
          )}
          {c.state !== 'staging' && !held && (
            <Button variant="default" onClick={() => go({ screen: 'results', campaignId: c.id })}>
              {w.results}
            </Button>
          )}
        </>
      }
      primary={
        can(c.state, 'pause') ? (
          <Button loading={pause.busy} onClick={() => void pause.run({ id: c.id })}>
            {w.pause}
          </Button>
        ) : can(c.state, 'resume') ? (
          <Button loading={resume.busy} onClick={() => void resume.run({ id: c.id })}>
            {w.resume}
          </Button>
        ) : undefined
      }
    >
      {error && <ErrorNote error={error} />}
      {c.viaCarrier && c.state !== 'staging' && <HeldPanel campaign={c} />}
      {c.state === 'staging' ? (
        <Staging campaign={c} onCancel={() => setCancelling(true)} />
      ) : (
        !held && <SendingPanel campaignId={c.id} texts={c.channels !== 'email'} />
      )}
      {c.state !== 'staging' && <LadderPath campaignId={c.id} />}
      <Columns min={380}>
        <Rows>
          <Division campaign={c} />
          {c.channels !== 'sms' && c.state !== 'staging' && <MailPanel id={c.id} />}
        </Rows>
        <TextsPanel campaign={c} />
      </Columns>
      {c.state !== 'staging' && <TapsPanel id={c.id} />}
      {c.state !== 'staging' && <Everybody campaign={c} />}
      <ConfirmDialog
        open={cancelling}
        onClose={() => setCancelling(false)}
        title={w.cancelTitle}
        confirm={w.cancel}
        keep={s.keep}
        danger
        busy={cancel.busy}
        onConfirm={async () => {
          const done = await cancel.run({ id: c.id, codes });
          setCancelling(false);
          if (done) toast({ title: w.cancelled(done.keptBack, count(done.keptBack, locale)) });
        }}
      >
        {w.cancelBody(c.open, count(c.open, locale))}
        <CodesChoice campaignId={c.id} value={codes} onChange={setCodes} />
      </ConfirmDialog>
    </Screen>
  );
}

/** Between pressing send and the first text: progress, or a way on after an interruption. */
function Staging({ campaign: c, onCancel }: { campaign: Campaign; onCancel: () => void }) {
  const w = useWords(catalogue);
  const tasks = useQuery('tasks/list', {});
  const start = useCommand('campaigns/start');
  const mine = tasks.data?.find((t) => t.kind === 'campaign-start');
  if (!tasks.data) return null;
  if (mine?.state === 'running') {
    const share = mine.total ? mine.done / mine.total : null;
    return (
      <Panel title={w.staging.title} hint={w.staging.body}>
        <ProgressLine share={share} label={c.name} />
      </Panel>
    );
  }
  return (
    <Rows gap={16}>
      {start.error && <ErrorNote error={start.error} />}
      <Note
        tone="warn"
        title={w.interrupted.title}
        action={
          <div className={css.inline}>
            <Button size="xs" variant="default" onClick={onCancel}>
              {w.interrupted.back}
            </Button>
            <Button
              size="xs"
              loading={start.busy}
              disabled={c.quoteToken === null}
              onClick={() => void start.run({ id: c.id, quoteToken: c.quoteToken ?? '' })}
            >
              {w.interrupted.go}
            </Button>
          </div>
        }
      >
        {w.interrupted.body}
      </Note>
    </Rows>
  );
}

function Division({ campaign: c }: { campaign: Campaign }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const query = useQuery('campaigns/division', { id: c.id });
  const { reached } = useWords(mailComposer).result;
  const got = c.channels === 'sms' ? w.divisionTexted : reached;
  const [ask, setAsk] = useState<PeopleAsk | null>(null);
  const n = (x: number) => count(x, locale);
  return (
    <Panel title={w.division}>
      <Loaded query={query}>
        {(d) => {
          const lines: { key: string; label: string; count: number; ask: PeopleAsk; inner?: boolean }[] = [
            { key: 'text', label: got, count: d.text, ask: { view: 'text', reason: null, title: got } },
            { key: 'control', label: w.divisionHeld, count: d.control, ask: { view: 'control', reason: null, title: w.divisionHeld } },
            ...d.excluded.map((e) => ({
              key: e.reason,
              label: reasonWords(e.reason, w, c.channels),
              count: e.count,
              inner: true,
              ask: { view: 'excluded' as const, reason: e.reason, title: `${n(e.count)}: ${reasonWords(e.reason, w, c.channels)}` },
            })),
          ];
          return (
            <ul className={css.reasons}>
              {lines.map((l) => (
                <li key={l.key} data-inner={l.inner || undefined}>
                  <button type="button" onClick={() => setAsk(l.ask)} disabled={l.count === 0}>
                    <span className="rg-num">{n(l.count)}</span>
                    <span>{l.label}</span>
                  </button>
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      {ask && <PeopleDialog id={c.id} ask={ask} onClose={() => setAsk(null)} />}
    </Panel>
  );
}

function Everybody({ campaign: c }: { campaign: Campaign }) {
  const w = useWords(catalogue);
  const y = useWords(whyCatalogue);
  const [view, setView] = useState<(typeof VIEWS)[number]>('all');
  const [asking, setAsking] = useState(false);
  return (
    <Panel
      title={w.peopleList}
      padding="flush"
      action={
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          {y.ask}
        </Button>
      }
    >
      {asking && <WhyDialog campaignId={c.id} onClose={() => setAsking(false)} />}
      <fieldset className={`rg-pills ${css.views}`}>
        <legend className="rg-hidden">{w.peopleList}</legend>
        {VIEWS.map((v) => (
          <button key={v} type="button" aria-pressed={view === v} onClick={() => setView(v)}>
            {w.views[v]}
          </button>
        ))}
      </fieldset>
      <PeopleTable id={c.id} view={view} reason={null} height={440} />
    </Panel>
  );
}
