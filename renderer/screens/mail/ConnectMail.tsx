import { foreignTo, MAIL_PROVIDERS, portOf, providerOf } from '@domain/mail/providers';
import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { mail as words } from '@renderer/strings/mail';
import { CheckField, Dialog, ErrorNote, FieldRow, FieldStack, Note, NumberField, SecretField, SelectField, TextField } from '@renderer/ui';
import { useState } from 'react';
import css from '../settings/settings.module.css';
import type { MailStatus } from './MailSection';

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

interface Form {
  provider: string;
  fromAddress: string;
  user: string;
  password: string;
  host: string;
  port: number;
  security: 'tls' | 'starttls';
  readsMailbox: boolean;
  imapHost: string;
  imapPort: number;
}

const startOf = (s: MailStatus): Form => ({
  provider: MAIL_PROVIDERS.find((p) => p.host === s.host)?.id ?? (s.mode === 'smtp' ? 'other' : 'gmail'),
  fromAddress: s.mode === 'smtp' ? s.fromAddress : '',
  user: s.mode === 'smtp' ? s.user : '',
  password: '',
  host: s.mode === 'smtp' ? s.host : (MAIL_PROVIDERS[0]?.host ?? ''),
  port: s.mode === 'smtp' ? s.port : 465,
  security: s.mode === 'smtp' ? s.security : 'tls',
  readsMailbox: s.mode !== 'smtp' || s.imap !== null,
  imapHost: s.imap?.host ?? (s.mode === 'smtp' ? '' : (MAIL_PROVIDERS[0]?.imap.host ?? '')),
  imapPort: s.imap?.port ?? 993,
});

/** Provider, address, password; nothing is stored before the provider let us in. */
export function ConnectMail({
  open,
  status,
  onClose,
  onDone,
}: {
  open: boolean;
  status: MailStatus;
  onClose: () => void;
  onDone: () => void;
}) {
  const w = useWords(words).form;
  return (
    <Dialog open={open} onClose={onClose} title={w.title} width={600}>
      {open && <Fields status={status} onClose={onClose} onDone={onDone} />}
    </Dialog>
  );
}

