import type { ErrorCode } from '@domain/errors';
import type { Micros } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useQuery } from '@renderer/api/useQuery';
import { useShell } from '@renderer/api/useShell';
import { go } from '@renderer/nav';
import { useLanguage, useWords } from '@renderer/strings';
import { account as accountWords } from '@renderer/strings/account';
import { errorWords } from '@renderer/strings/errors';
import { settings as words } from '@renderer/strings/settings';
import { Chip } from '@renderer/ui/Chip';
import { ConfirmDialog, Dialog } from '@renderer/ui/Dialog';
import { FieldRow, MoneyField, NumberField, SwitchField, TextAreaField, TextField } from '@renderer/ui/Fields';
import { phone } from '@renderer/ui/format';
import { Panel } from '@renderer/ui/Screen';
import { EmptyState, ErrorNote, Loaded } from '@renderer/ui/States';
import { toast } from '@renderer/ui/toast';
import { MicroMoney, When } from '@renderer/ui/Values';
import { IconMessageCircle } from '@tabler/icons-react';
import { useState } from 'react';
import { ConnectTwilio } from './ConnectTwilio';
import { LinksPanel } from './LinksPanel';
import { SaveBar } from './SaveBar';
import css from './settings.module.css';
import { type TextingData, useDraft, useHealth } from './useSettings';

/** The texting account: connect, health, approval, price and limit, stop words. */
export function TextingSection({ texting }: { texting: TextingData }) {
  const w = useWords(words);
  const t = w.texting;
  const { shop } = useShell();
  const [connecting, setConnecting] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const disconnect = useCommand('settings/texting-disconnect');
  const practise = useCommand('shell/open-shop');
  return (
    <>
      {texting.mode === 'none' ? (
        <Panel>
          <EmptyState
            icon={<IconMessageCircle size={28} stroke={1.5} />}
            title={t.none}
            action={
              <>
                {shop.kind === 'real' && (
                  <Button variant="default" loading={practise.busy} onClick={() => void practise.run({ kind: 'practice' })}>
                    {t.practise}
                  </Button>
                )}
                <Button onClick={() => setConnecting(true)}>{t.connect}</Button>
              </>
            }
          >
            {t.noneHint}
          </EmptyState>
        </Panel>
      ) : (
        <Panel
          title={texting.mode === 'practice' ? t.practice : t.twilio}
          hint={texting.mode === 'practice' ? t.practiceHint : undefined}
          action={
            texting.mode === 'twilio' && (
              <div className={css.inline}>
                <Button variant="subtle" color="brick" onClick={() => setLeaving(true)}>
                  {t.disconnect}
                </Button>
                <Button variant="default" onClick={() => setConnecting(true)}>
                  {t.reconnect}
                </Button>
              </div>
            )
          }
        >
          <Health texting={texting} />
        </Panel>
      )}
      <Sending texting={texting} />
      <LinksPanel />
      <Dialog open={connecting} onClose={() => setConnecting(false)} title={t.connect} width={560}>
        <ConnectTwilio
          start={{ accountSid: texting.accountSid, keySid: texting.keySid }}
          onDone={() => {
            setConnecting(false);
            toast({ title: w.connect.done, tone: 'good' });
          }}
        />
      </Dialog>
      <ConfirmDialog
        open={leaving}
        onClose={() => setLeaving(false)}
        title={t.disconnectTitle}
        confirm={t.disconnect}
        danger
        busy={disconnect.busy}
        onConfirm={async () => {
          if (await disconnect.run({})) setLeaving(false);
        }}
      >
        <p>{t.disconnectBody}</p>
        <ErrorNote error={disconnect.error} />
      </ConfirmDialog>
    </>
  );
}

function Health({ texting }: { texting: TextingData }) {
  const w = useWords(words).texting.health;
  const t = useWords(accountWords);
  const health = useHealth(true);
  const sender = texting.sender;
  return (
    <div className={css.fields}>
      <Loaded query={health} lines={3}>
        {(h) => (
          <dl className={css.facts}>
            <dt>{w.reachable}</dt>
            <dd>
              <Chip tone={h.reachable ? 'good' : 'danger'} dot>
                {h.reachable ? w.yes : w.no}
              </Chip>
            </dd>
            <dt>{w.sender}</dt>
            <dd className="rg-num">
              {sender ? (sender.kind === 'number' ? phone(sender.number) : texting.numbers.map(phone).join(', ')) : '—'}
            </dd>
            <dt>{w.balance}</dt>
            <dd>{h.balance ? <MicroMoney micros={h.balance.amount} currency={h.balance.currency} /> : w.unknown}</dd>
            <dt>{w.replies}</dt>
            <dd>{h.lastRepliesAt === null ? w.never : <When at={h.lastRepliesAt} near />}</dd>
            {h.problem && (
              <>
                <dt>{w.problem}</dt>
                <dd className={css.bad}>
                  <Problem code={h.problem as ErrorCode} />
                </dd>
              </>
            )}
          </dl>
        )}
      </Loaded>
      <div className={css.inline}>
        <Button size="xs" onClick={() => go({ screen: 'account' })}>
          {t.open}
        </Button>
        <Button variant="default" size="xs" loading={health.fetching} onClick={health.refetch}>
          {w.check}
        </Button>
        <AccountCount />
      </div>
    </div>
  );
}

