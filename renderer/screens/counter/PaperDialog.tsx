import { Button, Checkbox } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import type { Language } from '@renderer/strings';
import { useLanguage, useWords } from '@renderer/strings';
import { signUp as formCatalogue } from '@renderer/strings/sign-up';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { Dialog, ErrorNote, FieldRow, FieldStack, Note, Rows, SelectField, TextField, toast } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { useState } from 'react';
import { Birthday } from './Birthday';
import css from './busy.module.css';

type Photo = NonNullable<Out<'shell/pick-photo'>>;

/** A signed form: its photo beside what is typed from it. It happened on the day it was signed, under the words printed on it. */
export function PaperDialog({
  device = 'paper',
  signedOn,
  onClose,
}: {
  device?: 'paper' | 'catch-up';
  /** The batch's day; left out: today. */
  signedOn?: string;
  onClose: (customerId?: number) => void;
}) {
  const words = useWords(catalogue);
  const w = words.paper;
  const fieldWords = useWords(formCatalogue);
  const spoken = useLanguage((s) => s.language);
  const { locale } = useShell();
  const form = useQuery('sign-up/paper-form', {}).data;
  const pick = useCommand('shell/pick-photo');
  const record = useCommand('sign-up/paper');
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [birthday, setBirthday] = useState('');
  const [day, setDay] = useState<string | null>(signedOn ?? null);
  const [hash, setHash] = useState<string | null>(null);
  const [theirs, setTheirs] = useState<Language>(spoken);
  const [promise, setPromise] = useState<string | null>(null);
  const [topics, setTopics] = useState<readonly string[]>([]);

  const printed = form?.wordings.filter((x) => x.language === theirs) ?? [];
  const wording = printed.find((x) => x.hash === hash) ?? printed[0];
  const promiseMax = promise ?? String(form?.promises.at(-1) ?? 1);
  const date = day ?? form?.today ?? '';
  const why = record.error?.code === 'customer.bad-phone' ? String(record.error.params['why'] ?? '') : null;
  const dateBad = record.error?.code === 'input.invalid' && record.error.params['field'] === 'signedOn';
  const choose = async () => {
    const got = await pick.run({});
    if (got) setPhoto(got);
  };
  const go = async () => {
    if (!photo || !wording) return;
    const done = await record.run({
      phone,
      firstName: name,
      birthday,
      signedOn: date as never,
      wordingHash: wording.hash,
      language: theirs,
      promiseMax: Number(promiseMax),
      topics: [...topics],
      photo: photo.jpeg,
      device,
    });
    if (!done) return;
    toast({ title: w.done[done.outcome], tone: done.outcome === 'in' ? 'good' : 'warn', ...(done.outcome !== 'in' && { ms: 12_000 }) });
    onClose(done.customerId);
  };
  const said =
    record.error?.code === 'consent.already-in'
      ? w.already
      : record.error?.code === 'consent.under-age'
        ? w.young
        : dateBad
          ? w.dateBad
          : null;
  return (
    <Dialog open width={1000} onClose={() => onClose()} title={w.title}>
      <div className={css.paper}>
        <div className={css.photo}>
          {photo ? (
            <img src={`data:image/jpeg;base64,${photo.jpeg}`} alt={w.photoOf} />
          ) : (
            <div className={css.noPhoto}>
              <p>{w.noPhoto}</p>
            </div>
          )}
          <Button variant={photo ? 'default' : 'filled'} size="md" loading={pick.busy} onClick={() => void choose()}>
            {photo ? w.another : w.pick}
          </Button>
          <ErrorNote error={pick.error} />
        </div>
        <FieldStack onSubmit={() => void go()}>
          <p className={css.quiet}>{w.lead}</p>
          <FieldRow widths="3fr 2fr">
            <TextField
              label={w.number}
              value={phone}
              onChange={setPhone}
              inputMode="tel"
              maxLength={40}
              autoFocus
              error={why === null ? undefined : (fieldWords.phone[why] ?? fieldWords.phone['not-valid'])}
            />
            <TextField label={w.signedOn} type="date" value={date} onChange={setDay} error={dateBad ? w.dateBad : undefined} />
          </FieldRow>
          <FieldRow widths="2fr 3fr">
            <TextField label={w.name} value={name} onChange={setName} maxLength={60} />
            <Birthday words={{ ...fieldWords, birthday: w.birthday }} onChange={setBirthday} plain />
          </FieldRow>
          <FieldRow widths="1fr 1fr">
            <SelectField
              label={w.language}
              value={theirs}
              onChange={setTheirs}
              options={[
                { value: 'en', label: 'English' },
                { value: 'es', label: 'Español' },
              ]}
            />
            <SelectField
              label={w.promise}
              value={promiseMax}
              onChange={setPromise}
              options={(form?.promises ?? []).map((n) => ({ value: String(n), label: fieldWords.upTo(n) }))}
            />
          </FieldRow>
          <Rows gap={8}>
            <SelectField
              label={w.wording}
              value={wording?.hash ?? ''}
              onChange={setHash}
              options={printed.map((x) => ({
                value: x.hash,
                label: `${x.hash.slice(0, 8)} · ${x.current ? w.current : `${w.since} ${dayText(new Date(x.since).toISOString().slice(0, 10), locale, Date.now())}`}`,
              }))}
            />
            <p className={css.words}>{wording?.text}</p>
          </Rows>
          {(form?.topics.length ?? 0) > 0 && (
            <Checkbox.Group label={w.topics} value={[...topics]} onChange={setTopics}>
              <div className={css.checks}>
                {form?.topics.map((t) => (
                  <Checkbox key={t.slug} value={t.slug} label={t.name[spoken]} />
                ))}
              </div>
            </Checkbox.Group>
          )}
          {said !== null && !dateBad ? (
            <Note tone="warn" title={said} role="status" />
          ) : (
            why === null && said === null && <ErrorNote error={record.error} />
          )}
          <Button type="submit" size="lg" className={css.touch ?? ''} loading={record.busy} disabled={!photo || phone.trim() === ''}>
            {w.go}
          </Button>
        </FieldStack>
      </div>
    </Dialog>
  );
}
