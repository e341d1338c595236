import { Button } from '@mantine/core';
import { useQuery } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { orders as catalogue } from '@renderer/strings/orders';
import { ErrorNote, Panel } from '@renderer/ui';
import { useState } from 'react';
import { OrderLine } from './OrderLine';
import css from './orders.module.css';
import { useSteps } from './useOrders';

/** Shown without asking for more: the rest of a counter screen stays in view. */
const FEW = 5;

/** Everything kept for customers, overdue first; nothing at all while there is none. */
export function OpenOrders() {
  const w = useWords(catalogue);
  const { data } = useQuery('orders/open', {});
  const steps = useSteps();
  const [all, setAll] = useState(false);
  if (!data || data.open.length === 0) return null;
  const shown = all ? data.open : data.open.slice(0, FEW);
  return (
    <Panel title={w.list.title(data.open.length + data.more)} hint={w.list.hint}>
      <ErrorNote error={steps.error} />
      <ul className={css.list}>
        {shown.map((o) => (
          <OrderLine key={o.id} order={o} who onStep={(to) => void steps.go(o, to)} />
        ))}
      </ul>
      {!all && data.open.length > FEW && (
        <Button variant="subtle" color="gray" size="md" className={css.touch ?? ''} onClick={() => setAll(true)}>
          {w.list.some(data.open.length)}
        </Button>
      )}
      {data.more > 0 && all && <p className={css.quiet}>{w.list.more(data.more)}</p>}
    </Panel>
  );
}
