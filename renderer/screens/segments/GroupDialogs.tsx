import type { Rule } from '@domain/segments/rule';
import { Button, Radio, Stack } from '@mantine/core';
import { call, useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { useWords } from '@renderer/strings';
import { segments as catalogue } from '@renderer/strings/segments';
import { Dialog, ErrorNote, TextField, toast } from '@renderer/ui';
import { count } from '@renderer/ui/format';
import { useState } from 'react';

interface Props {
  name: string;
  rule: Rule;
  onClose: () => void;
}

/** The people of this moment as a list that stays. */
export function FixDialog({ name: group, rule, onClose }: Props) {
  const words = useWords(catalogue);
  const w = words.fix;
  const [name, setName] = useState(w.name(group));
  const fix = useCommand('segments/fix');
  const make = async () => {
    const done = await fix.run({ name: name.trim(), rule });
    if (!done) return;
    toast({ title: words.saved(name.trim()), tone: 'good' });
    onClose();
    go({ screen: 'groups', id: done.id });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button loading={fix.busy} disabled={name.trim() === ''} onClick={() => void make()}>
            {w.make}
          </Button>
        </>
      }
    >
      <Stack gap={16}>
        <p>{w.body}</p>
        {fix.error && <ErrorNote error={fix.error} />}
        <TextField label={words.name} value={name} maxLength={80} onChange={setName} onEnter={() => void make()} autoFocus />
      </Stack>
    </Dialog>
  );
}

const PURPOSES = ['contact', 'figures'] as const;

/** The group as a file: what it is for decides what is in it. */
export function ExportDialog({ name, rule, onClose }: Props) {
  const w = useWords(catalogue).saving;
  const { locale } = useShell();
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('contact');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      const file = await call('segments/export', { name, rule, for: purpose });
      if (await call('shell/save-text', { name: file.name, text: file.text })) {
        toast({ title: w.saved(count(file.people, locale), file.people === 1), tone: 'good' });
        onClose();
      }
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={w.title}
      actions={
        <>
          <Button variant="default" onClick={onClose}>
            {w.cancel}
          </Button>
          <Button loading={busy} onClick={() => void save()}>
            {w.action}
          </Button>
        </>
      }
    >
      <Stack gap={16}>
        {error !== undefined && <ErrorNote error={error} />}
        <Radio.Group label={w.what} value={purpose} onChange={(v) => setPurpose(v as typeof purpose)}>
          <Stack gap={8} mt={8}>
            {PURPOSES.map((p) => (
              <Radio key={p} value={p} label={w.purposes[p].label} description={w.purposes[p].body} />
            ))}
          </Stack>
        </Radio.Group>
        <p>{w.note}</p>
      </Stack>
    </Dialog>
  );
}
