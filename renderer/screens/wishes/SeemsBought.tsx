import { Button } from '@mantine/core';
import { useCommand, useShell } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { deliveries as catalogue } from '@renderer/strings/deliveries';
import { Chip, ErrorNote, toast } from '@renderer/ui';
import { dayText } from '@renderer/ui/format';
import css from './wishes.module.css';

interface Seems {
  wishId: number;
  name: string;
  item: string;
  size: string;
  on: string;
  sure?: 'sure' | 'maybe';
}

/** Wishes that seem to have come true at the till: how sure it is, and the one button that says so. */
export function SeemsBought({ rows }: { rows: readonly Seems[] }) {
  const w = useWords(catalogue).seems;
  const { locale } = useShell();
  const set = useCommand('desk/wish-state');
  const close = async (r: Seems) => {
    if (!(await set.run({ id: r.wishId, state: 'fulfilled' }))) return;
    toast({
      title: w.closed(r.name),
      tone: 'good',
      action: { label: w.undo, onClick: () => void set.run({ id: r.wishId, state: 'open' }) },
    });
  };
  return (
    <div className={css.scroll}>
      <ErrorNote error={set.error} />
      <ul className={css.people}>
        {rows.map((r) => (
          <li key={r.wishId}>
            <span className={css.grow}>
              <strong>{r.name}</strong>
              <span className={css.quiet}>{[r.item, r.size].filter(Boolean).join(', ')}</span>
            </span>
            <Chip tone={r.sure === 'maybe' ? 'neutral' : 'info'}>
              {w[r.sure === 'maybe' ? 'maybe' : 'sure'](dayText(r.on, locale, Date.now()))}
            </Chip>
            <Button size="compact-md" variant="default" aria-label={w.closeFor(r.name)} onClick={() => void close(r)}>
              {w.close}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
