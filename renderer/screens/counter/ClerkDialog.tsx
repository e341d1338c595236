import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import type { Language } from '@renderer/strings';
import { Dialog, ErrorNote, FieldStack, Note, Rows, SelectField, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './counter.module.css';
import type { NewMember } from './SignUp';
import type { CounterWords } from './words';

/** The weaker way in: said aloud. It only sends a question; the customer's own answer is what counts (rules.md §1). */
export function ClerkDialog({
  words: w,
  language,
  onClose,
}: {
  words: CounterWords;
  language: Language;
  onClose: (member: NewMember | null) => void;
}) {
  const form = useQuery('counter/sign-up-form', {});
  const signUp = useCommand('counter/sign-up');
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [theirs, setTheirs] = useState<Language>(language);
  const why = signUp.error?.code === 'customer.bad-phone' ? String(signUp.error.params['why'] ?? '') : null;
  const go = async () => {
    const done = await signUp.run({ how: 'clerk', phone, firstName: name, ticked: true, language: theirs });
    if (!done) return;
    const recently = done.outcome === 'asked-recently';
    toast({ title: recently ? w.clerk.askedRecently : w.clerk.asked, tone: recently ? 'warn' : 'good', ...(recently && { ms: 9000 }) });
    onClose({ id: done.customerId, name: name.trim() });
  };
  return (
    <Dialog open onClose={() => onClose(null)} title={w.clerk.title}>
      <FieldStack onSubmit={() => void go()}>
        <Rows gap={8}>
          <p className={css.quiet}>{w.clerk.body}</p>
          <p>
            <strong>{w.clerk.say}</strong>
          </p>
          <blockquote className={css.script} lang={theirs}>
            {form.data?.script[theirs] ?? w.form.wordingWait}
          </blockquote>
        </Rows>
        <SelectField
          label={w.form.language}
          value={theirs}
          onChange={setTheirs}
          options={[
            { value: 'en', label: 'English' },
            { value: 'es', label: 'Español' },
          ]}
        />
        <TextField
          label={w.clerk.number}
          value={phone}
          onChange={setPhone}
          inputMode="tel"
          maxLength={40}
          autoFocus
          error={why === null ? undefined : (w.fail.phone[why] ?? w.fail.phone['not-valid'])}
        />
        <TextField label={w.clerk.name} value={name} onChange={setName} maxLength={60} />
        {why === null && signUp.error?.code === 'consent.already-in' ? (
          <Note tone="good" title={w.thanks.already} role="status">
            <p>{w.thanks.alreadyBody}</p>
          </Note>
        ) : (
          why === null && <ErrorNote error={signUp.error} />
        )}
        <Button type="submit" size="lg" className={css.touch ?? ''} loading={signUp.busy} disabled={phone.trim() === ''}>
          {w.clerk.go}
        </Button>
      </FieldStack>
    </Dialog>
  );
}
