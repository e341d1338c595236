import { Button } from '@mantine/core';
import { type Out, useCommand, useQuery, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { receipts as catalogue } from '@renderer/strings/links';
import { Chip, ErrorNote, Panel, TextField, toast, When } from '@renderer/ui';
import { count, money } from '@renderer/ui/format';
import { useState } from 'react';
import css from './links.module.css';
import { ReceiptPanel, type ReceiptView } from './ReceiptPanel';

type Links = Out<'links/of-person'>;
type Words = (typeof catalogue)['en'];

/** Receipts on a person's page: what they tied, what waits, and "Could these be theirs?". */
export function PersonReceipts({ customerId, who }: { customerId: number; who: string }) {
  const w = useWords(catalogue);
  const [last4, setLast4] = useState('');
  const links = useQuery('links/of-person', { customerId: customerId as never, last4: /^\d{4}$/.test(last4) ? last4 : null });
  /** A number being decided, or a sale that was picked; 'new' = asked for. */
  const [open, setOpen] = useState<{ key: string; start: ReceiptView | null } | null>(null);
  const l = links.data;
  if (!l) return <ErrorNote error={links.error} onRetry={links.refetch} />;
  const close = () => setOpen(null);
  const panel = (start: ReceiptView | null) => (
    <div className={css.inside}>
      <ReceiptPanel key={open?.key ?? ''} customerId={customerId} who={who} origin="person" start={start} owner onDone={close} />
    </div>
  );
  return (
    <Panel title={w.person.title}>
      <div className={css.stack}>
        {l.linked.length === 0 && l.waiting.length === 0 && <p className={css.quiet}>{w.person.body}</p>}
        <ul className={css.list}>
          {l.linked.map((x) => (
            <LinkedRow key={x.linkId} link={x} words={w} />
          ))}
          {l.waiting.map((x) => (
            <li key={x.linkId}>
              <WaitingRow link={x} words={w} onLook={() => setOpen({ key: `link ${x.linkId}`, start: x })} />
              {open?.key === `link ${x.linkId}` && panel(x)}
            </li>
          ))}
        </ul>
        {open?.key === 'new' ? (
          panel(null)
        ) : (
          <div className={css.actions}>
            <Button size="xs" variant="default" onClick={() => setOpen({ key: 'new', start: null })}>
              {w.person.add}
            </Button>
          </div>
        )}
        {l.moments.length > 0 && (
          <Moments customerId={customerId} who={who} moments={l.moments} last4={last4} onLast4={setLast4} words={w} />
        )}
      </div>
    </Panel>
  );
}

function LinkedRow({ link, words: w }: { link: Links['linked'][number]; words: Words }) {
  const { locale } = useShell();
  const undo = useCommand('links/undo');
  const takeBack = async () => {
    if (await undo.run({ linkId: link.linkId })) toast({ title: w.undone, tone: 'good' });
  };
  return (
    <li data-link={link.linkId}>
      <div className={css.row}>
        <div className={css.rowWords}>
          {link.receiptNo === null ? w.person.linkedNoNumber : w.person.linked(link.receiptNo)} ·{' '}
          {w.person.sales(count(link.sales, locale), link.sales === 1)}
          <span>
            <When at={link.at} />
            {link.byItself && ` · ${w.person.byItself}`}
          </span>
        </div>
        {link.mayUndo && (
          <Button size="xs" variant="default" onClick={() => void takeBack()} loading={undo.busy}>
            {w.undo}
          </Button>
        )}
      </div>
      <ErrorNote error={undo.error} />
    </li>
  );
}

function WaitingRow({ link, words: w, onLook }: { link: Links['waiting'][number]; words: Words; onLook: () => void }) {
  const drop = useCommand('links/drop');
  const no = link.receiptNo ?? '';
  const remove = async () => {
    if (await drop.run({ linkId: link.linkId })) toast({ title: w.person.removed });
  };
  return (
    <>
      <div className={css.row}>
        <div className={css.rowWords}>
          {link.state === 'waiting' ? w.person.waiting(no) : w.person.decide(no)}
          <span>
            <When at={link.at} />
          </span>
        </div>
        {link.state === 'choose' && (
          <Button size="xs" variant="default" onClick={onLook}>
            {w.person.look}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => void remove()} loading={drop.busy}>
          {w.person.remove}
        </Button>
      </div>
      <ErrorNote error={drop.error} />
    </>
  );
}

interface MomentsProps {
  customerId: number;
  who: string;
  moments: Links['moments'];
  last4: string;
  onLast4: (digits: string) => void;
  words: Words;
}

/** Sales of the minutes they were here, to be answered with yes or no; never tied by themselves. */
function Moments({ customerId, who, moments, last4, onLast4, words: w }: MomentsProps) {
  const { shop, locale } = useShell();
  const [open, setOpen] = useState<number | null>(null);
  const refuse = useCommand('links/not-theirs');
  const no = async (saleId: number) => {
    const sale = { customerId: customerId as never, saleId: saleId as never };
    if (!(await refuse.run(sale))) return;
    toast({ title: w.person.refused, action: { label: w.undo, onClick: () => void refuse.run({ ...sale, undo: true }) } });
  };
  return (
    <section className={`${css.stack} ${css.moments}`} aria-label={w.person.couldBe}>
      <div>
        <p className={css.sub}>{w.person.couldBe}</p>
        <p className={css.quiet}>{w.person.couldBeBody}</p>
      </div>
      {moments.map((m) => (
        <div key={`${m.redemptionId} ${m.at}`} className={css.stack}>
          <p>
            {m.redemptionId === null ? w.person.here : m.offerName ? w.person.redeemed(m.offerName) : w.person.redeemedPlain}
            {m.amount !== null && ` · ${money(m.amount, shop.currency, locale)}`} · <When at={m.at} />
          </p>
          <ul className={css.list}>
            {m.choices.map((c) => (
              <li key={c.saleId}>
                <div className={css.row}>
                  <div className={css.rowWords}>
                    {money(c.paid, shop.currency, locale)} · <When at={c.at} style="time" />{' '}
                    {c.sameCard && <Chip tone="good">{w.sameCard}</Chip>}
                    <span>{[c.receiptNo && `#${c.receiptNo}`, c.register].filter(Boolean).join(' · ')}</span>
                  </div>
                  {open !== c.saleId && (
                    <div className={css.rowButtons}>
                      <Button size="xs" variant="default" onClick={() => setOpen(c.saleId)}>
                        {w.person.take}
                      </Button>
                      <Button size="xs" variant="subtle" color="gray" onClick={() => void no(c.saleId)}>
                        {w.person.refuse}
                      </Button>
                    </div>
                  )}
                </div>
                {open === c.saleId && (
                  <div className={css.inside}>
                    <ReceiptPanel
                      customerId={customerId}
                      who={who}
                      origin="person"
                      moment={{ ...m, choices: [c] }}
                      pick={c.saleId}
                      owner
                      onDone={() => setOpen(null)}
                    />
                  </div>
                )}
              </li>
            ))}
          </ul>
        </div>
      ))}
      <TextField
        label={w.person.last4}
        value={last4}
        onChange={(t) => onLast4(t.replace(/\D/g, '').slice(0, 4))}
        inputMode="numeric"
        maxLength={4}
      />
      <ErrorNote error={refuse.error} />
    </section>
  );
}
