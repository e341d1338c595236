import type { CustomerId } from '@domain/kernel';
import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useSay } from '@renderer/screens/reports/format';
import { useWords } from '@renderer/strings';
import { loyalty as catalogue } from '@renderer/strings/loyalty';
import { Dialog, Panel } from '@renderer/ui';
import { useState } from 'react';
import css from './loyalty.module.css';

const FEW = 5;
const ALL = 200;

/** What a person has collected and every change of it; nothing is there while the shop has no rewards. */
export function PersonRewards({ customerId }: { customerId: CustomerId }) {
  const w = useWords(catalogue);
  const say = useSay();
  const [open, setOpen] = useState(false);
  const programme = useQuery('loyalty/programme', {});
  const few = useQuery('loyalty/entries', { customerId, page: { offset: 0, limit: FEW } });
  const v = programme.data;
  if (!v || v.state === 'never' || !few.data) return null;
  const have = w.some(say.n(few.data.balance), few.data.balance === 1, v.terms.kind);
  return (
    <Panel
      title={w.ledger.panel}
      hint={w.ledger.have(have)}
      action={
        few.data.total > FEW && (
          <Button size="xs" variant="default" onClick={() => setOpen(true)}>
            {w.ledger.all}
          </Button>
        )
      }
    >
      <Entries customerId={customerId} most={FEW} />
      {open && (
        <Dialog
          open
          width={640}
          title={w.ledger.panel}
          onClose={() => setOpen(false)}
          actions={
            <Button variant="default" onClick={() => setOpen(false)}>
              {w.ledger.close}
            </Button>
          }
        >
          <Entries customerId={customerId} most={ALL} />
        </Dialog>
      )}
    </Panel>
  );
}

function Entries({ customerId, most }: { customerId: CustomerId; most: number }) {
  const { ledger: w } = useWords(catalogue);
  const say = useSay();
  const { data } = useQuery('loyalty/entries', { customerId, page: { offset: 0, limit: most } });
  if (!data) return null;
  if (data.rows.length === 0) return <p className={css.quiet}>{w.none}</p>;
  const what = (e: (typeof data.rows)[number]) => {
    const plain = e.cause.startsWith('note:') && e.kind === 'earn' ? w.punch : e.cause.startsWith('bonus:') ? w.bonus : w.what[e.kind];
    return e.reason ? `${plain}: ${e.reason}` : plain;
  };
  return (
    <table className={css.table}>
      <thead>
        <tr>
          <th scope="col">{w.columns.day}</th>
          <th scope="col" className={css.left}>
            {w.columns.what}
          </th>
          <th scope="col">{w.columns.points}</th>
        </tr>
      </thead>
      <tbody>
        {data.rows.map((e) => (
          <tr key={e.id}>
            <th scope="row">{say.day(e.day)}</th>
            <td className={css.left}>{what(e)}</td>
            <td>
              {e.points > 0 ? '+' : '−'}
              {say.n(Math.abs(e.points))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
