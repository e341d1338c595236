import { Button } from '@mantine/core';
import { ApiError } from '@renderer/api/client';
import { useCommand } from '@renderer/api/useCommand';
import { useWords } from '@renderer/strings';
import { settings as words } from '@renderer/strings/settings';
import { Chip } from '@renderer/ui/Chip';
import { DataTable } from '@renderer/ui/DataTable';
import { Dialog } from '@renderer/ui/Dialog';
import { CheckField, FieldRow, FieldStack, NumberField, SecretField, SelectField, TextField } from '@renderer/ui/Fields';
import { Panel } from '@renderer/ui/Screen';
import { EmptyState, ErrorNote } from '@renderer/ui/States';
import { toast } from '@renderer/ui/toast';
import { When } from '@renderer/ui/Values';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { SaveBar } from './SaveBar';
import { type SettingsData, type StaffMember, useDraft, useStaff } from './useSettings';

type Draft = Pick<StaffMember, 'name' | 'role' | 'language' | 'active'> & { id?: StaffMember['id']; hasPin: boolean };
const NEW: Draft = { name: '', role: 'staff', language: 'en', active: true, hasPin: false };

/** Who works here, what they may do, and their PINs. */
export function StaffSection({ access }: { access: SettingsData['access'] }) {
  return (
    <>
      <People />
      <AutoLock access={access} />
    </>
  );
}

/** Signs whoever walked away out. */
function AutoLock({ access }: { access: SettingsData['access'] }) {
  const w = useWords(words).staff;
  const { draft, change, dirty } = useDraft(access);
  const save = useCommand('staff/save-access');
  const [saves, setSaves] = useState(0);
  return (
    <>
      <Panel>
        <NumberField
          label={w.autoLock}
          hint={w.autoLockHint}
          unit={w.autoLockUnit}
          value={draft.autoLockMinutes}
          min={1}
          max={240}
          width={320}
          onChange={(n) => n !== null && change({ autoLockMinutes: n })}
        />
      </Panel>
      <ErrorNote error={save.error} />
      <SaveBar
        dirty={dirty}
        busy={save.busy}
        saves={saves}
        onSave={async () => {
          if (await save.run(draft)) setSaves((n) => n + 1);
        }}
      />
    </>
  );
}

function People() {
  const w = useWords(words).staff;
  const staff = useStaff();
  const [open, setOpen] = useState<Draft | null>(null);
  const left = useCommand('staff/left');
  const back = useCommand('staff/back');
  const [refused, setRefused] = useState(false);
  const comeBack = async (s: StaffMember) => {
    if (await back.run({ id: s.id })) toast({ title: w.backDone(s.name) });
  };
  const leave = async (s: StaffMember) => {
    const done = await left.run({ id: s.id });
    setRefused(!done);
    if (done) toast({ title: w.leftDone(s.name), action: { label: w.undo, onClick: () => void comeBack(s) } });
  };
  return (
    <Panel
      title={useWords(words).sections.staff}
      hint={w.hint}
      padding="flush"
      action={
        <Button variant="default" leftSection={<IconUserPlus size={18} stroke={1.75} aria-hidden />} onClick={() => setOpen(NEW)}>
          {w.add}
        </Button>
      }
    >
      <DataTable<StaffMember>
        label={w.columns.name}
        bare
        rows={staff.data}
        error={staff.error}
        onRetry={staff.refetch}
        rowKey={(s) => s.id}
        onOpen={setOpen}
        quiet={(s) => !s.active}
        columns={[
          { key: 'name', title: w.columns.name, render: (s) => s.name, width: 'minmax(88px, 1.4fr)' },
          {
            key: 'role',
            title: w.columns.role,
            render: (s) => (s.active ? w.roles[s.role] : <Chip>{w.inactive}</Chip>),
            width: 'minmax(104px, 1fr)',
          },
          { key: 'language', title: w.columns.language, render: (s) => w.languages[s.language], width: '84px' },
          { key: 'pin', title: w.columns.pin, render: (s) => (s.hasPin ? w.hasPin : w.noPin), width: '60px' },
          {
            key: 'practised',
            title: w.practised,
            render: (s) => (s.role === 'owner' ? '' : s.practisedAt === null ? w.notPractised : <When at={s.practisedAt} style="day" />),
            width: '88px',
          },
          {
            key: 'leave',
            title: w.left,
            quietTitle: true,
            width: '112px',
            align: 'right',
            render: (s) =>
              s.active ? (
                <Button size="xs" variant="default" aria-label={w.leftHint(s.name)} onClick={() => void leave(s)}>
                  {w.left}
                </Button>
              ) : (
                <Button size="xs" variant="default" onClick={() => void comeBack(s)}>
                  {w.back}
                </Button>
              ),
          },
        ]}
        empty={<EmptyState title={w.empty} compact />}
      />
      {refused && (
        <p role="alert" style={{ padding: '0 16px 16px', margin: 0, color: 'var(--rg-danger-text)' }}>
          {w.form.lastOwner}
        </p>
      )}
      {open && <StaffDialog member={open} onClose={() => setOpen(null)} />}
    </Panel>
  );
}

