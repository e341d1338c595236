import { Button } from '@mantine/core';
import { useCommand } from '@renderer/api';
import { useWords } from '@renderer/strings';
import { signUpDesk as catalogue } from '@renderer/strings/sign-up-desk';
import { Dialog, ErrorNote, Rows, toast } from '@renderer/ui';
import { useState } from 'react';
import css from './counter.module.css';

const REASONS = ['too-many', 'not-for-me', 'other'] as const;

export interface StopTarget {
  customerId: number | null;
  phone: string | null;
  who: string | null;
}

/** One step and it is done: no more texts. Why is asked after it, once, and need not be answered. */
export function StopDialog({ target, onClose }: { target: StopTarget; onClose: (stopped: boolean) => void }) {
  const w = useWords(catalogue).stop;
  const stop = useCommand('sign-up/stop');
  const why = useCommand('sign-up/why');
  const [stopId, setStopId] = useState<number | null>(null);
  const customerId = target.customerId as never;
  const go = async () => {
    const done = await stop.run({ customerId, phone: target.phone });
    if (!done) return;
    toast({ title: w.done, tone: 'good' });
    if (done.stopId === null) onClose(true);
    else setStopId(done.stopId);
  };
  const because = async (reason: (typeof REASONS)[number]) => {
    if (stopId === null || !(await why.run({ stopId, customerId, reason }))) return;
    toast({ title: w.thanks, tone: 'good' });
    onClose(true);
  };
  if (stopId !== null) {
    return (
      <Dialog open width={640} onClose={() => onClose(true)} title={w.why}>
        <Rows gap={16}>
          <p>{w.whyBody}</p>
          <div className={css.reasons}>
            {REASONS.map((r) => (
              <Button key={r} size="md" className={css.touch ?? ''} variant="default" disabled={why.busy} onClick={() => void because(r)}>
                {w.reasons[r]}
              </Button>
            ))}
            <Button size="md" className={css.touch ?? ''} variant="subtle" color="gray" onClick={() => onClose(true)}>
              {w.none}
            </Button>
          </div>
          <ErrorNote error={why.error} />
        </Rows>
      </Dialog>
    );
  }
  return (
    <Dialog open width={640} onClose={() => onClose(false)} title={target.who ? w.title(target.who) : w.title0}>
      <Rows gap={16}>
        <p>{w.body}</p>
        <Button size="lg" className={css.touch ?? ''} color="brick" loading={stop.busy} onClick={() => void go()} data-autofocus>
          {w.go}
        </Button>
        <ErrorNote error={stop.error} />
      </Rows>
    </Dialog>
  );
}
