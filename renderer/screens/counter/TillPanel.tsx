import { Button } from '@mantine/core';
import { type Out, useCommand } from '@renderer/api';
import { useSaying } from '@renderer/screens/offers/useSaying';
import { useWords } from '@renderer/strings';
import { desk as catalogue } from '@renderer/strings/desk';
import { ErrorNote, TextField } from '@renderer/ui';
import { IconCircleCheck } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import css from './counter.module.css';
import type { RedeemTarget } from './RedeemPanel';
import { tillWords } from './words';

export interface TillWork {
  redemptionId: number;
  target: RedeemTarget;
  /** "Redeemed: 10% off. They save $4.20." */
  said: string;
  /** A number was typed with it: nothing more to ask. */
  noted: boolean;
  /** How often the code may still be used. */
  left: number;
}

interface TillPanelProps {
  work: TillWork;
  /** A number that was scanned while something else had the focus. */
  scanned: string | null;
  onNoted: (view: Out<'desk/receipt'>['receipt']) => void;
  onUndo: () => void;
  onDone: () => void;
}

/**
 * After a redemption: what to key into the till, large, and the box for the receipt, which already has the focus. Scan it, or press Enter
 * and serve the next one. Ctrl+Z in the empty box takes the redemption back.
 */
export function TillPanel({ work, scanned, onNoted, onUndo, onDone }: TillPanelProps) {
  const w = useWords(catalogue).till;
  const saying = useSaying();
  const note = useCommand('desk/receipt');
  const [no, setNo] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  const save = async (typed: string) => {
    if (typed.trim() === '') {
      onDone();
      return;
    }
    const done = await note.run({ redemptionId: work.redemptionId, receiptNo: typed });
    if (done) onNoted(done.receipt);
  };
  const latest = useRef(save);
  latest.current = save;
  useEffect(() => {
    if (!scanned) return;
    setNo(scanned);
    void latest.current(scanned);
  }, [scanned]);
  return (
    <section className={css.redeem} aria-label={w.title} data-till>
      <p className={css.redeemState}>
        <IconCircleCheck size={28} stroke={1.75} aria-hidden />
        {[work.target.who, work.said].filter(Boolean).join(' · ')}
      </p>
      <h2 className={css.redeemOffer}>{tillWords(work.target.offer, w, saying)}</h2>
      {work.target.offer.kind === 'points' && <p className={css.redeemRule}>{saying.w.pointsHint}</p>}
      {work.left > 0 && <p className={css.redeemRule}>{saying.w.stillGood(work.left)}</p>}
      <form
        ref={form}
        className={css.tillForm}
        onSubmit={(e) => {
          e.preventDefault();
          void save(no);
        }}
        onKeyDown={(e) => {
          if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 'z' && no === '') {
            e.preventDefault();
            onUndo();
          }
        }}
      >
        {!work.noted && (
          <div data-scan="receipt" className={css.tillField}>
            <TextField
              label={w.receipt}
              hint={work.target.customerId === null ? w.receiptShared : w.receiptHint}
              value={no}
              onChange={setNo}
              maxLength={60}
              spellCheck={false}
            />
          </div>
        )}
        <Button type="submit" size="lg" className={css.touch ?? ''} loading={note.busy}>
          {no.trim() === '' ? w.skip : w.save}
        </Button>
        <Button size="lg" variant="default" className={css.touch ?? ''} onClick={onUndo}>
          {w.undo} <kbd className={css.key}>Ctrl Z</kbd>
        </Button>
      </form>
      <ErrorNote error={note.error} />
    </section>
  );
}