function StaffDialog({ member, onClose }: { member: Draft; onClose: () => void }) {
  const all = useWords(words).staff;
  const w = all.form;
  const save = useCommand('settings/save-staff');
  const [draft, setDraft] = useState(member);
  const [pin, setPin] = useState('');
  const [tried, setTried] = useState(false);
  const pinBad = pin !== '' && !/^\d{4,8}$/.test(pin);
  const pinMissing = draft.role === 'owner' && !draft.hasPin && pin === '';
  const change = (part: Partial<Draft>) => setDraft((d) => ({ ...d, ...part }));
  const submit = async () => {
    setTried(true);
    if (!draft.name.trim() || pinBad || pinMissing) return;
    const { id, name, role, language, active } = draft;
    const done = await save.run({ ...(id !== undefined && { id }), name: name.trim(), role, language, active, ...(pin !== '' && { pin }) });
    if (done) onClose();
  };
  const lastOwner = save.error?.code === 'input.invalid' && save.error.params['field'] === 'role';
  return (
    <Dialog open onClose={onClose} title={member.id === undefined ? w.add : all.edit(member.name)} width={480}>
      <FieldStack onSubmit={() => void submit()}>
        <ErrorNote error={lastOwner ? undefined : save.error instanceof ApiError ? save.error : undefined} />
        <TextField
          label={w.name}
          value={draft.name}
          onChange={(name) => change({ name })}
          autoFocus
          maxLength={60}
          error={tried && !draft.name.trim() ? w.nameMissing : undefined}
        />
        <FieldRow>
          <SelectField
            label={w.role}
            value={draft.role}
            onChange={(role) => change({ role })}
            error={lastOwner ? w.lastOwner : undefined}
            options={[
              { value: 'staff', label: all.roles.staff },
              { value: 'owner', label: all.roles.owner },
            ]}
          />
          <SelectField
            label={w.language}
            value={draft.language}
            onChange={(language) => change({ language })}
            options={[
              { value: 'en', label: all.languages.en },
              { value: 'es', label: all.languages.es },
            ]}
          />
        </FieldRow>
        <SecretField
          label={w.pin}
          hint={draft.hasPin ? w.pinKeep : undefined}
          value={pin}
          onChange={setPin}
          error={tried && pinBad ? w.pinBad : tried && pinMissing ? w.pinNeeded : undefined}
        />
        {member.id !== undefined && <CheckField label={w.active} checked={draft.active} onChange={(active) => change({ active })} />}
        <div style={{ display: 'flex', justifyContent: 'flex-end' }}>
          <Button type="submit" loading={save.busy}>
            {w.save}
          </Button>
        </div>
      </FieldStack>
    </Dialog>
  );
}
