import { Button } from '@mantine/core';
import { useCommand, useQuery } from '@renderer/api';
import { go } from '@renderer/nav';
import { ErrorNote, Money, SkeletonLines, toast, useDelayed, When } from '@renderer/ui';
import { useState } from 'react';
import css from './offers.module.css';
import { type OfferWords, shown } from './words';

/** Enough to find a mistake of today; the rest on demand, so that the page scrolls in one place only. */
const FIRST = 8;

/** What was redeemed in the last 30 days, each with a way back. */
export function Redemptions({ offerId, words: w }: { offerId: number | null; words: OfferWords }) {
  const list = useQuery('offers/redemptions', { offerId: offerId as never, days: 30 });
  const undo = useCommand('offers/undo');
  const [all, setAll] = useState(false);
  const grey = useDelayed(list.loading);
  const t = w.detail;
  const takeBack = async (redemptionId: number) => {
    if (await undo.run({ redemptionId })) toast({ title: t.undoneToast, tone: 'good' });
  };
  if (!list.data) return list.error ? <ErrorNote error={list.error} onRetry={list.refetch} /> : grey ? <SkeletonLines lines={4} /> : null;
  const rows = all ? list.data.rows : list.data.rows.slice(0, FIRST);
  return (
    <>
      <ErrorNote error={undo.error} />
      {list.data.rows.length === 0 && <p className={css.quiet}>{t.noRedemptions}</p>}
      <ul className={css.redemptions}>
        {rows.map((r) => {
          const name = [r.firstName, r.lastName].filter(Boolean).join(' ');
          return (
            <li key={r.id} data-undone={r.reversedAt !== null || undefined}>
              <span className={css.when}>
                <When at={r.at} near />
              </span>
              <span className={css.who}>
                {name && r.customerId !== null ? (
                  <button
                    type="button"
                    className={css.link}
                    onClick={() => r.customerId !== null && go({ screen: 'customers', id: r.customerId })}
                  >
                    {name}
                  </button>
                ) : (
                  <span className={css.quiet}>{t.nobody}</span>
                )}
                <span className={css.quiet}>
                  {[
                    offerId === null && r.offerName,
                    shown(r.code),
                    t.how[r.how],
                    r.staffName && t.by(r.staffName),
                    r.receiptNo && t.receipt(r.receiptNo),
                    r.points !== null && t.points(String(r.points)),
                    r.honoured !== null && t.honoured,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <span className={css.amount}>{r.amount !== null && <Money cents={r.amount} />}</span>
              {r.reversedAt !== null ? (
                <span className={css.quiet}>{t.undone}</span>
              ) : (
                <Button size="xs" variant="default" disabled={undo.busy} onClick={() => void takeBack(r.id)}>
                  {t.undo}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {rows.length < list.data.rows.length && (
        <Button variant="subtle" size="xs" className={css.more ?? ''} onClick={() => setAll(true)}>
          {t.more(list.data.rows.length - rows.length)}
        </Button>
      )}
    </>
  );
}
