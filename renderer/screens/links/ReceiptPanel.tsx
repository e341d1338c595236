import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { receipts as catalogue } from '@renderer/strings/links';
import { ErrorNote, SkeletonLines, TextField, toast, useDelayed, When } from '@renderer/ui';
import { count, money, when } from '@renderer/ui/format';
import { IconCircleCheck, IconClockHour4, IconReceipt, IconUserExclamation } from '@tabler/icons-react';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import css from './links.module.css';
import { SaleChoices } from './SaleChoices';

export type ReceiptView = Out<'links/note'>;
type Preview = Out<'links/preview'>;
export type Moment = NonNullable<Out<'counter/redeem'>['moment']>;
type Words = (typeof catalogue)['en'];

interface ReceiptPanelProps {
  customerId: number;
  /** First name, or whatever they are called; '' = unknown. */
  who: string;
  origin: 'sign-up' | 'here' | 'person';
  /** A number already written down; null = ask for one. */
  start?: ReceiptView | null;
  /** Sales of these minutes to choose from instead of a number. */
  moment?: Moment | null;
  /** The one of them to show at once. */
  pick?: number | null;
  /** A number that was scanned while nothing had the focus. */
  scanned?: string | null;
  heading?: string;
  owner: boolean;
  onDone: () => void;
}

/**
 * From a receipt number to a history in two steps: what it would add, and yes. Every step has its main button under the Enter key;
 * what is done can be undone here.
 */
export function ReceiptPanel(p: ReceiptPanelProps) {
  const w = useWords(catalogue);
  const who = p.who || w.them;
  const [view, setView] = useState<ReceiptView | null>(p.start ?? null);
  const [picked, setPicked] = useState<number | null>(p.pick ?? null);
  const [done, setDone] = useState<{ linkId: number; added: number } | null>(null);
  const [no, setNo] = useState('');
  const note = useCommand('links/note');
  const confirm = useCommand('links/confirm');
  const take = useCommand('links/take');
  const undo = useCommand('links/undo');
  const drop = useCommand('links/drop');
  const refuse = useCommand('links/not-theirs');
  const { run: runNote } = note;
  const lookUp = useCallback(
    async (typed: string) => {
      if (typed.trim() === '') return;
      const found = await runNote({ customerId: p.customerId as never, receiptNo: typed, origin: p.origin });
      if (found) setView(found);
    },
    [runNote, p.customerId, p.origin],
  );
  useEffect(() => {
    if (!p.scanned) return;
    setNo(p.scanned);
    void lookUp(p.scanned);
  }, [p.scanned, lookUp]);

  const choosing = p.moment && !view ? p.moment.choices : (view?.choices ?? []);
  const shown = picked ?? (p.moment && !view ? null : (view?.preview?.sale.saleId ?? null));
  const known = view?.preview?.sale.saleId === shown ? view.preview : null;
  const asked = useQuery(
    'links/preview',
    { customerId: p.customerId as never, saleId: (shown ?? 1) as never },
    { enabled: shown !== null && !known && !done },
  );
  const preview = known ?? (shown === null ? null : (asked.data ?? null));

  const add = async (takeOver: boolean) => {
    if (shown === null) return;
    const made = view
      ? await confirm.run({ linkId: view.linkId, saleId: shown as never, takeOver })
      : await take.run({
          customerId: p.customerId as never,
          saleId: shown as never,
          redemptionId: p.moment?.redemptionId ?? null,
          takeOver,
        });
    if (made) setDone(made);
  };
  const takeBack = async () => {
    if (!done || !(await undo.run({ linkId: done.linkId }))) return;
    toast({ title: w.undone, tone: 'good' });
    p.onDone();
  };
  const notTheirs = async () => {
    const said = view
      ? await drop.run({ linkId: view.linkId })
      : await refuse.run({ customerId: p.customerId as never, saleId: (shown ?? 1) as never });
    if (said) p.onDone();
  };
  const failed = note.error ?? confirm.error ?? take.error ?? undo.error ?? drop.error ?? refuse.error ?? asked.error;
  const busy = confirm.busy || take.busy;
  return (
    <section className={css.panel} aria-label={w.panel} data-receipt={done ? 'linked' : view ? view.state : 'ask'}>
      {p.heading && !done && !view && shown === null && <p className={css.heading}>{p.heading}</p>}
      {done ? (
        <Step
          icon={<IconCircleCheck size={24} stroke={1.75} aria-hidden />}
          tone="good"
          title={w.linked(String(done.added), done.added === 1, who)}
          body={w.linkedBody}
        >
          <Go onClick={p.onDone}>{w.done}</Go>
          <Quiet onClick={() => void takeBack()} busy={undo.busy}>
            {w.undo}
          </Quiet>
        </Step>
      ) : view?.state === 'waiting' ? (
        <Step icon={<IconClockHour4 size={24} stroke={1.75} aria-hidden />} title={w.waiting} body={w.waitingBody(who)}>
          <Go onClick={p.onDone}>{w.done}</Go>
        </Step>
      ) : view?.state === 'linked' ? (
        <Step icon={<IconCircleCheck size={24} stroke={1.75} aria-hidden />} tone="good" title={w.already(who)}>
          <Go onClick={p.onDone}>{w.done}</Go>
        </Step>
      ) : shown !== null ? (
        <PreviewStep
          preview={preview}
          who={who}
          words={w}
          owner={p.owner}
          busy={busy}
          several={choosing.length > 1}
          onAdd={(over) => void add(over)}
          onOthers={() => {
            setPicked(null);
            if (view) setView({ ...view, preview: null });
          }}
          onNo={() => void notTheirs()}
          onDone={p.onDone}
        />
      ) : choosing.length > 0 ? (
        <Step
          icon={<IconReceipt size={24} stroke={1.75} aria-hidden />}
          title={view ? w.choose(view.receiptNo ?? '') : w.couldBe(who)}
          body={view ? w.chooseBody : w.couldBeBody}
          content={<SaleChoices choices={choosing} words={w} onPick={setPicked} />}
        >
          <Button size="md" variant="default" className={css.touch ?? ''} onClick={p.onDone}>
            {view ? w.none : choosing.length > 1 ? w.noneOfThese : w.notTheirs}
          </Button>
        </Step>
      ) : (
        <form
          className={css.ask}
          onSubmit={(e) => {
            e.preventDefault();
            void lookUp(no);
          }}
        >
          <div data-scan="receipt" className={css.field}>
            <TextField label={w.field} hint={w.fieldHint} value={no} onChange={setNo} maxLength={60} spellCheck={false} />
          </div>
          <Button type="submit" size="md" className={css.touch ?? ''} loading={note.busy} disabled={no.trim() === ''} variant="light">
            {w.lookUp}
          </Button>
          <Quiet onClick={p.onDone}>{w.noReceipt}</Quiet>
        </form>
      )}
      <ErrorNote error={failed} />
    </section>
  );
}