function Fields({ status, onClose, onDone }: { status: MailStatus; onClose: () => void; onDone: () => void }) {
  const w = useWords(words).form;
  const [f, setForm] = useState<Form>(() => startOf(status));
  const [tried, setTried] = useState(false);
  const connect = useCommand('mail/connect');
  const change = (part: Partial<Form>) => setForm((old) => ({ ...old, ...part }));
  const provider = MAIL_PROVIDERS.find((p) => p.id === f.provider) ?? null;
  const choose = (id: string) => {
    const p = MAIL_PROVIDERS.find((x) => x.id === id);
    change({
      provider: id,
      ...(p
        ? { host: p.host, port: p.port, security: p.security, imapHost: p.imap.host, imapPort: p.imap.port }
        : { host: '', imapHost: '' }),
    });
  };
  const address = (fromAddress: string) => {
    // the name before the address was finished follows it; one that was typed stays
    const follows = f.user === '' || f.user === f.fromAddress;
    const known = providerOf(fromAddress);
    if (known && known.id !== f.provider) choose(known.id);
    change({ fromAddress, ...(follows && { user: fromAddress }) });
  };
  const stored = status.mode === 'smtp' && status.host === f.host.trim().toLowerCase() && status.user === f.user.trim();
  const foreign = HOST.test(f.host.trim()) && ADDRESS.test(f.fromAddress.trim()) ? foreignTo(f.fromAddress, f.host.trim()) : null;
  const bad = {
    address: !ADDRESS.test(f.fromAddress.trim()),
    user: f.user.trim() === '',
    password: f.password === '' && !stored,
    host: !HOST.test(f.host.trim()),
    imap: f.readsMailbox && !HOST.test(f.imapHost.trim()),
  };
  const go = async () => {
    setTried(true);
    if (Object.values(bad).some(Boolean)) return;
    const done = await connect.run({
      host: f.host.trim().toLowerCase(),
      port: f.port,
      security: f.security,
      user: f.user.trim(),
      // app passwords are shown in groups of four
      ...(f.password === '' ? {} : { password: provider?.appPassword ? f.password.replace(/\s+/g, '') : f.password }),
      fromName: status.fromName,
      fromAddress: f.fromAddress.trim(),
      replyTo: status.replyTo,
      postal: status.postal,
      dailyLimit: status.mode === 'smtp' && stored ? status.dailyLimit : (provider?.mostPerDay ?? 300),
      imap: f.readsMailbox ? { host: f.imapHost.trim().toLowerCase(), port: f.imapPort } : null,
    });
    if (done) onDone();
  };
  return (
    <FieldStack onSubmit={() => void go()}>
      <SelectField
        label={w.provider}
        value={f.provider}
        onChange={choose}
        options={[...MAIL_PROVIDERS.map((p) => ({ value: p.id as string, label: p.name })), { value: 'other', label: w.other }]}
      />
      <TextField
        label={w.address}
        type="email"
        value={f.fromAddress}
        onChange={address}
        spellCheck={false}
        maxLength={254}
        autoFocus
        error={tried && bad.address ? w.addressBad : undefined}
      />
      <FieldRow widths="1fr 1fr">
        <TextField
          label={w.user}
          hint={w.userHint}
          value={f.user}
          onChange={(user) => change({ user })}
          spellCheck={false}
          maxLength={254}
          error={tried && bad.user ? w.userHint : undefined}
        />
        <SecretField
          label={provider?.appPassword === true ? w.password : w.passwordPlain}
          hint={stored ? w.passwordKept : undefined}
          value={f.password}
          onChange={(password) => change({ password })}
          error={tried && bad.password ? w.passwordNeeded : undefined}
        />
      </FieldRow>
      <p className={css.quiet}>{provider?.appPassword === true ? w.appPassword : w.plainPassword}</p>
      {provider?.id === 'microsoft' && <p className={css.quiet}>{w.microsoft}</p>}
      {provider === null && (
        <>
          <FieldRow widths="1fr 110px">
            <TextField
              label={w.host}
              value={f.host}
              onChange={(host) => change({ host })}
              spellCheck={false}
              error={tried && bad.host ? w.hostBad : undefined}
            />
            <NumberField label={w.port} value={f.port} min={1} max={65_535} onChange={(port) => port !== null && change({ port })} />
          </FieldRow>
          <SelectField
            label={w.security}
            value={f.security}
            onChange={(security) => change({ security, port: portOf(security) })}
            options={[
              { value: 'tls', label: w.tls },
              { value: 'starttls', label: w.starttls },
            ]}
          />
        </>
      )}
      <CheckField label={w.imap} hint={w.imapHint} checked={f.readsMailbox} onChange={(readsMailbox) => change({ readsMailbox })} />
      {f.readsMailbox && provider === null && (
        <FieldRow widths="1fr 110px">
          <TextField
            label={w.imapHost}
            value={f.imapHost}
            onChange={(imapHost) => change({ imapHost })}
            spellCheck={false}
            error={tried && bad.imap ? w.hostBad : undefined}
          />
          <NumberField
            label={w.imapPort}
            value={f.imapPort}
            min={1}
            max={65_535}
            onChange={(imapPort) => imapPort !== null && change({ imapPort })}
          />
        </FieldRow>
      )}
      {foreign !== null && <Note tone="warn">{w.foreign(foreign.name)}</Note>}
      <ErrorNote error={connect.error} />
      <div className={css.inline}>
        <Button type="submit" loading={connect.busy}>
          {w.go}
        </Button>
        <Button variant="default" onClick={onClose}>
          {w.cancel}
        </Button>
        {connect.busy && (
          <span role="status" className={css.quiet}>
            {w.checking}
          </span>
        )}
      </div>
    </FieldStack>
  );
}
