import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { Dialog, ErrorNote, Rows, toast } from '@renderer/ui';
import css from './counter.module.css';
import type { CounterWords } from './words';

const REASONS = ['none', 'too-many', 'not-for-me', 'other'] as const;

export interface StopTarget {
  customerId: number | null;
  phone: string | null;
  who: string | null;
}

/** One choice and it is done: the reason is the button. */
export function StopDialog({
  target,
  words: w,
  onClose,
}: {
  target: StopTarget;
  words: CounterWords;
  onClose: (stopped: boolean) => void;
}) {
  const stop = useCommand('counter/stop');
  const choose = async (reason: (typeof REASONS)[number]) => {
    const done = await stop.run({ customerId: target.customerId as never, phone: target.phone, reason: reason === 'none' ? '' : reason });
    if (!done) return;
    toast({ title: w.stop.done, tone: 'good' });
    onClose(true);
  };
  return (
    <Dialog open width={640} onClose={() => onClose(false)} title={target.who ? w.stop.title(target.who) : w.stop.title0}>
      <Rows gap={16}>
        <p>{w.stop.body}</p>
        <div className={css.reasons}>
          {REASONS.map((r) => (
            <Button
              key={r}
              size="md"
              className={css.touch ?? ''}
              variant={r === 'none' ? 'filled' : 'default'}
              color={r === 'none' ? 'brick' : 'gray'}
              disabled={stop.busy}
              onClick={() => void choose(r)}
            >
              {w.stop.reasons[r]}
            </Button>
          ))}
        </div>
        <ErrorNote error={stop.error} />
      </Rows>
    </Dialog>
  );
}
