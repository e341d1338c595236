import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { desk as catalogue } from '@renderer/strings/desk';
import { orders as orderWords } from '@renderer/strings/orders';
import { ErrorNote, FieldRow, MoneyField, Panel, SelectField, SkeletonLines, TextAreaField, TextField, toast } from '@renderer/ui';
import { dayText, money, when } from '@renderer/ui/format';
import { IconHeart, IconNote, IconRulerMeasure, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import css from './counter.module.css';

type Told = Out<'desk/about'>['wishes'][number];
/** What was found with the person says nothing of the till yet. */
type Wish = Omit<Told, 'bought'> & Partial<Pick<Told, 'bought'>>;
type About = Pick<Out<'desk/about'>, 'note' | 'sizes'> & { wishes: Wish[] };
const KINDS = ['shoe', 'shirt', 'trousers', 'dress', 'jacket', 'hat', 'ring'] as const;
const OWN = 'own';

/** Sizes, wishes and the note of one person, each to be changed on the spot: no dialog, Enter saves, Esc leaves. */
export function PersonNotes({ customerId, about, extra }: { customerId: number; about: About; extra?: ReactNode }) {
  const w = useWords(catalogue).about;
  const { shop, locale } = useShell();
  const [open, setOpen] = useState<'size' | 'wish' | 'note' | null>(null);
  const setSize = useCommand('desk/size');
  const setWish = useCommand('desk/wish-state');
  const close = () => setOpen(null);
  const kindOf = (kind: string) => w.kinds[kind] ?? kind;
  const o = useWords(orderWords);
  const wishWords = (x: Wish) =>
    [
      x.source === 'left' && o.wish.left,
      x.item,
      x.size && w.sizeOf(x.size),
      x.under !== null && w.under(money(x.under, shop.currency, locale)),
      x.missing !== '' && o.wish.missing(o.left.missing[x.missing].toLowerCase()),
      x.toldAt !== null && o.wish.told(when(x.toldAt, 'day', shop.zone, locale, Date.now())),
    ]
      .filter(Boolean)
      .join(', ');
  const openOnes = about.wishes.filter((x) => x.state === 'open');
  const earlier = about.wishes.filter((x) => x.state !== 'open');
  const id = customerId as never;
  return (
    <div className={css.notes} data-notes>
      {about.sizes.length > 0 && (
        <p className={css.noteLine}>
          <IconRulerMeasure size={20} stroke={1.6} aria-hidden className={css.noteIcon} />
          <span className="rg-hidden">{w.sizes}: </span>
          {about.sizes.map((s) => (
            <span key={s.kind} className={css.size}>
              {kindOf(s.kind)} <strong>{s.value}</strong>
              <button
                type="button"
                className={css.sizeOff}
                aria-label={w.removeSize(kindOf(s.kind))}
                onClick={() => void setSize.run({ customerId: id, kind: s.kind, value: '' })}
              >
                <IconX size={16} stroke={2} aria-hidden />
              </button>
            </span>
          ))}
        </p>
      )}
      {openOnes.map((x) => (
        <p key={x.id} className={css.noteLine} data-wish={x.id}>
          <IconHeart size={20} stroke={1.6} aria-hidden className={css.noteIcon} />
          <span className={css.noteWords}>
            {x.source === 'asked' && `${w.wishes}: `}
            <strong>{wishWords(x)}</strong>
            {x.bought && <span className={css.quiet}> {o.wish.bought[x.bought.sure](dayText(x.bought.on, locale, Date.now()))}</span>}
          </span>
          <Small onClick={() => void setWish.run({ id: x.id, state: 'fulfilled' })}>{w.fulfilled}</Small>
          <Small onClick={() => void setWish.run({ id: x.id, state: 'dropped' })}>{w.dropped}</Small>
        </p>
      ))}
      {earlier.map((x) => (
        <p key={x.id} className={css.noteLine}>
          <span className={`${css.noteWords} ${css.quiet}`}>
            {wishWords(x)} · {w.stateOf[x.state]}
          </span>
          <Small onClick={() => void setWish.run({ id: x.id, state: 'open' })}>{w.reopen}</Small>
        </p>
      ))}
      {about.note && open !== 'note' && (
        <p className={css.noteLine}>
          <IconNote size={20} stroke={1.6} aria-hidden className={css.noteIcon} />
          <span className={css.noteText}>{about.note}</span>
        </p>
      )}
      {open === 'size' && <SizeForm customerId={customerId} onClose={close} />}
      {open === 'wish' && <WishForm customerId={customerId} onClose={close} />}
      {open === 'note' && <NoteForm customerId={customerId} note={about.note} onClose={close} />}
      <ErrorNote error={setSize.error ?? setWish.error} />
      {open === null && (
        <div className={css.noteTools}>
          <Small onClick={() => setOpen('size')}>{w.addSize}</Small>
          <Small onClick={() => setOpen('wish')}>{w.addWish}</Small>
          <Small onClick={() => setOpen('note')}>{about.note ? w.editNote : w.addNote}</Small>
          {extra}
        </div>
      )}
    </div>
  );
}

function Small({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button variant="subtle" color="gray" size="md" className={css.touch ?? ''} onClick={onClick}>
      {children}
    </Button>
  );
}

interface FormProps {
  onSave: () => void;
  onClose: () => void;
  busy: boolean;
  /** What the button says; null = the form saves by other buttons of its own. */
  save?: string | null;
  children: ReactNode;
}

/** The first field has the focus; Esc leaves the form and nothing else. */
export function Form({ onSave, onClose, busy, save, children }: FormProps) {
  const w = useWords(catalogue).about;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-first] input, [data-first] textarea')?.focus(), []);
  const latest = useRef(onClose);
  latest.current = onClose;
  useEffect(() => {
    // Before the counter's own Escape, which would put the person away.
    const onKey = (e: KeyboardEvent) => {
      if (e.key !== 'Escape' || !form.current?.contains(document.activeElement)) return;
      e.preventDefault();
      latest.current();
    };
    document.addEventListener('keydown', onKey, true);
    window.addEventListener('keydown', onKey, true);
    return () => {
      document.removeEventListener('keydown', onKey, true);
      window.removeEventListener('keydown', onKey, true);
    };
  }, []);
  return (
    <form
      ref={form}
      className={css.noteForm}
      onSubmit={(e) => {
        e.preventDefault();
        onSave();
      }}
    >
      {children}
      <div className={css.noteTools}>
        {save !== null && (
          <Button type="submit" size="md" className={css.touch ?? ''} loading={busy}>
            {save ?? w.save}
          </Button>
        )}
        <Small onClick={onClose}>{w.cancel}</Small>
      </div>
    </form>
  );
}

function SizeForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const w = useWords(catalogue).about;
  const save = useCommand('desk/size');
  const [kind, setKind] = useState<string>('shoe');
  const [own, setOwn] = useState('');
  const [value, setValue] = useState('');
  const go = async () => {
    if (!(await save.run({ customerId: customerId as never, kind: kind === OWN ? own : kind, value }))) return;
    toast({ title: w.saved, tone: 'good' });
    onClose();
  };
  return (
    <Form onSave={() => void go()} onClose={onClose} busy={save.busy}>
      <FieldRow>
        <div data-first>
          <TextField label={w.sizeValue} value={value} onChange={setValue} maxLength={30} spellCheck={false} />
        </div>
        <SelectField
          label={w.sizeKind}
          value={kind}
          onChange={setKind}
          options={[...KINDS.map((k) => ({ value: k as string, label: w.kinds[k] ?? k })), { value: OWN, label: w.otherKind }]}
        />
        {kind === OWN && <TextField label={w.ownKind} value={own} onChange={setOwn} maxLength={24} />}
      </FieldRow>
      <ErrorNote error={save.error} />
    </Form>
  );
}

function WishForm({ customerId, onClose }: { customerId: number; onClose: () => void }) {
  const w = useWords(catalogue).about;
  const save = useCommand('desk/wish');
  const [item, setItem] = useState('');
  const [size, setSize] = useState('');
  const [under, setUnder] = useState<number | null>(null);
  const go = async () => {
    if (!(await save.run({ customerId: customerId as never, item, size, under: under as never }))) return;
    toast({ title: w.saved, tone: 'good' });
    onClose();
  };
  return (
    <Form onSave={() => void go()} onClose={onClose} busy={save.busy}>
      <div data-first>
        <TextField label={w.wishItem} hint={w.wishItemHint} value={item} onChange={setItem} maxLength={120} />
      </div>
      <FieldRow>
        <TextField label={w.wishSize} value={size} onChange={setSize} maxLength={30} spellCheck={false} />
        <MoneyField label={w.wishUnder} cents={under} onChange={setUnder} />
      </FieldRow>
      <ErrorNote error={save.error} />
    </Form>
  );
}

function NoteForm({ customerId, note, onClose }: { customerId: number; note: string; onClose: () => void }) {
  const w = useWords(catalogue).about;
  const save = useCommand('desk/note');
  const [text, setText] = useState(note);
  const go = async () => {
    if (!(await save.run({ customerId: customerId as never, note: text }))) return;
    toast({ title: w.saved, tone: 'good' });
    onClose();
  };
  return (
    <Form onSave={() => void go()} onClose={onClose} busy={save.busy}>
      <div data-first>
        <TextAreaField label={w.noteLabel} hint={w.noteHint} value={text} onChange={setText} minRows={2} maxLength={2000} />
      </div>
      <ErrorNote error={save.error} />
    </Form>
  );
}

/** At the counter: what was found with the person, and afresh after every change; earlier wishes stay out of the way. */
export function CounterNotes({ customerId, found }: { customerId: number; found: About }) {
  const { data } = useQuery('desk/about', { customerId: customerId as never });
  const w = useWords(catalogue).about;
  const links = useCommand('numbers/links');
  const about = data ?? found;
  const phone = data && (
    <>
      {data.noSmartphone && <span className={css.quiet}>{w.noSmartphone}</span>}
      <Small onClick={() => void links.run({ id: customerId as never, value: data.noSmartphone ? 'unknown' : 'no' })}>
        {data.noSmartphone ? w.smartphone : w.noSmartphone}
      </Small>
    </>
  );
  return <PersonNotes customerId={customerId} about={{ ...about, wishes: about.wishes.filter((x) => x.state === 'open') }} extra={phone} />;
}

/** The same on the owner's page of a person, wishes of earlier times included. */
export function AboutPanel({ customerId }: { customerId: number }) {
  const w = useWords(catalogue).about;
  const { data, error } = useQuery('desk/about', { customerId: customerId as never });
  return (
    <Panel title={w.title}>
      <ErrorNote error={error} />
      {data ? (
        <div className={css.panelNotes}>
          <PersonNotes customerId={customerId} about={data} />
        </div>
      ) : (
        <SkeletonLines lines={3} />
      )}
    </Panel>
  );
}
