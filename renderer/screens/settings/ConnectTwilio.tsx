import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { FieldStack, SecretField, TextField } from '@renderer/ui/Fields';
import { phone } from '@renderer/ui/format';
import { ErrorNote, Note } from '@renderer/ui/States';
import { IconCheck, IconMinus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { AtConnect, useAtConnect } from '../account/AtConnect';
import css from './settings.module.css';
import type { Credentials, Probe } from './useSettings';

type Sender = { kind: 'number'; number: Probe['numbers'][number]['number'] } | { kind: 'service'; sid: string };
const keyOf = (s: Sender) => (s.kind === 'number' ? s.number : s.sid);

/** Key → what it may do → which sender. Nothing is stored before the last step. */
export function ConnectTwilio({ onDone, start }: { onDone: () => void; start?: { accountSid: string; keySid: string } }) {
  const w = useWords(words).connect;
  const [keys, setKeys] = useState<Credentials>({ accountSid: start?.accountSid ?? '', keySid: start?.keySid ?? '', keySecret: '' });
  const [tried, setTried] = useState(false);
  const [probe, setProbe] = useState<Probe | null>(null);
  const ask = useCommand('settings/texting-probe');
  const bad = {
    accountSid: !/^AC[0-9a-fA-F]{32}$/.test(keys.accountSid),
    keySid: !/^SK[0-9a-fA-F]{32}$/.test(keys.keySid),
    keySecret: keys.keySecret.length < 8,
  };
  const change = (part: Partial<Credentials>) => setKeys((k) => ({ ...k, ...part }));
  const check = async () => {
    setTried(true);
    if (bad.accountSid || bad.keySid || bad.keySecret) return;
    const found = await ask.run(keys);
    if (found) setProbe(found);
  };
  if (probe) return <Choose keys={keys} probe={probe} onProbe={setProbe} onBack={() => setProbe(null)} onDone={onDone} />;
  return (
    <FieldStack onSubmit={() => void check()}>
      <p className={css.quiet}>{w.where}</p>
      <ErrorNote error={ask.error} />
      <TextField
        label={w.accountSid}
        placeholder="AC…"
        value={keys.accountSid}
        onChange={(v) => change({ accountSid: v.trim() })}
        spellCheck={false}
        error={tried && bad.accountSid ? w.accountBad : undefined}
      />
      <TextField
        label={w.keySid}
        placeholder="SK…"
        value={keys.keySid}
        onChange={(v) => change({ keySid: v.trim() })}
        spellCheck={false}
        error={tried && bad.keySid ? w.keyBad : undefined}
      />
      <SecretField
        label={w.keySecret}
        value={keys.keySecret}
        onChange={(v) => change({ keySecret: v.trim() })}
        error={tried && bad.keySecret ? w.secretBad : undefined}
      />
      <div>
        <Button type="submit" loading={ask.busy}>
          {w.check}
        </Button>
      </div>
    </FieldStack>
  );
}

const CAPABILITIES = ['messages', 'numbers', 'services', 'pricing', 'balance', 'lookup'] as const;

function Choose(props: { keys: Credentials; probe: Probe; onProbe: (p: Probe) => void; onBack: () => void; onDone: () => void }) {
  const { keys, probe } = props;
  const w = useWords(words).connect;
  const free = probe.numbers.filter((n) => n.sms && n.serviceSid === null);
  const senders: Sender[] = [
    ...probe.services.filter((s) => s.numbers.length > 0).map((s): Sender => ({ kind: 'service', sid: s.sid })),
    ...free.map((n): Sender => ({ kind: 'number', number: n.number })),
  ];
  const [chosen, setChosen] = useState<Sender | null>(senders.length === 1 ? (senders[0] ?? null) : null);
  const [fixed, setFixed] = useState(false);
  const connect = useCommand('settings/texting-connect');
  const found = useAtConnect(keys, chosen);
  const fix = useCommand('settings/fix-replies');
  const service = chosen?.kind === 'service' ? probe.services.find((s) => s.sid === chosen.sid) : undefined;
  const trapped = service !== undefined && !service.logsReplies;
  const may = probe.capabilities.messages === 'yes';
  return (
    <div className={css.fields}>
      <ul className={css.capabilities}>
        {CAPABILITIES.map((c) => {
          const v = probe.capabilities[c];
          return (
            <li key={c} data-answer={v}>
              {v === 'yes' ? (
                <IconCheck size={18} aria-hidden />
              ) : v === 'no' ? (
                <IconX size={18} aria-hidden />
              ) : (
                <IconMinus size={18} aria-hidden />
              )}
              <span>{w.capability[c]}</span>
              <span className={css.quiet}>{w[v]}</span>
            </li>
          );
        })}
      </ul>
      {!may && <Note tone="danger">{w.needMessages}</Note>}
      {may && senders.length === 0 && <Note tone="warn">{w.noNumbers}</Note>}
      {may && senders.length > 0 && (
        <fieldset className={css.choices}>
          <legend>{w.choose}</legend>
          {senders.map((s) => {
            const id = keyOf(s);
            const own = s.kind === 'service' ? probe.services.find((x) => x.sid === s.sid) : undefined;
            const number = s.kind === 'number' ? probe.numbers.find((n) => n.number === s.number) : undefined;
            return (
              <label key={id} className={css.choice}>
                <input type="radio" name="sender" checked={chosen !== null && keyOf(chosen) === id} onChange={() => setChosen(s)} />
                <span>
                  <strong className="rg-num">{s.kind === 'number' ? phone(s.number) : (own?.name ?? s.sid)}</strong>
                  <small>{s.kind === 'number' ? w.number(number?.kind ?? '') : w.service(own?.numbers.length ?? 0)}</small>
                </span>
              </label>
            );
          })}
        </fieldset>
      )}
      {trapped && (
        <Note
          tone="warn"
          title={w.trapTitle}
          action={
            <Button
              color="amber"
              variant="default"
              loading={fix.busy}
              onClick={async () => {
                const after = await fix.run({ ...keys, serviceSid: service.sid });
                if (!after) return;
                setFixed(true);
                props.onProbe(after);
                found.again();
              }}
            >
              {w.fix}
            </Button>
          }
        >
          {w.trapBody}
        </Note>
      )}
      {fixed && !trapped && (
        <Note tone="good" role="status">
          {w.fixed}
        </Note>
      )}
      {may && chosen !== null && <AtConnect found={found} leaveOut={['replies-lost']} />}
      <ErrorNote error={connect.error ?? fix.error} />
      <div className={css.inline}>
        <Button variant="default" onClick={props.onBack}>
          {w.back}
        </Button>
        <Button
          disabled={!may || chosen === null || trapped || found.refuses}
          loading={connect.busy}
          onClick={async () => {
            if (chosen && (await connect.run({ ...keys, sender: chosen }))) props.onDone();
          }}
        >
          {w.connect}
        </Button>
      </div>
    </div>
  );
}
