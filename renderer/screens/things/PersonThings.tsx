import { Button } from '@mantine/core';
import { useCommand, useQuery, useShell } from '@renderer/api';
import { Form } from '@renderer/screens/counter/PersonNotes';
import css from '@renderer/screens/orders/orders.module.css';
import { useWords } from '@renderer/strings';
import { things as catalogue } from '@renderer/strings/things';
import { Chip, ErrorNote, FieldRow, SelectField, TextField, toast } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import { IconCalendarEvent } from '@tabler/icons-react';
import { useState } from 'react';

const KINDS = ['warranty', 'service', 'refill', 'other'] as const;
type Kind = (typeof KINDS)[number];

/** Things somebody has with a day that is still to come, each closed with one tap. */
export function ThingLines({ customerId }: { customerId: number }) {
  const w = useWords(catalogue);
  const { locale } = useShell();
  const { data, error } = useQuery('things/of', { customerId: customerId as never });
  const done = useCommand('things/done');
  const open = (data ?? []).filter((t) => t.state === 'open');
  const finish = async (id: number) => {
    if (!(await done.run({ id, done: true }))) return;
    toast({ title: w.done, tone: 'good', action: { label: w.again, onClick: () => void done.run({ id, done: false }) } });
  };
  if (open.length === 0) return <ErrorNote error={error} />;
  const today = new Date().toISOString().slice(0, 10);
  return (
    <ul className={css.list} aria-label={w.title}>
      {open.map((t) => (
        <li key={t.id} data-thing={t.id}>
          <span className={css.icon}>
            <IconCalendarEvent size={24} stroke={1.6} aria-hidden />
          </span>
          <span className={css.words}>
            <span className={css.head}>
              <strong>{t.what}</strong>
              {t.dueOn < today && <Chip tone="warn">{w.over}</Chip>}
            </span>
            <span className={css.quiet}>{w.line(w.kinds[t.kind], dayText(t.dueOn, locale, Date.now()))}</span>
          </span>
          <span className={css.ends}>
            <Button
              size="md"
              variant="default"
              className={css.touch ?? ''}
              aria-label={`${w.done}: ${t.what}`}
              onClick={() => void finish(t.id)}
            >
              {w.done}
            </Button>
          </span>
        </li>
      ))}
      <ErrorNote error={done.error} />
    </ul>
  );
}

/** A day to note: typed, or for the owner taken from what they bought. */
export function ThingForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const w = useWords(catalogue);
  const { locale, role } = useShell();
  const save = useCommand('things/add');
  const bought = useQuery('things/bought', { customerId: customerId as never }, { enabled: role === 'owner' });
  const [kind, setKind] = useState<Kind>('warranty');
  const [what, setWhat] = useState('');
  const [boughtOn, setBought] = useState('');
  const [dueOn, setDue] = useState('');
  const [sale, setSale] = useState('');
  const sales = bought.data ?? [];
  const choose = (value: string) => {
    setSale(value);
    const s = sales[Number(value)];
    if (value === '' || !s) return;
    setWhat(s.what);
    setBought(s.boughtOn);
  };
  const go = async () => {
    const done = await save.run({
      customerId: customerId as never,
      kind,
      what,
      boughtOn: (boughtOn || null) as never,
      dueOn: dueOn as never,
      saleId: (sale === '' ? null : (sales[Number(sale)]?.saleId ?? null)) as never,
    });
    if (!done) return;
    toast({ title: w.saved, tone: 'good' });
    onClose();
  };
  return (
    <Form onSave={() => dueOn !== '' && void go()} onClose={onClose} busy={save.busy} save={w.save}>
      {sales.length > 0 && (
        <SelectField
          label={w.fromSales}
          value={sale}
          onChange={choose}
          options={[
            { value: '', label: '—' },
            ...sales.map((s, i) => ({ value: String(i), label: `${s.what} · ${dayText(s.boughtOn, locale, Date.now())}` })),
          ]}
        />
      )}
      <FieldRow>
        <div data-first>
          <TextField label={w.what} value={what} onChange={setWhat} maxLength={120} />
        </div>
        <SelectField label={w.kind} value={kind} onChange={setKind} options={KINDS.map((k) => ({ value: k, label: w.kinds[k] }))} />
      </FieldRow>
      <FieldRow>
        <TextField label={w.due} type="date" value={dueOn} onChange={setDue} required />
        <TextField label={w.bought} type="date" value={boughtOn} onChange={setBought} />
      </FieldRow>
      <ErrorNote error={save.error} />
    </Form>
  );
}
