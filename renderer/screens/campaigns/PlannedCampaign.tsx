import type { CampaignId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { CodesChoice } from '@renderer/screens/offers/CodesChoice';
import { useWords } from '@renderer/strings';
import { campaigns as campaignWords } from '@renderer/strings/campaigns';
import { schedule as catalogue } from '@renderer/strings/schedule';
import { Chip, Columns, ConfirmDialog, Dialog, ErrorNote, FieldStack, Loaded, Note, Panel, Rows, Screen, SelectField } from '@renderer/ui';
import { count, micros, when } from '@renderer/ui/format';
import { useState } from 'react';
import css from './campaigns.module.css';
import { LadderReview } from './ladder/LadderReview';
import { missedWords } from './missed-words';
import own from './schedule.module.css';
import { TextsPanel } from './TextsPanel';
import { boxes, type Chosen, firstChoice, instantIn, problemOf, TimeBoxes } from './WhenChoice';
import { groupsOf } from './words';

type Campaign = Out<'campaigns/get'>;
type Asking = 'move' | 'cancel' | 'now' | null;

/** A campaign with its time ahead, or one that did not leave at its time and waits for the owner. */
export function PlannedCampaign({ campaign: c }: { campaign: Campaign }) {
  const w = useWords(catalogue);
  const k = useWords(campaignWords);
  const { locale, shop } = useShell();
  const back = useCommand('campaigns/unschedule');
  const cancel = useCommand('campaigns/cancel');
  const now = useCommand('campaigns/send-scheduled');
  const [asking, setAsking] = useState<Asking>(null);
  const [codes, setCodes] = useState<'honour' | 'void'>('honour');
  const at = when(c.scheduledAt ?? c.updatedAt, 'day-time', shop.zone, locale, Date.now());
  const waits = c.pauseReason !== null;
  const change = () => void back.run({ id: c.id }).then((done) => done && go({ screen: 'campaigns', id: done.id }, { replace: true }));
  return (
    <Screen
      title={c.name}
      badge={<Chip tone={waits ? 'warn' : 'info'}>{waits ? w.waitsForYou : k.states.scheduled}</Chip>}
      subtitle={[groupsOf(c, k), waits ? w.wasFor(at) : w.leaves(at)].filter(Boolean).join(' · ')}
      up={{ label: k.title, onClick: () => go({ screen: 'campaigns' }) }}
      actions={
        <>
          <Button variant="subtle" color="brick" onClick={() => setAsking('cancel')}>
            {w.cancel}
          </Button>
          <Button variant="default" onClick={() => setAsking('move')}>
            {w.move}
          </Button>
          {!waits && (
            <Button variant="default" onClick={() => setAsking('now')}>
              {w.sendNow}
            </Button>
          )}
        </>
      }
      primary={
        <Button loading={back.busy} onClick={change} title={w.changeHint}>
          {waits ? w.look : w.change}
        </Button>
      }
    >
      {(back.error ?? cancel.error ?? now.error) && <ErrorNote error={back.error ?? cancel.error ?? now.error} />}
      {waits && <Missed campaign={c} onNow={() => setAsking('now')} busy={now.busy} />}
      <Columns min={380}>
        <Rows>
          <Outlook campaign={c} />
        </Rows>
        <TextsPanel campaign={c} />
      </Columns>
      <LadderReview campaignId={c.id} />
      {asking === 'move' && <MoveDialog campaign={c} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        open={asking === 'cancel'}
        onClose={() => setAsking(null)}
        title={w.cancelTitle}
        confirm={w.cancel}
        keep={w.keep}
        danger
        busy={cancel.busy}
        onConfirm={async () => {
          await cancel.run({ id: c.id, codes });
          setAsking(null);
        }}
      >
        {w.cancelBody}
        <CodesChoice campaignId={c.id} value={codes} onChange={setCodes} />
      </ConfirmDialog>
      <ConfirmDialog
        open={asking === 'now'}
        onClose={() => setAsking(null)}
        title={w.sendNowTitle}
        confirm={w.sendNow}
        busy={now.busy}
        onConfirm={async () => {
          await now.run({ id: c.id });
          setAsking(null);
        }}
      >
        {w.sendNowBody}
      </ConfirmDialog>
    </Screen>
  );
}

/** Only what can be answered by "send it now" gets that button; the rest has to be looked at. */
const ANSWERED_BY_NOW = new Set(['missed', 'failed', 'second-copy']);

function Missed({ campaign: c, onNow, busy }: { campaign: Campaign; onNow: () => void; busy: boolean }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const outlook = useQuery('campaigns/outlook', { id: c.id }, { topics: ['campaigns'] });
  const said = missedWords(w, c.pauseReason ?? '', outlook.data?.currency ?? 'USD', locale);
  return (
    <Note
      tone="warn"
      role="alert"
      title={said.title}
      action={
        ANSWERED_BY_NOW.has(c.pauseReason ?? '') &&
        // Nobody would get it: "now" would answer nothing.
        outlook.data?.people !== 0 && (
          <Button size="xs" variant="default" loading={busy} onClick={onNow}>
            {w.sendNow}
          </Button>
        )
      }
    >
      <p>{said.body}</p>
    </Note>
  );
}

function Outlook({ campaign: c }: { campaign: Campaign }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const n = (x: number) => count(x, locale);
  const waits = c.pauseReason !== null;
  const query = useQuery(
    'campaigns/outlook',
    { id: c.id },
    { topics: ['campaigns', 'segments', 'consent', 'customers', 'imports', 'settings'] },
  );
  return (
    <Panel title={w.outlook} hint={waits ? w.outlookNow : w.outlookHint}>
      <Loaded query={query}>
        {(o) => {
          const price = micros(Math.ceil(o.price / 10_000) * 10_000, o.currency, locale);
          return (
            <Rows gap={8}>
              <div>
                <p className={css.bigPrice}>{w.gets(o.people, n(o.people))}</p>
                <ul className={own.lines}>
                  <li className={own.quiet}>{o.people === 0 ? (waits ? w.getsNobody : w.getsNobodyYet) : w.about(price)}</li>
                  {o.heldOut > 0 && <li className={own.quiet}>{w.held(o.heldOut, n(o.heldOut))}</li>}
                  {o.ceiling && (
                    <li className={own.quiet}>
                      {w.approved(o.ceiling.people, n(o.ceiling.people), micros(o.ceiling.price, o.currency, locale))}
                    </li>
                  )}
                  {!waits && <li className={own.quiet}>{w.lateSays[c.latePolicy]}</li>}
                </ul>
              </div>
              {!o.within && <Note tone="warn">{w.over}</Note>}
            </Rows>
          );
        }}
      </Loaded>
    </Panel>
  );
}

function MoveDialog({ campaign: c, onClose }: { campaign: Campaign; onClose: () => void }) {
  const w = useWords(catalogue);
  const { shop } = useShell();
  const move = useCommand('campaigns/reschedule');
  const ahead = c.scheduledAt !== null && c.scheduledAt > Date.now();
  const [value, setValue] = useState<Chosen>({
    ...firstChoice(shop.zone),
    ...(ahead ? boxes(c.scheduledAt ?? 0, shop.zone) : {}),
    timed: true,
    late: c.latePolicy,
  });
  const chosen = instantIn(value, shop.zone);
  const good = chosen !== null && problemOf(chosen.at, false, w) === null;
  const save = async () => {
    if (!chosen || !good) return;
    const done = await move.run({ id: c.id as CampaignId, at: chosen.at, latePolicy: value.late });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.move}
      actions={
        <Button onClick={() => void save()} loading={move.busy} disabled={!good}>
          {w.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void save()}>
        {move.error && <ErrorNote error={move.error} />}
        <TimeBoxes value={value} onChange={(patch) => setValue((v) => ({ ...v, ...patch }))} viaCarrier={false} />
        <SelectField
          label={w.late.label}
          value={value.late}
          onChange={(late) => setValue({ ...value, late })}
          options={(['ask', 'send-late', 'skip'] as const).map((p) => ({ value: p, label: w.late.options[p] }))}
        />
      </FieldStack>
    </Dialog>
  );
}
