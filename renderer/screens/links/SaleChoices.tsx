import { useShell } from '@renderer/api';
import type { receipts } from '@renderer/strings/links';
import { Chip, When } from '@renderer/ui';
import { money } from '@renderer/ui/format';
import css from './links.module.css';
import type { Moment, ReceiptView } from './ReceiptPanel';

type Choice = ReceiptView['choices'][number] | Moment['choices'][number];

/** Sales to choose from by day and amount; each is a button. */
export function SaleChoices({
  choices,
  words: w,
  onPick,
}: {
  choices: readonly Choice[];
  words: (typeof receipts)['en'];
  onPick: (saleId: number) => void;
}) {
  const { shop, locale } = useShell();
  return (
    <ul className={css.choices}>
      {choices.map((c) => (
        <li key={c.saleId}>
          <button type="button" className={css.choice} onClick={() => onPick(c.saleId)}>
            <span className={css.choiceDay}>
              <When at={c.at} style={c.timeKnown ? 'day-time' : 'day'} />
            </span>
            <span className={css.amount}>{money(c.paid, shop.currency, locale)}</span>
            <span className={css.choiceRest}>
              {[
                c.kind === 'refund' && w.refund,
                c.receiptNo && `#${c.receiptNo}`,
                c.register,
                c.standing === 'weak' && w.nameless,
                c.holder,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {c.fits && <Chip tone="good">{w.fits}</Chip>}
            {'sameCard' in c && c.sameCard && <Chip tone="good">{w.sameCard}</Chip>}
          </button>
        </li>
      ))}
    </ul>
  );
}