interface PreviewStepProps {
  preview: Preview | null;
  who: string;
  words: Words;
  owner: boolean;
  busy: boolean;
  several: boolean;
  onAdd: (takeOver: boolean) => void;
  onOthers: () => void;
  onNo: () => void;
  onDone: () => void;
}

/** "This adds 12 past sales, $431, since March", with the newest of them, before anything is done. */
function PreviewStep({ preview, who, words: w, owner, busy, several, ...on }: PreviewStepProps) {
  const { shop, locale } = useShell();
  const grey = useDelayed(preview === null);
  if (!preview) return grey ? <SkeletonLines lines={3} /> : null;
  const { sale, sales, first } = preview;
  const one = sales === 1;
  const n = count(sales, locale);
  const spend = preview.spend === null ? null : money(preview.spend, shop.currency, locale);
  const others = several && <Quiet onClick={on.onOthers}>{w.others}</Quiet>;
  if (sale.standing === 'theirs' && preview.newest.length === 0) {
    return (
      <Step icon={<IconCircleCheck size={24} stroke={1.75} aria-hidden />} tone="good" title={w.already(who)}>
        <Go onClick={on.onDone}>{w.done}</Go>
        {others}
      </Step>
    );
  }
  const other = sale.standing === 'other';
  const since = first === null ? '' : when(first, 'month', shop.zone, locale, Date.now());
  return (
    <Step
      icon={other ? <IconUserExclamation size={24} stroke={1.75} aria-hidden /> : <IconReceipt size={24} stroke={1.75} aria-hidden />}
      tone={other ? 'warn' : undefined}
      title={other ? (sale.holder ? w.belongs(sale.holder) : w.belongsNoName) : one ? w.addsOne(spend) : w.adds(n, one, spend, since)}
      body={other ? (owner ? w.belongsOwner(who) : w.belongsStaff) : preview.onlyThis ? w.onlyThis : undefined}
      content={
        <ul className={css.past}>
          {preview.newest.map((s) => (
            <li key={s.saleId}>
              <span className={css.pastDay}>
                <When at={s.at} style="short-day" />
              </span>
              <span className={css.pastItems}>
                {[s.kind === 'refund' && w.refund, s.items || (s.receiptNo && `#${s.receiptNo}`)].filter(Boolean).join(': ')}
              </span>
              <span className={css.amount}>{money(s.paid, shop.currency, locale)}</span>
            </li>
          ))}
          {sales > preview.newest.length && <li className={css.more}>{w.earlier}</li>}
        </ul>
      }
    >
      {!other && (
        <Go onClick={() => on.onAdd(false)} busy={busy}>
          {w.add(n, one, who)}
        </Go>
      )}
      {other && !owner && <Go onClick={on.onDone}>{w.done}</Go>}
      {other && owner && (
        <Button size="md" variant="default" className={css.touch ?? ''} onClick={() => on.onAdd(true)} loading={busy}>
          {w.takeOver(n, one, who)}
        </Button>
      )}
      <Quiet onClick={on.onNo}>{w.notTheirs}</Quiet>
      {others}
    </Step>
  );
}

interface StepProps {
  icon: ReactNode;
  title: string;
  body?: string | undefined;
  tone?: 'good' | 'warn' | undefined;
  /** What there is to look at, above the buttons. */
  content?: ReactNode;
  children: ReactNode;
}

function Step({ icon, title, body, tone, content, children }: StepProps) {
  return (
    <>
      <p className={css.title} data-tone={tone}>
        {icon}
        <strong>{title}</strong>
      </p>
      {body && <p className={css.body}>{body}</p>}
      {content}
      <div className={css.actions}>{children}</div>
    </>
  );
}

/** Takes the focus, so that Enter goes on. */
function Go({ onClick, busy, children }: { onClick: () => void; busy?: boolean; children: ReactNode }) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  return (
    <Button ref={button} size="md" className={css.touch ?? ''} onClick={onClick} loading={busy ?? false}>
      {children}
    </Button>
  );
}

function Quiet({ onClick, busy, children }: { onClick: () => void; busy?: boolean; children: ReactNode }) {
  return (
    <Button size="md" variant="subtle" color="gray" className={css.touch ?? ''} onClick={onClick} loading={busy ?? false}>
      {children}
    </Button>
  );
}