/** How many things on the account's page need the owner. */
function AccountCount() {
  const w = useWords(accountWords);
  const account = useQuery('account/health', {}, { topics: ['account', 'settings'] });
  const bad = account.data?.findings.filter((f) => f.severity !== 'note') ?? [];
  if (bad.length === 0) return null;
  return <Chip tone={bad.some((f) => f.severity === 'stops') ? 'danger' : 'warn'}>{w.needs(bad.length)}</Chip>;
}

function Problem({ code }: { code: ErrorCode }) {
  const language = useLanguage((s) => s.language);
  const said = errorWords(code, {}, language);
  return `${said.title}. ${said.next}`;
}

const priceText = (micros: number) => (micros / 1_000_000).toFixed(4).replace(/0{1,2}$/, '');

function Sending({ texting }: { texting: TextingData }) {
  const w = useWords(words).texting;
  const save = useCommand('settings/save-texting');
  const [saves, setSaves] = useState(0);
  const { draft, change, dirty } = useDraft({
    segmentsPerSecond: texting.segmentsPerSecond,
    dailySegments: texting.dailySegments,
    pricePerSegment: texting.pricePerSegment,
    senderApproved: texting.senderApproved,
    monthlyLimit: texting.monthlyLimit,
    customStopWords: texting.customStopWords,
  });
  const [price, setPrice] = useState<string | null>(null);
  const [stopWords, setStopWords] = useState<string | null>(null);
  const submit = async () => {
    if (!(await save.run(draft))) return;
    setSaves((n) => n + 1);
    setPrice(null);
    setStopWords(null);
  };
  return (
    <>
      <Panel
        title={w.approval.title}
        hint={w.approval.hint}
        action={
          texting.mode !== 'practice' && (
            <Button size="xs" variant="default" onClick={() => go({ screen: 'registration' })}>
              {w.approval.way}
            </Button>
          )
        }
      >
        {texting.mode !== 'none' && (
          <SwitchField label={w.approval.on} checked={draft.senderApproved} onChange={(senderApproved) => change({ senderApproved })} />
        )}
      </Panel>
      <Panel title={w.cost.title} hint={w.cost.hint}>
        <div className={css.fields}>
          <FieldRow widths="420px 1fr">
            <TextField
              label={`${w.cost.price} (${texting.priceCurrency})`}
              inputMode="decimal"
              value={price ?? priceText(draft.pricePerSegment)}
              onChange={(text) => {
                setPrice(text);
                const v = Number(text.replace(',', '.'));
                if (text.trim() !== '' && v >= 0 && v < 10) change({ pricePerSegment: Math.round(v * 1_000_000) as Micros });
              }}
            />
            <span />
          </FieldRow>
          <MoneyField
            label={w.cost.limit}
            hint={w.cost.limitHint}
            cents={draft.monthlyLimit}
            currency={texting.priceCurrency}
            onChange={(c) => change({ monthlyLimit: c as typeof draft.monthlyLimit })}
            width={420}
          />
          <NumberField
            label={w.cost.speed}
            hint={w.cost.speedHint}
            value={draft.segmentsPerSecond}
            min={1}
            max={1000}
            width={420}
            onChange={(n) => n !== null && change({ segmentsPerSecond: n })}
          />
          <NumberField
            label={w.cost.daily}
            hint={w.cost.dailyHint}
            value={draft.dailySegments}
            min={1}
            max={10_000_000}
            width={420}
            onChange={(n) => change({ dailySegments: n })}
          />
        </div>
      </Panel>
      <Panel title={w.stopWords.title} hint={w.stopWords.hint}>
        <TextAreaField
          label={w.stopWords.label}
          placeholder={w.stopWords.placeholder}
          value={stopWords ?? draft.customStopWords.join('\n')}
          onChange={(text) => {
            setStopWords(text);
            change({ customStopWords: [...new Set(text.split('\n').map((s) => s.trim()))].filter(Boolean).slice(0, 50) });
          }}
        />
      </Panel>
      <ErrorNote error={save.error} />
      <SaveBar dirty={dirty} busy={save.busy} onSave={() => void submit()} saves={saves} />
    </>
  );
}
