import { Button, Checkbox } from '@mantine/core';
import { call, type Out, useCommand, useQuery, useShell } from '@renderer/api';
import type { Language } from '@renderer/strings';
import { useWords, wordsOf } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import { signUp as formCatalogue } from '@renderer/strings/sign-up';
import { signUpDesk } from '@renderer/strings/sign-up-desk';
import { Dialog, ErrorNote, FieldRow, FieldStack, SelectField, Sheet, TextField, toast } from '@renderer/ui';
import { IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import busy from '../counter/busy.module.css';
import css from './orders.module.css';

type Photo = NonNullable<Out<'shell/pick-photo'>>;
type OrderForm = Out<'orders/form'>;

/** The form of one order with its own empty boxes: printed here, and recorded with its photo once it was signed. */
export function OrderPaper({ id, onClose }: { id: number; onClose: () => void }) {
  const w = useWords(catalogue).paper;
  const p = useWords(signUpDesk).paper;
  const { data: form, error } = useQuery('orders/form', { id });
  return (
    <Dialog open width={1000} onClose={onClose} title={w.title(form?.ref ?? '')}>
      <ErrorNote error={error} />
      {form ? <Signed id={id} form={form} onClose={onClose} /> : <p className={css.quiet}>{p.lead}</p>}
    </Dialog>
  );
}

function Signed({ id, form, onClose }: { id: number; form: OrderForm; onClose: () => void }) {
  const w = useWords(catalogue).paper;
  const p = useWords(signUpDesk).paper;
  const fieldWords = useWords(formCatalogue);
  const pick = useCommand('shell/pick-photo');
  const record = useCommand('orders/signed');
  const [photo, setPhoto] = useState<Photo | null>(null);
  const [phone, setPhone] = useState('');
  const [day, setDay] = useState<string>(form.today);
  const [language, setLanguage] = useState<Language>(form.language);
  const [recalls, setRecalls] = useState(false);
  const choose = async () => {
    const got = await pick.run({});
    if (got) setPhoto(got);
  };
  const why = record.error?.code === 'customer.bad-phone' ? String(record.error.params['why'] ?? '') : null;
  const dateBad = record.error?.code === 'input.invalid' && record.error.params['field'] === 'signedOn';
  const go = async () => {
    if (!photo) return;
    const done = await record.run({
      id,
      phone,
      signedOn: day as never,
      language,
      wordingHash: form.wording[language].hash,
      recalls,
      recallsHash: form.recalls[language].hash,
      photo: photo.jpeg,
    });
    if (!done) return;
    toast({ title: w.done[done.outcome], tone: done.outcome === 'in' ? 'good' : 'warn', ...(done.outcome !== 'in' && { ms: 12_000 }) });
    onClose();
  };
  return (
    <div className={busy.paper}>
      <div className={busy.photo}>
        {photo ? (
          <img src={`data:image/jpeg;base64,${photo.jpeg}`} alt={p.photoOf} />
        ) : (
          <div className={busy.noPhoto}>
            <p>{p.noPhoto}</p>
          </div>
        )}
        <Button variant={photo ? 'default' : 'filled'} size="md" loading={pick.busy} onClick={() => void choose()}>
          {photo ? p.another : p.pick}
        </Button>
        <ErrorNote error={pick.error} />
      </div>
      <FieldStack onSubmit={() => void go()}>
        <p className={busy.quiet}>{w.lead}</p>
        <FieldRow widths="3fr 2fr">
          <TextField
            label={p.number}
            value={phone}
            onChange={setPhone}
            inputMode="tel"
            maxLength={40}
            autoFocus
            error={why === null ? undefined : (fieldWords.phone[why] ?? fieldWords.phone['not-valid'])}
          />
          <TextField label={p.signedOn} type="date" value={day} onChange={setDay} error={dateBad ? p.dateBad : undefined} />
        </FieldRow>
        <FieldRow widths="1fr 1fr">
          <SelectField
            label={p.language}
            value={language}
            onChange={setLanguage}
            options={[
              { value: 'en', label: 'English' },
              { value: 'es', label: 'Español' },
            ]}
          />
          <div className={css.print}>
            <Button
              variant="default"
              leftSection={<IconPrinter size={18} stroke={1.75} aria-hidden />}
              onClick={() => void call('shell/print', {}).catch(() => undefined)}
            >
              {w.print}
            </Button>
          </div>
        </FieldRow>
        <div>
          <p className={css.quiet}>{w.words}</p>
          <p className={busy.words}>{form.wording[language].text}</p>
        </div>
        <Checkbox checked={recalls} onChange={(e) => setRecalls(e.currentTarget.checked)} label={w.recalls} />
        {why === null && !dateBad && <ErrorNote error={record.error} />}
        <Button
          type="submit"
          size="lg"
          className={css.touch ?? ''}
          loading={record.busy}
          disabled={!photo || phone.trim() === '' || day === ''}
        >
          {p.go}
        </Button>
      </FieldStack>
      <div hidden>
        <FormSheet form={form} language={language} />
      </div>
    </div>
  );
}

/** Paper to sign: what is kept, two empty boxes with their exact words, a line for the number and one for the name. */
function FormSheet({ form, language }: { form: OrderForm; language: Language }) {
  const { shop } = useShell();
  const o = wordsOf(catalogue, language);
  const s = o.paper.sheet;
  const thing = [form.what, form.size && o.size(form.size)].filter(Boolean).join(', ');
  return (
    <Sheet label={s.title}>
      <article className={css.form} lang={language}>
        <p>{shop.name}</p>
        <h2>
          {o.kinds[form.kind]} {form.ref}
        </h2>
        <p>{thing}</p>
        <h3>{s.title}</h3>
        <p>{s.lead}</p>
        {[form.wording[language], form.recalls[language]].map((x) => (
          <div key={x.hash} className={css.formBox}>
            <span className={css.square} />
            <p>{x.text}</p>
          </div>
        ))}
        <dl className={css.lines}>
          {[s.number, s.day, s.sign].map((label) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd />
            </div>
          ))}
        </dl>
      </article>
    </Sheet>
  );
}
