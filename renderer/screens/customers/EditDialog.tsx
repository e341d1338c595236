import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { go } from '@renderer/nav';
import { zoneOptions } from '@renderer/screens/settings/places';
import { useWords } from '@renderer/strings';
import { livesIn } from '@renderer/strings/lives-in';
import { Dialog, ErrorNote, FieldRow, FieldStack, Note, SelectField, TextAreaField, TextField, toast } from '@renderer/ui';
import { phone as showPhone } from '@renderer/ui/format';
import { useMemo, useState } from 'react';
import type { CustomerWords, Person } from './words';

type Customer = Person['customer'];

const blank = {
  firstName: '',
  lastName: '',
  company: '',
  phone: '',
  email: '',
  language: 'en' as 'en' | 'es',
  birthday: '',
  street: '',
  city: '',
  region: '',
  postalCode: '',
  zone: '',
  tags: '',
  note: '',
};
type Draft = typeof blank;

const draftOf = (c: Customer | null): Draft =>
  c === null
    ? blank
    : {
        firstName: c.firstName,
        lastName: c.lastName,
        company: c.company,
        phone: c.phone ? showPhone(c.phone) : (c.phoneRaw ?? ''),
        email: c.email ?? '',
        language: c.language,
        birthday: c.birthday ?? '',
        street: c.street,
        city: c.city,
        region: c.region,
        postalCode: c.postalCode,
        zone: c.zone ?? '',
        tags: c.tags.join(', '),
        note: c.note,
      };

interface EditDialogProps {
  /** Null: somebody new. */
  person: Customer | null;
  words: CustomerWords;
  onClose: () => void;
  onSaved: (id: number) => void;
}

/** Everything that can be typed about a person. Only what changed is sent. */
export function EditDialog({ person, words: w, onClose, onSaved }: EditDialogProps) {
  const start = draftOf(person);
  const [draft, setDraft] = useState<Draft>(start);
  const save = useCommand('customers/save');
  const lives = useWords(livesIn);
  const { country } = useShell().shop;
  const zones = useMemo(() => [{ value: '', label: lives.guessed }, ...zoneOptions(country)], [lives, country]);
  const set =
    <K extends keyof Draft>(key: K) =>
    (value: Draft[K]) =>
      setDraft((d) => ({ ...d, [key]: value }));
  const field = save.error?.code === 'input.invalid' ? String(save.error.params['field'] ?? '') : '';
  const error = {
    phone: save.error?.code === 'customer.bad-phone' ? w.edit.badPhone : undefined,
    email: save.error?.code === 'customer.bad-email' ? w.edit.badEmail : undefined,
    birthday: field === 'birthday' ? w.edit.badField : undefined,
    firstName: field === 'firstName' ? w.edit.badField : undefined,
    zone: field === 'zone' ? lives.bad : undefined,
  };
  const other = save.error?.code === 'customer.same-number' ? Number(save.error.params['customerId']) : null;
  const known = other !== null || Object.values(error).some((e) => e !== undefined);

  const submit = async (sharedNumber = false) => {
    const changed: Record<string, unknown> = {};
    for (const key of Object.keys(draft) as (keyof Draft)[]) {
      if (person !== null && draft[key] === start[key]) continue;
      changed[key] =
        key === 'tags'
          ? draft.tags
              .split(',')
              .map((t) => t.trim())
              .filter(Boolean)
          : draft[key];
    }
    const done = await save.run({ id: (person?.id ?? null) as never, fields: changed, sharedNumber });
    if (!done) return;
    toast({ title: person === null ? w.edit.added : w.edit.saved, tone: 'good' });
    onClose();
    onSaved(done.id);
  };

  return (
    <Dialog
      open
      width={680}
      onClose={onClose}
      title={person === null ? w.edit.addTitle : w.edit.title}
      actions={
        <Button onClick={() => void submit()} loading={save.busy}>
          {w.edit.save}
        </Button>
      }
    >
      <FieldStack onSubmit={() => void submit()}>
        {other !== null && (
          <Note
            tone="warn"
            role="alert"
            title={w.edit.sameNumber}
            action={
              <>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    onClose();
                    go({ screen: 'customers', id: other });
                  }}
                >
                  {w.edit.openOther}
                </Button>{' '}
                <Button size="xs" variant="default" onClick={() => void submit(true)}>
                  {w.edit.keepBoth}
                </Button>
              </>
            }
          >
            <p>{w.edit.sameNumberBody}</p>
          </Note>
        )}
        {!known && <ErrorNote error={save.error} />}
        <FieldRow>
          <TextField
            label={w.edit.first}
            value={draft.firstName}
            onChange={set('firstName')}
            error={error.firstName}
            autoFocus
            maxLength={80}
          />
          <TextField label={w.edit.last} value={draft.lastName} onChange={set('lastName')} maxLength={80} />
          <TextField label={w.edit.company} value={draft.company} onChange={set('company')} maxLength={80} />
        </FieldRow>
        <FieldRow>
          <TextField label={w.edit.phone} value={draft.phone} onChange={set('phone')} error={error.phone} inputMode="tel" maxLength={40} />
          <TextField
            label={w.edit.email}
            value={draft.email}
            onChange={set('email')}
            error={error.email}
            inputMode="email"
            maxLength={254}
          />
        </FieldRow>
        {person !== null && draft.phone !== start.phone && <Note tone="info">{w.edit.phoneHint}</Note>}
        <FieldRow>
          <SelectField
            label={w.edit.language}
            value={draft.language}
            onChange={set('language')}
            options={[
              { value: 'en', label: w.person.languages.en },
              { value: 'es', label: w.person.languages.es },
            ]}
          />
          <TextField
            label={w.edit.birthday}
            hint={w.edit.birthdayHint}
            value={draft.birthday}
            onChange={set('birthday')}
            error={error.birthday}
            placeholder="1985-04-23"
            maxLength={10}
          />
        </FieldRow>
        <FieldRow widths="2fr 1.2fr 0.8fr 0.8fr">
          <TextField label={w.edit.street} value={draft.street} onChange={set('street')} maxLength={200} />
          <TextField label={w.edit.city} value={draft.city} onChange={set('city')} maxLength={120} />
          <TextField label={w.edit.region} value={draft.region} onChange={set('region')} maxLength={120} />
          <TextField label={w.edit.postalCode} value={draft.postalCode} onChange={set('postalCode')} maxLength={20} />
        </FieldRow>
        <FieldRow>
          <SelectField label={lives.label} hint={lives.hint} value={draft.zone} onChange={set('zone')} options={zones} error={error.zone} />
          <TextField label={w.edit.tags} hint={w.edit.tagsHint} value={draft.tags} onChange={set('tags')} maxLength={400} />
        </FieldRow>
        <TextAreaField label={w.edit.note} value={draft.note} onChange={set('note')} minRows={2} maxLength={4000} />
      </FieldStack>
    </Dialog>
  );
}
