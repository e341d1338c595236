import { ORDER_KINDS, type OrderKind } from '@domain/orders/order';
import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { Form } from '@renderer/screens/counter/PersonNotes';
import { useWords } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import { things as thingWords } from '@renderer/strings/things';
import { ErrorNote, FieldRow, MoneyField, Panel, TextField, toast } from '@renderer/ui';
import { useState } from 'react';
import { ThingForm, ThingLines } from '../things/PersonThings';
import { OrderLine } from './OrderLine';
import { OrderPaper } from './OrderPaper';
import css from './orders.module.css';
import { useSteps } from './useOrders';

const MISSING = ['size', 'colour', 'stock', 'price', 'other'] as const;

/**
 * What is kept for the person in front of the counter, and the quick ways to note more: a hold, an order or repair, "left without buying".
 * Each is two taps, in place; Enter saves, Esc leaves.
 */
export function PersonOrders({ customerId, bare }: { customerId: number; bare?: boolean }) {
  const w = useWords(catalogue);
  const t = useWords(thingWords);
  const id = customerId as never;
  const { data, error } = useQuery('orders/of', { customerId: id });
  const steps = useSteps();
  const [open, setOpen] = useState<'hold' | 'order' | 'left' | 'thing' | null>(null);
  const [paper, setPaper] = useState<number | null>(null);
  const close = () => setOpen(null);
  const live = (data ?? []).filter((o) => o.state === 'open' || o.state === 'ready');
  return (
    <div className={css.section} data-bare={bare || undefined} data-notes data-orders>
      <ErrorNote error={error ?? steps.error} />
      {live.length > 0 && (
        <ul className={css.list} aria-label={w.person.title}>
          {live.map((o) => (
            <OrderLine
              key={o.id}
              order={o}
              onStep={(to) => void steps.go(o, to)}
              onAsk={() => void steps.askOnScreen(o.id)}
              onPaper={() => setPaper(o.id)}
            />
          ))}
        </ul>
      )}
      {paper !== null && <OrderPaper id={paper} onClose={() => setPaper(null)} />}
      <ThingLines customerId={customerId} />
      {open === 'thing' && <ThingForm customerId={customerId} onClose={close} />}
      {open === 'hold' && <OrderForm customerId={customerId} kinds={['hold']} onClose={close} />}
      {open === 'order' && <OrderForm customerId={customerId} kinds={ORDER_KINDS.filter((k) => k !== 'hold')} onClose={close} />}
      {open === 'left' && <LeftForm customerId={customerId} onClose={close} />}
      {open === null && (
        <div className={css.tools}>
          {(['hold', 'order', 'left'] as const).map((what) => (
            <Button key={what} variant="subtle" color="gray" size="md" className={css.touch ?? ''} onClick={() => setOpen(what)}>
              {w.tools[what]}
            </Button>
          ))}
          <Button variant="subtle" color="gray" size="md" className={css.touch ?? ''} onClick={() => setOpen('thing')}>
            {t.tool}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The same on the owner's page of a person. */
export function OrdersPanel({ customerId }: { customerId: number }) {
  const w = useWords(catalogue);
  return (
    <Panel title={w.person.title}>
      <PersonOrders customerId={customerId} bare />
    </Panel>
  );
}

function OrderForm({ customerId, kinds, onClose }: { customerId: number; kinds: readonly OrderKind[]; onClose: () => void }) {
  const w = useWords(catalogue);
  const f = w.form;
  const save = useCommand('orders/take');
  const steps = useSteps();
  const [kind, setKind] = useState<OrderKind>(kinds[0] ?? 'hold');
  const [what, setWhat] = useState('');
  const [size, setSize] = useState('');
  const [due, setDue] = useState('');
  const [deposit, setDeposit] = useState<number | null>(null);
  const about = useQuery('desk/about', { customerId: customerId as never });
  const wishes = (about.data?.wishes ?? []).filter((x) => x.state === 'open' && x.item !== '').slice(0, 4);
  const go = async (wish?: { item: string; size: string }) => {
    const done = await save.run({
      customerId: customerId as never,
      kind,
      what: wish?.item ?? what,
      size: wish?.size ?? size,
      dueOn: (due || null) as never,
      deposit: deposit as never,
    });
    if (!done) return;
    toast({ title: w.took(done.ref), tone: 'good', action: { label: w.ask, onClick: () => void steps.askOnScreen(done.id) } });
    onClose();
  };
  return (
    <Form onSave={() => void go()} onClose={onClose} busy={save.busy} save={f.save}>
      {kinds.length > 1 && (
        <fieldset className={css.fields}>
          <legend className={css.legend}>{f.kind}</legend>
          <div className={css.chips}>
            {kinds.map((k) => (
              <Button
                key={k}
                size="md"
                className={css.touch ?? ''}
                variant={k === kind ? 'light' : 'default'}
                aria-pressed={k === kind}
                onClick={() => setKind(k)}
              >
                {w.kinds[k]}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
      {wishes.length > 0 && (
        <fieldset className={css.fields}>
          <legend className={css.legend}>{f.quick}</legend>
          <div className={css.chips}>
            {wishes.map((x) => (
              <Button key={x.id} size="md" variant="light" className={css.touch ?? ''} loading={save.busy} onClick={() => void go(x)}>
                {[x.item, x.size].filter(Boolean).join(', ')}
              </Button>
            ))}
          </div>
        </fieldset>
      )}
      <FieldRow widths="minmax(0, 3fr) minmax(0, 1fr)">
        <div data-first>
          <TextField label={f.what} hint={f.whatHint} value={what} onChange={setWhat} maxLength={120} />
        </div>
        <TextField label={f.size} hint=" " value={size} onChange={setSize} maxLength={30} spellCheck={false} />
      </FieldRow>
      <FieldRow>
        <TextField label={f.due[kind]} type="date" value={due} onChange={setDue} />
        {kind !== 'hold' && <MoneyField label={f.deposit} cents={deposit} onChange={setDeposit} />}
      </FieldRow>
      <ErrorNote error={save.error ?? steps.error} />
    </Form>
  );
}

/** Left without buying: the reason is the second tap; what it was may be typed first, or not at all. */
function LeftForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const w = useWords(catalogue);
  const l = w.left;
  const save = useCommand('desk/wish');
  const [item, setItem] = useState('');
  const [size, setSize] = useState('');
  const [under, setUnder] = useState<number | null>(null);
  const note = async (missing: (typeof MISSING)[number]) => {
    if (!(await save.run({ customerId: customerId as never, item, size, under: under as never, source: 'left', missing }))) return;
    toast({ title: item.trim() === '' ? l.savedPlain : l.saved, tone: 'good' });
    onClose();
  };
  return (
    <Form onSave={() => void note('other')} onClose={onClose} busy={save.busy} save={null}>
      <FieldRow widths="minmax(0, 3fr) minmax(0, 1fr) minmax(0, 1fr)">
        <div data-first>
          <TextField label={l.item} hint={l.itemHint} value={item} onChange={setItem} maxLength={120} />
        </div>
        <TextField label={w.form.size} hint=" " value={size} onChange={setSize} maxLength={30} spellCheck={false} />
        <MoneyField label={l.under} hint=" " cents={under} onChange={setUnder} />
      </FieldRow>
      <fieldset className={css.fields}>
        <legend className={css.legend}>{l.title}</legend>
        <div className={css.chips}>
          {MISSING.map((m) => (
            <Button key={m} size="md" variant="light" className={css.touch ?? ''} loading={save.busy} onClick={() => void note(m)}>
              {l.missing[m]}
            </Button>
          ))}
        </div>
      </fieldset>
      <ErrorNote error={save.error} />
    </Form>
  );
}
